/** Deletes old records of what the program did by itself, as long as the workspace's settings keep them. */
import type { Ground } from '../kernel/ground'

const day = 86_400_000
/** What digests have told of is remembered for as long as it can come up again. */
const toldDays = 400

/** @returns what it did, for people; null for nothing */
export function cleanUp({ database, clock, workspace }: Ground): string | null {
  const { notificationDays, deliveryDays, jobRunDays } = workspace.settings()
  const before = (days: number) => clock.now() - days * day
  const remove = (sql: string, days: number) => database.prepare(sql).run(before(days)).changes
  return database.transaction(() => {
    const deliveries = remove(
      `delete from delivery where state in ('sent', 'dead', 'unknown', 'cancelled') and updated_at < ?`,
      deliveryDays,
    )
    const notifications = remove(
      `delete from notification where at < ? and read_at is not null
         and not exists (select 1 from delivery where notification_id = notification.id and state in ('waiting', 'taken'))`,
      notificationDays,
    )
    const runs = remove('delete from job_run where started_at < ?', jobRunDays)
    remove('delete from told where at < ?', toldDays)
    const parts = [
      [notifications, 'read notification'],
      [deliveries, 'delivery record'],
      [runs, 'job run'],
    ] as const
    const done = parts
      .filter(([count]) => count > 0)
      .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`)
    return done.length > 0 ? `Deleted ${done.join(', ')}.` : null
  })
}
