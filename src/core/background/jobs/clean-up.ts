/** Deletes old records of what the program did by itself, as long as the workspace's settings keep them. */
import type { Kernel } from '../../kernel/kernel'

const hour = 3_600_000
const day = 24 * hour
/** What digests have mentioned is remembered for as long as it can come up again. */
const announcedDays = 400
/** What nobody read in this time is not read any more. */
const unreadDays = 400
/** A notice on the screen is of no use later; the notification centre has it. */
const popupLife = 12 * hour

/** @returns what it did, for people; null for nothing */
export function cleanUp({ database, clock, workspace, holds }: Kernel): string | null {
  if (holds.isHeld('clock'))
    return 'Nothing was deleted: the clock may be wrong. Confirm the time, and it is done next night.'
  const { notificationDays, deliveryDays, jobRunDays } = workspace.settings()
  const now = clock.now()
  const run = (sql: string, ...parameters: number[]) =>
    database.prepare(sql).run(...parameters).changes
  const before = (days: number) => now - days * day
  return database.transaction(() => {
    // Written while the clock was ahead: from now on they age like all others.
    run('update delivery set updated_at = ? where updated_at > ?', now, now)
    run('update notification set at = ? where at > ?', now, now)
    run('update job_run set started_at = ?, finished_at = ? where started_at > ?', now, now, now)

    run(
      `update delivery set state = 'cancelled', error = 'No open page of Rapport showed this in time.', updated_at = ?
       where channel = 'browser' and state in ('waiting', 'taken')
         and notification_id in (select id from notification where at < ?)`,
      now,
      now - popupLife,
    )
    const deliveries = run(
      `delete from delivery where state in ('sent', 'dead', 'unknown', 'cancelled') and updated_at < ?`,
      before(deliveryDays),
    )
    const notifications = run(
      `delete from notification where (at < ? and read_at is not null or at < ?)
         and not exists (select 1 from delivery where notification_id = notification.id and state in ('waiting', 'taken'))`,
      before(notificationDays),
      before(Math.max(unreadDays, notificationDays)),
    )
    const runs = run('delete from job_run where started_at < ?', before(jobRunDays))
    run('delete from told where at < ?', before(announcedDays))
    const parts = [
      [notifications, 'old notification'],
      [deliveries, 'delivery record'],
      [runs, 'job run'],
    ] as const
    const done = parts
      .filter(([count]) => count > 0)
      .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`)
    return done.length > 0 ? `Deleted ${done.join(', ')}.` : null
  })
}
