/** Where a notification leads. */
import type { Notification } from '../../../../contract/background/notifications'
import type { NotificationKind } from '../../../../contract/background/words'
import { kinds, recordPath } from '../../../app/records'

const digests: ReadonlySet<NotificationKind> = new Set([
  'catch_up',
  'daily_summary',
  'upcoming',
  'overdue',
])

type Led = Pick<Notification, 'kind' | 'record' | 'subject'>

/** Address of the record it is about, or of what is due; null where there is nothing to open. */
export function pathOf({ kind, record, subject }: Led): string | null {
  if (kind === 'job_failed') return '/settings/jobs'
  if (kind === 'delivery_failed') return '/settings/notifications'
  const place = placeOf(record) ?? placeOf(subject)
  if (place !== null) return place
  // What gathers several things leads to where they all are.
  if (kind === 'plan_step_due') return '/queue'
  return digests.has(kind) ? '/today' : null
}

/** Address of a record by the name of its kind; null for kinds without a page. */
export const placeOf = (record: { kind: string; id: string } | null): string | null =>
  record && isKind(record.kind) ? recordPath(record.kind, record.id) : null

const isKind = (kind: string): kind is keyof typeof kinds => kind in kinds
