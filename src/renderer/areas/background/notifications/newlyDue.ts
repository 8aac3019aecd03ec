/** Which notifications have just come in. */
import type { Notification } from '../../../../contract/background/notifications'

/** What is older was not posted now, but seen now: after a sleep, or as an older one is unread again. */
const newFor = 2 * 60_000

/**
 * @param known ids seen before; null when nothing was seen yet, and so nothing is new
 * @param now epoch milliseconds
 */
export function newlyDue(
  items: readonly Notification[],
  known: ReadonlySet<string> | null,
  now: number,
): Notification[] {
  if (known === null) return []
  return items.filter(({ id, at }) => !known.has(id) && now - Date.parse(at) < newFor)
}

/** The most that one digest names: it may stand for more. */
const namedItems = 50

/** One sentence for several, what digests gather counted. */
export function gatheredTitle(notifications: readonly Notification[]): string {
  const count = notifications.reduce((sum, { items }) => sum + Math.max(items.length, 1), 0)
  const isMore = notifications.some(({ items }) => items.length >= namedItems)
  return `${isMore ? 'More than ' : ''}${count.toLocaleString()} things came due`
}
