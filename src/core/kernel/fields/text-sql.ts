/** SQL that compares text as people do: without case and accents. */
import { fold } from '../../../contract/kernel/fold'
import type { Clause } from '../database/clause'
import type { SqlValue } from '../database/database'

/** Whether one of these values: however many, they are one parameter and one look. */
export const among = (sql: string, values: readonly SqlValue[]): Clause =>
  values.length === 1
    ? { sql: `${sql} = ?`, parameters: [...values] }
    : { sql: `${sql} in (select value from json_each(?))`, parameters: [JSON.stringify(values)] }

/**
 * Whether text has another in it, whatever the case and the accents of either. ASCII text, which most is,
 * needs no folding by ourselves.
 */
export function containsText(sql: string, value: unknown, folded?: string): Clause {
  const wanted = fold(String(value))
  if (folded !== undefined)
    return { sql: `coalesce(instr(${folded}, ?) > 0, 0)`, parameters: [wanted] }
  return ifThere(sql, {
    sql: `case when ${isAscii(sql)} then ${sql} like ? escape '\\' else instr(fold(${sql}), ?) > 0 end`,
    parameters: [`%${wanted.replace(/[\\%_]/g, '\\$&')}%`, wanted],
  })
}

/** Whether text is one of others, which are folded, but for case and accents. */
export function sameText(sql: string, wanted: readonly string[], folded?: string): Clause {
  if (folded !== undefined) return ifThere(folded, among(folded, wanted))
  const [only] = wanted
  if (wanted.length > 1 || only === undefined)
    return ifThere(
      sql,
      among(`case when ${isAscii(sql)} then lower(${sql}) else fold(${sql}) end`, wanted),
    )
  return ifThere(sql, {
    sql: `(lower(${sql}) = ? or (${isOther(sql)} and fold(${sql}) = ?))`,
    parameters: [only, only],
  })
}

/** Never null. Unlike coalesce it lets the column's index serve, one of what is not null included. */
export const ifThere = (sql: string, clause: Clause): Clause => ({
  ...clause,
  sql: `(${sql} is not null and ${clause.sql})`,
})

const isAscii = (sql: string) => `octet_length(${sql}) = length(${sql})`
const isOther = (sql: string) => `octet_length(${sql}) <> length(${sql})`
