/** After another file took the database's place: what people were notified of already, so that nobody hears of it twice. */
import type { SqlValue } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import type { delivery, notification } from './table'

type NotificationRow = RowOf<typeof notification>
type DeliveryRow = RowOf<typeof delivery>

const subjects = ['reminder', 'task', 'activity'] as const

export function createNotificationCarryOver({ database, clock }: Kernel) {
  const exists = (table: string, id: string) =>
    database.get(`select 1 from ${table} where id = ?`, id) !== undefined

  const run = (sql: string, ...parameters: SqlValue[]) =>
    database.prepare(sql).run(...parameters).changes

  /** To be called in a transaction. Answers how many notifications are known now that were not. */
  return function carryOver(databases: readonly ReplacedDatabase[]): number {
    let added = 0
    for (const from of databases) {
      for (const row of from.all<NotificationRow>('select * from notification order by seq'))
        if (carryNotification(row)) added++
      for (const row of from.all<DeliveryRow & { notification_key: string }>(
        `select delivery.*, notification.key as notification_key
         from delivery join notification on notification.id = delivery.notification_id order by delivery.seq`,
      ))
        carryDelivery(row)
      for (const { key, at } of from.all<{ key: string; at: number }>('select key, at from told'))
        run('insert into told (key, at) values (?, ?) on conflict (key) do nothing', key, at)
      carryTold(from)
    }
    return added
  }

  function carryNotification(row: NotificationRow): boolean {
    const isGone = row.subject_kind !== null && !exists(row.subject_kind, row.subject_id ?? '')
    if (isGone || !exists('user', row.user_id)) return false
    const added = run(
      `insert into notification (id, user_id, kind, key, title, body, record_kind, record_id,
         subject_kind, subject_id, items, gathered, at, read_at, settled, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
      row.id,
      row.user_id,
      row.kind,
      row.key,
      row.title,
      row.body,
      row.record_kind,
      row.record_id,
      row.subject_kind,
      row.subject_id,
      row.items,
      // A database of an earlier version has none.
      row.gathered ?? '[]',
      row.at,
      row.read_at,
      row.settled,
      row.created_at,
      row.updated_at,
    )
    if (added === 0 && row.read_at !== null)
      run(
        'update notification set read_at = ?, settled = ? where key = ? and read_at is null',
        row.read_at,
        row.settled,
        row.key,
      )
    return added > 0
  }

  /** What was being sent when its program ended is unknown. What had not gone out still may. */
  function carryDelivery(row: DeliveryRow & { notification_key: string }): void {
    const owner = database.value<string>(
      'select id from notification where key = ?',
      row.notification_key,
    )
    if (owner === undefined) return
    const state = row.state === 'taken' ? 'unknown' : row.state
    const { error, attempts } = row
    run(
      `insert into delivery (id, notification_id, channel, key, state, attempts, next_attempt_at,
         taken_at, taken_by, sent_at, error, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       on conflict (key) do update set state = excluded.state, attempts = excluded.attempts,
         taken_at = excluded.taken_at, taken_by = excluded.taken_by, sent_at = excluded.sent_at,
         error = excluded.error, updated_at = excluded.updated_at
       where delivery.state in ('waiting', 'taken') and excluded.state <> 'waiting'`,
      row.id,
      owner,
      row.channel,
      row.key,
      state,
      attempts,
      row.next_attempt_at,
      row.taken_at,
      row.taken_by,
      row.sent_at,
      error,
      row.created_at,
      clock.now(),
    )
  }

  /** Of what comes up now, what came up already. */
  function carryTold(from: ReplacedDatabase): void {
    const now = clock.now()
    for (const subject of subjects)
      for (const { id, notify_at } of database.all<{ id: string; notify_at: number }>(
        `select id, notify_at from ${subject} where notify_at <= ?`,
        now,
      ))
        if (
          from.all(`select 1 from ${subject} where id = ? and notified_for = ?`, id, notify_at)
            .length > 0
        )
          run(`update ${subject} set notified_for = ? where id = ?`, notify_at, id)
  }
}
