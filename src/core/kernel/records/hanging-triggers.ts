/**
 * Triggers by which what hangs on a record stays with it, whoever changes the record and through which
 * door: its open work and its quotes rest in the trash with it and come back with it, and its open work
 * goes to a new owner with it.
 */
import { type HangingTable, heldBy, holderIsTrashed, holders, trashedAt } from './hangs-on'

const at = `(select coalesce(session.at, cast(unixepoch('subsec') * 1000 as integer)) from session where id = 1)`
const notQuiet = `(select quiet from session where id = 1) is not 1`
const workGoesAlong = `(select keeps_work from session where id = 1) is not 1`

type Work = Exclude<HangingTable, 'quote'>

/** SQL of what is still to be done. What was done is history, and stays. */
export const isOpen: Record<Work, string> = {
  task: `task.status in ('pending', 'in_progress')`,
  activity: `activity.category <> 'system' and activity.completed_at is null and activity.occurred_at is null
    and coalesce(activity.scheduled_at, activity.due_at) is not null`,
  reminder: `reminder.status in ('pending', 'snoozed')`,
}
const person: Record<Work, string> = {
  task: 'assignee_id',
  activity: 'user_id',
  reminder: 'user_id',
}

/** The reminders of plans follow their plan. */
const which: Record<HangingTable, string> = {
  task: isOpen.task,
  activity: isOpen.activity,
  reminder: 'reminder.plan_id is null',
  quote: 'true',
}

/** SQL that is true of a row that is open although its holder is in the trash. */
const isLeftOut = (table: HangingTable): string =>
  `${table}.deleted_at is null and ${which[table]} and ${holderIsTrashed(table)}`

/** Whether a row is open although its holder is in the trash: so it may come back by undo or redo. */
export const leftOutSql = (table: HangingTable): string =>
  `select 1 from ${table} where id = ? and ${isLeftOut(table)}`

/** Lays such a row into the trash, to come back with its holder. */
export const restSql = (table: HangingTable): string =>
  `update ${table} set deleted_at = ${trashedAt(table)}, trashed_with = ${heldBy(table)}, updated_at = ${at}
   where id = ? and ${isLeftOut(table)}`

function restTriggers(
  holder: (typeof holders)[number] | 'task' | 'activity',
  tables: readonly HangingTable[],
) {
  const rest = tables.map(
    (
      table,
    ) => `update ${table} set deleted_at = new.deleted_at, trashed_with = new.id, updated_at = ${at}
      where ${holder}_id = new.id and ${heldBy(table)} = new.id and deleted_at is null and ${which[table]};`,
  )
  const comeBack = tables.map(
    (table) => `update ${table} set deleted_at = null, trashed_with = null, updated_at = ${at}
      where trashed_with = new.id;`,
  )
  // What it held lies in the trash by itself then.
  const letGo = tables.map(
    (table) => `update ${table} set trashed_with = null where trashed_with = old.id;`,
  )
  return [
    `create trigger hanging_rests_with_${holder} after update of deleted_at on ${holder}
      when old.deleted_at is null and new.deleted_at is not null begin ${rest.join('\n')} end`,
    `create trigger hanging_returns_with_${holder} after update of deleted_at on ${holder}
      when old.deleted_at is not null and new.deleted_at is null begin ${comeBack.join('\n')} end`,
    `create trigger hanging_outlives_${holder} after delete on ${holder} begin ${letGo.join('\n')} end`,
  ]
}

/** Only what its old owner was to do: what somebody else was given on purpose stays with them. */
function giveTriggers(holder: (typeof holders)[number]): string[] {
  const isHeld = (table: Work) => `${table}.${holder}_id = new.id and ${heldBy(table)} = new.id`
  const isReminderOf = (table: 'task' | 'activity') =>
    `reminder.${table}_id in (select ${table}.id from ${table} where ${isHeld(table)})`
  const held: Record<Work, string> = {
    task: isHeld('task'),
    activity: isHeld('activity'),
    reminder: `(${isHeld('reminder')} or ${isReminderOf('task')} or ${isReminderOf('activity')}) and reminder.plan_id is null`,
  }
  return [
    `create trigger work_given_with_${holder} after update of owner_id on ${holder}
      when ${notQuiet} and ${workGoesAlong}
        and old.owner_id is not null and new.owner_id is not null and old.owner_id <> new.owner_id begin
      ${(['task', 'activity', 'reminder'] as const)
        .map(
          // The plus: what hangs on one record is far less than what its old owner ever did.
          (table) => `update ${table} set ${person[table]} = new.owner_id, updated_at = ${at}
        where ${held[table]} and +${person[table]} = old.owner_id and ${isOpen[table]}
          and (deleted_at is null or trashed_with is not null);`,
        )
        .join('\n')} end`,
  ]
}

/** SQL that creates them. */
export const hangingTriggers = (): string[] => [
  ...restTriggers('lead', ['task', 'activity', 'reminder', 'quote']),
  ...(['customer', 'contact', 'company'] as const).flatMap((holder) =>
    restTriggers(holder, ['task', 'activity', 'reminder']),
  ),
  ...restTriggers('task', ['reminder']),
  ...restTriggers('activity', ['reminder']),
  ...holders.flatMap(giveTriggers),
]
