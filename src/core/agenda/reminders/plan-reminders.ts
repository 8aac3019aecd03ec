/** The reminder of the step that a plan waits at: set, closed, reopened and reassigned with that step. */
import type { Database, Writer } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import { wallTimeIn } from '../../kernel/time/wall-time'
import { reminder } from './table'

export interface NewPlanReminder {
  planId: string
  leadId: string | null
  contactId: string | null
  companyId: string | null
  userId: string | null
  notes: string
  /** Milliseconds since the epoch, and the zone in which its time is shown. */
  at: number
  zone: string
}

export function addPlanReminder(writer: Writer, { at, zone, ...values }: NewPlanReminder): void {
  writer.insert(reminder, {
    ...values,
    remindAt: at,
    wallTime: wallTimeIn(at, zone),
    zone,
    createdBy: writer.actor.userId,
  })
}

const openOfPlan = `plan_id = ? and status in ('pending', 'snoozed')`

/**
 * The plan no longer waits at the step: it was done, or nobody needs to be reminded of it. One in the
 * trash is closed, too, so that it does not come back open.
 */
export function closePlanReminder(
  writer: Writer,
  planId: string,
  status: 'completed' | 'dismissed',
): void {
  const isCompleted = status === 'completed'
  writer.run(
    `update reminder set status = ?, completed_at = ?, completed_by = ?, updated_at = ? where ${openOfPlan}`,
    status,
    isCompleted ? writer.now : null,
    isCompleted ? writer.actor.userId : null,
    writer.now,
    planId,
  )
}

export function reassignPlanReminder(writer: Writer, planId: string, userId: string | null): void {
  writer.run(
    `update reminder set user_id = ?, updated_at = ? where ${openOfPlan} and deleted_at is null`,
    userId,
    writer.now,
    planId,
  )
}

/** What is open of a plan, the trash included. */
export const planReminderOf = (
  database: Database,
  planId: string,
): Pick<RowOf<typeof reminder>, 'id' | 'status'> | undefined =>
  database.get(
    `select id, status from reminder where ${openOfPlan} order by deleted_at is not null limit 1`,
    planId,
  )

/** The plan waits at the step again. */
export const reopenPlanReminder = (
  writer: Writer,
  id: string,
  status: RowOf<typeof reminder>['status'],
): boolean => writer.update(reminder, id, { status })
