/** What of the CRM is in a calendar: planned and past activities, tasks with a due date, reminders. */
import { DateTime } from 'luxon'
import type { AgendaKind } from '../../../contract/agenda/today'
import { cleanLine } from '../../../contract/kernel/text'
import type { Priority } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { wallTimeIn } from '../../kernel/time/wall-time'
import { withinSpan } from '../../kernel/time/whole-days'
import { knownZone } from '../../kernel/time/zone'
import type { Activities } from '../../timeline/activities/activities'
import { activityDayAt } from '../../timeline/activities/activities'
import { taskDay } from '../tasks/tasks'
import {
  type LinkKind,
  linkKinds,
  named,
  type Written,
  writtenInstant,
  writtenLinks,
} from './own-properties'
import { beforeAbout } from './read-item'
import { type CalendarEvent, clean } from './write-calendar'

export interface Wanted {
  /** The instants between which it begins; undefined: whenever. */
  from?: number
  to?: number
  ids?: readonly string[]
  kinds?: readonly AgendaKind[]
  /** Whose days a span of days means. */
  zone: string
  /** Whose; undefined: of everybody the actor may see. */
  userId?: string
}

/** No calendar takes more; a feed would grow without end. */
export const mostEvents = 10_000

/** The UID of a record of ours: permanent, and known again when it comes back in a file. */
export const uidOf = (kind: AgendaKind, id: string) => `${kind}-${id}@rapport`
export function ownIdOf(uid: string): { kind: AgendaKind; id: string } | undefined {
  const [, kind, id] = /^(activity|task|reminder)-([0-9a-f-]{36})@rapport$/.exec(uid) ?? []
  return kind && id ? { kind: kind as AgendaKind, id } : undefined
}

/** Rises with each change of a record, by seconds. */
export const sequenceOf = (row: { created_at: number; updated_at: number }) =>
  Math.max(0, Math.floor((row.updated_at - row.created_at) / 1000))

/** What every kind of row brings along. */
interface CommonRow {
  id: string
  about: string
  created_at: number
  updated_at: number
  user_id: string | null
  user_email: string | null
  uid: string | null
  recurrence_id: string | null
  item_sequence: number | null
  item_updated_at: number | null
  item_modified_at: number | null
  origin_created_at: number | null
}

interface ActivityRow extends CommonRow {
  type: string
  subject: string | null
  description: string | null
  location: string | null
  starts_at: number
  duration_minutes: number | null
  zone: string | null
  all_day: number
  scheduled_at: number | null
  due_at: number | null
  done_at: number | null
  outcome: string | null
  direction: string | null
  visible_to_rep: number
  alarms: string | null
}
interface TaskRow extends CommonRow {
  title: string
  description: string | null
  due_at: number
  wall_time: string | null
  zone: string | null
  type: string
  priority: Priority
  status: string
  recurrence: string | null
  occurrence: string | null
  alarms: string | null
}
interface ReminderRow extends CommonRow {
  notes: string | null
  due_at: number
  zone: string
  recurrence: string | null
  occurrence: string | null
}

/** Where an activity is in a calendar: as planned, else when it took place if it took time. */
const startOfActivity = `coalesce(activity.scheduled_at, activity.due_at,
  case when activity.duration_minutes > 0 then activity.occurred_at end)`
/** What an entry is about, whose it is, and what the file that brought it said of it. */
const common = (table: AgendaKind, user: string) => `
  json_object('lead', lead.title, 'contact', contact.name, 'company', company.name, 'customer', customer.name,
    'leadId', lead.id, 'contactId', contact.id, 'companyId', company.id, 'customerId', customer.id) as about,
  ${table}.created_at, ${table}.updated_at, ${table}.${user} as user_id, person.email as user_email,
  item.uid, item.recurrence_id, item.sequence as item_sequence, item.updated_at as item_updated_at,
  item.modified_at as item_modified_at, item.origin_created_at`
const joins = (table: AgendaKind, user: string) => `
  left join contact on contact.id = ${table}.contact_id
  left join lead on lead.id = ${table}.lead_id
  left join company on company.id = ${table}.company_id
  left join customer on customer.id = ${table}.customer_id
  left join user person on person.id = ${table}.${user}
  left join calendar_item item on item.${table}_id = ${table}.id and item.state = 'imported'`
const alarmsOf = (column: string, table: string) =>
  `(select json_group_array(offset_minutes) from (select distinct offset_minutes from reminder
     where reminder.${column} = ${table}.id and offset_minutes is not null
       and reminder.deleted_at is null and reminder.status in ('pending', 'snoozed')
     order by offset_minutes))`

export function createCollector(
  { database, workspace }: Kernel,
  activities: Activities,
  labelOf: (activityType: string) => string,
) {
  /** SQL that an actor's wish adds, and what it is asked with. */
  function clauses(
    table: AgendaKind,
    { from, to, zone, ids, userId }: Wanted,
    columns: { start: string; day?: string; user: string },
  ): { sql: string; parameters: SqlValue[] } {
    const parts: string[] = [`${table}.deleted_at is null`]
    const parameters: SqlValue[] = []
    const add = (sql: string, ...values: SqlValue[]) => {
      parts.push(sql)
      parameters.push(...values)
    }
    if (ids) add(`${table}.id in (select value from json_each(?))`, JSON.stringify(ids))
    if (userId) add(`${table}.${columns.user} = ?`, userId)
    for (const { sql, parameters: values } of withinSpan(
      { at: columns.start, day: columns.day },
      { from, before: to },
      zone,
    ))
      add(sql, ...values)
    return { sql: parts.join(' and '), parameters }
  }

  function activityEvents(actor: Actor, wanted: Wanted): CalendarEvent[] {
    const where = clauses('activity', wanted, {
      start: startOfActivity,
      day: activityDayAt(startOfActivity),
      user: 'user_id',
    })
    // The indexes know `at`; a plan and what became of it may lie apart, but not by years.
    const near =
      wanted.from !== undefined && wanted.to !== undefined
        ? {
            sql: 'and activity.at >= ? and activity.at < ?',
            parameters: [wanted.from - year, wanted.to + year],
          }
        : { sql: '', parameters: [] }
    const scope = activities.scoped(actor)
    const rows = database.all<ActivityRow>(
      `select activity.id, activity.type, activity.subject, activity.description, activity.location,
         ${startOfActivity} as starts_at, activity.duration_minutes, activity.zone, activity.all_day,
         activity.scheduled_at, activity.due_at, coalesce(activity.occurred_at, activity.completed_at) as done_at,
         activity.outcome, activity.direction, activity.visible_to_rep,
         ${common('activity', 'user_id')},
         ${alarmsOf('activity_id', 'activity')} as alarms
       from activity ${joins('activity', 'user_id')}
       where ${[where.sql, ...scope.map(({ sql }) => sql)].join(' and ')} ${near.sql}
         and activity.category <> 'system' and ${startOfActivity} is not null
       group by activity.id order by starts_at, activity.seq limit ?`,
      ...where.parameters,
      ...scope.flatMap(({ parameters }) => parameters),
      ...near.parameters,
      mostEvents,
    )
    return rows.map((row) => {
      const label = labelOf(row.type)
      const about = aboutOf(row.subject ?? label, row)
      const start = row.scheduled_at === null ? (row.due_at === null ? 'OCCURRED' : 'DUE') : null
      return {
        ...identityOf('activity', row),
        start: row.starts_at,
        durationMinutes: row.duration_minutes ?? 0,
        zone: knownZone(row.zone, workspace.timezone()),
        allDay: row.all_day === 1,
        summary: withAbout(row.subject ?? label, about),
        description: row.description,
        location: row.location,
        free: false,
        alarms: JSON.parse(row.alarms ?? '[]'),
        extra: {
          ...(about && { [named('about')]: about }),
          [named('type')]: row.type,
          [named('done')]: row.done_at === null ? 'FALSE' : 'TRUE',
          ...(row.subject === null && { [named('untitled')]: 'TRUE' }),
          ...(row.duration_minutes === null && { [named('untimed')]: 'TRUE' }),
          ...(start && { [named('start')]: start }),
          ...(!start && row.due_at !== null && { [named('due')]: writtenInstant(row.due_at) }),
          ...(row.done_at !== null && { [named('occurred')]: writtenInstant(row.done_at) }),
          ...(row.outcome && { [named('outcome')]: row.outcome }),
          ...(row.direction && { [named('direction')]: row.direction }),
          ...(row.visible_to_rep === 0 && { [named('hidden')]: 'TRUE' }),
          ...linksAndUser(actor, row),
        },
      }
    })
  }

  const mine = (actor: Actor, table: 'task' | 'reminder', user: string) =>
    seesAll(actor)
      ? { sql: '1', parameters: [] }
      : { sql: `${table}.${user} = ?`, parameters: [actor.userId] }

  function taskEvents(actor: Actor, wanted: Wanted): CalendarEvent[] {
    const where = clauses('task', wanted, {
      start: 'task.due_at',
      day: taskDay,
      user: 'assignee_id',
    })
    const scope = mine(actor, 'task', 'assignee_id')
    const rows = database.all<TaskRow>(
      `select task.id, task.title, task.description, task.due_at, task.wall_time, task.zone,
         task.type, task.priority, task.status, task.recurrence, task.occurrence,
         ${common('task', 'assignee_id')}, ${alarmsOf('task_id', 'task')} as alarms
       from task ${joins('task', 'assignee_id')}
       where ${where.sql} and ${scope.sql} and task.due_at is not null
         and task.status in ('pending', 'in_progress')
       order by task.due_at, task.seq limit ?`,
      ...where.parameters,
      ...scope.parameters,
      mostEvents,
    )
    return rows.map((row) => {
      const zone = knownZone(row.zone, workspace.timezone())
      const about = aboutOf(row.title, row)
      const isDay = row.wall_time !== null && !row.wall_time.includes('T')
      return {
        ...identityOf('task', row),
        location: null,
        free: true,
        start: isDay ? DateTime.fromISO(row.wall_time ?? '', { zone }).toMillis() : row.due_at,
        durationMinutes: isDay ? 24 * 60 : minutesShown,
        zone,
        allDay: isDay,
        summary: withAbout(row.title, about),
        description: row.description,
        priority: writtenPriority[row.priority],
        alarms: JSON.parse(row.alarms ?? '[]'),
        extra: {
          [named('kind')]: 'task',
          ...(about && { [named('about')]: about }),
          [named('type')]: row.type,
          [named('status')]: row.status,
          ...recurrenceOf(row, row.wall_time),
          ...linksAndUser(actor, row),
        },
      }
    })
  }

  /** Reminders of their own; those of an activity or task are its alarms. */
  function reminderEvents(actor: Actor, wanted: Wanted): CalendarEvent[] {
    const where = clauses('reminder', wanted, { start: 'reminder.due_at', user: 'user_id' })
    const scope = mine(actor, 'reminder', 'user_id')
    const rows = database.all<ReminderRow>(
      `select reminder.id, reminder.notes, reminder.due_at, reminder.zone,
         reminder.recurrence, reminder.occurrence, ${common('reminder', 'user_id')}
       from reminder ${joins('reminder', 'user_id')}
       where ${where.sql} and ${scope.sql} and reminder.due_at is not null
         and reminder.offset_minutes is null
       order by reminder.due_at, reminder.seq limit ?`,
      ...where.parameters,
      ...scope.parameters,
      mostEvents,
    )
    return rows.map((row) => {
      const notes = writtenNotes(row.notes)
      const title = cleanLine((notes ?? '').split('\n')[0]?.slice(0, 200) ?? '') || 'Reminder'
      const about = aboutOf(title, row)
      return {
        ...identityOf('reminder', row),
        location: null,
        free: true,
        start: row.due_at,
        durationMinutes: minutesShown,
        zone: row.zone,
        allDay: false,
        summary: withAbout(title, about),
        description: notes === title ? null : notes,
        alarms: [0],
        extra: {
          [named('kind')]: 'reminder',
          ...(about && { [named('about')]: about }),
          ...(notes === null && { [named('untitled')]: 'TRUE' }),
          ...recurrenceOf(row, wallTimeIn(row.due_at, row.zone)),
          ...linksAndUser(actor, row),
        },
      }
    })
  }

  return (actor: Actor, wanted: Wanted): CalendarEvent[] => {
    const kinds = wanted.kinds ?? ['activity', 'task', 'reminder']
    return (
      [
        ...(kinds.includes('activity') ? activityEvents(actor, wanted) : []),
        ...(kinds.includes('task') ? taskEvents(actor, wanted) : []),
        ...(kinds.includes('reminder') ? reminderEvents(actor, wanted) : []),
      ]
        // What begins at the same time comes in the same order from any database.
        .sort((one, other) => one.start - other.start || compare(keyOf(one), keyOf(other)))
        .slice(0, mostEvents)
    )
  }
}

const year = 366 * 86_400_000
/** Tasks and reminders take no time, but calendars hide what lasts no minute. */
const minutesShown = 15

/** The records an entry is about: the lead and its contact, else the company or customer. */
function aboutOf(title: string, { about }: { about: string }): string {
  const { lead, contact, company, customer } = JSON.parse(about) as Record<LinkKind, string | null>
  const names = lead || contact ? [lead, contact] : [company ?? customer]
  const said = title.toLocaleLowerCase()
  return [...new Set(names)]
    .filter((name) => name && !said.includes(name.toLocaleLowerCase()))
    .join(', ')
}
const withAbout = (title: string, about: string) =>
  about ? `${title}${beforeAbout}${about}` : title

const keyOf = ({ uid, recurrenceId }: CalendarEvent) => `${uid} ${recurrenceId}`
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

/** What came from a file is written again as that file had it, until it changes here. */
function identityOf(kind: AgendaKind, row: CommonRow) {
  const asIn = row.item_updated_at !== null && row.updated_at <= row.item_updated_at
  return {
    uid: row.uid ?? uidOf(kind, row.id),
    recurrenceId: row.recurrence_id ?? '',
    // The count of what came from elsewhere continues from what its file said.
    sequence:
      row.item_sequence === null || row.item_updated_at === null
        ? sequenceOf(row)
        : row.item_sequence +
          sequenceOf({ created_at: row.item_updated_at, updated_at: row.updated_at }),
    createdAt: row.origin_created_at ?? row.created_at,
    modifiedAt: (asIn ? row.item_modified_at : null) ?? row.updated_at,
  }
}

/** The records it is about, and whose it is where that is somebody else. */
function linksAndUser(actor: Actor, { about, user_id, user_email }: CommonRow): Written {
  const names = JSON.parse(about) as Record<LinkKind | `${LinkKind}Id`, string | null>
  const links = linkKinds.flatMap((kind) => {
    const id = names[`${kind}Id`]
    return id ? [[kind, { id, name: names[kind] ?? '' }] as const] : []
  })
  return {
    ...writtenLinks(Object.fromEntries(links)),
    ...(user_id !== null &&
      user_id !== actor.userId && { [named('user')]: `${user_id} ${user_email ?? ''}` }),
  }
}

const recurrenceOf = (
  { recurrence, occurrence }: { recurrence: string | null; occurrence: string | null },
  at: string | null,
): Written =>
  recurrence === null
    ? {}
    : {
        [named('recurrence')]: recurrence,
        ...(occurrence !== null && occurrence !== at && { [named('occurrence')]: occurrence }),
      }

const writtenPriority: Record<Priority, number> = { urgent: 1, high: 3, medium: 5, low: 9 }

/** Longer text as a file has it; null where there is none. */
export const writtenText = (text: string | null): string | null => (text && clean(text)) || null
/** Notes that say nothing are none. */
export const writtenNotes = (notes: string | null): string | null =>
  notes?.trim() ? writtenText(notes) : null
