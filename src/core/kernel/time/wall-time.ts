/**
 * Local times: what a person means by “27 November, 15:00, in Prague”, and the instant that is.
 *
 * A local time that the clocks skip moves forward by what they skip (02:30 becomes 03:30), one that
 * comes twice is the first of the two: RFC 5545 and Temporal's “compatible”. A day without a time
 * stands for its last minute; a day that a zone skipped altogether moves to the next one.
 */
import { Temporal } from 'temporal-polyfill'
import { invalid } from '../errors'
import { dateIn, endOfDay, isZone, knownZone, zonedTime } from './zone'

const minute = 60_000

/** `2026-11-27T15:00` and a zone → epoch milliseconds; for a bare `2026-11-27` its last minute. */
export function instantOf(wallTime: string, zone: string): number {
  if (isDay(wallTime)) {
    const lastMinute = endOfDay(wallTime, zone) - minute
    return dateIn(lastMinute, zone) === wallTime ? lastMinute : instantOf(`${wallTime}T23:59`, zone)
  }
  return Temporal.PlainDateTime.from(wallTime).toZonedDateTime(knownZone(zone)).epochMilliseconds
}

/** The local time of an instant, to the minute. Written by Date, which takes a third of Temporal's time for it. */
export const wallTimeIn = (instant: number, zone: string): string =>
  new Date(instant + zonedTime(instant, zone).offsetNanoseconds / 1_000_000)
    .toISOString()
    .slice(0, 16)

/** Whether it is a day without a time. */
export const isDay = (wallTime: string): boolean => wallTime.length === 10

/** The same time on another day where only a day is given, else what is given. */
export const onDay = (wallTime: string, current: string | null): string =>
  isDay(wallTime) && current && !isDay(current) ? wallTime + current.slice(10) : wallTime

export interface Meant {
  /** Epoch milliseconds. */
  at: number
  wallTime: string
  zone: string
}

/**
 * What a request means by its time, of which it names the instant or the local time; undefined where
 * it says nothing that differs from what is stored.
 * @param names the fields that messages name
 * @throws invalid for both at once and for a zone that does not exist
 */
export function meantTime(
  input: {
    instant?: string | null | undefined
    wallTime?: string | null | undefined
    zone?: string | undefined
  },
  { current, zone: usual, names }: { current?: Meant | undefined; zone: string; names: string },
): Meant | undefined {
  if (input.instant && input.wallTime) throw invalid('wallTime', `must not come with ${names}`)
  if (input.zone !== undefined) requireZone(input.zone)
  const zone = input.zone ?? current?.zone ?? usual
  if (input.instant) {
    const at = Date.parse(input.instant)
    return { at, wallTime: wallTimeIn(at, zone), zone }
  }
  const wallTime = input.wallTime ?? (input.zone === undefined ? undefined : current?.wallTime)
  return wallTime ? { at: instantOf(wallTime, zone), wallTime, zone } : undefined
}

/** @throws invalid */
export function requireZone(zone: string): void {
  if (!isZone(zone)) throw invalid('zone', 'must be a time zone like Europe/Prague')
}
