/**
 * Triggers that keep reminders with what they are for, whoever changes it: those with an offset move
 * along with their activity or task, and end and come back with it.
 */

const at = `(select coalesce(session.at, cast(unixepoch('subsec') * 1000 as integer)) from session where id = 1)`
const hour = 3_600_000

/** What the offset counts from; of a whole day 9:00, so that nobody is woken at midnight. */
export const startOf = {
  activity: (row: string) => `(${row}.planned_at + ${row}.all_day * ${9 * hour})`,
  /** A day is due at its last minute. */
  task: (row: string) =>
    `(${row}.due_at - (length(${row}.wall_time) = 10) * ${15 * hour - 60_000})`,
} as const
type Subject = keyof typeof startOf

/** Columns whose change may move the start. */
const timeColumns = {
  activity: 'scheduled_at, due_at, all_day',
  task: 'due_at, wall_time',
} as const

const isOpen = {
  activity: (row: string) => `(${row}.completed_at is null and ${row}.occurred_at is null)`,
  task: (row: string) => `(${row}.status in ('pending', 'in_progress'))`,
} as const
const openColumns = { activity: 'completed_at, occurred_at', task: 'status' } as const
const personColumn = { activity: 'user_id', task: 'assignee_id' } as const

const wallTimeOf = (instant: string) => `strftime('%Y-%m-%dT%H:%M', ${instant} / 1000, 'unixepoch')`

function followTriggers(subject: Subject): string[] {
  const start = startOf[subject]('new')
  const next = `(${start} - offset_minutes * 60000)`
  // A reminder that was dismissed for the old time comes up at the new one; what was done stays done.
  const isHeardTooEarly = `(status = 'dismissed' and completed_at < ${next})`
  return [
    `create trigger reminder_moves_with_${subject} after update of ${timeColumns[subject]} on ${subject}
      when ${start} is not null and ${start} is not ${startOf[subject]('old')} begin
      update reminder set
        status = case when status = 'snoozed' or ${isHeardTooEarly} then 'pending' else status end,
        snoozed_until = case when status = 'snoozed' then null else snoozed_until end,
        completed_by = case when ${isHeardTooEarly} then null else completed_by end,
        completed_at = case when ${isHeardTooEarly} then null else completed_at end,
        remind_at = ${next}, wall_time = ${wallTimeOf(next)}, zone = 'UTC', updated_at = ${at}
      where ${subject}_id = new.id and offset_minutes is not null and remind_at is not ${next}; end`,
    `create trigger reminder_ends_with_${subject} after update of ${openColumns[subject]} on ${subject}
      when ${isOpen[subject]('old')} and not ${isOpen[subject]('new')} begin
      update reminder set status = 'completed', completed_at = ${at}, completed_by = null, updated_at = ${at}
      where ${subject}_id = new.id and status in ('pending', 'snoozed'); end`,
    // Nobody completed these: they ended with their activity or task.
    `create trigger reminder_returns_with_${subject} after update of ${openColumns[subject]} on ${subject}
      when not ${isOpen[subject]('old')} and ${isOpen[subject]('new')} begin
      update reminder set status = iif(snoozed_until is null, 'pending', 'snoozed'), completed_at = null, updated_at = ${at}
      where ${subject}_id = new.id and status = 'completed' and completed_by is null; end`,
    `create trigger reminder_given_with_${subject} after update of ${personColumn[subject]} on ${subject}
      when old.${personColumn[subject]} is not new.${personColumn[subject]} and new.${personColumn[subject]} is not null begin
      update reminder set user_id = new.${personColumn[subject]}, updated_at = ${at}
      where ${subject}_id = new.id and user_id is old.${personColumn[subject]}; end`,
  ]
}

/** SQL that creates them. */
export const reminderTriggers = (): string[] => [
  ...followTriggers('activity'),
  ...followTriggers('task'),
]
