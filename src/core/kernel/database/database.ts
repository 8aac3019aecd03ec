/** The one door to SQLite: prepared reads, and writes as actions that the change log can take back. */
import type BetterSqlite3 from 'better-sqlite3'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { LRUCache } from 'lru-cache'
import type { batchKinds } from '../../../contract/kernel/live-event'
import type { Actor } from '../actor'
import type { Live } from '../change-log/live'
import { createSpeller, type Speller, spellingsSql } from '../spellings/spellings'
import type { Clock } from '../time/clock'
import { type Heartbeat, unwatched } from '../watch/heartbeat'
import type { Json } from './columns'
import { createFollower, type Follower } from './following-columns'
import { newId } from './ids'
import type { Schema } from './schema'
import { createStamps } from './stamps'

export type SqlValue = string | number | bigint | null | Uint8Array
export type BatchKind = (typeof batchKinds)[number]

export interface Action {
  /** What the user did, as undo and history name it: "Move Acme renewal to Proposal". */
  label: string
  /** `system` actions cannot be undone. */
  kind?: BatchKind
  /** Continues a batch begun in an earlier transaction (imports). */
  batchId?: string
  /** Writes no system activities and wakes no reactions: rows come back as they were. */
  quiet?: boolean
  /** The batch that this one takes back, and the action at the root of that chain. */
  undoes?: string
  root?: string
}

type Columns<T extends SQLiteTable> = T['_']['columns']
/** What a column takes: its own type, what its JSON stands for, true and false for 1 and 0. */
type Taken<Column extends Columns<SQLiteTable>[string]> =
  | (Column['_']['data'] extends Json<infer Value>
      ? Value | Json<Value>
      : Column['_']['data'] extends number
        ? number | boolean
        : Column['_']['data'])
  | (Column['_']['notNull'] extends true ? never : null)
/** Columns that are filled in where they are not given. */
type FilledIn = 'id' | 'seq' | 'createdAt' | 'updatedAt'
type NeededColumn<T extends SQLiteTable> = {
  [Name in keyof Columns<T>]: Columns<T>[Name]['_'] extends { notNull: true; hasDefault: false }
    ? Name extends FilledIn
      ? never
      : Name
    : never
}[keyof Columns<T>]

/** Columns of a table to write, under their names in the schema; what is undefined is left alone. */
export type Patch<T extends SQLiteTable> = {
  readonly [Name in keyof Columns<T>]?: Taken<Columns<T>[Name]> | undefined
}
/** A new row: whatever the table cannot fill in itself is needed. */
export type NewRow<T extends SQLiteTable> = Patch<T> & {
  readonly [Name in NeededColumn<T>]: Taken<Columns<T>[Name]>
}

/** Writes within one transaction. Objects and arrays are stored as JSON, booleans as 0 or 1. */
export interface Writer {
  readonly actor: Actor
  readonly batchId: string
  /** The instant of the action, epoch milliseconds. */
  readonly now: number
  /** May be refined until the action commits. */
  label: string
  newId(): string
  /** Adds a row; `id`, `createdAt` and `updatedAt` are filled in. Answers the id. */
  insert<T extends SQLiteTable>(table: T, values: NewRow<T>): string
  /** Sets what differs, and `updatedAt` with it. Answers whether anything did. */
  update<T extends SQLiteTable>(table: T, id: string, patch: Patch<T>): boolean
  remove(table: SQLiteTable, id: string): boolean
  run(sql: string, ...parameters: SqlValue[]): number
}

export interface Database {
  readonly connection: BetterSqlite3.Database
  readonly clock: Clock
  readonly schema: Schema
  all<T>(sql: string, ...parameters: SqlValue[]): T[]
  get<T>(sql: string, ...parameters: SqlValue[]): T | undefined
  /** The first column of the first row. */
  value<T>(sql: string, ...parameters: SqlValue[]): T | undefined
  prepare(sql: string): BetterSqlite3.Statement
  /**
   * One user action: one transaction, one batch in the change log, one live event after the commit.
   * An action that changes nothing leaves no trace. Within an action there is no other one: what
   * several actions share is a command that takes their writer.
   */
  act<T>(actor: Actor, action: Action, work: (writer: Writer) => T): T
  /** A transaction outside the change log, for screen and job state. */
  transaction<T>(work: () => T): T
  /** Tells live screens of rows outside the change log: whose they are, and which, by table. */
  announce(userId: string | null, tables: Record<string, string[] | null>): void
  /**
   * Rises with every commit that changes a table which this SQL (or mere name) mentions: what
   * caches of counts and settings hang on.
   */
  stampOf(sql: string): number
  /** For a connection that only reads: all of the work sees one state of the database, with all that was committed before. */
  onOneState<T>(work: () => Promise<T>): Promise<T>
}

/** Above this many rows an event says only which tables changed. */
const namedRows = 500

/** A prepared statement takes some tens of kilobytes. */
export const mostStatements = 400

export function createDatabase(
  connection: BetterSqlite3.Database,
  {
    schema,
    clock,
    live,
    reacting = () => () => {},
    heartbeat = unwatched,
    explain = (error) => error,
  }: {
    schema: Schema
    clock: Clock
    live: Live
    /** Makes what follows up, in each action before it commits, the changes after a sequence number. */
    reacting?: (database: Database) => (writer: Writer, afterSeq: number) => void
    heartbeat?: Heartbeat
    /** Puts what SQLite says of the disk into words for people. */
    explain?: (error: unknown) => unknown
  },
): Database {
  const statements = new LRUCache<string, BetterSqlite3.Statement>({ max: mostStatements })
  const stamps = createStamps(schema)
  /** The action under way, as its label names it. */
  let underWay: string | undefined

  function prepare(sql: string): BetterSqlite3.Statement {
    heartbeat.statement()
    let statement = statements.get(sql)
    if (!statement) {
      statement = connection.prepare(plannedOnce(sql))
      statements.set(sql, statement)
    }
    return statement
  }

  function explained<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw explain(error)
    }
  }

  const begin = `update session set at = ?, user_id = ?, door = ?, batch_id = ?, quiet = ? where id = 1`
  const end = `update session set at = null, user_id = null, door = null, batch_id = null, quiet = 0 where id = 1`

  function act<T>(actor: Actor, action: Action, work: (writer: Writer) => T): T {
    const now = clock.now()
    const batchId = action.batchId ?? newId(now)
    const kind = action.kind ?? 'edit'
    const writer = createWriter(database, { actor, batchId, now, label: action.label })
    let firstSeq = 0
    const transaction = connection.transaction(() => {
      firstSeq = Number(prepare('select coalesce(max(seq), 0) as seq from change').pluck().get())
      prepare(begin).run(now, actor.userId, actor.door, batchId, action.quiet ? 1 : 0)
      prepare(
        `insert or ignore into batch (id, at, user_id, door, kind, label, undoes, root) values (?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        batchId,
        now,
        actor.userId,
        actor.door,
        kind,
        action.label,
        action.undoes ?? null,
        action.root ?? null,
      )
      actor.precondition?.(database)
      const value = work(writer)
      if (!action.quiet) react(writer, firstSeq)
      prepare(end).run()
      if (prepare('select 1 from change where batch_id = ? limit 1').get(batchId) === undefined)
        prepare('delete from batch where id = ?').run(batchId)
      else if (writer.label !== action.label)
        prepare('update batch set label = ? where id = ?').run(writer.label, batchId)
      return value
    })
    const result = alone(action.label, () => explained(() => transaction.immediate()))
    stamps.committed()
    announceBatch(firstSeq, { actor, batchId, kind, label: writer.label })
    return result
  }

  async function onOneState<T>(work: () => Promise<T>): Promise<T> {
    connection.exec('begin')
    try {
      stamps.heardOf(Number(connection.pragma('data_version', { simple: true })))
      return await work()
    } finally {
      connection.exec('commit')
    }
  }

  /** @throws a fault of ours where an action began within another one */
  function alone<T>(label: string, work: () => T): T {
    if (underWay !== undefined)
      throw new Error(
        `The action “${label}” began within “${underWay}”. Pass the writer to a command instead.`,
      )
    underWay = label
    try {
      return work()
    } finally {
      underWay = undefined
    }
  }

  function announceBatch(
    firstSeq: number,
    {
      actor,
      batchId,
      kind,
      label,
    }: { actor: Actor; batchId: string; kind: BatchKind; label: string },
  ) {
    const rows = prepare(
      'select seq, table_name, row_id from change where seq > ? order by seq limit ?',
    ).all(firstSeq, namedRows + 1) as { seq: number; table_name: string; row_id: string }[]
    const last = rows.at(-1)
    if (!last) return
    const tables: Record<string, string[] | null> = {}
    if (rows.length > namedRows) {
      const names = prepare('select distinct table_name from change where seq > ?')
        .pluck()
        .all(firstSeq) as string[]
      for (const name of names) tables[name] = null
    } else {
      for (const row of rows) {
        const ids = tables[row.table_name] ?? []
        if (!ids.includes(row.row_id)) ids.push(row.row_id)
        tables[row.table_name] = ids
      }
    }
    stamps.changed(Object.keys(tables))
    live.publish({
      seq: last.seq,
      batchId,
      label,
      kind,
      userId: actor.userId,
      door: actor.door,
      undoable: kind === 'edit' || kind === 'bulk' || kind === 'import',
      tables,
    })
  }

  const announce: Database['announce'] = (userId, tables) => {
    stamps.committed()
    stamps.changed(Object.keys(tables))
    live.publish({
      seq: Number(prepare('select coalesce(max(seq), 0) as seq from change').pluck().get()),
      batchId: newId(clock.now()),
      label: '',
      kind: 'system',
      userId,
      door: 'system',
      undoable: false,
      tables,
    })
  }

  const database: Database = {
    connection,
    clock,
    schema,
    all: <T>(sql: string, ...parameters: SqlValue[]) => prepare(sql).all(...parameters) as T[],
    get: <T>(sql: string, ...parameters: SqlValue[]) =>
      prepare(sql).get(...parameters) as T | undefined,
    value: <T>(sql: string, ...parameters: SqlValue[]) => {
      const row = prepare(sql).get(...parameters) as Record<string, unknown> | undefined
      return row === undefined ? undefined : (Object.values(row)[0] as T)
    },
    prepare,
    act,
    transaction: (work) => explained(() => connection.transaction(work).immediate()),
    announce,
    stampOf: stamps.of,
    onOneState,
  }
  const react = reacting(database)
  return database
}

/** Columns of which every value finds a few rows: ids here and elsewhere, a plan's own, and names as they are looked up. */
const rare = /\b(id|external_id|plan_id|plan_step_id|\w+_folded) = \?/g

/**
 * The SQL with a plus before what it compares with such columns, so that it is compiled once. SQLite compiles what
 * joins or sorts again for each value that a column is compared with, as the best plan may depend on it. For these it does not.
 */
export const plannedOnce = (sql: string): string => sql.replaceAll(rare, '$1 = +?')

function createWriter(
  database: Database,
  state: { actor: Actor; batchId: string; now: number; label: string },
): Writer {
  const spell = createSpeller(database.schema, (list, key) => database.all(spellingsSql, list, key))
  const follow = createFollower(
    database.schema,
    () => database.value(`select ${database.schema.phoneCountry}`) ?? null,
  )
  return {
    actor: state.actor,
    batchId: state.batchId,
    now: state.now,
    label: state.label,
    newId: () => newId(state.now),

    insert(table, values) {
      const columns = getTableColumns(table)
      const id = typeof values.id === 'string' ? values.id : newId(state.now)
      const name = getTableName(table)
      const given: Record<string, unknown> = { ...values, id, ...spell(name, values) }
      if ('createdAt' in columns) given.createdAt ??= state.now
      if ('updatedAt' in columns) given.updatedAt ??= state.now
      const row: Record<string, SqlValue> = {}
      for (const [key, value] of Object.entries(given)) {
        const column = columns[key]
        if (value !== undefined && column) row[column.name] = toSql(value)
      }
      Object.assign(row, follow(name, row))
      const names = Object.keys(row)
      database
        .prepare(
          `insert into ${name} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
        )
        .run(...Object.values(row))
      return id
    },

    update(table, id, patch) {
      const name = getTableName(table)
      const current = database.prepare(`select * from ${name} where id = ?`).get(id) as
        | Record<string, SqlValue>
        | undefined
      if (!current) return false
      const changes = changesTo(table, current, patch, { spell, follow, now: state.now })
      if (!changes) return false
      const set = Object.keys(changes).map((column) => `${column} = ?`)
      database
        .prepare(`update ${name} set ${set.join(', ')} where id = ?`)
        .run(...Object.values(changes), id)
      return true
    },

    remove: (table, id) =>
      database.prepare(`delete from ${getTableName(table)} where id = ?`).run(id).changes > 0,

    run: (sql, ...parameters) => database.prepare(sql).run(...parameters).changes,
  }
}

/** What a patch sets in a row, by the columns in SQL; undefined where nothing differs. */
export function changesTo<T extends SQLiteTable>(
  table: T,
  current: Readonly<Record<string, SqlValue>>,
  patch: Patch<T>,
  { spell, follow, now }: { spell: Speller; follow: Follower; now: number },
): Record<string, SqlValue> | undefined {
  const name = getTableName(table)
  const columns = getTableColumns(table)
  const changes: Record<string, SqlValue> = {}
  for (const [key, value] of Object.entries({ ...patch, ...spell(name, patch, current) })) {
    const column = columns[key]
    if (value === undefined || !column) continue
    const next = toSql(value)
    if (current[column.name] !== next) changes[column.name] = next
  }
  if (Object.keys(changes).length === 0) return undefined
  if ('updatedAt' in columns && patch.updatedAt === undefined) changes.updated_at = now
  return Object.assign(changes, follow(name, changes))
}

/** How a value is stored: objects and arrays as JSON, booleans as 0 or 1. */
export function toSql(value: unknown): SqlValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  return JSON.stringify(value)
}
