/** How a row of a file is recognised: each kind declares its keys; how the file and the database are asked follows from them. */
import { createHash } from 'node:crypto'
import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { SqlValue } from '../../../kernel/database/database'
import { nameKey } from '../../format/names'
import { isAddedColumn } from '../columns/added-columns'
import type { ImportRow, Key, KindContext } from '../kinds/import-kind'
import type { RowStore, StoredRow } from '../runs/row-store'

/** What rows say of the records they are. */
interface Recognised {
  id?: string
  externalId?: string
  company?: string
  companyId?: string
}

/** As much of a row as it is recognised by. */
type Said<Values> = Pick<ImportRow<Values>, 'values' | 'cells'>
export const saying = <Values>(values: Values): Said<Values> => ({ values, cells: () => [] })

/** What records of a kind are recognised by. */
export interface RecordKey<Values> extends Pick<Key, 'name' | 'isWeak'> {
  /** The value that the row has, as `where` compares it; undefined where it has none. */
  of(row: Said<Values>): string | undefined
  /** SQL with one parameter, the value: the stored rows that have it, those in the trash included. */
  where: string
  /** Equal for values that `where` takes for one; the value itself unless given. */
  sameAs?(value: string): string
  /** A record has one of its own. Any other key leads to no record with another external id. */
  isId?: boolean
  /** Counts among the records of one company. */
  isAtCompany?: boolean
  /** Whether a stored row may have it at all, where a query is saved by knowing. */
  mayBeStored?(row: Said<Values>): boolean
}

export const token = (...parts: string[]): string => parts.join('\0')

/** What a record is known by elsewhere; a record of another Rapport keeps the id it has there. */
export const outerId = (values: { id?: string; externalId?: string }): string | undefined =>
  values.externalId ?? values.id

/** The key of a name that the row may lack. */
export const keyOfName = (name: string | undefined): string | undefined =>
  name ? nameKey(name) : undefined

export const ownId: RecordKey<Pick<Recognised, 'id'>> = {
  name: 'id',
  isId: true,
  of: ({ values }) => values.id,
  where: 'id = ?',
}
const externalId: RecordKey<Recognised> = {
  name: 'externalId',
  isId: true,
  of: ({ values }) => outerId(values),
  where: 'external_id = ?',
}
export const ids = [ownId, externalId] as const

export const email: RecordKey<{ email?: string }> = {
  name: 'email',
  of: ({ values }) => values.email,
  where: 'email = ? collate nocase',
  sameAs: nameKey,
}

/** Of records that have no name of their own: a row without an id is known by everything in it. */
export const idsOrContent: readonly RecordKey<Recognised>[] = [
  ...ids,
  {
    name: 'content',
    isId: true,
    of: (row) => (outerId(row.values) === undefined ? contentId(row) : undefined),
    where: 'external_id = ?',
  },
]

/** The external id of a row that has no id. */
export function contentId(row: Said<unknown>): string {
  const cells = row.cells().filter(([column]) => !isAddedColumn(column))
  const hash = createHash('sha256').update(JSON.stringify(cells.sort())).digest('base64url')
  return `content:${hash}`
}

const mostNamesakes = 50

export interface Recognition<Values> {
  /** Strongest first. */
  keys(row: Said<Values>): Key[]
  /** What later records of the file find a new record by. */
  tokens(row: Said<Values>): string[]
  /**
   * The record that a cell means by its external id, e-mail address or name: one of the file, else the best that is stored.
   * @param scope SQL behind a condition that leaves out what is not to be found
   */
  named(
    cell: string,
    rows: RowStore,
    scope: { sql: string; parameters: readonly SqlValue[] },
  ): StoredRow | undefined
}

/** @param declared strongest first */
export function recognisedBy<Values extends Recognised>(
  { kernel: { database }, lookups }: KindContext,
  table: SQLiteTable,
  declared: readonly RecordKey<Values>[],
): Recognition<Values> {
  const select = (key: RecordKey<Values>, more: string, ...parameters: SqlValue[]) =>
    database.all<StoredRow>(
      `select * from ${getTableName(table)} where ${key.where} ${more} ${key.isWeak ? `limit ${mostNamesakes}` : ''}`,
      ...parameters,
    )

  function find(key: RecordKey<Values>, row: Said<Values>, value: string): StoredRow[] {
    if (key.mayBeStored && !key.mayBeStored(row)) return []
    const others = !key.isId && outerId(row.values) ? 'and external_id is null' : ''
    if (!key.isAtCompany) return select(key, others, value)
    const company = lookups.companyOf(row.values)
    if (company && !('id' in company)) return []
    return select(key, `and company_id is ? ${others}`, value, company?.id ?? null)
  }

  const tokenOf = (
    { name, sameAs, isAtCompany }: RecordKey<Values>,
    { values }: Said<Values>,
    value: string,
    isUnnumbered = false,
  ) =>
    token(
      isUnnumbered ? `unnumbered ${name}` : name,
      sameAs ? sameAs(value) : value,
      ...(isAtCompany ? [nameKey(values.company ?? '')] : []),
    )

  const valuesOf = (row: Said<Values>) =>
    declared.flatMap((key) => {
      const value = key.of(row)
      return value === undefined ? [] : [{ key, value }]
    })

  return {
    keys: (row) =>
      valuesOf(row).map(({ key, value }) => ({
        name: key.name,
        ...(key.isWeak && { isWeak: true }),
        token: tokenOf(key, row, value, !key.isId && outerId(row.values) !== undefined),
        find: () => find(key, row, value),
      })),
    tokens: (row) =>
      valuesOf(row).flatMap(({ key, value }) =>
        key.isId || outerId(row.values) !== undefined
          ? [tokenOf(key, row, value)]
          : [tokenOf(key, row, value), tokenOf(key, row, value, true)],
      ),
    named(cell, rows, { sql, parameters }) {
      const row = saying({ externalId: cell, email: cell, name: cell } as unknown as Values)
      const said = valuesOf(row)
      const [added] = said.flatMap(({ key, value }) => rows.added(tokenOf(key, row, value)))
      if (added) return added
      for (const { key, value } of said) {
        const found = bestOf(select(key, sql, value, ...parameters))
        if (found) return found
      }
      return undefined
    },
  }
}

/**
 * One not in the trash before one that is, then the oldest. Chosen here: to sort rows of so many columns
 * costs SQLite twenty times what finding them does.
 */
export function bestOf(rows: readonly StoredRow[]): StoredRow | undefined {
  let best = rows[0]
  for (const row of rows.slice(1)) {
    const better =
      row.deleted_at === null
        ? best?.deleted_at !== null || Number(row.seq) < Number(best.seq)
        : best?.deleted_at !== null && Number(row.seq) < Number(best?.seq)
    if (better) best = row
  }
  return best
}
