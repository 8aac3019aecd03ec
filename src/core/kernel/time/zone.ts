/** Calendar days in a time zone: where a day begins decides what is due today. */
import { DateTime } from 'luxon'
import { isZone } from '../../../contract/kernel/zones'

export { isZone }

/**
 * The first of these that is a zone, else UTC. What is stored was checked at the door, but another
 * program may have written it, or the system's list of zones may have lost it since: no clock may
 * come to a stop over that.
 */
export const knownZone = (...zones: (string | null | undefined)[]): string =>
  zones.find((zone) => typeof zone === 'string' && isZone(zone)) ?? 'UTC'

/** The ISO date that an instant falls on in an IANA zone. */
export const dateIn = (instant: number, zone: string): string =>
  DateTime.fromMillis(instant, { zone: knownZone(zone) }).toISODate() ?? ''

/** The instant at which an ISO date begins in an IANA zone. */
export const startOfDay = (date: string, zone: string): number =>
  DateTime.fromISO(date, { zone: knownZone(zone) })
    .startOf('day')
    .toMillis()

/** The instant at which an ISO date is over. */
export const endOfDay = (date: string, zone: string): number =>
  DateTime.fromISO(date, { zone: knownZone(zone) })
    .plus({ days: 1 })
    .startOf('day')
    .toMillis()
