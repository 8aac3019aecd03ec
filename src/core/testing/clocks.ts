/** What the clocks of a zone show, by Intl alone: a second opinion on what the program knows by Temporal. */

export interface Shown {
  /** ISO date. */
  date: string
  /** `HH:mm`. */
  time: string
  /** 1 is Monday. */
  weekday: number
}

/** Making a formatter takes a hundred times longer than using it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

export function shownByIntl(instant: number, zone: string): Shown {
  const formatter =
    formatters.get(zone) ??
    // Swedes write 2026-11-27 15:00.
    new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  formatters.set(zone, formatter)
  const [date = '', time = ''] = formatter.format(instant).split(' ')
  return { date, time, weekday: new Date(date).getUTCDay() || 7 }
}
