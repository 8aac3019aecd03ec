/** The reminder of the step that a plan waits at: set, closed and given to somebody else with that step. */
import type { Writer } from '../../kernel/database/database'
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

const openOfPlan = `plan_id = ? and status in ('pending', 'snoozed') and deleted_at is null`

/** The plan no longer waits at the step: it was done, or nobody needs to be reminded of it. */
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
    `update reminder set user_id = ?, updated_at = ? where ${openOfPlan}`,
    userId,
    writer.now,
    planId,
  )
}
