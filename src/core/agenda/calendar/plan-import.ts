/** Decides what becomes of each thing in a calendar file, before anything is written. */

import type { AgendaKind } from '../../../contract/agenda/today'
import { asciiAddress } from '../../../contract/kernel/addresses'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Json } from '../../kernel/database/columns'
import type { Database } from '../../kernel/database/database'
import { fromJson, toInstant } from '../../kernel/database/rows'
import { textOfRule } from '../../kernel/time/rrule'
import { dateIn } from '../../kernel/time/zone'
import type { ActivityPatch, NewActivity } from '../../timeline/activities/activities'
import { activityDay } from '../../timeline/activities/activities'
import { minutesBefore, type ReminderRow } from '../reminders/reminders'
import type { TaskRow } from '../tasks/tasks'
import { ownIdOf, writtenText } from './collect-events'
import type { FoundLinks, LinkFinder } from './find-links'
import { createReminderPlanner } from './plan-reminder'
import { createTaskPlanner } from './plan-task'
import {
  atSecond,
  type Dropped,
  type ItemRow,
  isOlder,
  type KnownCandidate,
  type Planned,
} from './planned'
import { type Candidate, type EventCandidate, keyOf, type ReadCalendar } from './read-calendar'
import { type Attendee, mostAlarms, titleIn } from './read-item'
import { daysOf } from './write-calendar'

interface ActivityRow {
  id: string
  category: string
  type: string
  subject: string | null
  description: string | null
  location: string | null
  scheduled_at: number | null
  due_at: number | null
  occurred_at: number | null
  completed_at: number | null
  duration_minutes: number | null
  zone: string | null
  all_day: number
  metadata: Json<Record<string, unknown>>
  created_at: number
  updated_at: number
  deleted_at: number | null
}

export interface CalendarImportNeeds {
  database: Database
  /** Whether the actor may change this activity. */
  mayChange(actor: Actor, activityId: string): boolean
  taskOf(id: string): TaskRow | undefined
  /** Whether the actor may change this task. */
  mayChangeTask(actor: Actor, taskId: string): boolean
  reminderOf(id: string): ReminderRow | undefined
  mayChangeReminder(actor: Actor, reminderId: string): boolean
  links: LinkFinder
  /** Which contacts the actor sees; undefined where that is all. */
  contactScope: Clause | undefined
  isOutcome(name: string): boolean
  isActivityType(name: string): boolean
  now: number
  /** Where the span ends for which series are written out. */
  until: number
}

export function planImport(actor: Actor, read: ReadCalendar, needs: CalendarImportNeeds) {
  const { database, now } = needs
  const findItem = (uid: string, recurrenceId: string) =>
    database.get<ItemRow>(
      `select * from calendar_item where user_id = ? and uid = ? and recurrence_id = ? and state = 'imported'`,
      actor.userId,
      uid,
      recurrenceId,
    )
  const findActivity = (id: string) =>
    database.get<ActivityRow>('select * from activity where id = ?', id)
  const planTask = createTaskPlanner(actor, needs)
  const planReminder = createReminderPlanner(actor, needs)
  const { links, contactScope } = needs
  const contacts = new Map<string, string | undefined>()

  /** The first of the people in an event who is a contact that the actor sees; colleagues are none. */
  function contactOf(people: readonly Attendee[]): string | null {
    for (const { email } of people) {
      const key = asciiAddress(email).toLowerCase()
      if (!contacts.has(key))
        contacts.set(
          key,
          database.value<string>(
            `select id from contact where email = ? collate nocase and deleted_at is null
               and not exists (select 1 from user where user.email = contact.email collate nocase)
               ${contactScope ? `and ${contactScope.sql}` : ''}
             order by seq limit 1`,
            key,
            ...(contactScope?.parameters ?? []),
          ),
        )
      const found = contacts.get(key)
      if (found) return found
    }
    return null
  }

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
      return {
        candidate,
        outcome: 'unchanged',
        reason: `it is ${here === 'activity' ? 'an' : 'a'} ${here} here`,
        change: undefined,
      }
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

  function planEvent(
    candidate: EventCandidate,
    known: ItemRow | undefined,
    activity: ActivityRow | undefined,
  ): Planned {
    const { item } = candidate
    const as = (
      outcome: Planned['outcome'],
      reason: string | null = null,
      change?: Planned['change'],
    ) => ({ candidate, outcome, reason, change })
    if (!activity) {
      if (item.cancelled) return as('skipped', 'it is cancelled')
      const found = links.linksOf(item.extra)
      return as('new', found.reason, {
        type: 'create',
        activity: newActivity(candidate, found.links),
      })
    }
    if (activity.deleted_at !== null) return as('skipped', 'it was deleted here')
    if (!needs.mayChange(actor, activity.id) || activity.category !== 'manual')
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
    return standing.slice(0, mostAlarms).join() === item.alarms.join() ? undefined : item.alarms
  }

  function newActivity(candidate: EventCandidate, found: FoundLinks['links']): NewActivity {
    const { item } = candidate
    const { extra } = item
    const { scheduledAt, ...fields } = fieldsOf(candidate)
    const end = candidate.start.instant + fields.durationMinutes * minute
    // What neither begins nor is due at any time has happened, whatever else is said of it.
    const isPlanned = extra.startsAt !== 'occurred' || extra.dueAt !== null
    const isDone = !isPlanned || (extra.done ?? end <= now)
    const occurredAt = Math.min(extra.occurredAt ?? candidate.start.instant, now)
    return {
      ...fields,
      ...(extra.startsAt === null && { scheduledAt }),
      ...(extra.startsAt === 'due' && { dueAt: scheduledAt }),
      ...(extra.startsAt === null && extra.dueAt !== null && { dueAt: toInstant(extra.dueAt) }),
      ...(extra.untimed && { durationMinutes: null }),
      category: 'manual',
      type: extra.type && needs.isActivityType(extra.type) ? extra.type : 'meeting',
      ...(extra.outcome && needs.isOutcome(extra.outcome) && { outcome: extra.outcome }),
      ...(extra.direction && { direction: extra.direction }),
      ...(extra.hidden && seesAll(actor) && { visibleToRep: false }),
      userId: links.userOf(extra),
      metadata: metadataOf(candidate),
      contactId: contactOf([...item.attendees, ...(item.organizer ? [item.organizer] : [])]),
      ...found,
      ...(isDone ? { occurredAt: toInstant(occurredAt) } : { reminderMinutes: item.alarms }),
    }
  }

  function differences(candidate: EventCandidate, row: ActivityRow): ActivityPatch {
    const fields = fieldsOf(candidate)
    const patch: ActivityPatch = {}
    if (fields.subject !== row.subject) patch.subject = fields.subject
    if (fields.description !== writtenText(row.description)) patch.description = fields.description
    if (fields.location !== row.location) patch.location = fields.location
    if (isElsewhen(candidate, row)) {
      if (row.scheduled_at === null && row.due_at !== null) patch.dueAt = fields.scheduledAt
      else if (row.scheduled_at !== null) patch.scheduledAt = fields.scheduledAt
      else patch.occurredAt = toInstant(Math.min(candidate.start.instant, now))
      if (row.occurred_at !== null && row.occurred_at === row.scheduled_at)
        patch.occurredAt = toInstant(Math.min(candidate.start.instant, now))
    }
    if (fields.durationMinutes !== writtenMinutes(row))
      patch.durationMinutes = fields.durationMinutes
    if (fields.allDay !== (row.all_day === 1)) patch.allDay = fields.allDay
    // A whole day begins in the zone of whoever takes it in: that is no news.
    if (!fields.allDay && fields.zone !== row.zone && row.zone !== null) patch.zone = fields.zone
    const metadata = fromJson(row.metadata)
    const { calendar } = metadataOf(candidate)
    if (calendar !== undefined && JSON.stringify(metadata.calendar) !== JSON.stringify(calendar))
      patch.metadata = { ...metadata, calendar }
    return patch
  }

  /** Later occurrences that are here, and that the file's series, a newer one, has no more. */
  function dropped(): Dropped[] {
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
          actor.userId,
          uid,
          sequence,
          now,
          needs.until,
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
export const versionOf = ({ raw, hash, recurrenceId }: KnownCandidate) =>
  recurrenceId ? `sha256:${hash}` : raw()

/** Whether it begins at another time; of whole days, on another day, wherever each of the two is looked at. */
function isElsewhen({ start }: EventCandidate, row: ActivityRow): boolean {
  const at = row.scheduled_at ?? row.due_at ?? row.occurred_at
  if (at === null) return true
  if (!start.isDate || row.all_day !== 1) return start.instant !== atSecond(at)
  return dateIn(start.instant, start.zone) !== dateIn(at, row.zone ?? start.zone)
}

/** How long it lasts in a calendar. */
const writtenMinutes = ({ all_day, duration_minutes: minutes }: ActivityRow): number =>
  all_day === 1 ? daysOf(minutes ?? 0) * 24 * 60 : (minutes ?? 0)

const minute = 60_000
const longestSubject = 255

function fieldsOf({ item, start }: EventCandidate) {
  const isLong = item.summary.length > longestSubject
  const summary = titleIn(item)
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

function metadataOf({ item }: EventCandidate): { calendar?: Record<string, unknown> } {
  const calendar = {
    ...(item.organizer && { organizer: item.organizer }),
    ...(item.attendees.length > 0 && { attendees: item.attendees }),
    ...(item.categories.length > 0 && { categories: item.categories }),
    ...(item.url && { url: item.url }),
    ...(item.status && { status: item.status }),
    ...(item.rules.length > 0 && { recurrence: item.rules.map(textOfRule).join(' ') }),
  }
  return Object.keys(calendar).length > 0 ? { calendar } : {}
}

function isNewer(one: Candidate, other: Candidate): boolean {
  if (one.item.sequence !== other.item.sequence) return one.item.sequence > other.item.sequence
  return (one.item.modifiedAt ?? 0) > (other.item.modifiedAt ?? 0)
}
