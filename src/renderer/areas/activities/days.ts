/** Activities by the day they stand at, for the headings of a timeline. */
import { dateOf, daysUntil } from '../../ui/dates'

export interface Day<Item> {
  /** ISO date. */
  date: string
  heading: string
  items: Item[]
}

/** Keeps the order; days follow as the items do. */
export function byDay<Item extends { at: string }>(items: readonly Item[], now: Date): Day<Item>[] {
  const days: Day<Item>[] = []
  for (const item of items) {
    const date = dateOf(new Date(item.at))
    const last = days.at(-1)
    if (last?.date === date) last.items.push(item)
    else days.push({ date, heading: headingOf(date, now), items: [item] })
  }
  return days
}

function headingOf(date: string, now: Date): string {
  const distance = daysUntil(date, now)
  if (distance === 0) return 'Today'
  if (distance === -1) return 'Yesterday'
  if (distance === 1) return 'Tomorrow'
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return new Date(year, month - 1, day).toLocaleDateString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    ...(year === now.getFullYear() ? {} : { year: 'numeric' }),
  })
}
