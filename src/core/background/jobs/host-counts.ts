/** Shows the host how much waits for its owner: a badge, a tray icon, a title. */
import { dequal } from 'dequal'
import type { Host, HostCounts } from '../../kernel/host/host'
import type { Kernel } from '../../kernel/kernel'
import { dateIn } from '../../kernel/time/zone'
import type { Notifications } from '../notifications/notifications'

export interface HostCountNeeds {
  host: Host
  notifications: Notifications
  /** What waits for somebody. */
  countsOf(userId: string): { overdue: number; today: number }
  report(error: unknown): void
}

export function createHostCounts(
  { database, clock }: Kernel,
  { host, notifications, countsOf, report }: HostCountNeeds,
) {
  let shown: HostCounts | undefined
  /** What waits for the owner, as long as nothing of it changed and the day is the same. */
  let waiting = { asOf: '', overdue: 0, today: 0 }

  return function showCounts(): void {
    const userId = database.value<string>(
      'select id from user where is_local = 1 order by seq limit 1',
    )
    if (userId === undefined) return
    const date = dateIn(clock.now(), notifications.zoneOf(userId))
    const asOf = `${database.stampOf('reminder task activity')} ${date} ${userId}`
    if (asOf !== waiting.asOf) waiting = { asOf, ...countsOf(userId) }
    const { overdue, today } = waiting
    const counts: HostCounts = { overdue, today, unread: notifications.unread(userId) }
    if (dequal(counts, shown)) return
    shown = counts
    host.showCounts(counts).catch(report)
  }
}
