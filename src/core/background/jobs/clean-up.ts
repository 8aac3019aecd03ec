/** Deletes old records of what the program did by itself, as long as the workspace's settings keep them. */
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'

const hour = 3_600_000
const day = 24 * hour
/** What digests have mentioned is remembered for as long as it can come up again. */
const announcedDays = 400
/** What nobody read in this time is not read any more. */
const unreadDays = 400
/** A notice on the screen is of no use later; the notification centre has it. */
const popupLife = 12 * hour

/** So many rows of a table are looked through before the thread may be given back. */
const rowsAtOnce = 500

/** @returns what it did, for people; null for nothing */
export async function cleanUp(
  { database, clock, workspace, holds }: Kernel,
  inPortions: InPortions,
): Promise<string | null> {
  if (holds.isHeld('clock'))
    return 'Nothing was deleted: the clock may be wrong. Confirm the time, and it is done next night.'
  const { notificationDays, deliveryDays, jobRunDays } = workspace.settings()
  const now = clock.now()
  const before = (days: number) => now - days * day

  /** Runs a statement on all rows of a table, which ends in a condition. Answers how many it changed. */
  async function run(table: string, sql: string, ...parameters: SqlValue[]): Promise<number> {
    const last = database.value<number | null>(`select max(rowid) from ${table}`) ?? 0
    let changed = 0
    let from = 0
    await inPortions((portion) =>
      database.transaction(() => {
        while (from < last) {
          changed += database
            .prepare(`${sql} and ${table}.rowid > ? and ${table}.rowid <= ?`)
            .run(...parameters, from, from + rowsAtOnce).changes
          from += rowsAtOnce
          if (portion.isOver()) break
        }
        return from < last
      }),
    )
    return changed
  }

  // Written while the clock was ahead: from now on they age like all others.
  await run('delivery', 'update delivery set updated_at = ? where updated_at > ?', now, now)
  await run('notification', 'update notification set at = ? where at > ?', now, now)
  await run(
    'job_run',
    'update job_run set started_at = ?, finished_at = ? where started_at > ?',
    ...[now, now, now],
  )

  await run(
    'delivery',
    `update delivery set state = 'cancelled', error = 'No open page of Rapport showed this in time.', updated_at = ?
     where channel = 'browser' and state in ('waiting', 'taken')
       and notification_id in (select id from notification where at < ?)`,
    now,
    now - popupLife,
  )
  const deliveries = await run(
    'delivery',
    `delete from delivery where state in ('sent', 'dead', 'unknown', 'cancelled') and updated_at < ?`,
    before(deliveryDays),
  )
  const notifications = await run(
    'notification',
    `delete from notification where (at < ? and read_at is not null or at < ?)
       and not exists (select 1 from delivery where notification_id = notification.id and state in ('waiting', 'taken'))`,
    before(notificationDays),
    before(Math.max(unreadDays, notificationDays)),
  )
  const runs = await run('job_run', 'delete from job_run where started_at < ?', before(jobRunDays))
  await run('told', 'delete from told where at < ?', before(announcedDays))
  const parts = [
    [notifications, 'old notification'],
    [deliveries, 'delivery record'],
    [runs, 'job run'],
  ] as const
  const done = parts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} ${noun}${count === 1 ? '' : 's'}`)
  return done.length > 0 ? `Deleted ${done.join(', ')}.` : null
}
