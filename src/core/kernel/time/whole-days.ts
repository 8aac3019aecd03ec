/**
 * Whole days: what takes a day without a time of day belongs to that day in every zone, whoever looks
 * at it. Its instant is in the zone it was planned in, so it is compared as a day, never as an instant.
 */
import type BetterSqlite3 from 'better-sqlite3'
import { LRUCache } from 'lru-cache'
import type { Clause } from '../database/clause'
import { dateIn, knownZone } from './zone'

/** Two zones are never further apart than this, milliseconds; only nearer instants need their day. */
const margin = 27 * 3_600_000

/** Makes `day_in(instant, zone)` known to SQL. @param fallback the zone where a row names none */
export function addDayFunction(connection: BetterSqlite3.Database, fallback: () => string): void {
  // A condition of many parts asks for the day of one row many times over.
  const days = new LRUCache<string, string>({ max: 1000 })
  connection.function('day_in', (instant, given) => {
    if (typeof instant !== 'number') return null
    const zone = knownZone(typeof given === 'string' ? given : null, fallback())
    const key = `${instant} ${zone}`
    const day = days.get(key) ?? dateIn(instant, zone)
    days.set(key, day)
    return day
  })
}

/**
 * What is within a span as somebody in this zone sees it: a whole day by the day, anything else by
 * its instant. The instant's bounds stay plain, so that an index serves.
 * @param day SQL of the whole day; undefined where there are none
 * @param span epoch milliseconds, from inclusive
 */
export function withinSpan(
  { at, day }: { at: string; day: string | undefined },
  { from, before }: { from?: number | undefined; before?: number | undefined },
  zone: string,
): Clause[] {
  const bound = (end: 'from' | 'before', instant: number): Clause => {
    const sign = end === 'from' ? '>=' : '<'
    if (day === undefined) return { sql: `${at} ${sign} ?`, parameters: [instant] }
    const out = end === 'from' ? -margin : margin
    return {
      sql: `(${at} ${sign} ? and case when ${at} ${sign} ? then 1
        when ${day} is not null then ${day} ${end === 'from' ? '>' : '<='} ? else ${at} ${sign} ? end)`,
      parameters: [instant + out, instant - out, dateIn(instant - 1, zone), instant],
    }
  }
  return [
    ...(from === undefined ? [] : [bound('from', from)]),
    ...(before === undefined ? [] : [bound('before', before)]),
  ]
}

/** What is over at an instant as somebody in this zone sees it: a whole day once that day is over. */
export const overIn = (
  { at, day }: { at: string; day: string },
  instant: number,
  zone: string,
): Clause => ({
  sql: `(${at} < ? and case when ${at} < ? then 1 when ${day} is null then ${at} < ? else ${day} < ? end)`,
  parameters: [instant + margin, instant - 2 * margin, instant, dateIn(instant, zone)],
})

/** What is still to come at an instant as somebody in this zone sees it: a whole day until it is over. */
export const aheadIn = (
  { at, day }: { at: string; day: string },
  instant: number,
  zone: string,
): Clause => ({
  sql: `(${at} >= ? and case when ${at} >= ? then 1 when ${day} is null then ${at} >= ? else ${day} >= ? end)`,
  parameters: [instant - 2 * margin, instant + margin, instant, dateIn(instant, zone)],
})

/** What is no later than an instant as somebody in this zone sees it: a whole day by its day. */
export const throughIn = (
  { at, day }: { at: string; day: string },
  instant: number,
  zone: string,
): Clause => ({
  sql: `(${at} <= ? and case when ${at} < ? then 1 when ${day} is null then ${at} <= ? else ${day} <= ? end)`,
  parameters: [instant + 2 * margin, instant - margin, instant, dateIn(instant, zone)],
})
