/** Tells whether the first record names the columns, and gives each column a name of its own. */
import type { FileForm } from './file-form'

type HeaderJudgement = Pick<FileForm, 'header' | 'headerReason'>

/**
 * A header is `present` where every cell of the first record is text, none is empty or there twice,
 * and the records below look different. It is `missing` where a cell of the first record is a
 * value, such as a number, a date or an e-mail address, or is below in its column again.
 */
export function judgeHeader(first: string[], rows: string[][]): HeaderJudgement {
  const cells = withoutTrailingEmpty(first.map((cell) => cell.trim()))
  const value = cells.findIndex((cell) => isValue(kindOf(cell)))
  if (value !== -1) {
    if (cells.every((cell) => !isValue(kindOf(cell)) || isYear(cell))) {
      return unsure(`"${show(cells[value])}" may be a year that names its column, or a number`)
    }
    return missing(`"${show(cells[value])}" in the first record is ${article(cells[value])}`)
  }
  const empty = cells.indexOf('')
  if (empty !== -1) return unsure(`cell ${empty + 1} of the first record is empty`)
  const folded = cells.map((cell) => cell.toLowerCase())
  const seen = new Set<string>()
  const twice = folded.findIndex((cell) => seen.size === seen.add(cell).size)
  if (twice !== -1) return unsure(`"${show(cells[twice])}" is in the first record twice`)

  for (const [index, cell] of cells.entries()) {
    const below = rows.map((row) => kindOf((row[index] ?? '').trim())).filter((k) => k !== 'empty')
    const kind = below[0]
    if (!kind || !isValue(kind)) continue
    if (below.filter((each) => each === kind).length >= below.length * 0.8) {
      return present(`"${show(cell)}" stands over ${plurals[kind]}`)
    }
  }
  const named = shareOfNames(cells)
  const namedBelow = rows.reduce((sum, row) => sum + shareOfNames(row), 0) / (rows.length || 1)
  if (named >= 0.5 && named - namedBelow >= 0.4) {
    return present('the first record has the words that name columns')
  }
  for (const [index, cell] of folded.entries()) {
    if (rows.some((row) => row[index]?.trim().toLowerCase() === cell)) {
      return missing(`"${show(cells[index])}" stands further down in its column too`)
    }
  }
  return unsure(
    rows.length === 0
      ? 'the file has only this one record'
      : 'the first record is text like the records below',
  )
}

/** A name for each of `width` columns after the cells of the header: never empty, never twice. */
export function nameColumns(header: string[], width: number): string[] {
  const names: string[] = []
  const taken = new Set<string>()
  const copies = new Map<string, number>()
  const own = header.map((cell) => cell.replaceAll(/\s+/g, ' ').trim())
  const inHeader = new Set(own)
  for (let index = 0; index < width; index += 1) {
    const base = own[index] || `Column ${index + 1}`
    let name = base
    // A name that is in the header as it is belongs to that column.
    while (taken.has(name) || (name !== own[index] && inHeader.has(name))) {
      const copy = (copies.get(base) ?? 1) + 1
      copies.set(base, copy)
      name = `${base} (${copy})`
    }
    taken.add(name)
    names.push(name)
  }
  return names
}

/** What the header calls a column: without the number that distinguishes it from another of the same name. */
export function nameInHeader(name: string, columns: ReadonlySet<string>): string {
  const bare = name.replace(/ \(\d+\)$/, '')
  return columns.has(bare) ? bare : name
}

export function withoutTrailingEmpty(cells: string[]): string[] {
  let length = cells.length
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length -= 1
  return cells.slice(0, length)
}

type Kind = 'empty' | 'text' | 'number' | 'date' | 'email' | 'address'

const plurals: Record<Kind, string> = {
  empty: 'nothing',
  text: 'text',
  number: 'numbers',
  date: 'dates',
  email: 'e-mail addresses',
  address: 'web addresses',
}

function kindOf(cell: string): Kind {
  if (cell === '') return 'empty'
  if (cell.length > 200) return 'text'
  if (/^[^\s@"]+@[^\s@"]+\.[a-z]{2,}$/i.test(cell)) return 'email'
  if (/^https?:\/\/\S+$/i.test(cell)) return 'address'
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ,].{0,30})?$/.test(cell)) return 'date'
  if (/^(\d{1,2}[ -][A-Za-z]{3,9}|[A-Za-z]{3,9} \d{1,2},?)[ -]\d{2,4}$/.test(cell)) return 'date'
  if (/^[-+(]?\s?[$€£¥]?\s?[-+]?\d[\d.,'\s]*[)%€£¥]?$/.test(cell)) return 'number'
  return 'text'
}

function isValue(kind: Kind): boolean {
  return kind !== 'empty' && kind !== 'text'
}

function isYear(cell: string): boolean {
  return /^(19|20)\d\d$/.test(cell)
}

function article(cell: string | undefined): string {
  const names: Record<Kind, string> = {
    empty: 'empty',
    text: 'text',
    number: 'a number',
    date: 'a date',
    email: 'an e-mail address',
    address: 'a web address',
  }
  return names[kindOf(cell ?? '')]
}

/** The share of cells that are short and have a word with which people name columns. */
function shareOfNames(cells: string[]): number {
  const filled = cells.filter((cell) => cell.trim() !== '')
  const named = filled.filter(
    (cell) =>
      cell.length <= 40 &&
      cell
        .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .some((word) => columnWords.has(word)),
  )
  return filled.length === 0 ? 0 : named.length / filled.length
}

const columnWords = new Set(
  `account activity address agent amount assigned category city close closed code comment comments
  company contact country created currency customer date deal department description domain due
  email employees expected fax first gender id industry job key last lead location mail manager
  mobile modified name note notes number office opportunity org organisation organization outcome
  owner person phone position postal postcode price priority probability product quantity region
  rep revenue role sales sector series source stage start state status street subject subsidiary
  surname tag tags team tel telephone time title type updated url user value website year zip
  anrede betrag datum firma kunde land nachname name notiz ort plz status strasse straße telefon
  vorname adresse date entreprise montant nom pays prénom société téléphone ville apellido ciudad
  correo empresa fecha importe nombre país teléfono`.split(/\s+/),
)

function show(cell: string | undefined): string {
  const text = cell ?? ''
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function present(headerReason: string): HeaderJudgement {
  return { header: 'present', headerReason }
}

function missing(headerReason: string): HeaderJudgement {
  return { header: 'missing', headerReason }
}

function unsure(headerReason: string): HeaderJudgement {
  return { header: 'unsure', headerReason }
}
