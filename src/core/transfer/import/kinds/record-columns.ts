/** Columns that records of several kinds have alike. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { CustomField, CustomValues } from '../../../../contract/kernel/custom-fields'
import { spellingKey } from '../../../../contract/kernel/spelling'
import type { SqlValue } from '../../../kernel/database/database'
import { furtherFieldsOf } from '../fields/fields'
import { follow, type Link } from '../lookups/link'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import type { KindContext } from './import-kind'

interface RecordValues {
  id?: string
  externalId?: string
  tags?: string[]
  custom?: CustomValues
  createdAt?: number
}

/** Columns that are called like the fields they hold. */
export function sameNamed<Values extends object>(
  values: Values,
  fields: readonly (keyof Values & string)[],
): Columns {
  const columns: Columns = {}
  for (const field of fields) columns[field] = values[field]
  return columns
}

/** Those of companies, contacts, customers and leads. */
export function createRecordColumns(
  { actor, lookups, mapping, newFields, ownIds }: KindContext,
  table: SQLiteTable,
  name: CustomField['table'],
) {
  /** A file that says whose its records are means nobody's by a blank cell. */
  const isNobodys =
    (mapping.owner !== undefined || mapping.ownerId !== undefined) && lookups.seesAll

  const further = furtherFieldsOf[name].map((field) => field.name)
  const furtherColumns = (values: RecordValues): Columns =>
    Object.fromEntries(
      further.map((field) => [field, (values as Readonly<Record<string, SqlValue>>)[field]]),
    )

  return {
    ofNew(values: RecordValues, owner: Link, rows: RowStore): Columns {
      lookups.ensureFields(rows, name, values.custom ?? {}, newFields)
      return {
        ...furtherColumns(values),
        ownerId: owner ? follow(owner, rows) : isNobodys ? null : actor.userId,
        tags: values.tags ?? [],
        custom: values.custom ?? {},
        ...ownIds.identityOf(table, values),
        createdBy: actor.userId,
        createdAt: values.createdAt ?? rows.now,
      }
    },
    changed(values: RecordValues, owner: Link, current: StoredRow, rows: RowStore): Columns {
      lookups.ensureFields(rows, name, values.custom ?? {}, newFields)
      return {
        ...furtherColumns(values),
        ownerId: follow(owner, rows),
        tags: tagsPatch(values.tags, current.tags),
        custom: values.custom && { ...parseJsonObject(current.custom), ...values.custom },
        externalId: ownIds.externalIdOf(values, current),
      }
    },
  }
}

export const parseJsonObject = (value: SqlValue | undefined): Record<string, unknown> => {
  if (typeof value !== 'string') return {}
  const parsed: unknown = JSON.parse(value)
  return parsed instanceof Object ? (parsed as Record<string, unknown>) : {}
}

/** Undefined where the record has these tags already, in whatever order. */
function tagsPatch(
  tags: string[] | undefined,
  current: SqlValue | undefined,
): string[] | undefined {
  if (!tags) return undefined
  const stored: unknown = typeof current === 'string' ? JSON.parse(current) : []
  const key = (list: unknown[]) =>
    list
      .map((tag) => spellingKey(String(tag)))
      .sort()
      .join('\0')
  return key(tags) === key(Array.isArray(stored) ? stored : []) ? undefined : tags
}
