/** What follows a recurring task that has ended. */
import type { Database, Writer } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import { nextInSeries } from '../../kernel/records/series'
import { activeOr } from '../../records/links/links'
import { addRemindersBefore } from '../reminders/reminders'
import { task } from './table'

/**
 * Makes the next task of its series, with the same reminders.
 * @param usualZone where the task names none
 */
export function makeNextTask(
  writer: Pick<Writer, 'actor' | 'now' | 'insert'>,
  database: Database,
  row: RowOf<typeof task>,
  usualZone: string,
): void {
  const after = Math.max(writer.now, row.due_at ?? 0)
  const next = nextInSeries(database, 'task', row, { after, usualZone })
  if (!next) return
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
    dueAt: next.at,
    ...next.columns,
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
