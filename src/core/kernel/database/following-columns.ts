/**
 * Columns derived from others of their own row: phone numbers as they are dialled and compared, and names
 * as they are looked up. The core's writers fill them in; triggers set them right where a row was written
 * without them, as undo, repairs and other programs do. They are not in the change log.
 */
import type { Following } from './declare'
import { readings } from './readings'
import type { Schema } from './schema'

/**
 * Answers such columns of a row, by their names in SQL.
 * @param values what is set in the row, as it is stored; what follows from other columns is left out
 */
export type Follower = (
  table: string,
  values: Readonly<Record<string, unknown>>,
) => Record<string, string | null>

/** @param country whose phone numbers are written without a country code; asked only where one is read */
export const createFollower =
  ({ following }: Pick<Schema, 'following'>, country: () => string | null): Follower =>
  (table, values) => {
    const result: Record<string, string | null> = {}
    for (const { column, from, by } of following.get(table) ?? []) {
      const text = values[from]
      if (text === undefined) continue
      if (typeof text !== 'string') result[column] = null
      else result[column] = by === 'fold' ? readings.fold(text) : readings[by](text, country())
    }
    return result
  }

/** SQL of the value for a row. */
const valueFor = (row: string, { from, by }: Following, phoneCountry: string): string =>
  by === 'fold' ? `fold(${row}.${from})` : `${by}(${row}.${from}, ${phoneCountry})`

/** SQL that sets them again in rows of a table. */
export const setFollowing = (
  { following, phoneCountry }: Schema,
  table: string,
  only?: readonly string[],
): string =>
  (following.get(table) ?? [])
    .filter(({ column }) => only?.includes(column) ?? true)
    .map((one) => `${one.column} = ${valueFor(table, one, phoneCountry)}`)
    .join(', ')

/** SQL that creates the triggers. */
export function followingTriggers(schema: Schema): string[] {
  return [...schema.following].flatMap(([table, columns]) => {
    const sources = [...new Set(columns.map(({ from }) => from))]
    const wrong = columns.map((one) => ({
      from: one.from,
      isWrong: `new.${one.column} is not ${valueFor('new', one, schema.phoneCountry)}`,
    }))
    const changedWrong = wrong.map(
      ({ from, isWrong }) => `(old.${from} is not new.${from} and ${isWrong})`,
    )
    const set = `update ${table} set ${setFollowing(schema, table)} where seq = new.seq;`
    return [
      `create trigger follow_${table}_insert after insert on ${table}
        when ${wrong.map(({ isWrong }) => isWrong).join(' or ')} begin ${set} end`,
      `create trigger follow_${table}_update after update of ${sources.join(', ')} on ${table}
        when ${changedWrong.join(' or ')} begin ${set} end`,
    ]
  })
}
