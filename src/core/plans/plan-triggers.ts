/** Triggers by which plans follow their lead, whatever changes it: closed, deleted, given to somebody else. */
import { endingReasons } from './reasons'

const at = `(select coalesce(at, cast(unixepoch('subsec') * 1000 as integer)) from session where id = 1)`
const notQuiet = `(select quiet from session where id = 1) is not 1`
const live = `state in ('not_started', 'in_progress', 'paused')`

/** SQL of the words for an ending. */
const reasonOf = (ending: string) =>
  `case ${ending} ${Object.entries(endingReasons)
    .map(([name, reason]) => `when '${name}' then '${reason.replaceAll("'", "''")}'`)
    .join(' ')} end`

/** SQL that ends the plans of the lead; `which` narrows them, `ending` is SQL of the reason. */
const endPlans = (ending: string, which = 'true') => `
  update reminder set status = 'dismissed', updated_at = ${at}
    where plan_id in (select id from plan where lead_id = new.id and ${live} and ${which})
      and status in ('pending', 'snoozed');
  update email_message set state = 'cancelled', error = ${reasonOf(ending)}, updated_at = ${at}
    where state in ('drafted', 'approved', 'failed') and plan_step_id in (
      select plan_step.id from plan_step join plan on plan.id = plan_step.plan_id
      where plan.lead_id = new.id and plan.${live} and ${which} and plan_step.state = 'queued');
  update plan_step set state = 'cancelled', updated_at = ${at}
    where plan_id in (select id from plan where lead_id = new.id and ${live} and ${which})
      and state in ('open', 'queued');
  update plan set state = iif(${ending} = 'lead_won', 'completed', 'aborted'), ending = ${ending}, ended_at = ${at},
      step_id = null, position = null, next_step_due_at = null, wake_at = null, paused_at = null, paused_until = null, remaining = null,
      updated_at = ${at}
    where lead_id = new.id and ${live} and ${which};`

const onOwnerChange = `coalesce((select settings ->> '$.onOwnerChange' from cadence where cadence.id = plan.cadence_id),
  (select settings ->> '$.onOwnerChange' from cadence_version where cadence_version.id = plan.version_id), 'reassign')`

/** SQL that creates the triggers. An undo brings rows back as they were: then they keep still. */
export function planTriggers(): string[] {
  return [
    `create trigger plan_lead_closed after update of status, deleted_at on lead
      when ${notQuiet} and ((old.status = 'open' and new.status <> 'open')
        or (old.deleted_at is null and new.deleted_at is not null)) begin
      ${endPlans(`iif(new.deleted_at is not null, 'lead_deleted', 'lead_' || new.status)`)} end`,
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
