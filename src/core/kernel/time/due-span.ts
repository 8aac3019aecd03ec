/** Parts of a queue, by the days of whoever looks at it. */
import { dateIn, endOfDay, startOfDay } from './zone'

/**
 * The instants between which something is due before today, today, or later.
 * @param now epoch milliseconds, as the answer; from inclusive
 */
export function dueSpan(
  due: 'overdue' | 'today' | 'upcoming',
  now: number,
  zone: string,
): { from?: number; before?: number } {
  const date = dateIn(now, zone)
  if (due === 'overdue') return { before: startOfDay(date, zone) }
  if (due === 'upcoming') return { from: endOfDay(date, zone) }
  return { from: startOfDay(date, zone), before: endOfDay(date, zone) }
}
