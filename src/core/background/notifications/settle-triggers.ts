/**
 * Triggers by which a notification counts as read once what it is about is done, put off, moved,
 * given to somebody else or gone, whoever did that and where; and is unread again when that is undone.
 * They are triggers and no reaction, as they follow derived columns, which are not in the change log,
 * and as they follow an undo, too.
 */
const at = `(select coalesce(session.at, cast(unixepoch('subsec') * 1000 as integer)) from session where id = 1)`

interface Subject {
  /** When it is due; null once it is done or gone. */
  due: string
  person: string
  /** Columns whose change may change either. */
  columns: string
}

const subjects: Record<'reminder' | 'task' | 'activity', Subject> = {
  reminder: {
    due: 'due_at',
    person: 'user_id',
    columns: 'status, remind_at, snoozed_until, deleted_at, user_id',
  },
  task: {
    due: 'open_at',
    person: 'assignee_id',
    columns: 'status, due_at, deleted_at, assignee_id',
  },
  activity: {
    due: 'open_at',
    person: 'user_id',
    columns: 'scheduled_at, due_at, completed_at, occurred_at, deleted_at, user_id',
  },
}

function settleTriggers([kind, { due, person, columns }]: [string, Subject]): string[] {
  const settle = `update notification set read_at = ${at}, settled = 1, updated_at = ${at}
      where subject_id = old.id and read_at is null`
  // Only what nobody has read, and only for the instant and the person it was about.
  const giveBack = `update notification set read_at = null, settled = 0, updated_at = ${at}
      where subject_id = new.id and settled = 1 and key = '${kind}:' || new.id || ':' || new.${due}
        and user_id = coalesce(new.${person}, new.created_by)`
  return [
    `create trigger notification_follows_${kind} after update of ${columns} on ${kind}
      when old.${due} is not new.${due} or old.${person} is not new.${person} begin
      ${settle}; ${giveBack}; end`,
    `create trigger notification_outlives_${kind} after delete on ${kind} begin ${settle}; end`,
  ]
}

/** SQL that creates them. */
export const notificationTriggers = (): string[] => Object.entries(subjects).flatMap(settleTriggers)
