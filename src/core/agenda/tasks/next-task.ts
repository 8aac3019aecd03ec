/** What follows a recurring task that has ended. */
import type { Database, Writer } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import { nextOccurrence } from '../../kernel/time/recurrence'
import { instantOf } from '../../kernel/time/wall-time'
import { knownZone } from '../../kernel/time/zone'
import { activeOr } from '../../records/links/links'
import { addRemindersBefore } from '../reminders/reminders'
import { task } from './table'

/**
 * Later than now, so that a long absence leaves no backlog; single, however often the task is completed.
 * @param usualZone where the task names none
 */
export function makeNextTask(
  writer: Pick<Writer, 'actor' | 'now' | 'insert'>,
  database: Database,
  row: RowOf<typeof task>,
  usualZone: string,
): void {
  if (row.recurrence === null || row.series_id === null || row.occurrence === null) return
  const next = nextOccurrence(
    { rule: row.recurrence, at: row.occurrence, zone: knownZone(row.zone, usualZone) },
    Math.max(writer.now, row.due_at ?? 0),
  )
  if (
    !next ||
    database.get(
      'select 1 from task where series_id = ? and occurrence = ?',
      row.series_id,
      next.at,
    )
  )
    return
  const id = writer.insert(task, {
    title: row.title,
    description: row.description,
    type: row.type,
    priority: row.priority,
    leadId: row.lead_id,
    companyId: row.company_id,
    contactId: row.contact_id,
    customerId: row.customer_id,
    assigneeId: activeOr(database, row.assignee_id, null),
    dueAt: instantOf(next.at, next.zone),
    wallTime: next.at,
    zone: next.zone,
    recurrence: next.rule,
    seriesId: row.series_id,
    occurrence: next.at,
    createdBy: row.created_by,
  })
  const offsets = database.all<{ user_id: string | null; offset_minutes: number }>(
    `select distinct user_id, offset_minutes from reminder
     where task_id = ? and offset_minutes is not null and deleted_at is null`,
    row.id,
  )
  for (const { user_id, offset_minutes } of offsets)
    addRemindersBefore(writer, database, {
      subject: { taskId: id },
      userId: activeOr(database, user_id, null),
      minutes: [offset_minutes],
    })
}
