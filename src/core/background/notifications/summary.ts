/** Several notifications as one. */
import type { Notification } from '../../../contract/background/notifications'
import { toInstant } from '../../kernel/database/rows'

/** How many they are, and the first of them. */
export function summaryOf(notifications: Notification[]): { title: string; body: string } {
  const [first] = notifications as [Notification]
  if (notifications.length === 1) return first
  const named = notifications.slice(0, 4).map(({ title }) => title)
  const rest = notifications.length - named.length
  return {
    title: `${notifications.length} notifications`,
    body: [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'),
  }
}

export function gathered(notifications: Notification[]): Notification {
  const [first] = notifications as [Notification]
  if (notifications.length === 1) return first
  return {
    ...first,
    ...summaryOf(notifications),
    kind: 'catch_up',
    record: null,
    subject: null,
    items: notifications.map(({ title, at, record }) => ({
      title,
      at: toInstant(Date.parse(at)),
      day: null,
      record,
    })),
  }
}
