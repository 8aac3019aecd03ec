/**
 * The indexes of custom fields. One is made when its field is first sorted or filtered by, which takes no longer
 * than the same list would without it; fields that nobody looks things up by cost imports nothing. They are no
 * migration: where a rebuilt table or an older backup has lost one, it is made again.
 */
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { Database } from '../../kernel/database/database'
import { customSql, sortedSql } from './field-sql'

const prefix = 'custom_sort_'
const nameOf = ({ table, type, key }: CustomField) => `${prefix}${table}_${type}_${key}`

export function createCustomIndexes(database: Database) {
  return {
    /** Answers the SQL of a field's value, and sees that there is an index of it. */
    ensure(field: CustomField): string {
      const sql = customSql(field)
      const name = nameOf(field)
      if (!database.get(`select 1 from sqlite_schema where name = ? and type = 'index'`, name))
        try {
          const column = sortedSql(field.type, sql).replaceAll(`${field.table}.`, '')
          database.connection.exec(
            `create index ${name} on ${field.table} (${column}, seq) where deleted_at is null`,
          )
        } catch {
          // On a full disk the list only comes slower.
        }
      return sql
    },
    dropUnused(fields: readonly CustomField[]) {
      const used = new Set(fields.map(nameOf))
      for (const { name } of database.all<{ name: string }>(
        `select name from sqlite_schema where type = 'index' and name glob '${prefix}*'`,
      ))
        if (!used.has(name)) database.connection.exec(`drop index ${name}`)
    },
  }
}
