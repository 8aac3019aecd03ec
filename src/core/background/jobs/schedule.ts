/** When a job runs next: at full hours, or at a time of day in a zone, on every day of the year. */
import { DateTime } from 'luxon'
import { knownZone } from '../../kernel/time/zone'

export interface Schedule {
  /** For people. */
  words: string
  /** The first run after this instant, epoch milliseconds. */
  next(after: number): number
}

const minute = 60_000

/** At instants that are whole multiples of so many minutes, which no change of clocks moves. */
export const everyMinutes = (minutes: number, words: string): Schedule => ({
  words,
  next: (after) => {
    const length = minutes * minute
    return Math.floor(after / length) * length + length
  },
})

/** At these hours of the day as clocks there show them; a zone may change while the program runs. */
export const atHours = (hours: readonly number[], zone: () => string, words: string): Schedule => ({
  words,
  next: (after) => Math.min(...hours.map((hour) => nextDaily(after, hour, zone()))),
})

/**
 * The next instant after this one at which the clocks of a zone show a full hour. Where they skip it
 * they show the time after the gap instead; where they show it twice, the first time counts: so it is
 * once on every day.
 */
export function nextDaily(after: number, hour: number, zone: string): number {
  const there = { zone: knownZone(zone) }
  const local = DateTime.fromMillis(after, there)
  // Zones have left out single days, never three in a row.
  for (let days = -1; local.isValid && days <= 3; days++) {
    const { year, month, day } = local
    const noon = DateTime.fromObject({ year, month, day, hour: 12 }, there).plus({ days })
    const at = noon.set({ hour, minute: 0 })
    const first = Math.min(...at.getPossibleOffsets().map((one) => one.toMillis()))
    if (first > after) return first
  }
  // Clocks beyond the calendar's reach: a day later, so that there is a next time at all.
  return after + 24 * 60 * minute
}
