/**
 * Triggers by which plans follow their lead or contact, whatever changes it: closed, given to somebody
 * else, deleted. What ended because it was deleted goes on where it stood when it is restored.
 */
import { endingReasons } from './reasons'

const at = `(select coalesce(at, cast(unixepoch('subsec') * 1000 as integer)) from session where id = 1)`
const notQuiet = `(select quiet from session where id = 1) is not 1`
const live = `state in ('not_started', 'in_progress', 'paused')`

/** SQL of the words for an ending. */
const reasonOf = (ending: string) =>
  `case ${ending} ${Object.entries(endingReasons)
    .map(([name, reason]) => `when '${name}' then '${reason.replaceAll("'", "''")}'`)
    .join(' ')} end`

/** SQL that ends the plans of a lead; `which` narrows them, `ending` is SQL of the reason. */
const endPlans = (ending: string, which = 'true', of = 'plan.lead_id = new.id') => `
  update reminder set status = 'dismissed', updated_at = ${at}
    where plan_id in (select id from plan where ${of} and ${live} and ${which})
      and status in ('pending', 'snoozed');
  update email_message set state = 'cancelled', error = ${reasonOf(ending)}, updated_at = ${at}
    where state in ('drafted', 'approved', 'late', 'failed') and plan_step_id in (
      select plan_step.id from plan_step join plan on plan.id = plan_step.plan_id
      where ${of} and plan.${live} and ${which} and plan_step.state = 'queued');
  update plan_step set state = 'cancelled', updated_at = ${at}
    where plan_id in (select id from plan where ${of} and ${live} and ${which})
      and state in ('open', 'queued');
  update plan set state = iif(${ending} = 'lead_won', 'completed', 'aborted'), ending = ${ending}, ended_at = ${at},
      step_id = null, position = null, next_step_due_at = null, wake_at = null, paused_at = null, paused_until = null, remaining = null,
      updated_at = ${at}
    where ${of} and ${live} and ${which};`

const onOwnerChange = `coalesce((select settings ->> '$.onOwnerChange' from cadence where cadence.id = plan.cadence_id),
  (select settings ->> '$.onOwnerChange' from cadence_version where cadence_version.id = plan.version_id), 'reassign')`

/** What of a plan its restored lead or contact brings back. */
const restedColumns = ['state', 'step_id', 'position', 'paused_at', 'paused_until', 'remaining']

function restTriggers(holder: 'lead' | 'contact', of: string): string[] {
  const stepOf = (column: string) =>
    `(select plan_step.${column} from plan_step where plan_step.plan_id = plan.id and plan_step.step_id = plan.step_id
      and plan_step.state in ('open', 'queued'))`
  const reminderOf = (column: string) =>
    `(select reminder.${column} from reminder where reminder.plan_id = plan.id and reminder.status in ('pending', 'snoozed'))`
  const kept = restedColumns.map((column) => `'${column}', plan.${column}`).join(', ')
  // Its e-mail was withdrawn: the step that waited for it is due again.
  const isQueued = `plan.state = 'in_progress' and ${stepOf('state')} = 'queued'`
  const rested = `${of} and plan.rested is not null`
  const restedIds = (key: string) => `(select plan.rested ->> '$.${key}' from plan where ${rested})`
  return [
    `create trigger plan_${holder}_deleted after update of deleted_at on ${holder}
      when ${notQuiet} and old.deleted_at is null and new.deleted_at is not null begin
      update plan set rested = json_object(${kept},
          'next_step_due_at', iif(${isQueued}, ${stepOf('due_at')}, plan.next_step_due_at),
          'wake_at', iif(${isQueued}, ${stepOf('due_at')}, plan.wake_at),
          'step', ${stepOf('id')}, 'reminder', ${reminderOf('id')}, 'reminder_status', ${reminderOf('status')})
        where ${of} and ${live};
      ${endPlans(`'${holder}_deleted'`, 'true', of)} end`,
    `create trigger plan_${holder}_restored after update of deleted_at on ${holder}
      when ${notQuiet} and old.deleted_at is not null and new.deleted_at is null begin
      update plan_step set state = 'open', updated_at = ${at} where id in ${restedIds('step')};
      update reminder set updated_at = ${at}, status = (
          select plan.rested ->> '$.reminder_status' from plan where plan.id = reminder.plan_id)
        where id in ${restedIds('reminder')};
      update plan set ${restedColumns.map((column) => `${column} = rested ->> '$.${column}'`).join(', ')},
          next_step_due_at = rested ->> '$.next_step_due_at', wake_at = rested ->> '$.wake_at',
          ending = null, ended_at = null, rested = null, updated_at = ${at}
        where ${rested}; end`,
  ]
}

/** SQL that creates the triggers. An undo brings rows back as they were: then they keep still. */
export function planTriggers(): string[] {
  return [
    `create trigger plan_lead_closed after update of status on lead
      when ${notQuiet} and old.status = 'open' and new.status <> 'open' begin
      ${endPlans(`'lead_' || new.status`)} end`,
    ...restTriggers('lead', 'plan.lead_id = new.id'),
    ...restTriggers('contact', 'plan.lead_id is null and plan.contact_id = new.id'),
    `create trigger plan_lead_given after update of owner_id on lead
      when ${notQuiet} and old.owner_id is not new.owner_id begin
      ${endPlans(`'owner_changed'`, `${onOwnerChange} = 'end'`)}
      update reminder set user_id = new.owner_id, updated_at = ${at}
        where plan_id in (select id from plan where lead_id = new.id and ${live} and ${onOwnerChange} = 'reassign')
          and status in ('pending', 'snoozed') and deleted_at is null;
      update plan set user_id = new.owner_id, updated_at = ${at}
        where lead_id = new.id and ${live} and ${onOwnerChange} = 'reassign'; end`,
  ]
}
