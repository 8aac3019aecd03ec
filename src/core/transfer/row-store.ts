/** Where an import puts its rows: into the database, many at a time, or, for a check, beside it. */
import { randomBytes } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { v7 } from 'uuid'
import { type Database, type SqlValue, toSql, type Writer } from '../kernel/database'

/** Property → value, as the tables name them. */
export type Columns = Record<string, unknown>
/** A stored row by its columns in SQL. */
export type StoredRow = { id: string } & Record<string, SqlValue>

export interface RowStore {
  /** The instant of this part of the import. */
  readonly now: number
  newId(): string
  /** Adds a row at once: what other rows refer to. Answers its id. */
  insert(table: SQLiteTable, values: Columns): string
  /**
   * Adds a record of the file, with the others of its table. `values` has every column that must not
   * be null. @param tokens by what later records of the file find it
   */
  add(values: Columns & { id: string }, tokens: readonly string[]): void
  /** A record that this file added and a query does not find. */
  added(token: string): StoredRow | undefined
  /** The row as this import left it. */
  current(row: StoredRow): StoredRow
  /**
   * Sets what differs. Answers whether anything did.
   * @param tokens by what later records of the file find it now
   */
  update(row: StoredRow, patch: Columns, tokens: readonly string[]): boolean
  /** Sets what differs in a row of another table. */
  change(table: SQLiteTable, id: string, patch: Columns): void
  /** Writes what was added, so that queries find it. */
  flush(): void
}

interface Shape {
  name: string
  /** What is left out takes the column's default. */
  columns: { property: string; name: string; usual: unknown }[]
}

function shapeOf(table: SQLiteTable): Shape {
  const columns = Object.entries(getTableColumns(table))
    .filter(([, column]) => column.generated === undefined && column.name !== 'seq')
    .map(([property, column]) => ({ property, name: column.name, usual: column.default }))
  return { name: getTableName(table), columns }
}

const valueOr = (value: unknown, usual: unknown) => (value === undefined ? usual : value)

/** Ids of one instant; random bytes are fetched for many at a time, which costs a tenth. */
function createIdSource(now: number): () => string {
  let random = Buffer.alloc(0)
  let used = 0
  return () => {
    if (used === random.length) {
      random = randomBytes(16 * 256)
      used = 0
    }
    used += 16
    return v7({ msecs: now, random: random.subarray(used - 16, used) })
  }
}

/** How many rows one statement writes: SQLite pays for its triggers' savepoints once a statement. */
const groups = [100, 20, 1] as const

/** For one transaction. @param table of the records */
export function createRowStore(database: Database, writer: Writer, table: SQLiteTable): RowStore {
  const { name, columns } = shapeOf(table)
  const names = columns.map((column) => column.name).join(', ')
  const places = `(${columns.map(() => '?').join(', ')})`
  let waiting: SqlValue[][] = []
  const tokens = new Set<string>()

  function flush() {
    let from = 0
    for (const size of groups)
      for (; waiting.length - from >= size; from += size)
        database
          .prepare(`insert into ${name} (${names}) values ${Array(size).fill(places).join(', ')}`)
          .run(waiting.slice(from, from + size).flat())
    waiting = []
    tokens.clear()
  }

  return {
    now: writer.now,
    newId: createIdSource(writer.now),
    insert: (into, values) => writer.insert(into, values as never),
    add(values, ofRow) {
      const row = { createdAt: writer.now, updatedAt: writer.now, ...values } as Columns
      waiting.push(columns.map(({ property, usual }) => toSql(valueOr(row[property], usual))))
      for (const token of ofRow) tokens.add(token)
    },
    added(token) {
      // Once written, a query finds it.
      if (tokens.has(token)) flush()
      return undefined
    },
    current: (row) => row,
    update: (row, patch) => writer.update(table, row.id, patch as never),
    change(other, id, patch) {
      writer.update(other, id, patch as never)
    },
    flush,
  }
}

export interface CheckStore extends RowStore {
  close(): void
}

/**
 * For a check: what the import would add or change is kept in a temporary database of its own, so that
 * the check counts exactly as the import will, however large the file is.
 */
export function createCheckStore(table: SQLiteTable, now: number): CheckStore {
  const { columns } = shapeOf(table)
  const scratch = new BetterSqlite3('')
  scratch.pragma('journal_mode = off')
  scratch.pragma('synchronous = off')
  scratch.pragma('cache_size = -32768')
  scratch.exec(`create table added (token text primary key, id text not null) without rowid;
    create table kept (id text primary key, columns text not null) without rowid; begin`)
  const find = scratch
    .prepare('select columns from added join kept using (id) where token = ?')
    .pluck()
  const mark = scratch.prepare('insert or ignore into added (token, id) values (?, ?)')
  const keep = scratch.prepare('insert or replace into kept (id, columns) values (?, ?)')
  const kept = scratch.prepare('select columns from kept where id = ?').pluck()

  const newId = createIdSource(now)
  const toStored = (values: Columns): StoredRow =>
    Object.fromEntries(
      columns.map(({ property, name, usual }) => [name, toSql(valueOr(values[property], usual))]),
    ) as StoredRow

  return {
    now,
    newId,
    insert: newId,
    add(values, tokens) {
      keep.run(values.id, JSON.stringify(toStored({ createdAt: now, updatedAt: now, ...values })))
      for (const token of tokens) mark.run(token, values.id)
    },
    added(token) {
      const row = find.get(token) as string | undefined
      return row === undefined ? undefined : JSON.parse(row)
    },
    current(row) {
      const changed = kept.get(row.id) as string | undefined
      return changed === undefined ? row : JSON.parse(changed)
    },
    update(row, patch, tokens) {
      const next: StoredRow = { ...row }
      let differs = false
      for (const { property, name } of columns) {
        const value = patch[property]
        if (value === undefined) continue
        const stored = toSql(value)
        if ((row[name] ?? null) === stored) continue
        next[name] = stored
        differs = true
      }
      if (!differs) return false
      keep.run(row.id, JSON.stringify(next))
      for (const token of tokens) mark.run(token, row.id)
      return true
    },
    change() {},
    flush() {},
    close: () => scratch.close(),
  }
}
