/** E-mail addresses and phone numbers of one person, of which files have several: which is the main one, and where the others go. */
import type { Mapping } from '../../../../contract/transfer/import'
import type { OtherChannel } from '../fields/contact-fields'
import { type CellProblem, shownOf, textOf } from './cells'
import { normaliseName } from './name-words'
import { parseEmail, parsePhone } from './parse-values'

export const channelFields = ['email', 'phone', 'mobile'] as const
export type ChannelField = (typeof channelFields)[number]

export interface Channels {
  values: Partial<Record<ChannelField, string>>
  others: OtherChannel[]
  problems: CellProblem[]
}

/** A fax, and what is no address, is never the main one. */
type Kind = ChannelField | 'fax' | 'none'
const labels: Readonly<Record<Kind, string>> = {
  email: 'Other e-mail',
  phone: 'Other phone',
  mobile: 'Other mobile',
  fax: 'Fax',
  none: 'Other e-mail',
}
const ownLabels = { email: 'E-mail', phone: 'Phone', mobile: 'Mobile' } as const

interface ChannelColumn {
  field: ChannelField
  name: string
  index: number
  /** Of the column that says in each row what sort of number this is. */
  kindIndex: number
}
interface Candidate {
  kind: Kind
  value: string
  column: string
  isMain: boolean
}

/** Reads the channels of each row; none where no column feeds one. */
export function createChannelReader(
  mapping: Mapping,
  columns: readonly string[],
): (cells: readonly string[]) => Channels {
  const mapped = channelFields.flatMap((field) =>
    (mapping[field] ?? []).map(
      (name): ChannelColumn => ({
        field,
        name,
        index: columns.indexOf(name),
        kindIndex: kindColumnOf(name, columns),
      }),
    ),
  )
  return (cells) => {
    const candidates: Candidate[] = []
    const problems: CellProblem[] = []
    for (const column of mapped) readCell(column, cells, candidates, problems)
    return { ...chosen(candidates), problems }
  }
}

/** “Phone 1 - Value” has “Phone 1 - Type” or “Phone 1 - Label” beside it. */
function kindColumnOf(name: string, columns: readonly string[]): number {
  const stem = /^(.*\S) - value$/i.exec(name)?.[1]?.toLowerCase()
  if (stem === undefined) return -1
  return columns.findIndex((column) =>
    [`${stem} - type`, `${stem} - label`].includes(column.toLowerCase()),
  )
}

function readCell(
  { field, name, index, kindIndex }: ChannelColumn,
  cells: readonly string[],
  candidates: Candidate[],
  problems: CellProblem[],
) {
  const cell = textOf(cells[index])
  if (cell.trim() === '') return
  const said = cells[kindIndex]?.trim() ?? ''
  const kind = field === 'email' ? 'email' : kindSaid(said, field)
  const isMain = said.startsWith('*')
  const parts = channelParts(cell, field)
  const parse = field === 'email' ? parseEmail : parsePhone
  const read = parts.map((part) => ({ part, ...parse(part) }))
  // An address that is none does not spoil the others of its list.
  const isWhole = !read.some(({ value }) => value)
  for (const { part, value, problem } of read) {
    if (value) candidates.push({ kind, value, column: name, isMain })
    else if (problem && isWhole) {
      problems.push({
        column: name,
        value: shownOf(cell),
        message: `${ownLabels[field]} ${problem.message}`,
      })
      return
    } else if (problem) candidates.push({ kind: 'none', value: part, column: name, isMain: false })
  }
}

const mobileWords = /\b(mobile?|mobil|movil|cell\w*|iphone|handy|telemovel|portable)\b/
const kindSaid = (said: string, field: ChannelField): Kind => {
  const words = normaliseName(said)
  if (/\bfax\b/.test(words)) return 'fax'
  return mobileWords.test(words) ? 'mobile' : field
}

/** The values of a list. A comma divides addresses only, and a semicolon before “ext” belongs to its number. */
export function channelParts(cell: string, field: ChannelField): string[] {
  const divider =
    field === 'email' ? /:::|[;\r\n]|(?<=@[^,]*),(?=[^,]*@)/ : /:::|;(?!\s*ext)|[\r\n]/i
  // A list that long is text; it is judged as one value.
  if (cell.length > 1000) return [cell]
  return cell
    .split(divider)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The first of each kind is the main one, a starred one before; no value stays twice. */
function chosen(candidates: Candidate[]): Pick<Channels, 'values' | 'others'> {
  const values: Channels['values'] = {}
  const others: OtherChannel[] = []
  const seen = new Set<string>()
  const order = candidates.toSorted((a, b) => Number(b.isMain) - Number(a.isMain))
  const isFirst = (candidate: Candidate) => {
    const { kind } = candidate
    return kind !== 'fax' && kind !== 'none' && order.find((one) => one.kind === kind) === candidate
  }
  const sameAs = ({ kind, value }: Candidate) =>
    kind === 'email' || kind === 'none' ? value.toLowerCase() : value.replace(/\D/g, '') || value
  for (const candidate of candidates.filter(isFirst)) {
    values[candidate.kind as ChannelField] = candidate.value
    seen.add(sameAs(candidate))
  }
  for (const candidate of candidates) {
    const key = sameAs(candidate)
    if (isFirst(candidate) || seen.has(key)) continue
    seen.add(key)
    others.push({ label: labels[candidate.kind], value: candidate.value, column: candidate.column })
  }
  return { values, others }
}

// Columns ---------------------------------------------------------------------------------------

const words = (text: string) => new Set(text.split(' '))
const whose =
  `primary main secondary alternate alternative other another additional further home work
  business personal private person direct office contact 1 2 3 4 5 6 7 8 9 value`.replace(
    /\s+/g,
    ' ',
  )
const vocabularies: Readonly<Record<ChannelField, { needed: Set<string>; allowed: Set<string> }>> =
  {
    email: {
      needed: words('email emails mail mails'),
      allowed: words(`${whose} e email emails mail mails address addresses`),
    },
    mobile: {
      needed: words('mobile mobil cell cellphone cellular iphone handy movil telemovel'),
      allowed: words(
        `${whose} mobile mobil cell cellphone cellular iphone handy movil telemovel phone phones number numbers tel no`,
      ),
    },
    phone: {
      needed: words('phone phones telephone tel telefon telefono'),
      allowed: words(
        `${whose} phone phones telephone tel telefon telefono number numbers no landline`,
      ),
    },
  }

/** The channel a column of this name holds: “Home Email”, “Phone 2 - Value”, “Phone : mobile”. */
export function channelOfColumn(name: string): ChannelField | undefined {
  const own = normaliseName(name).replace('i phone', 'iphone').split(' ')
  return (['email', 'mobile', 'phone'] as const).find((field) => {
    const { needed, allowed } = vocabularies[field]
    return own.some((word) => needed.has(word)) && own.every((word) => allowed.has(word))
  })
}

/** A column that only says what sort the value beside it is. */
export function isKindColumn(name: string, columns: readonly string[], mapping: Mapping): boolean {
  if (/^.+ \d+ [-:] (type|label)$/i.test(name)) return true
  const stem = /^(.+) (type|label|display name)$/.exec(normaliseName(name))?.[1]
  return (
    stem !== undefined &&
    channelFields
      .flatMap((field) => mapping[field] ?? [])
      .some((column) => columns.includes(column) && normaliseName(column).startsWith(`${stem} `))
  )
}
