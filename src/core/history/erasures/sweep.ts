/** Goes through every text of the database once, in small portions, and redacts people in it. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database, SqlValue } from '../../kernel/database/database'
import type { Row } from './about'
import { createRedaction, createWordIndex, type Person } from './person'
import { changedTexts, createTraces } from './traces'

export interface Sought {
  contactId: string
  person: Person
  /** Whether a row is about the person: then it loses the names, too. */
  isAbout(table: string, row: Row): boolean
  /** Also a row that holds an address or a number is about the person. */
  isWide: boolean
}

export interface SweepOptions {
  database: Database
  people: readonly Sought[]
  /** Tables that are left alone. */
  except: ReadonlySet<string>
  /** Writes in an action. */
  write(work: () => void): void
  isStopped(): boolean
}

interface Redaction extends Sought {
  redactMarks(text: string): string
  redactNames(text: string): string
  redactBoth(text: string): string
}

interface Patch {
  rowid: number
  values: [string, string][]
  /** The row itself where it has a history, and who loses the names in it. */
  id: string | undefined
  named: Redaction[]
}

/** A portion may take this long, in milliseconds, before others get their turn. */
const portion = 8
const rowsPerStep = 200
/** More than these are found faster word by word than by asking SQLite for each. */
const mostHints = 40

/**
 * Answers how many rows were changed for each contact. It may be done again, and finds what is left.
 * @throws Error when it was stopped
 */
export async function sweep(options: SweepOptions): Promise<Map<string, number>> {
  const { database, except } = options
  const changed = new Map<string, number>()
  const people = options.people.map(
    (one): Redaction => ({
      ...one,
      redactMarks: createRedaction(one.person.marks),
      redactNames: createRedaction(one.person.names),
      redactBoth: createRedaction([...one.person.marks, ...one.person.names]),
    }),
  )
  const sought = people.flatMap((one) =>
    [...one.person.marks, ...one.person.names].map((text) => [text, one] as const),
  )
  if (sought.length === 0) return changed
  const hints = hintsOf(sought.map(([text]) => text))
  const looking: Looking = {
    database,
    peopleIn: createWordIndex(sought),
    hints: hints.length > mostHints ? [] : hints,
    erased: new Set(people.map(({ contactId }) => contactId)),
  }
  const { redactTraces } = createTraces(database)
  for (const { name, columns } of tablesWithTexts(database)) {
    if (except.has(name)) continue
    let from = -1
    for (let done = false; !done; ) {
      if (options.isStopped()) throw interrupted()
      const until = performance.now() + portion
      const patches: Patch[] = []
      while (!done && performance.now() < until) {
        const step = look(looking, { name, columns, from })
        for (const { patch, of } of step.found) {
          patches.push(patch)
          for (const { contactId } of of) changed.set(contactId, (changed.get(contactId) ?? 0) + 1)
        }
        from = step.to
        done = step.done
      }
      if (patches.length > 0)
        options.write(() => {
          for (const patch of patches) {
            apply(database, name, patch)
            // What made the row one about the person may be gone from it now.
            for (const { redactBoth } of patch.named)
              if (patch.id !== undefined) redactTraces(name, patch.id, redactBoth)
          }
        })
      await nextTurn()
    }
  }
  return changed
}

export const interrupted = () => new Error('Erasing was interrupted: start it again.')

interface Looking {
  database: Database
  peopleIn(text: string): Set<Redaction>
  /** What a text must hold, in small letters, to be worth a look: one of these; empty where all are read. */
  hints: readonly string[]
  /** They and their history come last, so that a sweep that was cut short can be done again. */
  erased: ReadonlySet<string>
}

function look(
  { database, peopleIn, hints, erased }: Looking,
  { name, columns, from }: { name: string; columns: string[]; from: number },
): { found: { patch: Patch; of: Redaction[] }[]; to: number; done: boolean } {
  const end = database.value<number>(
    `select max(rowid) from (select rowid from "${name}" where rowid > ? order by rowid limit ${rowsPerStep})`,
    from,
  )
  if (end === undefined || end === null) return { found: [], to: from, done: true }
  const all = `concat_ws(' ', ${columns.map((column) => `"${column}"`).join(', ')})`
  const worthALook = hints.map(() => `instr(lower(${all}), ?) > 0`).join(' or ')
  const rows = database.all<{ sweep_rowid: number; words: string }>(
    `select rowid as sweep_rowid, ${all} as words from "${name}"
     where rowid > ? and rowid <= ? ${worthALook && `and (${worthALook})`}`,
    from,
    end,
    ...hints,
  )
  const found = rows.flatMap(({ sweep_rowid: rowid, words }) => {
    const people = [...peopleIn(words)]
    if (people.length === 0) return []
    const row = database.get<Row>(`select * from "${name}" where rowid = ?`, rowid)
    if (!row || isErased(name, row, erased)) return []
    const { values, of, named } = redact(name, columns, row, people)
    const id = database.schema.byName.has(name) && typeof row.id === 'string' ? row.id : undefined
    return values.length > 0 ? [{ patch: { rowid, values, id, named }, of }] : []
  })
  return { found, to: end, done: false }
}

const isErased = (table: string, row: Row, erased: ReadonlySet<string>): boolean =>
  (table === 'contact' && erased.has(String(row.id))) ||
  (table === 'change' && erased.has(String(row.row_id)))

/** What the texts of a row say when each of these people is taken out of it. */
function redact(table: string, columns: string[], row: Row, people: readonly Redaction[]) {
  const now: Record<string, SqlValue> = { ...row }
  const of: Redaction[] = []
  const named: Redaction[] = []
  for (const one of people) {
    const change = (text: (text: string) => string): boolean => {
      const values = changedTexts(now, columns, text)
      Object.assign(now, Object.fromEntries(values))
      return values.length > 0
    }
    const isMarked = change(one.redactMarks)
    const holdsName = () => changedTexts(now, columns, one.redactNames).length > 0
    const isAbout = (isMarked && one.isWide) || (holdsName() && one.isAbout(table, row))
    const isNamed = isAbout && change(one.redactNames)
    if (isAbout) named.push(one)
    if (isMarked || isNamed) of.push(one)
  }
  const values = columns.flatMap((column) => {
    const value = now[column]
    return typeof value === 'string' && value !== row[column]
      ? [[column, value] as [string, string]]
      : []
  })
  return { values, of, named }
}

function apply(database: Database, table: string, { rowid, values }: Patch) {
  database
    .prepare(
      `update or ignore "${table}" set ${values.map(([column]) => `"${column}" = ?`).join(', ')} where rowid = ?`,
    )
    .run(...values.map(([, value]) => value), rowid)
}

/** Columns that may hold words of people; ids and vocabularies never do. */
function tablesWithTexts(database: Database): { name: string; columns: string[] }[] {
  return database
    .all<{ name: string }>(
      `select name from pragma_table_list where schema = 'main' and type = 'table' and wr = 0
         and name not like 'sqlite_%' and name not like '\\_\\_%' escape '\\'
       order by name in ('change', 'batch'), name`,
    )
    .map(({ name }) => ({
      name,
      columns: database
        .all<{ name: string }>(
          `select name from pragma_table_info(?) where type = 'TEXT' and pk = 0
             and name not like '%\\_id' escape '\\' and name not in ('id', 'hash', 'secret')`,
          name,
        )
        .map((column) => column.name)
        // What follows from other columns does so by itself.
        .filter(
          (column) =>
            !database.schema.following.get(name)?.some((following) => following.column === column),
        ),
    }))
    .filter(({ columns }) => columns.length > 0)
}

/**
 * What a text must contain to be worth looking at, in small letters. SQLite knows only those of ASCII:
 * of other words every spelling is looked for.
 */
const hintsOf = (texts: readonly string[]): string[] => [
  ...new Set(
    texts.flatMap((text) => {
      const [first = text] = text.split(/\s/)
      const [plain] = first.match(/[\x20-\x7e]{3,}/) ?? []
      return plain ? [plain.toLowerCase()] : [first, first.toLowerCase(), first.toUpperCase()]
    }),
  ),
]
