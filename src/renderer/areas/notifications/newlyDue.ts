/** Which notifications have just come in. */
import type { Notification } from '../../../contract/notifications'

/** What is older was not told now, but seen now: after a sleep, or as an older one is unread again. */
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
