/** Pages of records: keyset cursors over an index, text search, conditions, and an exact total. */
import { LRUCache } from 'lru-cache'
import type { Condition } from '../../../contract/kernel/conditions'
import { fold } from '../../../contract/kernel/fold'
import { ownValue } from '../../../contract/kernel/own-value'
import type { Actor } from '../actor'
import type { Clause } from '../database/clause'
import type { Database, SqlValue } from '../database/database'
import { invalid } from '../errors'
import type { Clock } from '../time/clock'
import type { Workspace } from '../workspace/workspace'
import { compileCondition } from './conditions'
import { phoneRun, searchedPhone } from './phone-numbers'
import type { Circumstances } from './questions'
import type { Reach, Source } from './reach'
import { containsText } from './text-sql'

export interface Sort {
  /** SQL of the value; the same text as in the index that serves it. */
  sql: string
  nullable?: boolean
  /**
   * For an order that another table gives: `values` asks for the ids in that order, and the rows
   * of each are walked by `sql` along an index that begins with `column`. Where it is `nullable`, the rows without
   * one come last, after those whose id is none of these.
   */
  within?: { column: string; values: string }
}

/** Its table's `seq` breaks ties. */
export interface ListSource extends Source {
  /** What a row is made of; it needs all the joins. */
  select: string
  sorts: Readonly<Record<string, Sort>>
  /** As in `ListInput.sort`. */
  defaultSort: string
  /** False where rows are never put into the trash: the table has no `deleted_at`. */
  hasTrash?: false
  /** Few rows need no text index: text search then looks for all of the text in these columns. */
  searched?: readonly string[]
}

export interface ListQuery {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  limit: number
  cursor?: string | undefined
  trashed?: boolean | undefined
}

/** A query and who asks it: its condition tells nothing of records that they may not see. */
export type AskedBy<Query> = Query & { actor: Actor }

export interface PageOfRows<Row> {
  rows: Row[]
  nextCursor: string | null
  total: number
}

export type Lister = ReturnType<typeof createLister>

/**
 * @param workspace gives the zone that bare dates of a condition mean
 * @param customSort says how lists are sorted by custom fields
 */
export function createLister(
  database: Database,
  {
    workspace,
    clock,
    reach,
    customSort,
  }: {
    workspace: Workspace
    clock: Clock
    reach: Reach
    customSort(table: string, key: string): Sort | undefined
  },
) {
  const totals = new LRUCache<string, { stamp: number; total: number }>({ max: 500 })

  const circumstances = (): Circumstances => ({
    zone: workspace.timezone(),
    country: workspace.country(),
    now: clock.now(),
  })

  /** A condition on the rows of a source. @throws invalid naming the field and the rule */
  const compile = (actor: Actor, source: Source, filter: Condition): Clause =>
    compileCondition(filter, {
      ...circumstances(),
      fieldOf: (name) => reach.fieldOf(source, name, actor),
      rows: rowsOf(database, source.table),
    })

  /** @throws invalid where there is no such sort */
  function sortNamed(source: ListSource, name: string): Sort {
    const key = source.custom === undefined ? undefined : /^custom\.(.+)$/.exec(name)?.[1]
    const sort = key === undefined ? ownValue(source.sorts, name) : customSort(source.table, key)
    if (!sort) throw invalid('sort', `there is no sort by ${name}`)
    return sort
  }

  /** The conditions of a query and of the caller's scope, without paging. */
  function where(
    source: ListSource,
    query: AskedBy<Omit<ListQuery, 'limit'>>,
    extra: Clause[] = [],
  ): Clause {
    const clauses: Clause[] = [
      {
        sql:
          source.hasTrash === false
            ? 'true'
            : `${source.table}.deleted_at is ${query.trashed ? 'not null' : 'null'}`,
        parameters: [],
      },
      ...extra,
    ]
    if (query.q && source.searched) {
      const { q } = query
      const any = source.searched.map((column) => containsText(column, q))
      clauses.push({
        sql: `(${any.map(({ sql }) => sql).join(' or ')})`,
        parameters: any.flatMap(({ parameters }) => parameters),
      })
    }
    if (query.filter) clauses.push(compile(query.actor, source, query.filter))
    return {
      sql: clauses.map((clause) => clause.sql).join(' and '),
      parameters: clauses.flatMap((clause) => clause.parameters),
    }
  }

  function page<Row extends { seq: number }>(
    source: ListSource,
    query: AskedBy<ListQuery>,
    extra: Clause[] = [],
  ): PageOfRows<Row> {
    const filter = where(source, query, extra)
    const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor)
    const match =
      query.q && !source.searched ? searchExpression(query.q, workspace.country()) : undefined
    if (query.q && !source.searched && match === undefined)
      return { rows: [], nextCursor: null, total: 0 }
    const sortName = query.sort ?? (match ? '-newest' : source.defaultSort)
    const total = cursor?.total ?? count(source, filter, match)
    const isFew =
      query.filter !== undefined &&
      total <= query.limit &&
      total * fewOf < rowsOf(database, source.table)
    const plan = planOf(database, source, sortName, { match, isFew, sortNamed })
    if (isFew && total === 0) return { rows: [], nextCursor: null, total }
    const found: { row: Row & { sort_value: SqlValue }; phase: number }[] = []
    let after = cursor
    for (let phase = cursor?.phase ?? 0; phase < plan.phases.length; phase++, after = undefined) {
      const part = plan.phases[phase]
      const wanted = query.limit + 1 - found.length
      if (!part || wanted === 0) break
      const clauses = [...part.where, filter.sql]
      const parameters = [...part.parameters, ...filter.parameters]
      if (after) {
        clauses.push(part.after)
        parameters.push(...part.afterParameters(after))
      }
      // The page is found first, on indexes alone where they suffice; only its rows are then read
      // whole.
      const where = clauses.join(' and ')
      const joins = reach.joinsFor(source, `${where} ${part.order}`)
      const rows = database.all<Row & { sort_value: SqlValue }>(
        `select ${source.select}, page.sort_value from (
           select ${source.table}.seq, ${part.value} as sort_value from ${plan.from} ${joins}
           where ${where} order by ${part.order} limit ${wanted}
         ) page cross join ${source.table} on ${source.table}.seq = page.seq ${source.joins}
         order by page.sort_value ${plan.direction}, page.seq ${plan.direction}`,
        ...parameters,
      )
      for (const row of rows) found.push({ row, phase })
    }
    const kept = found.slice(0, query.limit)
    const last = kept.at(-1)
    return {
      rows: kept.map(({ row }) => row),
      nextCursor:
        found.length > query.limit && last
          ? writeCursor({
              phase: last.phase,
              value: last.row.sort_value,
              seq: last.row.seq,
              total,
            })
          : null,
      total,
    }
  }

  function count(source: ListSource, filter: Clause, match: string | undefined): number {
    const { table } = source
    const key = JSON.stringify([table, filter.sql, filter.parameters, match])
    const whole = !match && filter.sql === `${table}.deleted_at is null`
    const sql = `select count(*) from ${fromOf(table, match)} ${reach.joinsFor(source, filter.sql)}
      where ${match ? `${table}_search match ? and ` : ''}${filter.sql}`
    const stamp = database.stampOf(whole ? table : sql)
    const known = totals.get(key)
    if (known?.stamp === stamp) return known.total
    const total = whole
      ? // Counting a whole table walks pages, not rows.
        Number(database.value<number>(`select count(*) from ${table}`)) -
        Number(database.value<number>(`select count(*) from ${table} where deleted_at is not null`))
      : Number(database.value<number>(sql, ...(match ? [match] : []), ...filter.parameters))
    totals.set(key, { stamp, total })
    return total
  }

  /** Ids of all rows a query lets through, for bulk actions and exports. */
  function ids(
    source: ListSource,
    query: AskedBy<Pick<ListQuery, 'q' | 'filter' | 'trashed'>>,
    extra: Clause[] = [],
  ) {
    const filter = where(source, query, extra)
    const match =
      query.q && !source.searched ? searchExpression(query.q, workspace.country()) : undefined
    if (query.q && !source.searched && match === undefined) return []
    return database
      .all<{ id: string }>(
        `select ${source.table}.id from ${fromOf(source.table, match)} ${reach.joinsFor(source, filter.sql)}
         where ${match ? `${source.table}_search match ? and ` : ''}${filter.sql} order by ${source.table}.seq`,
        ...(match ? [match] : []),
        ...filter.parameters,
      )
      .map((row) => row.id)
  }

  return { page, where, ids, count, compile, joinsFor: reach.joinsFor }
}

/** About how many rows a table has, without counting them. */
export const rowsOf = (database: Database, table: string): number =>
  database.value<number>(`select coalesce(max(seq), 0) from ${table}`) ?? 0

interface Cursor {
  phase: number
  value: SqlValue
  seq: number
  total: number
}

const fromOf = (table: string, match: string | undefined) =>
  match ? `${table}_search join ${table} on ${table}.seq = ${table}_search.rowid` : table

/** A stretch of the order that one index gives. */
interface Phase {
  /** SQL of what the rows are ordered by before their `seq`. */
  value: string
  where: string[]
  parameters: SqlValue[]
  /** What is beyond a cursor. */
  after: string
  afterParameters(cursor: Cursor): SqlValue[]
  order: string
}

/** Fewer than one row in so many are few: along the order all the others would be looked at, too. */
const fewOf = 10

/**
 * How a sort is walked. Rows without a value come last either way: SQLite puts them first when
 * ascending, so an ascending nullable sort is two walks, each along the index. A few rows are found
 * by what they have in common, and sorted.
 */
function planOf(
  database: Database,
  source: ListSource,
  sortName: string,
  {
    match,
    isFew,
    sortNamed,
  }: {
    match: string | undefined
    isFew: boolean
    sortNamed(source: ListSource, name: string): Sort
  },
): { from: string; direction: 'asc' | 'desc'; phases: Phase[] } {
  const descending = sortName.startsWith('-')
  const name = descending ? sortName.slice(1) : sortName
  const seq = match ? `${source.table}_search.rowid` : `${source.table}.seq`
  const direction = descending ? 'desc' : 'asc'
  const beyond = descending ? '<' : '>'
  const matches: Clause[] = match
    ? [{ sql: `${source.table}_search match ?`, parameters: [match] }]
    : []
  const walk = (sort: string | undefined, only: Clause[] = []): Phase => ({
    value: sort ?? 'null',
    where: [...matches, ...only].map((clause) => clause.sql),
    parameters: [...matches, ...only].flatMap((clause) => clause.parameters),
    after: sort ? `(${sort}, ${seq}) ${beyond} (?, ?)` : `${seq} ${beyond} ?`,
    afterParameters: (cursor) => (sort ? [cursor.value, cursor.seq] : [cursor.seq]),
    order: `${sort ? `${sort} ${direction}, ` : ''}${seq} ${direction}`,
  })
  const withoutValue = (sql: string) => walk(undefined, [{ sql: `${sql} is null`, parameters: [] }])
  const phases = (): Phase[] => {
    if (name === 'newest') return [walk(undefined)]
    const sort = sortNamed(source, name)
    const { nullable, within } = sort
    // A sign before it keeps SQLite from an index.
    const sql = isFew ? `+${sort.sql}` : sort.sql
    if (within) {
      const values = database.all<{ id: string }>(within.values)
      if (descending) values.reverse()
      const named = values.map(({ id }) =>
        walk(sql, [{ sql: `${within.column} = ?`, parameters: [id] }]),
      )
      const others = `${within.column} not in (${within.values})`
      return nullable
        ? [...named, walk(sql, [{ sql: others, parameters: [] }]), withoutValue(sql)]
        : named
    }
    if (!nullable) return [walk(sql)]
    return [walk(sql, [{ sql: `${sql} is not null`, parameters: [] }]), withoutValue(sql)]
  }
  return { from: fromOf(source.table, match), direction, phases: phases() }
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(
    JSON.stringify([cursor.phase, cursor.value, cursor.seq, cursor.total]),
  ).toString('base64url')
}

function readCursor(text: string): Cursor {
  try {
    const [phase, value, seq, total] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (
      Number.isSafeInteger(phase) &&
      Number.isSafeInteger(seq) &&
      Number.isSafeInteger(total) &&
      (value === null || typeof value === 'string' || typeof value === 'number')
    )
      return { phase, value, seq, total }
  } catch {
    // Falls through to the one message.
  }
  throw invalid('cursor', 'must be the nextCursor of a page before')
}

/**
 * What a person typed → an FTS5 expression: every word must occur, each as a prefix. A phone number
 * may occur in any spelling.
 * @param country whose numbers are written without a country code
 */
export function searchExpression(text: string, country: string | null): string | undefined {
  const typed = fold(text)
  const words = typed.match(word)
  if (!words) return undefined
  const numbers = [...typed.matchAll(phoneRun)].flatMap(([run]) => {
    const forms = searchedPhone(run, country)
    const parts = run.match(word) ?? []
    return forms.length > 0 && forms.join() !== parts.join() ? [{ run, parts, forms }] : []
  })
  let rest = typed
  const groups = numbers.map(({ run, parts, forms }) => {
    rest = rest.replace(run, ' ')
    return `((${allOf(parts)}) OR ${forms.map(prefix).join(' OR ')})`
  })
  return [...(rest.match(word) ?? []).map(prefix), ...groups].join(' AND ')
}

const word = /[\p{L}\p{N}]+/gu
const prefix = (one: string) => `"${one}"*`
const allOf = (words: readonly string[]) => words.map(prefix).join(' AND ')
