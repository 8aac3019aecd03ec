/** Triggers that feed the full-text indexes. */
import type { Schema } from '../../kernel/database/schema'

/** SQL that creates the triggers; the tables themselves come from a migration. */
export function searchTriggers({ searched }: Pick<Schema, 'searched'>): string[] {
  return searched.flatMap(({ table, columns, phones, addresses, when }) => {
    const words = (row: string) =>
      [
        ...columns.map((column) => `${row}.${column}`),
        ...phones.map((column) => `phone_words(${row}.${column})`),
        ...addresses.map((column) => `shown_address(${row}.${column})`),
      ].join(', ')
    const insert = `insert into ${table}_search (rowid, text) values (new.seq, fold(concat_ws(' ', ${words('new')})));`
    const remove = `delete from ${table}_search where rowid = old.seq;`
    const changed = columns.map((column) => `old.${column} is not new.${column}`).join(' or ')
    const guard = (row: string) => (when ? `when ${when(row)}` : '')
    return [
      `create trigger search_${table}_insert after insert on ${table} ${guard('new')} begin ${insert} end`,
      `create trigger search_${table}_update after update of ${columns.join(', ')} on ${table}
        when (${changed}) ${when ? `and ${when('new')}` : ''} begin ${remove} ${insert} end`,
      `create trigger search_${table}_delete after delete on ${table} ${guard('old')} begin ${remove} end`,
    ]
  })
}
