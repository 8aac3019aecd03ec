/** Decides what becomes of each thing in a calendar file, before anything is written. */

import type { ActivityPatch, NewActivity } from '../activities/activities'
import type { Actor } from '../kernel/actor'
import type { Database } from '../kernel/database'
import { toInstant } from '../kernel/rows'
import { dateIn } from '../kernel/zone'
import { minutesBefore } from '../reminders/reminders'
import type { TaskRow } from '../tasks/tasks'
import { ownIdOf } from './collect-events'
import { createTaskPlanner } from './plan-task'
import { type Dropped, type ItemRow, isOlder, type Planned } from './planned'
import { type Candidate, type EventCandidate, keyOf, type ReadCalendar } from './read-calendar'
import type { Attendee } from './read-item'

interface ActivityRow {
  id: string
  category: string
  type: string
  subject: string | null
  description: string | null
  location: string | null
  scheduled_at: number | null
  occurred_at: number | null
  completed_at: number | null
  duration_minutes: number | null
  zone: string | null
  all_day: number
  metadata: string
  created_at: number
  updated_at: number
  deleted_at: number | null
}

export interface PlanSurroundings {
  database: Database
  /** Whether the actor may change this activity. */
  mayChange(actor: Actor, activityId: string): boolean
  taskOf(id: string): TaskRow
  /** Whether the actor may change this task. */
  mayChangeTask(actor: Actor, taskId: string): boolean
  isActivityType(name: string): boolean
  now: number
  /** Where the span ends for which series are written out. */
  until: number
}

export function planImport(actor: Actor, read: ReadCalendar, surroundings: PlanSurroundings) {
  const { database, now } = surroundings
  const findItem = (uid: string, recurrenceId: string) =>
    database.get<ItemRow>(
      `select * from calendar_item where user_id = ? and uid = ? and recurrence_id = ? and state = 'imported'`,
      actor.userId,
      uid,
      recurrenceId,
    )
  const findActivity = (id: string) =>
    database.get<ActivityRow>('select * from activity where id = ?', id)
  const planTask = createTaskPlanner(actor, surroundings)
  const contacts = new Map<string, string | undefined>()

  /** The first of the people in an event who is a contact; colleagues are none. */
  function contactOf(people: readonly Attendee[]): string | null {
    for (const { email } of people) {
      const key = email.toLowerCase()
      if (!contacts.has(key))
        contacts.set(
          key,
          database.value<string>(
            `select id from contact where email = ? collate nocase and deleted_at is null
               and not exists (select 1 from user where user.email = contact.email collate nocase)
             order by seq limit 1`,
            email,
          ),
        )
      const found = contacts.get(key)
      if (found) return found
    }
    return null
  }

  function plan(candidate: Candidate): Planned {
    const { uid, recurrenceId } = candidate
    return candidate.kind === 'task'
      ? planTask(candidate, findItem(uid, recurrenceId))
      : planEvent(candidate)
  }

  function planEvent(candidate: EventCandidate): Planned {
    const { item, uid, recurrenceId } = candidate
    const as = (
      outcome: Planned['outcome'],
      reason: string | null = null,
      change?: Planned['change'],
    ) => ({ candidate, outcome, reason, change })
    const known = findItem(uid, recurrenceId)
    const own = known ? undefined : ownIdOf(uid)
    if (
      own &&
      own.kind !== 'activity' &&
      database.get(`select 1 from ${own.kind} where id = ?`, own.id)
    )
      return as('unchanged', `it is a ${own.kind} of this database`)
    const activity = findActivity(known?.activity_id ?? (own?.kind === 'activity' ? own.id : ''))
    if (!activity) {
      if (item.cancelled) return as('skipped', 'it is cancelled')
      return as('new', null, { type: 'create', activity: newActivity(candidate) })
    }
    if (activity.deleted_at !== null) return as('skipped', 'it was deleted here')
    if (!surroundings.mayChange(actor, activity.id) || activity.category !== 'manual')
      return as('skipped', 'it may not be changed')
    if (isOlder(candidate, known, activity)) return as('unchanged', 'what is here is newer')
    if (item.cancelled)
      return as('cancelled', null, { type: 'trash', activityId: activity.id, itemId: known?.id })
    if (known && known.raw === versionOf(candidate)) return as('unchanged')
    const patch = differences(candidate, activity)
    const alarms = changedAlarms(candidate, activity)
    if (Object.keys(patch).length === 0 && !alarms) return as('unchanged')
    return as('updated', null, {
      type: 'update',
      activityId: activity.id,
      patch,
      alarms,
      itemId: known?.id,
    })
  }

  /** The reminders that the file wants; undefined where they are as they were, or it is over. */
  function changedAlarms({ item }: EventCandidate, row: ActivityRow): number[] | undefined {
    if (row.occurred_at !== null || row.completed_at !== null) return undefined
    const standing = minutesBefore(database, { activityId: row.id })
    return standing.join() === item.alarms.join() ? undefined : item.alarms
  }

  function newActivity(candidate: EventCandidate): NewActivity {
    const { item } = candidate
    const fields = fieldsOf(candidate)
    const { scheduledAt } = fields
    const end = candidate.start.instant + fields.durationMinutes * minute
    const isDone = item.extra.done ?? end <= now
    return {
      ...fields,
      category: 'manual',
      type:
        item.extra.type && surroundings.isActivityType(item.extra.type)
          ? item.extra.type
          : 'meeting',
      metadata: metadataOf(candidate),
      contactId: contactOf([...item.attendees, ...(item.organizer ? [item.organizer] : [])]),
      ...(isDone ? { occurredAt: scheduledAt } : { reminderMinutes: item.alarms }),
    }
  }

  function differences(candidate: EventCandidate, row: ActivityRow): ActivityPatch {
    const fields = fieldsOf(candidate)
    const patch: ActivityPatch = {}
    if (fields.subject !== row.subject) patch.subject = fields.subject
    if (fields.description !== row.description) patch.description = fields.description
    if (fields.location !== row.location) patch.location = fields.location
    if (isElsewhen(candidate, row)) {
      patch.scheduledAt = fields.scheduledAt
      if (row.occurred_at !== null && row.occurred_at === row.scheduled_at)
        patch.occurredAt = fields.scheduledAt
    }
    if (fields.durationMinutes !== (row.duration_minutes ?? 0))
      patch.durationMinutes = fields.durationMinutes
    if (fields.allDay !== (row.all_day === 1)) patch.allDay = fields.allDay
    // A whole day begins in the zone of whoever takes it in: that is no news.
    if (!fields.allDay && fields.zone !== row.zone && row.zone !== null) patch.zone = fields.zone
    const metadata: Record<string, unknown> = JSON.parse(row.metadata)
    const { calendar } = metadataOf(candidate)
    if (calendar !== undefined && JSON.stringify(metadata.calendar) !== JSON.stringify(calendar))
      patch.metadata = { ...metadata, calendar }
    return patch
  }

  /** Later occurrences that are here, and that the file's series, a newer one, has no more. */
  function dropped(): Dropped[] {
    return [...read.series].flatMap(([uid, { sequence, recurrenceIds }]) =>
      database
        .all<{ recurrence_id: string; id: string; subject: string | null; scheduled_at: number }>(
          `select item.recurrence_id, activity.id, activity.subject, activity.scheduled_at
           from calendar_item item join activity on activity.id = item.activity_id
           where item.user_id = ? and item.uid = ? and item.recurrence_id <> ''
             and item.state = 'imported' and activity.deleted_at is null
             and item.sequence <= ? and activity.occurred_at is null
             and activity.scheduled_at >= ? and activity.scheduled_at < ?`,
          actor.userId,
          uid,
          sequence,
          now,
          surroundings.until,
        )
        .filter(({ recurrence_id }) => !recurrenceIds.has(recurrence_id))
        .map((row) => ({
          uid,
          recurrenceId: row.recurrence_id,
          activityId: row.id,
          summary: row.subject ?? '',
          start: row.scheduled_at,
        })),
    )
  }

  const newest = new Map<string, Candidate>()
  const planned: Planned[] = []
  for (const candidate of read.candidates) {
    const key = keyOf(candidate)
    const other = newest.get(key)
    if (!other || isNewer(candidate, other)) newest.set(key, candidate)
  }
  for (const candidate of read.candidates)
    planned.push(
      newest.get(keyOf(candidate)) === candidate
        ? plan(candidate)
        : {
            candidate,
            outcome: 'duplicate',
            reason: 'it stands in the file twice',
            change: undefined,
          },
    )
  return { planned, dropped: dropped() }
}

/** How the version of an event is kept: its text, of an occurrence only the text's hash. */
export const versionOf = ({ raw, hash, recurrenceId }: Candidate) =>
  recurrenceId ? `sha256:${hash}` : raw

/** Whether it begins at another time; of whole days, on another day, wherever each of the two is looked at. */
function isElsewhen({ start }: EventCandidate, row: ActivityRow): boolean {
  if (!start.isDate || row.all_day !== 1 || row.scheduled_at === null)
    return start.instant !== row.scheduled_at
  return dateIn(start.instant, start.zone) !== dateIn(row.scheduled_at, row.zone ?? start.zone)
}

const minute = 60_000
const longestSubject = 255

function fieldsOf({ item, start }: EventCandidate) {
  const isLong = item.summary.length > longestSubject
  const summary = item.summary.replace(/\s+/g, ' ')
  return {
    subject:
      item.extra.untitled || !summary
        ? null
        : isLong
          ? `${summary.slice(0, longestSubject - 1)}…`
          : summary,
    description: isLong
      ? `${item.summary}${item.description ? `\n\n${item.description}` : ''}`
      : item.description,
    location: item.location,
    scheduledAt: toInstant(start.instant),
    durationMinutes: item.durationMinutes,
    allDay: start.isDate,
    zone: start.zone,
  }
}

function metadataOf({ item }: Candidate): { calendar?: Record<string, unknown> } {
  const calendar = {
    ...(item.organizer && { organizer: item.organizer }),
    ...(item.attendees.length > 0 && { attendees: item.attendees }),
    ...(item.categories.length > 0 && { categories: item.categories }),
    ...(item.url && { url: item.url }),
    ...(item.status && { status: item.status }),
    ...(item.rules.length > 0 && { recurrence: item.rules.map(String).join(' ') }),
  }
  return Object.keys(calendar).length > 0 ? { calendar } : {}
}

function isNewer(one: Candidate, other: Candidate): boolean {
  if (one.item.sequence !== other.item.sequence) return one.item.sequence > other.item.sequence
  return (one.item.modifiedAt ?? 0) > (other.item.modifiedAt ?? 0)
}
