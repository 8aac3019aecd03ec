/** Triggers that keep a lead's last activity and next step right, whatever happens to what is planned for it. */
import { clockTolerance } from '../../kernel/time/past'

/** SQL of when a plan continues: at its step, or at the end of its pause where that is known. */
const planStep = (row: string) =>
  `case ${row}.state when 'in_progress' then ${row}.next_step_due_at when 'paused' then ${row}.paused_until end`

/** SQL of when the next step of a lead is: the soonest of its open activities and tasks, its own reminders, and when its plans continue. */
export const nextStepOf = (leadId: string): string => `(select min(step_at) from (
    select min(open_at) as step_at from activity where lead_id = ${leadId} and open_at is not null
    union all select min(open_at) from task where lead_id = ${leadId} and open_at is not null
    union all select min(due_at) from reminder
      where lead_id = ${leadId} and due_at is not null and activity_id is null and task_id is null and plan_id is null
    union all select min(${planStep('plan')}) from plan where lead_id = ${leadId}
      and state in ('in_progress', 'paused')))`

/** SQL of the zone of an activity that is a lead's next step and takes a whole day: empty for the workspace's, null where there is none. */
export const nextStepZoneOf = (leadId: string, at: string): string => `(
    select coalesce(activity.zone, '') from activity where activity.lead_id = ${leadId} and activity.open_at = ${at}
      and activity.all_day = 1 and activity.planned_at = activity.open_at order by activity.seq limit 1)`
/** SQL of the day of a task that is a lead's next step and takes a whole day; null where there is none. */
export const nextStepDateOf = (leadId: string, at: string): string => `(
    select task.wall_time from task where task.lead_id = ${leadId} and +task.open_at = ${at}
      and length(task.wall_time) = 10 order by task.seq limit 1)`

type Row = 'new' | 'old'
/** SQL of when a row is a step of its lead; null where it is none. */
const steps = {
  task: (row: Row) => `${row}.open_at`,
  plan: (row: Row) => `(${planStep(row)})`,
  reminder: (row: Row) =>
    `iif(${row}.activity_id is null and ${row}.task_id is null and ${row}.plan_id is null, ${row}.due_at, null)`,
} as const
/** SQL of what a row that takes a whole day says of it, as `nextStepZoneOf` and `nextStepDateOf` do. */
const wholeDays = {
  activity: {
    zone: `iif(new.all_day = 1 and new.planned_at = new.open_at, coalesce(new.zone, ''), null)`,
    date: 'null',
  },
  task: { zone: 'null', date: 'iif(length(new.wall_time) = 10, new.wall_time, null)' },
  plan: { zone: 'null', date: 'null' },
  reminder: { zone: 'null', date: 'null' },
} as const
/** Columns whose change may make it another. */
const stepColumns = {
  task: ['lead_id', 'due_at', 'wall_time', 'status', 'deleted_at'],
  plan: ['lead_id', 'next_step_due_at', 'paused_until', 'state'],
  reminder: [
    'lead_id',
    'activity_id',
    'task_id',
    'plan_id',
    'remind_at',
    'snoozed_until',
    'status',
    'deleted_at',
  ],
} as const

/** SQL of the instant of the action, or of now where none is under way. */
const actionAt = `coalesce((select at from session where id = 1), cast(unixepoch('subsec') * 1000 as integer))`
/** SQL of when something happened; null for what is said to happen later, as nobody can say when it was. */
const happenedAt = (row: string) =>
  `iif(coalesce(${row}occurred_at, ${row}completed_at) <= ${actionAt} + ${clockTolerance}, coalesce(${row}occurred_at, ${row}completed_at), null)`

/** SQL of when a lead was touched last. */
const lastActivityOf = (leadId: string): string => `(select max(${happenedAt('')}) from activity
    where lead_id = ${leadId} and deleted_at is null and category <> 'system')`

/** SQL of what the columns of a lead that follow from what is planned for it and done about it ought to be. */
const ofSteps = (leadId: string) => `(select step_at as next_step_at,
    ${nextStepZoneOf(leadId, 'step_at')} as next_step_zone,
    ${nextStepDateOf(leadId, 'step_at')} as next_step_date
  from (select ${nextStepOf(leadId)} as step_at))`
const ofActivities = (leadId: string) => `(select ${lastActivityOf(leadId)} as last_activity_at)`
const stepParts = ['next_step_at', 'next_step_zone', 'next_step_date']

/** Leads are written only where something changes: each write of one costs its indexes and other triggers. */
const setAgain = (leadId: string, columns: readonly string[], from: string, when = 'true') =>
  `update lead set ${columns.map((column) => `${column} = found.${column}`).join(', ')}
    from (select * from ${from} where ${when}) found
    where lead.id = ${leadId} and (${columns.map((column) => `lead.${column} is not found.${column}`).join(' or ')});`

const recomputeNext = (leadId: string, when?: string) =>
  setAgain(leadId, stepParts, ofSteps(leadId), when)
const recompute = (leadId: string, when?: string) =>
  setAgain(
    leadId,
    ['last_activity_at', ...stepParts],
    `${ofActivities(leadId)}, ${ofSteps(leadId)}`,
    when,
  )

/** A new step is the next one where it comes before it; at the same instant, it may take the day whole. */
function takeNew(table: keyof typeof wholeDays, at: string): string {
  const { zone, date } = wholeDays[table]
  return `update lead set next_step_at = ${at},
      next_step_zone = iif(next_step_at = ${at}, coalesce(next_step_zone, ${zone}), ${zone}),
      next_step_date = iif(next_step_at = ${at}, coalesce(next_step_date, ${date}), ${date})
    where id = new.lead_id and ${at} is not null and (next_step_at is null or next_step_at > ${at} or (next_step_at = ${at}
      and (${zone} is not null and next_step_zone is null or ${date} is not null and next_step_date is null)));`
}

const hasOtherLead = 'old.lead_id is not new.lead_id'

/** A task, plan or reminder: only when it is due counts. */
function followed(table: keyof typeof steps): string[] {
  const step = steps[table]
  const isOther = [
    hasOtherLead,
    `${step('old')} is not ${step('new')}`,
    ...(table === 'task' ? ['old.wall_time is not new.wall_time'] : []),
  ]
  return [
    `create trigger lead_step_${table}_insert after insert on ${table}
      when new.lead_id is not null and ${step('new')} is not null begin
      ${takeNew(table, step('new'))} end`,
    `create trigger lead_step_${table}_update after update of ${stepColumns[table].join(', ')} on ${table}
      when ${isOther.join(' or ')} begin
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
      update lead set last_activity_at = ${happenedAt('new.')}
      where id = new.lead_id and ${happenedAt('new.')} > coalesce(last_activity_at, -1);
      ${takeNew('activity', 'new.open_at')} end`,
    `create trigger lead_step_update
      after update of lead_id, occurred_at, completed_at, scheduled_at, due_at, all_day, zone, deleted_at on activity
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
