/**
 * Plans follow their lead or contact, whatever changes it: closed, given to somebody else, deleted.
 * What ended because it was deleted continues where it was when it is restored.
 */
import {
  planReminderOf,
  reassignPlanReminder,
  reopenPlanReminder,
} from '../../agenda/reminders/reminders'
import type { Database, Writer } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'
import type { Change, Within } from '../../kernel/reactions/within'
import { endPlan } from './ending'
import { currentStepOf, liveStates, type PlanRow } from './rows'
import { plan, planStep } from './table'

type Holder = 'lead' | 'contact'
type FollowingPlan = PlanRow & { on_owner_change: 'reassign' | 'keep' | 'end' }

/** SQL that names the plans of a record; its parameter is the record's id. */
const plansOf: Record<Holder, string> = {
  lead: 'plan.lead_id = ?',
  contact: 'plan.lead_id is null and plan.contact_id = ?',
}
const onOwnerChange = `coalesce((select settings ->> '$.onOwnerChange' from cadence where cadence.id = plan.cadence_id),
  (select settings ->> '$.onOwnerChange' from cadence_version where cadence_version.id = plan.version_id), 'reassign')`

export const plansFollowRecords: Within = {
  name: 'plans follow their lead or contact',
  on: { lead: ['status', 'owner_id', 'deleted_at'], contact: ['deleted_at'] },
  react(changes, writer, database) {
    for (const change of changes) follow(writer, database, change)
  },
}

function follow(writer: Writer, database: Database, { table, rowId, before, after }: Change): void {
  const holder = table as Holder
  const live = () =>
    database.all<FollowingPlan>(
      `select plan.*, ${onOwnerChange} as on_owner_change from plan
       where ${plansOf[holder]} and plan.state in ${liveStates}`,
      rowId,
    )
  if (before.status === 'open')
    for (const row of live())
      endPlan(writer, database, row, after.status === 'won' ? 'lead_won' : 'lead_lost')
  if ('owner_id' in after) for (const row of live()) passOn(writer, database, row)
  if (!('deleted_at' in after)) return
  if (before.deleted_at === null)
    for (const row of live()) {
      rest(writer, database, row)
      endPlan(writer, database, row, `${holder}_deleted`)
    }
  else if (after.deleted_at === null)
    for (const row of database.all<PlanRow>(
      `select * from plan where ${plansOf[holder]} and plan.rested is not null`,
      rowId,
    ))
      bringBack(writer, row)
}

/** The new owner of the lead takes over the plan, unless the cadence ends or keeps it. */
function passOn(writer: Writer, database: Database, row: FollowingPlan): void {
  if (row.on_owner_change === 'end') endPlan(writer, database, row, 'owner_changed')
  if (row.on_owner_change !== 'reassign') return
  const owner =
    database.value<string | null>('select owner_id from lead where id = ?', row.lead_id) ?? null
  writer.update(plan, row.id, { userId: owner })
  reassignPlanReminder(writer, row.id, owner)
}

// The trash --------------------------------------------------------------------------------------

/** Keeps in the plan where it was. */
function rest(writer: Writer, database: Database, row: PlanRow): void {
  const current = currentStepOf(database, row)
  const step = current?.state === 'open' || current?.state === 'queued' ? current : undefined
  const reminder = planReminderOf(database, row.id)
  // Its e-mail is withdrawn: the step that waited for it is due again.
  const dueAgain = row.state === 'in_progress' && step?.state === 'queued' ? step.due_at : undefined
  writer.update(plan, row.id, {
    rested: {
      state: row.state,
      step_id: row.step_id,
      position: row.position,
      paused_at: row.paused_at,
      paused_until: row.paused_until,
      remaining: row.remaining,
      next_step_due_at: dueAgain ?? row.next_step_due_at,
      wake_at: dueAgain ?? row.wake_at,
      step: step?.id ?? null,
      reminder: reminder?.id ?? null,
      reminder_status: reminder?.status ?? null,
    },
  })
}

function bringBack(writer: Writer, row: PlanRow): void {
  if (row.rested === null) return
  const rested = fromJson(row.rested)
  if (rested.step) writer.update(planStep, rested.step, { state: 'open' })
  if (rested.reminder && rested.reminder_status)
    reopenPlanReminder(writer, rested.reminder, rested.reminder_status)
  writer.update(plan, row.id, {
    state: rested.state,
    stepId: rested.step_id,
    position: rested.position,
    pausedAt: rested.paused_at,
    pausedUntil: rested.paused_until,
    remaining: rested.remaining,
    nextStepDueAt: rested.next_step_due_at,
    wakeAt: rested.wake_at,
    ending: null,
    endedAt: null,
    rested: null,
  })
}
