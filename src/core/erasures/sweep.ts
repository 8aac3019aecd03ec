/** Goes through every text of the database in small portions and redacts one person in it. */
import { setImmediate as othersTurn } from 'node:timers/promises'
import type { Database, SqlValue } from '../kernel/database'
import { followingColumns } from '../kernel/following-columns'

export interface SweepOptions {
  database: Database
  /** Tables that are left alone. */
  except: ReadonlySet<string>
  /** The record itself and its history come last, so that a sweep that was cut short can be done again. */
  skip: { table: string; rowId: string }
  redact(text: string): string
  /** What a text must hold, in small letters, to be worth a look: one of these. */
  hints: readonly string[]
  /** Writes in an action. */
  write(work: () => void): void
  isStopped(): boolean
}

type Patch = { rowid: number; values: (readonly [string, string])[] }

/** A portion may take this long, in milliseconds, before others get their turn. */
const portion = 8
const rowsPerStep = 200

/**
 * Answers how many rows were changed. It may be done again, and finds what is left.
 * @throws Error when it was stopped
 */
export async function sweep(options: SweepOptions): Promise<number> {
  if (options.hints.length === 0) return 0
  const { database, except } = options
  let changed = 0
  for (const { name, columns } of tablesWithTexts(database)) {
    if (except.has(name)) continue
    let from = -1
    for (let done = false; !done; ) {
      if (options.isStopped()) throw new Error('Erasing was interrupted: start it again.')
      const until = performance.now() + portion
      const patches: Patch[] = []
      while (!done && performance.now() < until) {
        const step = look(options, { name, columns, from })
        patches.push(...step.patches)
        from = step.to
        done = step.done
      }
      if (patches.length > 0)
        options.write(() => {
          for (const patch of patches) apply(database, name, patch)
        })
      changed += patches.length
      await othersTurn()
    }
  }
  return changed
}

function look(
  { database, redact, hints, skip }: SweepOptions,
  { name, columns, from }: { name: string; columns: string[]; from: number },
): { patches: Patch[]; to: number; done: boolean } {
  const end = database.value<number>(
    `select max(rowid) from (select rowid from "${name}" where rowid > ? order by rowid limit ${rowsPerStep})`,
    from,
  )
  if (end === undefined || end === null) return { patches: [], to: from, done: true }
  const all = `concat_ws(' ', ${columns.map((column) => `"${column}"`).join(', ')})`
  const own =
    name === skip.table
      ? 'and id <> ?'
      : name === 'change'
        ? 'and row_id <> ?'
        : 'and ? is not null'
  const rows = database.all<Record<string, SqlValue> & { sweep_rowid: number }>(
    `select rowid as sweep_rowid, ${columns.map((column) => `"${column}"`).join(', ')} from "${name}"
     where rowid > ? and rowid <= ? ${own} and (${hints.map(() => `instr(lower(${all}), ?) > 0`).join(' or ')})`,
    from,
    end,
    skip.rowId,
    ...hints,
  )
  const patches = rows.flatMap(({ sweep_rowid: rowid, ...row }) => {
    const values = Object.entries(row).flatMap(([column, value]) => {
      if (typeof value !== 'string') return []
      const redacted = redact(value)
      return redacted === value ? [] : [[column, redacted] as const]
    })
    return values.length > 0 ? [{ rowid, values }] : []
  })
  return { patches, to: end, done: false }
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
        .filter((column) => !followingColumns[name]?.includes(column)),
    }))
    .filter(({ columns }) => columns.length > 0)
}
