/**
 * Past events are in the past. A stored instant of something that has happened and that is ahead of
 * now was written while the clock was wrong: nobody can say when it was. It counts for no limit, no
 * lease and no silence; order never comes from it, but from sequence numbers.
 */
import type BetterSqlite3 from 'better-sqlite3'
import type { Clock } from './clock'

/** Ahead by less than this, a clock that was set back a little is waited for, milliseconds. */
const nearlyNow = 24 * 3_600_000

/**
 * Since when it has been quiet: the latest of these instants, milliseconds; 0 where none is known.
 * What is dated days ahead says nothing.
 */
export const quietSince = (now: number, ...instants: (number | null)[]): number =>
  Math.max(0, ...instants.map((at) => (at !== null && at <= now + nearlyNow ? at : 0)))

/** The same in SQL; its parameters are `now`, once for each column. */
export const quietSinceSql = (...columns: string[]): string =>
  `max(0, ${columns.map((column) => `iif(${column} <= ? + ${nearlyNow}, ${column}, 0)`).join(', ')})`

/** What is said to have happened may be ahead by this much, as clocks differ, milliseconds. */
export const clockTolerance = 5 * 60_000

/** Whether something may have happened then: not later than now. */
export const hasPassed = (instant: number, now: number): boolean => instant <= now + clockTolerance

/** Makes `clock_now()` known to SQL that reads; triggers take the instant of their action instead. */
export function addClockFunction(connection: BetterSqlite3.Database, clock: Clock): void {
  connection.function('clock_now', () => clock.now())
}
