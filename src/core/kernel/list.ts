/** Pages of records: keyset cursors over an index, text search, conditions, and an exact total. */
import { LRUCache } from 'lru-cache'
import type { Condition } from '../../contract/shapes'
import { type Clause, compileCondition, type Fields } from './conditions'
import type { Database, SqlValue } from './database'
import { invalid } from './errors'
import type { Workspace } from './workspace'

export interface Sort {
  /** SQL of the value; the same text as in the index that serves it. */
  sql: string
  nullable?: boolean
}

export interface ListSource {
  /** Base table; its `seq` breaks ties. */
  table: string
  /** What a row is made of, and the joins it needs. */
  select: string
  joins: string
  fields: Fields
  sorts: Readonly<Record<string, Sort>>
  /** As in `ListInput.sort`. */
  defaultSort: string
  /** SQL of the JSON column of custom fields, where the table has one. */
  custom?: string
}

export interface ListQuery {
  q?: string | undefined
  filter?: Condition | undefined
  sort?: string | undefined
  limit: number
  cursor?: string | undefined
  trashed?: boolean | undefined
}

export interface PageOfRows<Row> {
  rows: Row[]
  nextCursor: string | null
  total: number
}

export type Lister = ReturnType<typeof createLister>

/** @param workspace gives the zone and currency that bare dates and amounts of a condition mean */
export function createLister(database: Database, workspace: Workspace) {
  const totals = new LRUCache<string, { version: number; total: number }>({ max: 500 })

  /** The conditions of a query and of the caller's scope, without paging. */
  function where(
    source: ListSource,
    query: Omit<ListQuery, 'limit'>,
    extra: Clause[] = [],
  ): Clause {
    const clauses: Clause[] = [
      {
        sql: `${source.table}.deleted_at is ${query.trashed ? 'not null' : 'null'}`,
        parameters: [],
      },
      ...extra,
    ]
    if (query.filter)
      clauses.push(
        compileCondition(query.filter, {
          fields: source.fields,
          ...(source.custom === undefined ? {} : { custom: source.custom }),
          zone: workspace.timezone(),
          minor: workspace.minor,
        }),
      )
    return {
      sql: clauses.map((clause) => clause.sql).join(' and '),
      parameters: clauses.flatMap((clause) => clause.parameters),
    }
  }

  function page<Row extends { seq: number }>(
    source: ListSource,
    query: ListQuery,
    extra: Clause[] = [],
  ): PageOfRows<Row> {
    const filter = where(source, query, extra)
    const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor)
    const match = query.q ? searchExpression(query.q) : undefined
    if (query.q && match === undefined) return { rows: [], nextCursor: null, total: 0 }
    const sortName = query.sort ?? (match ? '-newest' : source.defaultSort)
    const plan = planOf(source, sortName, match)
    const total = cursor?.total ?? count(source, filter, match)
    const rows: (Row & { sort_value: SqlValue })[] = []
    let phase = cursor?.phase ?? 0
    let after = cursor
    for (; phase < plan.phases.length && rows.length <= query.limit; phase++, after = undefined) {
      const part = plan.phases[phase]
      if (!part) break
      const clauses = [...part.where, filter.sql]
      const parameters = [...(match ? [match] : []), ...filter.parameters]
      if (after) {
        clauses.push(part.after)
        parameters.push(...part.afterParameters(after))
      }
      const wanted = query.limit + 1 - rows.length
      const found = database.all<Row & { sort_value: SqlValue }>(
        `select ${source.select}, ${part.value} as sort_value from ${plan.from} ${source.joins}
         where ${clauses.join(' and ')} order by ${part.order} limit ${wanted}`,
        ...parameters,
      )
      rows.push(...found)
      if (found.length === wanted) break
    }
    const more = rows.length > query.limit
    const items = more ? rows.slice(0, query.limit) : rows
    const last = items.at(-1)
    const lastPhase =
      last && plan.phases.length > 1 && last.sort_value === null ? plan.phases.length - 1 : 0
    return {
      rows: items,
      nextCursor:
        more && last
          ? writeCursor({ phase: lastPhase, value: last.sort_value, seq: last.seq, total })
          : null,
      total,
    }
  }

  function count(source: ListSource, filter: Clause, match: string | undefined): number {
    const key = JSON.stringify([source.table, filter.sql, filter.parameters, match])
    const known = totals.get(key)
    if (known?.version === database.version) return known.total
    const { table } = source
    const total =
      !match && filter.sql === `${table}.deleted_at is null`
        ? // Counting a whole table walks pages, not rows.
          Number(database.value<number>(`select count(*) from ${table}`)) -
          Number(
            database.value<number>(`select count(*) from ${table} where deleted_at is not null`),
          )
        : Number(
            database.value<number>(
              `select count(*) from ${fromOf(table, match)} where ${match ? `${table}_search match ? and ` : ''}${filter.sql}`,
              ...(match ? [match] : []),
              ...filter.parameters,
            ),
          )
    totals.set(key, { version: database.version, total })
    return total
  }

  /** Ids of all rows a query lets through, for bulk actions and exports. */
  function ids(
    source: ListSource,
    query: Pick<ListQuery, 'q' | 'filter' | 'trashed'>,
    extra: Clause[] = [],
  ) {
    const filter = where(source, query, extra)
    const match = query.q ? searchExpression(query.q) : undefined
    if (query.q && match === undefined) return []
    return database
      .all<{ id: string }>(
        `select ${source.table}.id from ${fromOf(source.table, match)}
         where ${match ? `${source.table}_search match ? and ` : ''}${filter.sql} order by ${source.table}.seq`,
        ...(match ? [match] : []),
        ...filter.parameters,
      )
      .map((row) => row.id)
  }

  return { page, where, ids, count }
}

interface Cursor {
  phase: number
  value: SqlValue
  seq: number
  total: number
}

const fromOf = (table: string, match: string | undefined) =>
  match ? `${table}_search join ${table} on ${table}.seq = ${table}_search.rowid` : table

/**
 * How a sort is walked. Rows without a value come last either way: SQLite puts them first when
 * ascending, so an ascending nullable sort is two walks, each along the index.
 */
function planOf(source: ListSource, sortName: string, match: string | undefined) {
  const descending = sortName.startsWith('-')
  const name = descending ? sortName.slice(1) : sortName
  const seq = match ? `${source.table}_search.rowid` : `${source.table}.seq`
  const matches = match ? [`${source.table}_search match ?`] : []
  const direction = descending ? 'desc' : 'asc'
  const beyond = descending ? '<' : '>'
  const from = fromOf(source.table, match)
  if (name === 'newest')
    return {
      from,
      phases: [
        {
          value: 'null',
          where: matches,
          after: `${seq} ${beyond} ?`,
          afterParameters: (cursor: Cursor): SqlValue[] => [cursor.seq],
          order: `${seq} ${direction}`,
        },
      ],
    }
  const sort = Object.hasOwn(source.sorts, name) ? source.sorts[name] : undefined
  if (!sort) throw invalid('sort', `there is no sort by ${name}`)
  const byValue = {
    value: sort.sql,
    where: matches,
    after: `(${sort.sql}, ${seq}) ${beyond} (?, ?)`,
    afterParameters: (cursor: Cursor): SqlValue[] => [cursor.value, cursor.seq],
    order: `${sort.sql} ${direction}, ${seq} ${direction}`,
  }
  if (!sort.nullable) return { from, phases: [byValue] }
  const withoutValue = {
    value: 'null',
    where: [...matches, `${sort.sql} is null`],
    after: `${seq} ${beyond} ?`,
    afterParameters: (cursor: Cursor): SqlValue[] => [cursor.seq],
    order: `${seq} ${direction}`,
  }
  return {
    from,
    phases: [{ ...byValue, where: [...matches, `${sort.sql} is not null`] }, withoutValue],
  }
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
      Number.isInteger(phase) &&
      Number.isInteger(seq) &&
      Number.isInteger(total) &&
      (value === null || typeof value === 'string' || typeof value === 'number')
    )
      return { phase, value, seq, total }
  } catch {
    // Falls through to the one message.
  }
  throw invalid('cursor', 'must be the nextCursor of a page before')
}

/** What a person typed → an FTS5 expression: every word must occur, each as a prefix. */
export function searchExpression(text: string): string | undefined {
  const words = text.normalize('NFC').match(/[\p{L}\p{N}]+/gu)
  if (!words) return undefined
  return words.map((word) => `"${word}"*`).join(' ')
}
