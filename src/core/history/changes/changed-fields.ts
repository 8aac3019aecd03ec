/** The fields of one change with both their values, as people read them. */
import type { Change } from '../../../contract/history/changes'
import { moneyFromMinor } from '../../../contract/kernel/money'
import { ownValue } from '../../../contract/kernel/own-value'
import { sameValue } from '../../../contract/kernel/same-value'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant } from '../../kernel/database/rows'
import { fieldLabel } from '../../kernel/fields/field-names'
import type { Kernel } from '../../kernel/kernel'
import { createValuesThen, type Held, type LoggedChange } from './values-then'

export type { LoggedChange } from './values-then'

type Fields = Change['fields']

/** Columns no reader asks for. */
const silentColumns = new Set(['seq', 'id', 'created_at', 'updated_at', 'created_by', 'position'])

/** Instants that may mean a whole day. */
const wholeDayColumns: Readonly<Record<string, readonly string[]>> = {
  task: ['due_at'],
  activity: ['scheduled_at', 'due_at'],
}

export function createChangedFields(kernel: Kernel) {
  const { database, workspace, customFields } = kernel
  const { currencyAfter, wholeDayOf } = createValuesThen(kernel)

  function fieldsOf(change: LoggedChange): Fields {
    const before: Held = JSON.parse(change.before ?? '{}')
    const after: Held = JSON.parse(change.after ?? '{}')
    const columns = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    const hasMoney = columns.some((column) => column.endsWith('_minor'))
    const currency = hasMoney ? currencyAfter(change, after) : workspace.currency()
    const earlier = typeof before.currency === 'string' ? before.currency : currency
    const held = { ...after, ...before }
    return columns
      .filter((column) => !silentColumns.has(column))
      .flatMap((column) => {
        const whole = {
          field: column,
          label: database.schema.labels.get(`${change.table_name}.${column}`) ?? fieldLabel(column),
          before: shown(change, held, column, before[column] ?? null, earlier),
          after: shown(change, after, column, after[column] ?? null, currency),
        }
        if (column !== 'custom') return [whole]
        return customChanges(change.table_name, before.custom, after.custom) ?? [whole]
      })
  }

  /** Each custom value that differs, under the label of its field; people are named. Undefined where one side is no values. */
  function customChanges(
    table: string,
    before: SqlValue | undefined,
    after: SqlValue | undefined,
  ): Fields | undefined {
    const was = valuesIn(before)
    const is = valuesIn(after)
    if (!was || !is) return undefined
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => {
      const [old, now] = [was, is].map((values) => ownValue(values, key) ?? null)
      if (sameValue(old, now)) return []
      const field = customFields.find(table, key)
      const named = (value: unknown) =>
        field?.type === 'person' && typeof value === 'string'
          ? (database.value<string>('select name from user where id = ?', value) ?? value)
          : value
      return [
        {
          field: `custom.${key}`,
          label: field?.label ?? fieldLabel(key),
          before: named(old),
          after: named(now),
        },
      ]
    })
  }

  /** @param held what the row held then, as far as the change says */
  function shown(
    change: LoggedChange,
    held: Held,
    column: string,
    value: SqlValue,
    currency: string,
  ): unknown {
    if (value === null) return null
    const table = change.table_name
    const naming = database.schema.nameOfReferred.get(`${table}.${column}`)
    if (naming) return database.value<string | number>(naming, value) ?? value
    if (column.endsWith('_minor') && typeof value === 'number')
      return moneyFromMinor(value, currency)
    if (column.endsWith('_at') && typeof value === 'number') {
      const day = wholeDayColumns[table]?.includes(column)
        ? wholeDayOf(change, held, column, value)
        : undefined
      return day ?? toInstant(value)
    }
    return typeof value === 'string' && /^[[{]/.test(value) ? (parsed(value) ?? value) : value
  }

  return fieldsOf
}

/** What the log has of custom values; undefined where another program has written what are none. */
function valuesIn(json: SqlValue | undefined): Record<string, unknown> | undefined {
  if (json === undefined || json === null) return {}
  const values = typeof json === 'string' ? parsed(json) : undefined
  return typeof values === 'object' && values !== null && !Array.isArray(values)
    ? (values as Record<string, unknown>)
    : undefined
}

/** Undefined where it is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
