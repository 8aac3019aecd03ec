/** Where an import puts its rows: into the database, many at a time, or, for a check, beside it. */
import { randomBytes } from 'node:crypto'
import BetterSqlite3 from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { v7 } from 'uuid'
import { type Database, type SqlValue, toSql, type Writer } from '../../../kernel/database/database'
import { createFollower } from '../../../kernel/database/following-columns'
import { createSpeller, spellingsSql } from '../../../kernel/spellings/spellings'
import { company } from '../../../records/companies/table'
import { contact } from '../../../records/contacts/table'

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
   * Adds a row with the others of its table, at the latest before a record that refers to it. Who asks the database
   * for it meanwhile calls `flush`. `values` has every column that must not be null. Answers its id.
   */
  insertLater(table: MadeInGroups, values: Columns): string
  /**
   * Adds a record of the file, with the others of its table. `values` has every column that must not
   * be null. @param tokens by what later records of the file find it
   */
  add(values: Columns & { id: string }, tokens: readonly string[]): void
  /** Records that this file added and a query does not find. */
  added(token: string): StoredRow[]
  /** The first line of the file that is this record; undefined where none was so far. */
  lineOf(id: string): number | undefined
  /** Remembers it, over the end of this run of the program. */
  keepLine(id: string, line: number): void
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
  /** Writes what is left at the end of the transaction. */
  end(): void
}

/** Tables of which a file makes many rows beside its records, in the order in which they refer to each other. */
const madeInGroups = [company, contact] as const
export type MadeInGroups = (typeof madeInGroups)[number]

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
const groups = [100, 20, 5, 1] as const

/**
 * For one transaction.
 * @param isQuiet whether new records write no entry on timelines
 * @param runId of the import
 * @param onInsert hears of what is made beside the records
 */
export function createRowStore(
  database: Database,
  writer: Writer,
  { table, isQuiet = false }: { table: SQLiteTable; isQuiet?: boolean },
  runId: string,
  onInsert: (table: string) => void,
): RowStore {
  // Rows that wait to be written have spellings that no query finds yet.
  const spell = createSpeller(
    database.schema,
    (list, key) => database.all(spellingsSql, list, key),
    true,
  )
  const follow = createFollower(
    database.schema,
    () => database.value(`select ${database.schema.phoneCountry}`) ?? null,
  )
  const tokens = new Set<string>()
  /** By id: those of this transaction. */
  const lines = new Map<string, number>()
  const newId = createIdSource(writer.now)

  const silence = (on: boolean) =>
    database.prepare('update session set quiet = ? where id = 1').run(on ? 1 : 0)

  function write(into: string, one: string, rows: SqlValue[][]) {
    let from = 0
    for (const size of groups)
      for (; rows.length - from >= size; from += size)
        database
          .prepare(`insert into ${into} values ${Array(size).fill(one).join(', ')}`)
          .run(rows.slice(from, from + size).flat())
  }

  /** Rows of a table that wait to be written together. */
  function createGroup(of: SQLiteTable) {
    const { name, columns } = shapeOf(of)
    const into = `${name} (${columns.map((column) => column.name).join(', ')})`
    const places = `(${columns.map(() => '?').join(', ')})`
    let waiting: SqlValue[][] = []
    return {
      isEmpty: () => waiting.length === 0,
      add(values: Columns) {
        const row: Columns = {
          createdAt: writer.now,
          updatedAt: writer.now,
          ...values,
          ...spell(name, values),
        }
        const followed = follow(name, row)
        waiting.push(
          columns.map((column) =>
            toSql(followed[column.name] ?? valueOr(row[column.property], column.usual)),
          ),
        )
      },
      write() {
        write(into, places, waiting)
        waiting = []
      },
    }
  }
  const records = createGroup(table)
  const made = new Map(madeInGroups.map((one) => [one, createGroup(one)]))

  function writeMade() {
    for (const group of made.values()) group.write()
  }

  function flush() {
    writeMade()
    const isSilent = isQuiet && !records.isEmpty()
    if (isSilent) silence(true)
    records.write()
    if (isSilent) silence(false)
    tokens.clear()
  }

  return {
    now: writer.now,
    newId,
    insert(into, values) {
      onInsert(getTableName(into))
      writeMade()
      return writer.insert(into, { id: newId(), ...values } as never)
    },
    insertLater(into, values) {
      onInsert(getTableName(into))
      const id = newId()
      made.get(into)?.add({ id, ...values })
      return id
    },
    add(values, ofRow) {
      records.add(values)
      for (const token of ofRow) tokens.add(token)
    },
    added(token) {
      // Once written, a query finds it.
      if (tokens.has(token)) flush()
      return []
    },
    lineOf: (id) =>
      lines.get(id) ??
      database.value<number>(
        'select line from import_record where run_id = ? and record_id = ?',
        runId,
        id,
      ),
    keepLine: (id, line) => void lines.set(id, line),
    current: (row) => row,
    update(row, patch) {
      writeMade()
      return writer.update(table, row.id, patch as never)
    },
    change(other, id, patch) {
      writeMade()
      writer.update(other, id, patch as never)
    },
    flush,
    end() {
      flush()
      write(
        'import_record (run_id, record_id, line)',
        '(?, ?, ?)',
        [...lines].map(([id, line]) => [runId, id, line]),
      )
      lines.clear()
    },
  }
}

export interface CheckStore extends RowStore {
  close(): void
}

/**
 * For a check: what the import would add or change is kept in a temporary database of its own, so that
 * the check counts exactly as the import will, however large the file is.
 */
export function createCheckStore(
  database: Database,
  table: SQLiteTable,
  now: number,
  onInsert: (table: string) => void,
): CheckStore {
  const spell = createSpeller(
    database.schema,
    (list, key) => database.all(spellingsSql, list, key),
    true,
  )
  const { name: tableName, columns } = shapeOf(table)
  const scratch = new BetterSqlite3('')
  scratch.pragma('journal_mode = off')
  scratch.pragma('synchronous = off')
  scratch.pragma('cache_size = -32768')
  scratch.exec(`create table added (token text, id text, primary key (token, id)) without rowid;
    create table lines (id text primary key, line integer not null) without rowid;
    create table kept (id text primary key, columns text not null) without rowid; begin`)
  const find = scratch
    .prepare('select columns from added join kept using (id) where token = ? limit 50')
    .pluck()
  const mark = scratch.prepare('insert or ignore into added (token, id) values (?, ?)')
  const keep = scratch.prepare('insert or replace into kept (id, columns) values (?, ?)')
  const kept = scratch.prepare('select columns from kept where id = ?').pluck()
  const lineOf = scratch.prepare('select line from lines where id = ?').pluck()
  const keepLine = scratch.prepare('insert or ignore into lines (id, line) values (?, ?)')
  /** What is added comes after all that is stored. */
  let seq = 2 ** 52

  const newId = createIdSource(now)
  const toStored = (values: Columns): StoredRow =>
    Object.fromEntries(
      columns.map(({ property, name, usual }) => [name, toSql(valueOr(values[property], usual))]),
    ) as StoredRow

  function make(into: SQLiteTable): string {
    onInsert(getTableName(into))
    return newId()
  }

  return {
    now,
    newId,
    insert: make,
    insertLater: make,
    add(values, tokens) {
      const row = toStored({
        createdAt: now,
        updatedAt: now,
        ...values,
        ...spell(tableName, values),
      })
      keep.run(values.id, JSON.stringify({ ...row, seq: seq++ }))
      for (const token of tokens) mark.run(token, values.id)
    },
    added(token) {
      return (find.all(token) as string[]).map((row) => JSON.parse(row))
    },
    lineOf: (id) => lineOf.get(id) as number | undefined,
    keepLine: (id, line) => void keepLine.run(id, line),
    current(row) {
      const changed = kept.get(row.id) as string | undefined
      return changed === undefined ? row : JSON.parse(changed)
    },
    update(row, given, tokens) {
      const patch: Columns = { ...given, ...spell(tableName, given, row) }
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
    end() {},
    close: () => scratch.close(),
  }
}
