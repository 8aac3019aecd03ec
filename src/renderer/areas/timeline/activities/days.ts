/** Activities by their day, for the headings of a timeline. */
import { dateOf, daysUntil, headingText } from '../../../ui/dates'

export interface Day<Item> {
  /** ISO date. */
  date: string
  heading: string
  items: Item[]
}

/** Keeps the order. What takes a whole day comes first on that day, whatever instant that is here. */
export function byDay<Item extends { at: string; day?: string | null }>(
  items: readonly Item[],
  now: Date,
): Day<Item>[] {
  const days = Map.groupBy(items, ({ at, day }) => day ?? dateOf(new Date(at)))
  const latestFirst = (items[0]?.at ?? '') > (items.at(-1)?.at ?? '')
  return [...days]
    .map(([date, ofDay]) => ({
      date,
      heading: headingOf(date, now),
      items: [...ofDay.filter(({ day }) => day), ...ofDay.filter(({ day }) => !day)],
    }))
    .sort((one, other) => one.date.localeCompare(other.date) * (latestFirst ? -1 : 1))
}

function headingOf(date: string, now: Date): string {
  const distance = daysUntil(date, now)
  if (distance === 0) return 'Today'
  if (distance === -1) return 'Yesterday'
  if (distance === 1) return 'Tomorrow'
  return headingText(date, now)
}
