/**
 * Columns derived from others of their own row: phone numbers as they are dialled and compared, and names
 * as they are looked up. The core's writers fill them in; triggers set them right where a row was written
 * without them, as undo, repairs and other programs do. They are not in the change log.
 */
import { fold } from '../../../contract/kernel/fold'
import { readPhone } from '../fields/phone-numbers'

interface Following {
  column: string
  /** The column it follows from; its name is one word, and so the same in SQL and in the tables. */
  from: string
  /** How it is read from that. */
  by: keyof typeof readings
}

/** Text → value. They are functions of SQL, too, by the same names (`sql-functions.ts`). */
export const readings = {
  fold: (text: string): string | null => fold(text),
  read_phone: (text: string, country: string | null): string | null => readPhone(text, country),
}

/** SQL of the country whose phone numbers are written without a country code. */
export const phoneCountry = `(select country from working_hours where id = 'workspace')`

const following: Readonly<Record<string, readonly Following[]>> = {
  company: [
    { column: 'name_folded', from: 'name', by: 'fold' },
    { column: 'phone_number', from: 'phone', by: 'read_phone' },
  ],
  contact: [
    { column: 'name_folded', from: 'name', by: 'fold' },
    { column: 'phone_number', from: 'phone', by: 'read_phone' },
    { column: 'mobile_number', from: 'mobile', by: 'read_phone' },
  ],
  customer: [{ column: 'name_folded', from: 'name', by: 'fold' }],
  lead: [{ column: 'title_folded', from: 'title', by: 'fold' }],
}

/** Their names, by table. */
export const followingColumns: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(following).map(([table, columns]) => [table, columns.map(({ column }) => column)]),
)

/**
 * Answers such columns of a row, by their names in SQL.
 * @param values what is set in the row, as it is stored; what follows from other columns is left out
 */
export type Follower = (
  table: string,
  values: Readonly<Record<string, unknown>>,
) => Record<string, string | null>

/** @param country what `phoneCountry` answers; asked only where a phone number is read */
export const createFollower =
  (country: () => string | null): Follower =>
  (table, values) => {
    const result: Record<string, string | null> = {}
    for (const { column, from, by } of following[table] ?? []) {
      const text = values[from]
      if (text === undefined) continue
      if (typeof text !== 'string') result[column] = null
      else result[column] = by === 'fold' ? readings.fold(text) : readings[by](text, country())
    }
    return result
  }

/** SQL of the value for a row. */
const valueFor = (row: string, { from, by }: Following): string =>
  by === 'fold' ? `fold(${row}.${from})` : `${by}(${row}.${from}, ${phoneCountry})`

/** SQL that sets them again in rows of a table. */
export const setFollowing = (table: string, only = followingColumns[table]): string =>
  (following[table] ?? [])
    .filter(({ column }) => only?.includes(column))
    .map((one) => `${one.column} = ${valueFor(table, one)}`)
    .join(', ')

/** SQL that creates the triggers. */
export function followingTriggers(): string[] {
  return Object.entries(following).flatMap(([table, columns]) => {
    const sources = [...new Set(columns.map(({ from }) => from))]
    const wrong = columns.map((one) => ({
      from: one.from,
      isWrong: `new.${one.column} is not ${valueFor('new', one)}`,
    }))
    const changedWrong = wrong.map(
      ({ from, isWrong }) => `(old.${from} is not new.${from} and ${isWrong})`,
    )
    const set = `update ${table} set ${setFollowing(table)} where seq = new.seq;`
    return [
      `create trigger follow_${table}_insert after insert on ${table}
        when ${wrong.map(({ isWrong }) => isWrong).join(' or ')} begin ${set} end`,
      `create trigger follow_${table}_update after update of ${sources.join(', ')} on ${table}
        when ${changedWrong.join(' or ')} begin ${set} end`,
    ]
  })
}
