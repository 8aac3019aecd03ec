/** Triggers that keep a lead's last activity and next step right, whatever happens to what is planned for it. */
import { clockTolerance } from '../kernel/past'

/** SQL of when a plan goes on: at its step, or at the end of its pause where that is known. */
const planStep = (row: string) =>
  `case ${row}.state when 'in_progress' then ${row}.next_step_due_at when 'paused' then ${row}.paused_until end`

/** SQL of when the next step of a lead is: the soonest of its open activities and tasks, its own reminders, and when its plans go on. */
export const nextStepOf = (leadId: string): string => `(select min(step_at) from (
    select min(open_at) as step_at from activity where lead_id = ${leadId} and open_at is not null
    union all select min(open_at) from task where lead_id = ${leadId} and open_at is not null
    union all select min(due_at) from reminder
      where lead_id = ${leadId} and due_at is not null and activity_id is null and task_id is null and plan_id is null
    union all select min(${planStep('plan')}) from plan where lead_id = ${leadId}
      and state in ('in_progress', 'paused')))`

type Row = 'new' | 'old'
/** SQL of when a row is a step of its lead; null where it is none. */
const steps = {
  task: (row: Row) => `${row}.open_at`,
  plan: (row: Row) => `(${planStep(row)})`,
  reminder: (row: Row) =>
    `iif(${row}.activity_id is null and ${row}.task_id is null and ${row}.plan_id is null, ${row}.due_at, null)`,
} as const
/** Columns whose change may make it another. */
const stepColumns = {
  task: 'lead_id, due_at, status, deleted_at',
  plan: 'lead_id, next_step_due_at, paused_until, state',
  reminder: 'lead_id, activity_id, task_id, remind_at, snoozed_until, status, deleted_at',
} as const

/** SQL of the instant of the action, or of now where none is under way. */
const actionAt = `coalesce((select at from session where id = 1), cast(unixepoch('subsec') * 1000 as integer))`
/** SQL of when something happened; null for what is said to happen later, as nobody can say when it was. */
const happenedAt = (row: string) =>
  `iif(coalesce(${row}occurred_at, ${row}completed_at) <= ${actionAt} + ${clockTolerance}, coalesce(${row}occurred_at, ${row}completed_at), null)`

/** SQL of when a lead was touched last. */
const lastActivityOf = (leadId: string): string => `(select max(${happenedAt('')}) from activity
    where lead_id = ${leadId} and deleted_at is null and category <> 'system')`

/** Leads are written only where something changes: each write of one costs its indexes and other triggers. */
const recomputeNext = (leadId: string, when = 'true') =>
  `update lead set next_step_at = step.at from (select ${nextStepOf(leadId)} as at where ${when}) step
    where lead.id = ${leadId} and lead.next_step_at is not step.at;`

const recompute = (leadId: string, when = 'true') => `update lead set
    last_activity_at = ${lastActivityOf(leadId)},
    next_step_at = ${nextStepOf(leadId)}
  where id = ${leadId} and ${when};`

const hasOtherLead = 'old.lead_id is not new.lead_id'

/** A task, plan or reminder: only when it is due counts. */
function followed(table: keyof typeof steps): string[] {
  const step = steps[table]
  return [
    `create trigger lead_step_${table}_insert after insert on ${table}
      when new.lead_id is not null and ${step('new')} is not null begin
      update lead set next_step_at = ${step('new')}
      where id = new.lead_id and (next_step_at is null or next_step_at > ${step('new')}); end`,
    `create trigger lead_step_${table}_update after update of ${stepColumns[table]} on ${table}
      when ${hasOtherLead} or ${step('old')} is not ${step('new')} begin
      ${recomputeNext('new.lead_id')}
      ${recomputeNext('old.lead_id', hasOtherLead)} end`,
    `create trigger lead_step_${table}_delete after delete on ${table}
      when old.lead_id is not null and ${step('old')} is not null begin
      ${recomputeNext('old.lead_id')} end`,
  ]
}

/** SQL that creates them. */
export function leadStepTriggers(): string[] {
  return [
    `create trigger lead_step_insert after insert on activity
      when new.lead_id is not null and new.category <> 'system' begin
      update lead set
        last_activity_at = nullif(max(coalesce(last_activity_at, -1), coalesce(${happenedAt('new.')}, -1)), -1),
        next_step_at = case when new.open_at is null then next_step_at else min(coalesce(next_step_at, new.open_at), new.open_at) end
      where id = new.lead_id; end`,
    `create trigger lead_step_update
      after update of lead_id, occurred_at, completed_at, scheduled_at, due_at, deleted_at on activity
      when new.category <> 'system' begin
      ${recompute('new.lead_id')}
      ${recompute('old.lead_id', hasOtherLead)} end`,
    `create trigger lead_step_delete after delete on activity
      when old.lead_id is not null and old.category <> 'system' begin
      ${recompute('old.lead_id')} end`,
    ...followed('task'),
    ...followed('plan'),
    ...followed('reminder'),
  ]
}
