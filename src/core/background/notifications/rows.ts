/** Rows of notifications and deliveries as they are read, and the shapes the contract promises. */
import type { Delivery, Notification } from '../../../contract/background/notifications'
import type { Database } from '../../kernel/database/database'
import { type RowOf, toInstant, toInstantOrNull } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { DigestItem, RecordPlace, SubjectKind } from './post'
import type { delivery, notification } from './table'

export type NotificationRow = RowOf<typeof notification> & SubjectState

/** When the subject is due now; null once it is done or gone. */
interface SubjectState {
  subject_due: number | null
  subject_exists: number | null
}

/** SQL of `subject_due` and `subject_exists` for rows of `notification`. */
const subjectColumns = (() => {
  const due: Record<SubjectKind, string> = {
    reminder: 'due_at',
    task: "coalesce(open_at, iif(status in ('pending', 'in_progress') and deleted_at is null, 0, null))",
    activity: 'open_at',
  }
  const kinds = Object.keys(due) as SubjectKind[]
  const perKind = (column: (kind: SubjectKind) => string) =>
    `case subject_kind ${kinds
      .map(
        (kind) => `when '${kind}' then (select ${column(kind)} from ${kind} where id = subject_id)`,
      )
      .join(' ')} end`
  return `${perKind((kind) => due[kind])} as subject_due, ${perKind(() => '1')} as subject_exists`
})()

export interface DeliveryRow extends RowOf<typeof delivery> {
  user_id: string
  title: string
  kind: NotificationRow['kind']
}

export const recordOf = (row: {
  record_kind: string | null
  record_id: string | null
}): RecordPlace | null =>
  row.record_kind !== null && row.record_id !== null
    ? { kind: row.record_kind, id: row.record_id }
    : null

export const toNotification = (row: NotificationRow): Notification => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  body: row.body,
  at: toInstant(row.at),
  readAt: toInstantOrNull(row.read_at),
  record: recordOf(row),
  subject:
    row.subject_kind && row.subject_id && row.subject_exists
      ? { kind: row.subject_kind, id: row.subject_id, open: row.subject_due !== null }
      : null,
  items: (JSON.parse(row.items) as DigestItem[]).map((item) => ({
    ...item,
    at: toInstant(item.at),
    day: item.day ?? null,
  })),
})

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  notification: { id: row.notification_id, title: row.title, kind: row.kind },
  channel: row.channel,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: toInstant(row.next_attempt_at),
  sentAt: toInstantOrNull(row.sent_at),
  error: row.error,
  createdAt: toInstant(row.created_at),
})

export const selectNotification = `select notification.*, ${subjectColumns} from notification`

/** A delivery as it is stored. */
export type StoredDelivery = RowOf<typeof delivery>
export type NoticeRows = ReturnType<typeof createNoticeRows>

/** What deliveries say, and who gets them. */
export function createNoticeRows(database: Database) {
  const of = (row: StoredDelivery) =>
    database.get<NotificationRow>(
      `${selectNotification} where id = ?`,
      row.notification_id,
    ) as NotificationRow
  return {
    of,
    shown: (rows: readonly StoredDelivery[]) => rows.map(of).map(toNotification),
    personOf: (row: StoredDelivery) =>
      database.value<string>(
        'select user_id from notification where id = ?',
        row.notification_id,
      ) as string,
  }
}

/** The cursor of a page, newest first, as a sequence number. @throws invalid */
export function seqBefore(cursor: string | undefined): number {
  const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
  if (!Number.isSafeInteger(before))
    throw invalid('cursor', 'must be the nextCursor of a page before')
  return before
}
