/** Local times, as this machine's clock shows them, and zones, as people call them. */
import { isZone } from '../../../contract/kernel/zones'
import { dateOf, daysBetween, localDate, shortText, timeText, wallTimeOf } from '../dates'

export { wallTimeOf }

/** The instant at which this machine's clock shows a local time; of a day, its last minute. */
export const instantOf = (wallTime: string): string =>
  new Date(wallTime.includes('T') ? wallTime : `${wallTime}T23:59`).toISOString()

/**
 * "Fri 27 Nov, 15:00", the day alone where no time is given.
 * @param zone IANA zone whose today counts; by default this machine's
 */
export function wallTimeText(wallTime: string, now: Date, zone?: string): string {
  const [date = ''] = wallTime.split('T')
  const weekday = localDate(date).toLocaleDateString(undefined, { weekday: 'short' })
  // A browser may not know a zone that the core does.
  const today =
    zone && isZone(zone) ? now.toLocaleDateString('sv', { timeZone: zone }) : dateOf(now)
  const distance = daysBetween(today, date)
  const name =
    distance === 0 ? 'Today' : distance === 1 ? 'Tomorrow' : `${weekday} ${shortText(date, now)}`
  return wallTime.includes('T') ? `${name}, ${timeText(instantOf(wallTime))}` : name
}

/** The zone this machine's clock runs in. */
export const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** "Lisbon (GMT+0)": a zone as people call it. @param at instant, since zones change their offset */
export function zoneText(zone: string, at: string): string {
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone
  try {
    const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
      .formatToParts(new Date(at))
      .find(({ type }) => type === 'timeZoneName')?.value
    return offset ? `${city} (${offset})` : city
  } catch {
    return zone
  }
}
