/**
 * When a job is due next, by a cron expression. croner answers it: node-cron, which drives the tick, knows the next time only
 * from the process's own clock, not from an instant it is given.
 */
import { Cron } from 'croner'
import { knownZone } from '../../kernel/time/zone'

export interface Schedule {
  /** For people. */
  words: string
  /** The first run after this instant, epoch milliseconds. */
  next(after: number): number
}

/** An expression in a zone, which may change while the program runs; every so many minutes is best said in UTC. */
export const cron = (expression: string, zone: () => string, words: string): Schedule => ({
  words,
  next: (after) => nextTime(expression, after, zone()),
})

/**
 * The next instant after this one that an expression names. A time of day that the clocks skip comes
 * right after the gap; where they show it twice, the first time counts: so it is once on every day.
 */
export function nextTime(expression: string, after: number, zone: string): number {
  const next =
    Math.abs(after) <= lastInstant &&
    new Cron(expression, { timezone: knownZone(zone) }).nextRun(new Date(after))
  // Clocks beyond the calendar's reach: a day later, so that there is a next time at all.
  return next ? next.getTime() : after + day
}

const day = 86_400_000
/** The last instant that has a date. */
const lastInstant = 8.64e15
