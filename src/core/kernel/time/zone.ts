/** Calendar days in a time zone: where a day begins decides what is due today. */
import { Temporal } from 'temporal-polyfill'
import { canonicalZone, isZone } from '../../../contract/kernel/zones'

export { isZone }

/**
 * The first of these that is a zone, else UTC. What is stored was checked at the door, but another
 * program may have written it, or the system's list of zones may have lost it since: no clock may
 * come to a stop over that.
 */
export function knownZone(...zones: (string | null | undefined)[]): string {
  for (const zone of zones) {
    const known = typeof zone === 'string' ? canonicalZone(zone) : undefined
    if (known !== undefined) return known
  }
  return 'UTC'
}

/** An instant as the clocks and calendars of an IANA zone show it. */
export const zonedTime = (instant: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(knownZone(zone))

/** The ISO date that an instant falls on in an IANA zone. */
export const dateIn = (instant: number, zone: string): string =>
  zonedTime(instant, zone).toPlainDate().toString()

/** The instant at which an ISO date begins in an IANA zone. */
export const startOfDay = (date: string, zone: string): number =>
  beginning(Temporal.PlainDate.from(date), zone)

/** The instant at which an ISO date is over. */
export const endOfDay = (date: string, zone: string): number =>
  beginning(Temporal.PlainDate.from(date).add({ days: 1 }), zone)

const beginning = (date: Temporal.PlainDate, zone: string) =>
  date.toZonedDateTime(knownZone(zone)).epochMilliseconds
