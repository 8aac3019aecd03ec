/** Calendar days in a time zone: where a day begins decides what is due today. */
import { DateTime } from 'luxon'

/** The ISO date that an instant falls on in an IANA zone. */
export const dateIn = (instant: number, zone: string): string =>
  DateTime.fromMillis(instant, { zone }).toISODate() ?? ''

/** The instant at which an ISO date begins in an IANA zone. */
export const startOfDay = (date: string, zone: string): number =>
  DateTime.fromISO(date, { zone }).startOf('day').toMillis()

/** The instant at which an ISO date is over. */
export const endOfDay = (date: string, zone: string): number =>
  DateTime.fromISO(date, { zone }).plus({ days: 1 }).startOf('day').toMillis()

export const isZone = (zone: string): boolean => DateTime.local({ zone }).isValid
