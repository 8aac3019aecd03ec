/** Rows as they are shown: the fields of the contract, read from the columns that hold them. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type * as z from 'zod'
import type { ShownShape } from '../../../contract/kernel/field-shapes'
import type { FieldDefinition, FieldDefinitions } from '../../../contract/kernel/fields'
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Json } from '../database/columns'
import { fromJson, toInstantOrNull, toReference } from '../database/rows'
import { columnOfField } from '../database/schema'
import { snakeCase } from '../database/snake-case'

export type Shown<Definitions extends FieldDefinitions> = z.output<
  z.ZodObject<ShownShape<Definitions>>
>
/** A row selects the name of what each field refers to as `<field>_name`. */
export type NamesOf<Definitions extends FieldDefinitions> = {
  [Name in keyof Definitions & string as Definitions[Name] extends {
    kind: 'person' | 'reference'
  }
    ? Definitions[Name] extends { partOf: string }
      ? never
      : `${Name}_name`
    : never]: string | null
}
type Row = Readonly<Record<string, unknown>>

/** Makes what reads the fields of a row. Amounts are in the currency of the row's column `currency`. */
export function shownOf<const Definitions extends FieldDefinitions>(
  definitions: Definitions,
  table: SQLiteTable,
): (row: NamesOf<Definitions>) => Shown<Definitions> {
  const readers = Object.entries(definitions)
    .filter(([, { partOf }]) => partOf === undefined)
    .map(
      ([name, definition]) =>
        [name, readerOf(name, columnOfField(table, name) ?? snakeCase(name), definition)] as const,
    )
  return (row) => {
    const shown: Record<string, unknown> = {}
    for (const [name, read] of readers) shown[name] = read(row as Row)
    return shown as Shown<Definitions>
  }
}

function readerOf(name: string, column: string, { kind }: FieldDefinition): (row: Row) => unknown {
  switch (kind) {
    case 'person':
    case 'reference': {
      const naming = `${snakeCase(name)}_name`
      return (row) => toReference(row[column] as string | null, row[naming] as string | null)
    }
    case 'money':
      return (row) =>
        row[column] === null ? null : moneyFromMinor(row[column] as number, row.currency as string)
    case 'instant':
      return (row) => toInstantOrNull(row[column] as number | null)
    case 'tags':
    case 'choices':
      return (row) => fromJson(row[column] as Json<unknown>)
    case 'boolean':
      return (row) => row[column] === 1
    default:
      return (row) => row[column]
  }
}
