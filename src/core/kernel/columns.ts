/** Columns that many tables share, so that every table spells them the same. */
import { sql } from 'drizzle-orm'
import { integer, real, text } from 'drizzle-orm/sqlite-core'
import { currencies, minorDigits } from '../../contract/currencies'

/** UUIDv7 text; what other tables and all doors refer to. */
export const id = () => text('id').notNull().unique()

/** Rowid that survives VACUUM: the full-text index and list cursors stand on it. */
export const seq = () => integer('seq').primaryKey()

/** Milliseconds since the epoch, UTC. */
export const timestamps = () => ({
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

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

/** SQL of the minor units that one major unit has. The commonest currencies are asked for first. */
const minorUnits = `case currency ${[
  'USD',
  'EUR',
  ...currencies.filter((code) => minorDigits(code) !== 2),
]
  .map((code) => `when '${code}' then ${10 ** minorDigits(code)}.0`)
  .join(' ')} else 100.0 end`
