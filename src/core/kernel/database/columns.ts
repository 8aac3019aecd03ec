/** Columns that many tables share, so that every table spells them the same. */
import { sql } from 'drizzle-orm'
import { integer, real, text } from 'drizzle-orm/sqlite-core'
import { currencies, minorDigits } from '../../../contract/kernel/currencies'

/** UUIDv7 text; what other tables and all doors refer to. */
export const id = () => text('id').notNull().unique()

/** Rowid that survives VACUUM: the full-text index and list cursors rely on it. */
export const seq = () => integer('seq').primaryKey()

/** Milliseconds since the epoch, UTC. */
export const timestamps = () => ({
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

declare const meaning: unique symbol
/** The text of a value in JSON: written from the value itself, read with `fromJson`. */
export type Json<Value> = string & { readonly [meaning]: Value }
/** Defaults of columns with JSON. */
export const emptyList = '[]' as Json<never>
export const emptyObject = '{}' as Json<never>

/** Set while the row is in the trash. */
export const deletedAt = () => integer('deleted_at')

/** Id of the record that it went to the trash with, and comes back with; null where it was deleted itself. */
export const trashedWith = () => text('trashed_with')

/**
 * Money in major units, as it is compared and sorted: minor units of JPY and of USD are not alike.
 * Nothing is converted. The division gives the number nearest to the amount, which is what its
 * decimal text reads as, so equal amounts are equal.
 */
export const amountOf = (name: string, minor: string) =>
  real(name).generatedAlwaysAs(sql.raw(`${minor} / ${minorUnits}`), { mode: 'virtual' })

/**
 * SQL of the same amount, from the columns it follows from. A query that mentions a generated column is taken to need
 * the whole row, so that no index is enough for it.
 */
export const amountSql = (minor: string, currency: string) =>
  `${minor} / case ${currency} when 'USD' then 100.0 when 'EUR' then 100.0
    else case when ${currency} in (${unlikeCents.map((code) => `'${code}'`).join(', ')})
      then case ${currency} ${unlikeCents.map(unitsOf).join(' ')} end else 100.0 end end`

const unlikeCents = currencies.filter((code) => minorDigits(code) !== 2)

const unitsOf = (code: string) => `when '${code}' then ${10 ** minorDigits(code)}.0`

/** SQL of the minor units that one major unit has. The commonest currencies are asked for first. */
const minorUnits = `case currency ${['USD', 'EUR', ...unlikeCents].map(unitsOf).join(' ')} else 100.0 end`
