/** Where fields are stored: what the contract tells of them, and the columns of a table, put together. */
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { asciiAddressPart } from '../../../contract/kernel/addresses'
import type {
  FieldDefinition,
  FieldDefinitions,
  FieldKind,
  SortName,
} from '../../../contract/kernel/fields'
import { declarationOf } from '../database/declare'
import type { Field, FieldType } from './field'
import type { Sort } from './list'

/** For a field that is not the column of its name, or that sorts by something else. */
export interface Stored extends Partial<Pick<Field, 'sql' | 'day' | 'read'>> {
  sort?: Sort
}

/** The names of a table's columns: a reference to a company is in `companyId`. */
type ColumnName<Table extends SQLiteTable> = keyof Table['$inferSelect'] & string
type HasColumn<Name, Table extends SQLiteTable> =
  Name extends ColumnName<Table>
    ? true
    : Name extends string
      ? `${Name}Id` extends ColumnName<Table>
        ? true
        : false
      : false

/** What has no column of its name must be declared; the rest may be. */
type Storage<Definitions extends FieldDefinitions, Table extends SQLiteTable> = {
  [Name in keyof Definitions as HasColumn<Name, Table> extends true ? never : Name]: Stored & {
    sql: string
  }
} & {
  [Name in keyof Definitions as HasColumn<Name, Table> extends true ? Name : never]?: Stored
}

export interface Columns<Definitions extends FieldDefinitions> {
  fields: { readonly [Name in keyof Definitions]: Field }
  sorts: { readonly [Name in SortName<Definitions>]: Sort }
}

export function columnsOf<const Definitions extends FieldDefinitions, Table extends SQLiteTable>(
  definitions: Definitions,
  table: Table,
  storage: Storage<Definitions, Table>,
): Columns<Definitions> {
  const stored = storage as Readonly<Record<string, Stored | undefined>>
  const found = Object.entries(definitions).map(([name, definition]) => {
    const own = stored[name] ?? {}
    const column = columnOf(table, name)
    const sql = own.sql ?? column?.sql ?? ''
    return {
      name,
      field: fieldOf(definition, table, { ...own, sql }),
      sort: definition.sorts && (own.sort ?? sortBy(sql, column?.nullable ?? true)),
    }
  })
  return {
    fields: Object.fromEntries(found.map(({ name, field }) => [name, field])),
    sorts: Object.fromEntries(found.flatMap(({ name, sort }) => (sort ? [[name, sort]] : []))),
  } as Columns<Definitions>
}

const sortBy = (sql: string, nullable: boolean): Sort => (nullable ? { sql, nullable } : { sql })

function columnOf(table: SQLiteTable, name: string) {
  const columns = getTableColumns(table)
  const column = columns[name] ?? columns[`${name}Id`]
  return column && { sql: `${getTableName(table)}.${column.name}`, nullable: !column.notNull }
}

function fieldOf(
  { kind, of }: FieldDefinition,
  table: SQLiteTable,
  { sql, day, read = kind === 'email' ? asciiAddressPart : undefined }: Stored & { sql: string },
): Field {
  const name = getTableName(table)
  const column = sql.startsWith(`${name}.`) ? sql.slice(name.length + 1) : ''
  const { following = [], spelled = {} } = declarationOf(table)
  const follows = (by: string) => {
    const found = following.find((one) => one.from === column && one.by === by)
    return found && `${name}.${found.column}`
  }
  const folded = follows('fold')
  const phone = follows('read_phone')
  const list = kind === 'tags' ? undefined : spelled[column]
  return {
    sql,
    type: types[kind],
    ...(of === undefined ? {} : { of }),
    ...(day === undefined ? {} : { day }),
    ...(read === undefined ? {} : { read }),
    ...(folded === undefined ? {} : { folded }),
    ...(phone === undefined ? {} : { number: phone }),
    ...(list === undefined ? {} : { spelled: list }),
  }
}

const types: Readonly<Record<FieldKind, FieldType>> = {
  text: 'text',
  longText: 'text',
  email: 'text',
  phone: 'phone',
  url: 'text',
  number: 'number',
  percent: 'number',
  money: 'number',
  date: 'date',
  instant: 'instant',
  choice: 'text',
  choices: 'list',
  boolean: 'boolean',
  person: 'id',
  reference: 'id',
  tags: 'tags',
}
