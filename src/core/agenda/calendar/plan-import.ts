/** Decides what becomes of each thing in a calendar file, before anything is written. */
import type { AgendaKind } from '../../../contract/agenda/today'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Database } from '../../kernel/database/database'
import { activityDay } from '../../timeline/activities/activities'
import type { ReminderRow } from '../reminders/reminders'
import type { TaskRow } from '../tasks/tasks'
import type { LinkFinder } from './find-links'
import { ownIdOf } from './own-entries'
import { type ActivityRow, createEventPlanner } from './plan-event'
import { createReminderPlanner } from './plan-reminder'
import { createTaskPlanner } from './plan-task'
import { type Dropped, type ItemRow, type KnownCandidate, type Planned, planOf } from './planned'
import { type Candidate, keyOf, type ReadCalendar } from './read-calendar'

export interface CalendarImportNeeds {
  database: Database
  /** Whether the actor may change this activity. */
  mayChange(activityId: string): boolean
  taskOf(id: string): TaskRow | undefined
  /** Whether the actor may change this task. */
  mayChangeTask(taskId: string): boolean
  reminderOf(id: string): ReminderRow | undefined
  mayChangeReminder(reminderId: string): boolean
  links: LinkFinder
  /** Which contacts the actor sees; undefined where that is all. */
  contactScope: Clause | undefined
  isOutcome(name: string): boolean
  isActivityType(name: string): boolean
  now: number
  /** Where the span ends for which series are written out. */
  until: number
}

export function planImport(
  actor: Actor,
  read: ReadCalendar,
  needs: CalendarImportNeeds,
): { planned: Planned[]; dropped: Dropped[] } {
  const { database } = needs
  const planEvent = createEventPlanner(actor, needs)
  const planTask = createTaskPlanner(needs)
  const planReminder = createReminderPlanner(needs)
  const findItem = (uid: string, recurrenceId: string) =>
    database.get<ItemRow>(
      `select * from calendar_item where user_id = ? and uid = ? and recurrence_id = ? and state = 'imported'`,
      actor.userId,
      uid,
      recurrenceId,
    )
  const findActivity = (id: string) =>
    database.get<ActivityRow>('select * from activity where id = ?', id)

  /** What it is here: what it was when it was taken in, or when it left. */
  function kindHere(known: ItemRow | undefined, own: ReturnType<typeof ownIdOf>) {
    if (known) return known.task_id ? 'task' : known.reminder_id ? 'reminder' : 'activity'
    return own && database.get(`select 1 from ${own.kind} where id = ?`, own.id) ? own.kind : null
  }

  /** An event that Rapport wrote is what it was. */
  function as(candidate: Candidate, kind: AgendaKind | null): KnownCandidate {
    if (candidate.kind !== 'event' || kind === null || kind === 'activity') return candidate
    return { ...candidate, kind, item: { ...candidate.item, durationMinutes: 0 } }
  }

  function plan(found: Candidate): Planned {
    const { uid, recurrenceId } = found
    const known = findItem(uid, recurrenceId)
    const own = known ? undefined : ownIdOf(uid)
    const here = kindHere(known, own)
    const candidate = as(found, here ?? found.item.extra.kind)
    const kind = candidate.kind === 'event' ? 'activity' : candidate.kind
    if (here !== null && here !== kind)
      return planOf(candidate)(
        'unchanged',
        `it is ${here === 'activity' ? 'an' : 'a'} ${here} here`,
      )
    const idHere = here === null ? undefined : (known?.[`${here}_id`] ?? own?.id)
    switch (candidate.kind) {
      case 'task':
        return planTask(candidate, known, idHere ? needs.taskOf(idHere) : undefined)
      case 'reminder':
        return planReminder(candidate, known, idHere ? needs.reminderOf(idHere) : undefined)
      case 'event':
        return planEvent(candidate, known, idHere ? findActivity(idHere) : undefined)
    }
  }

  const newest = newestOf(read.candidates)
  return {
    planned: read.candidates.map((candidate) =>
      newest.get(keyOf(candidate)) === candidate
        ? plan(candidate)
        : planOf(candidate)('duplicate', 'it stands in the file twice'),
    ),
    dropped: droppedFrom(read, { ...needs, userId: actor.userId }),
  }
}

/** By UID and occurrence. */
function newestOf(candidates: readonly Candidate[]): ReadonlyMap<string, Candidate> {
  const newest = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const key = keyOf(candidate)
    const other = newest.get(key)
    if (!other || isNewer(candidate, other)) newest.set(key, candidate)
  }
  return newest
}

function isNewer(one: Candidate, other: Candidate): boolean {
  if (one.item.sequence !== other.item.sequence) return one.item.sequence > other.item.sequence
  return (one.item.modifiedAt ?? 0) > (other.item.modifiedAt ?? 0)
}

/** Later occurrences that are here, and that the file's series, a newer one, has no more. */
function droppedFrom(
  read: ReadCalendar,
  {
    database,
    userId,
    now,
    until,
  }: { database: Database; userId: string; now: number; until: number },
): Dropped[] {
  return [...read.series].flatMap(([uid, { sequence, recurrenceIds }]) =>
    database
      .all<{
        recurrence_id: string
        id: string
        subject: string | null
        scheduled_at: number
        day: string | null
      }>(
        `select item.recurrence_id, activity.id, activity.subject, activity.scheduled_at,
           ${activityDay} as day
         from calendar_item item join activity on activity.id = item.activity_id
         where item.user_id = ? and item.uid = ? and item.recurrence_id <> ''
           and item.state = 'imported' and activity.deleted_at is null
           and item.sequence <= ? and activity.occurred_at is null
           and activity.scheduled_at >= ? and activity.scheduled_at < ?`,
        userId,
        uid,
        sequence,
        now,
        until,
      )
      .filter(({ recurrence_id }) => !recurrenceIds.has(recurrence_id))
      .map((row) => ({
        uid,
        recurrenceId: row.recurrence_id,
        activityId: row.id,
        summary: row.subject ?? '',
        start: row.scheduled_at,
        day: row.day,
      })),
  )
}
