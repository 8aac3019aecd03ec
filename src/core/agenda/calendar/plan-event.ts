/** Decides what becomes of an event of a calendar file: an activity, planned or past. */
import { dequal } from 'dequal'
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
import type { FoundLinks, LinkFinder } from './find-links'
import { writtenText } from './own-entries'
import {
  atSecond,
  changedAlarms,
  type ItemRow,
  type Planned,
  planOf,
  textsOf,
  versionOf,
  whyKept,
} from './planned'
import type { EventCandidate } from './read-calendar'
import type { Attendee } from './read-item'
import { daysOf } from './write-calendar'

export interface ActivityRow {
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

interface Needs {
  database: Database
  mayChange(activityId: string): boolean
  links: LinkFinder
  /** Which contacts the actor sees; undefined where that is all. */
  contactScope: Clause | undefined
  isOutcome(name: string): boolean
  isActivityType(name: string): boolean
  now: number
}

const minute = 60_000

/** @returns what becomes of it, given the activity that it is already */
export function createEventPlanner(
  actor: Actor,
  { database, mayChange, links, contactScope, isOutcome, isActivityType, now }: Needs,
): (
  candidate: EventCandidate,
  known: ItemRow | undefined,
  activity: ActivityRow | undefined,
) => Planned {
  const contacts = new Map<string, string | undefined>()

  return (candidate, known, activity) => {
    const { item } = candidate
    const as = planOf(candidate)
    if (!activity) {
      if (item.cancelled) return as('skipped', 'it is cancelled')
      const found = links.linksOf(item.extra)
      return as('new', found.reason, {
        type: 'create',
        activity: newActivity(candidate, found.links),
      })
    }
    const kept = whyKept(candidate, known, activity, {
      mayChange: mayChange(activity.id) && activity.category === 'manual',
    })
    if (kept) return as(...kept)
    if (item.cancelled)
      return as('cancelled', null, { type: 'trash', activityId: activity.id, itemId: known?.id })
    if (known && known.raw === versionOf(candidate)) return as('unchanged')
    const patch = differences(candidate, activity)
    const isOver = activity.occurred_at !== null || activity.completed_at !== null
    const alarms = isOver ? undefined : changedAlarms(database, { activityId: activity.id }, item)
    if (Object.keys(patch).length === 0 && !alarms) return as('unchanged')
    return as('updated', null, {
      type: 'update',
      activityId: activity.id,
      patch,
      alarms,
      itemId: known?.id,
    })
  }

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
      type: extra.type && isActivityType(extra.type) ? extra.type : 'meeting',
      ...(extra.outcome && isOutcome(extra.outcome) && { outcome: extra.outcome }),
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
    if (calendar !== undefined && !dequal(metadata.calendar, calendar))
      patch.metadata = { ...metadata, calendar }
    return patch
  }
}

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

function fieldsOf({ item, start }: EventCandidate) {
  const { title, description } = textsOf(item)
  return {
    subject: item.extra.untitled || !title ? null : title,
    description,
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
