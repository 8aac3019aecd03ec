/** How long before something a reminder comes, in minutes and in words. */

/** Offered by name, in minutes. */
export const usualMinutes = [0, 10, 30, 60, 120, 1440, 2880, 10_080] as const

/** "at the time", "10 minutes before", "1 day before". */
export function beforeText(minutes: number): string {
  if (minutes === 0) return 'at the time'
  const [size = 1, unit = 'minute'] = units.find(([length]) => minutes % length === 0) ?? []
  const count = minutes / size
  return `${count.toLocaleString()} ${unit}${count === 1 ? '' : 's'} before`
}

const units = [
  [10_080, 'week'],
  [1440, 'day'],
  [60, 'hour'],
  [1, 'minute'],
] as const
