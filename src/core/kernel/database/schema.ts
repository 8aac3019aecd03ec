/** All tables together, and what follows from what they declare. */

import { getTableColumns, getTableName } from 'drizzle-orm'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { FieldDefinitions, FieldKind } from '../../../contract/kernel/fields'
import {
  type Declaration,
  declarationOf,
  type Following,
  type Hanging,
  type SearchedText,
  type Tally,
} from './declare'
import { snakeCase } from './snake-case'

export interface LoggedTable {
  name: string
  table: SQLiteTable
  /** Names of stored columns, in table order. */
  columns: readonly string[]
  /** Those that follow from other rows or columns: not compared by the log, and left alone by undo. */
  derived: readonly string[]
  /** Those that the log never holds. */
  secret: readonly string[]
}

export type Schema = ReturnType<typeof createSchema>

/** What a row is called by, in the tables that call theirs by anything; the first there is. */
const namings = ['name', 'title', 'subject', 'label', 'notes', 'number']

/**
 * @param tables all of them
 * @param options.phoneCountry SQL of the country whose phone numbers are written without a country code
 * @param options.customField SQL of the label and type of a custom field; its parameters are the table and the key
 */
export function createSchema(
  tables: readonly SQLiteTable[],
  options: { phoneCountry: string; customField: string },
) {
  const declared = tables.map((table) => ({
    name: getTableName(table),
    table,
    declaration: declarationOf(table),
  }))
  /** Table → what it declares of something. */
  const each = <Value>(read: (declaration: Declaration) => Value | undefined) =>
    new Map(
      declared.flatMap(({ name, declaration }): [string, Value][] => {
        const value = read(declaration)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  const following: ReadonlyMap<string, readonly Following[]> = each(({ following }) => following)
  const logged: readonly LoggedTable[] = declared
    .filter(({ declaration }) => isLogged(declaration))
    .map(({ name, table, declaration: { derived, secret = [] } }) => {
      const follow = (following.get(name) ?? []).map(({ column }) => column)
      return {
        name,
        table,
        columns: storedColumns(table),
        derived: [...(Array.isArray(derived) ? derived : []), ...follow],
        secret: [...secret, ...follow],
      }
    })
  return {
    logged,
    byName: new Map(logged.map((table) => [table.name, table])) as ReadonlyMap<string, LoggedTable>,
    following,
    /** Table → its columns, and the list of spellings that each shares. */
    spelled: each(({ spelled }) => spelled && Object.entries(spelled)),
    /** Tally → what it counts. */
    tallies: each(({ tally }): Tally | undefined => tally),
    hanging: each(({ hanging }): Hanging | undefined => hanging),
    /** Tables that the text search finds rows of, and the columns it looks at. */
    searched: declared.flatMap(({ name, table, declaration }) => {
      const { fields = {}, searched } = declaration
      return searched ? [{ table: name, ...searchedColumns(table, fields, searched) }] : []
    }),
    /** Columns whose values move with changes of other tables, and which. */
    moved: declared.flatMap(({ declaration: { derived, derivedFrom } }) =>
      Array.isArray(derived) && derivedFrom ? [{ columns: derived, by: derivedFrom }] : [],
    ),
    /** `table.column` → the SQL that names the row it refers to, to show a name instead of an id. */
    nameOfReferred: new Map(logged.flatMap(({ name, table }) => namesOfReferred(name, table))),
    /** SQL of the name of somebody who acts. */
    nameOfPerson: nameOfPerson(declared),
    /** `table.column`, and `table.field` where that is called otherwise → the label of the field. */
    labels: new Map(
      declared.flatMap(({ name, table, declaration: { fields = {} } }) =>
        Object.entries(fields).flatMap(([field, { label }]): [string, string][] => [
          [`${name}.${snakeCase(field)}`, label],
          [`${name}.${columnOfField(table, field)}`, label],
        ]),
      ),
    ) as ReadonlyMap<string, string>,
    ...options,
  }
}

function searchedColumns(
  table: SQLiteTable,
  fields: FieldDefinitions,
  { besides = [], domains = [], when }: SearchedText,
) {
  const found = Object.entries(fields).filter(([, { searched }]) => searched)
  const ofKind = (kind: FieldKind) =>
    found.flatMap(([name, field]) =>
      field.kind === kind ? (columnOfField(table, name) ?? []) : [],
    )
  return {
    columns: [...found.flatMap(([name]) => columnOfField(table, name) ?? []), ...besides],
    /** Those of them with phone numbers, which are found in every spelling. */
    phones: ofKind('phone'),
    addresses: [...ofKind('email'), ...domains],
    when,
  }
}

/** The column of a field: a reference to a company is in `company_id`, a value in `value_minor`. */
export function columnOfField(table: SQLiteTable, field: string): string | undefined {
  const columns = getTableColumns(table)
  return (columns[field] ?? columns[`${field}Id`] ?? columns[`${field}Minor`])?.name
}

const isLogged = ({ logged, local, derived }: Declaration): boolean =>
  logged ?? !(local || derived === true)

const storedColumns = (table: SQLiteTable): string[] =>
  Object.values(getTableColumns(table))
    .filter((column) => column.generated === undefined)
    .map((column) => column.name)

function namesOfReferred(name: string, table: SQLiteTable): [string, string][] {
  return getTableConfig(table).foreignKeys.flatMap((key): [string, string][] => {
    const { columns, foreignTable } = key.reference()
    const known = new Set(getTableConfig(foreignTable).columns.map((column) => column.name))
    const naming = namings.find((column) => known.has(column))
    if (!columns[0] || !naming) return []
    return [
      [
        `${name}.${columns[0].name}`,
        `select ${naming} from ${getTableName(foreignTable)} where id = ?`,
      ],
    ]
  })
}

function nameOfPerson(declared: readonly { name: string; declaration: Declaration }[]): string {
  const people = declared.find(({ declaration }) => declaration.people)
  return people ? `select name from ${people.name} where id = ?` : 'select null where ? is null'
}
