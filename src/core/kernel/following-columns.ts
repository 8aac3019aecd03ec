/**
 * Columns derived from others of their own row: phone numbers as they are dialled and compared, and names
 * as they are looked up. Triggers keep them up to date whoever writes the row, so imports, undo and repairs
 * need not know of them. They are not in the change log.
 */

interface Following {
  /** The column it follows from. */
  from: string
  /** SQL of its value for a row. */
  value(row: string): string
}

/** SQL of the country whose phone numbers are written without a country code. */
export const phoneCountry = `(select country from working_hours where id = 'workspace')`

const number = (from: string): Following => ({
  from,
  value: (row) => `read_phone(${row}.${from}, ${phoneCountry})`,
})

const folded = (from: string): Following => ({ from, value: (row) => `fold(${row}.${from})` })

const following: Readonly<Record<string, Readonly<Record<string, Following>>>> = {
  company: { name_folded: folded('name'), phone_number: number('phone') },
  contact: {
    name_folded: folded('name'),
    phone_number: number('phone'),
    mobile_number: number('mobile'),
  },
  customer: { name_folded: folded('name') },
  lead: { title_folded: folded('title') },
}

/** Their names, by table. */
export const followingColumns: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(following).map(([table, columns]) => [table, Object.keys(columns)]),
)

/** SQL that sets them again in rows of a table. */
export const setFollowing = (
  table: string,
  columns = Object.keys(following[table] ?? {}),
): string =>
  columns.map((column) => `${column} = ${following[table]?.[column]?.value(table)}`).join(', ')

/** SQL that creates the triggers. */
export function followingTriggers(): string[] {
  return Object.entries(following).flatMap(([table, columns]) => {
    const sources = [...new Set(Object.values(columns).map(({ from }) => from))]
    const set = `update ${table} set ${setFollowing(table)} where seq = new.seq;`
    return [
      `create trigger follow_${table}_insert after insert on ${table}
        when ${sources.map((from) => `new.${from} is not null`).join(' or ')} begin ${set} end`,
      `create trigger follow_${table}_update after update of ${sources.join(', ')} on ${table}
        when ${sources.map((from) => `old.${from} is not new.${from}`).join(' or ')} begin ${set} end`,
    ]
  })
}
