/**
 * Plans follow their lead or contact, whatever changes it: closed, given to somebody else, deleted.
 * What ended because it was deleted goes on where it was when it is restored.
 */
import type { PlanEnding } from '../../../contract/kernel/words'
import type { Writer } from '../../kernel/database/database'
import type { Change, Within } from '../../kernel/reactions/within'
import { endingReasons } from './reasons'

const at = '(select at from session where id = 1)'
const live = `state in ('not_started', 'in_progress', 'paused')`
const onOwnerChange = `coalesce((select settings ->> '$.onOwnerChange' from cadence where cadence.id = plan.cadence_id),
  (select settings ->> '$.onOwnerChange' from cadence_version where cadence_version.id = plan.version_id), 'reassign')`

/** SQL that tells the plans of a record; its parameter is the record's id. */
const plansOf = {
  lead: 'plan.lead_id = ?',
  contact: 'plan.lead_id is null and plan.contact_id = ?',
}
type Holder = keyof typeof plansOf

export const plansFollowRecords: Within = {
  name: 'plans follow their lead or contact',
  on: { lead: ['status', 'owner_id', 'deleted_at'], contact: ['deleted_at'] },
  react(changes, writer, database) {
    for (const change of changes) {
      const holder = change.table as Holder
      const hasPlans = database.get(
        `select 1 from plan where ${plansOf[holder]} and (${live} or rested is not null)`,
        change.rowId,
      )
      if (hasPlans) follow(writer, holder, change)
    }
  },
}

function follow(writer: Writer, holder: Holder, { rowId, before, after }: Change): void {
  const of = plansOf[holder]
  if (before.status === 'open')
    end(writer, after.status === 'won' ? 'lead_won' : 'lead_lost', { of, rowId })
  if ('owner_id' in after) give(writer, rowId)
  if (!('deleted_at' in after)) return
  if (before.deleted_at === null) {
    rest(writer, of, rowId)
    end(writer, `${holder}_deleted`, { of, rowId })
  } else if (after.deleted_at === null) bringBack(writer, of, rowId)
}

/** Runs SQL whose parameters are all the record's id. */
function run(writer: Writer, sql: string, rowId: string): void {
  writer.run(sql, ...Array.from(sql.matchAll(/\?/g), () => rowId))
}

/** @param which SQL that narrows the plans of the record */
function end(
  writer: Writer,
  ending: PlanEnding,
  { of, rowId, which = 'true' }: { of: string; rowId: string; which?: string },
): void {
  const plans = `${of} and plan.${live} and ${which}`
  const reason = endingReasons[ending].replaceAll("'", "''")
  run(
    writer,
    `update reminder set status = 'dismissed', updated_at = ${at}
     where plan_id in (select id from plan where ${plans}) and status in ('pending', 'snoozed')`,
    rowId,
  )
  run(
    writer,
    `update email_message set state = 'cancelled', error = '${reason}', updated_at = ${at}
     where state in ('drafted', 'approved', 'late', 'failed') and plan_step_id in (
       select plan_step.id from plan_step join plan on plan.id = plan_step.plan_id
       where ${plans} and plan_step.state = 'queued')`,
    rowId,
  )
  run(
    writer,
    `update plan_step set state = 'cancelled', updated_at = ${at}
     where plan_id in (select id from plan where ${plans}) and state in ('open', 'queued')`,
    rowId,
  )
  run(
    writer,
    `update plan set state = '${ending === 'lead_won' ? 'completed' : 'aborted'}', ending = '${ending}', ended_at = ${at},
       step_id = null, position = null, next_step_due_at = null, wake_at = null, paused_at = null,
       paused_until = null, remaining = null, updated_at = ${at}
     where ${plans}`,
    rowId,
  )
}

/** The new owner takes over the plans, unless the cadence ends them. */
function give(writer: Writer, leadId: string): void {
  const of = plansOf.lead
  end(writer, 'owner_changed', { of, rowId: leadId, which: `${onOwnerChange} = 'end'` })
  const given = `${of} and ${live} and ${onOwnerChange} = 'reassign'`
  const owner = '(select owner_id from lead where lead.id = ?)'
  run(
    writer,
    `update reminder set user_id = ${owner}, updated_at = ${at}
     where plan_id in (select id from plan where ${given})
       and status in ('pending', 'snoozed') and deleted_at is null`,
    leadId,
  )
  run(writer, `update plan set user_id = ${owner}, updated_at = ${at} where ${given}`, leadId)
}

// The trash --------------------------------------------------------------------------------------

/** What of a plan its restored lead or contact brings back. */
const restedColumns = ['state', 'step_id', 'position', 'paused_at', 'paused_until', 'remaining']

/** Keeps in the plan where it was. */
function rest(writer: Writer, of: string, rowId: string): void {
  const stepOf = (column: string) =>
    `(select plan_step.${column} from plan_step where plan_step.plan_id = plan.id and plan_step.step_id = plan.step_id
      and plan_step.state in ('open', 'queued'))`
  const reminderOf = (column: string) =>
    `(select reminder.${column} from reminder where reminder.plan_id = plan.id and reminder.status in ('pending', 'snoozed'))`
  const kept = restedColumns.map((column) => `'${column}', plan.${column}`).join(', ')
  // Its e-mail was withdrawn: the step that waited for it is due again.
  const isQueued = `plan.state = 'in_progress' and ${stepOf('state')} = 'queued'`
  run(
    writer,
    `update plan set rested = json_object(${kept},
       'next_step_due_at', iif(${isQueued}, ${stepOf('due_at')}, plan.next_step_due_at),
       'wake_at', iif(${isQueued}, ${stepOf('due_at')}, plan.wake_at),
       'step', ${stepOf('id')}, 'reminder', ${reminderOf('id')}, 'reminder_status', ${reminderOf('status')})
     where ${of} and ${live}`,
    rowId,
  )
}

function bringBack(writer: Writer, of: string, rowId: string): void {
  const rested = `${of} and plan.rested is not null`
  const idsOf = (key: string) => `(select plan.rested ->> '$.${key}' from plan where ${rested})`
  run(
    writer,
    `update plan_step set state = 'open', updated_at = ${at} where id in ${idsOf('step')}`,
    rowId,
  )
  run(
    writer,
    `update reminder set updated_at = ${at}, status = (
       select plan.rested ->> '$.reminder_status' from plan where plan.id = reminder.plan_id)
     where id in ${idsOf('reminder')}`,
    rowId,
  )
  run(
    writer,
    `update plan set ${restedColumns.map((column) => `${column} = rested ->> '$.${column}'`).join(', ')},
       next_step_due_at = rested ->> '$.next_step_due_at', wake_at = rested ->> '$.wake_at',
       ending = null, ended_at = null, rested = null, updated_at = ${at}
     where ${rested}`,
    rowId,
  )
}
