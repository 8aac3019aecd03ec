/** What of the CRM stands in a calendar: planned and past activities, tasks with a due date, reminders. */
import { DateTime } from 'luxon'
import type { AgendaKind } from '../../contract/agenda'
import type { Activities } from '../activities/activities'
import type { Actor } from '../kernel/actor'
import { seesAll } from '../kernel/authorisation'
import type { SqlValue } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import type { CalendarEvent } from './write-calendar'

export interface Wanted {
  /** The instants between which it begins; undefined: whenever. */
  from?: number
  to?: number
  ids?: readonly string[]
  kinds?: readonly AgendaKind[]
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

interface ActivityRow {
  id: string
  type: string
  subject: string | null
  description: string | null
  location: string | null
  starts_at: number
  duration_minutes: number | null
  zone: string | null
  all_day: number
  done: number
  who: string | null
  created_at: number
  updated_at: number
  uid: string | null
  recurrence_id: string | null
  item_sequence: number | null
  item_updated_at: number | null
  alarms: string | null
}
interface TaskRow {
  id: string
  title: string
  description: string | null
  due_at: number
  wall_time: string | null
  zone: string | null
  who: string | null
  created_at: number
  updated_at: number
  alarms: string | null
}
interface ReminderRow {
  id: string
  notes: string | null
  due_at: number
  zone: string
  who: string | null
  created_at: number
  updated_at: number
}

/** Where an activity stands in a calendar: as planned, else when it took place if it took time. */
const startOfActivity = `coalesce(activity.scheduled_at, activity.due_at,
  case when activity.duration_minutes > 0 then activity.occurred_at end)`
const alarmsOf = (column: string, table: string) =>
  `(select json_group_array(offset_minutes) from (select distinct offset_minutes from reminder
     where reminder.${column} = ${table}.id and offset_minutes is not null
       and reminder.deleted_at is null and reminder.status in ('pending', 'snoozed')
     order by offset_minutes))`

export function createCollector(
  { database, workspace }: Ground,
  activities: Activities,
  labelOf: (activityType: string) => string,
) {
  /** SQL that an actor's wish adds, and what it is asked with. */
  function clauses(
    table: AgendaKind,
    { from, to, ids, userId }: Wanted,
    columns: { start: string; user: string },
  ): { sql: string; parameters: SqlValue[] } {
    const parts: string[] = [`${table}.deleted_at is null`]
    const parameters: SqlValue[] = []
    const add = (sql: string, ...values: SqlValue[]) => {
      parts.push(sql)
      parameters.push(...values)
    }
    if (ids) add(`${table}.id in (select value from json_each(?))`, JSON.stringify(ids))
    if (userId) add(`${table}.${columns.user} = ?`, userId)
    if (from !== undefined) add(`${columns.start} >= ?`, from)
    if (to !== undefined) add(`${columns.start} < ?`, to)
    return { sql: parts.join(' and '), parameters }
  }

  function activityEvents(actor: Actor, wanted: Wanted): CalendarEvent[] {
    const where = clauses('activity', wanted, { start: startOfActivity, user: 'user_id' })
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
         (activity.occurred_at is not null or activity.completed_at is not null) as done,
         coalesce(contact.name, lead.title, company.name, customer.name) as who,
         activity.created_at, activity.updated_at, item.uid, item.recurrence_id,
         item.sequence as item_sequence, item.updated_at as item_updated_at,
         ${alarmsOf('activity_id', 'activity')} as alarms
       from activity
       left join contact on contact.id = activity.contact_id
       left join lead on lead.id = activity.lead_id
       left join company on company.id = activity.company_id
       left join customer on customer.id = activity.customer_id
       left join calendar_item item on item.activity_id = activity.id and item.state = 'imported'
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
      return {
        uid: row.uid ?? uidOf('activity', row.id),
        recurrenceId: row.recurrence_id ?? '',
        // Of what came from elsewhere the count goes on where it stood.
        sequence:
          row.item_sequence === null || row.item_updated_at === null
            ? sequenceOf(row)
            : row.item_sequence +
              sequenceOf({ created_at: row.item_updated_at, updated_at: row.updated_at }),
        createdAt: row.created_at,
        modifiedAt: row.updated_at,
        start: row.starts_at,
        durationMinutes: row.duration_minutes ?? 0,
        zone: row.zone ?? workspace.timezone(),
        allDay: row.all_day === 1,
        summary: row.subject ?? (row.who ? `${label}: ${row.who}` : label),
        description: row.description,
        location: row.location,
        free: false,
        alarms: JSON.parse(row.alarms ?? '[]'),
        extra: {
          'X-RAPPORT-TYPE': row.type,
          'X-RAPPORT-DONE': row.done === 1 ? 'TRUE' : 'FALSE',
          ...(row.subject === null && { 'X-RAPPORT-UNTITLED': 'TRUE' }),
        },
      }
    })
  }

  const mine = (actor: Actor, table: 'task' | 'reminder', user: string) =>
    seesAll(actor)
      ? { sql: '1', parameters: [] }
      : { sql: `${table}.${user} = ?`, parameters: [actor.userId] }

  function taskEvents(actor: Actor, wanted: Wanted): CalendarEvent[] {
    const where = clauses('task', wanted, { start: 'task.due_at', user: 'assignee_id' })
    const scope = mine(actor, 'task', 'assignee_id')
    const rows = database.all<TaskRow>(
      `select task.id, task.title, task.description, task.due_at, task.wall_time, task.zone,
         coalesce(contact.name, lead.title, company.name) as who, task.created_at, task.updated_at,
         ${alarmsOf('task_id', 'task')} as alarms
       from task
       left join contact on contact.id = task.contact_id
       left join lead on lead.id = task.lead_id
       left join company on company.id = task.company_id
       where ${where.sql} and ${scope.sql} and task.due_at is not null
         and task.status in ('pending', 'in_progress')
       order by task.due_at, task.seq limit ?`,
      ...where.parameters,
      ...scope.parameters,
      mostEvents,
    )
    return rows.map((row) => {
      const zone = row.zone ?? workspace.timezone()
      const isDay = row.wall_time !== null && !row.wall_time.includes('T')
      return {
        ...common('task', row),
        start: isDay ? DateTime.fromISO(row.wall_time ?? '', { zone }).toMillis() : row.due_at,
        durationMinutes: isDay ? 24 * 60 : minutesShown,
        zone,
        allDay: isDay,
        summary: row.who ? `${row.title} (${row.who})` : row.title,
        description: row.description,
        alarms: JSON.parse(row.alarms ?? '[]'),
      }
    })
  }

  /** Reminders of their own; those of an activity or task are its alarms. */
  function reminderEvents(actor: Actor, wanted: Wanted): CalendarEvent[] {
    const where = clauses('reminder', wanted, { start: 'reminder.due_at', user: 'user_id' })
    const scope = mine(actor, 'reminder', 'user_id')
    const rows = database.all<ReminderRow>(
      `select reminder.id, reminder.notes, reminder.due_at, reminder.zone,
         coalesce(contact.name, lead.title, company.name, customer.name) as who,
         reminder.created_at, reminder.updated_at
       from reminder
       left join contact on contact.id = reminder.contact_id
       left join lead on lead.id = reminder.lead_id
       left join company on company.id = reminder.company_id
       left join customer on customer.id = reminder.customer_id
       where ${where.sql} and ${scope.sql} and reminder.due_at is not null
         and reminder.offset_minutes is null
       order by reminder.due_at, reminder.seq limit ?`,
      ...where.parameters,
      ...scope.parameters,
      mostEvents,
    )
    return rows.map((row) => {
      const [first = '', ...rest] = (row.notes ?? '').split('\n')
      const title = first.slice(0, 200) || 'Reminder'
      return {
        ...common('reminder', row),
        start: row.due_at,
        durationMinutes: minutesShown,
        zone: row.zone,
        allDay: false,
        summary: row.who ? `${title} (${row.who})` : title,
        description: rest.length > 0 || first.length > 200 ? row.notes : null,
        alarms: [0],
      }
    })
  }

  return (actor: Actor, wanted: Wanted): CalendarEvent[] => {
    const kinds = wanted.kinds ?? ['activity', 'task', 'reminder']
    return [
      ...(kinds.includes('activity') ? activityEvents(actor, wanted) : []),
      ...(kinds.includes('task') ? taskEvents(actor, wanted) : []),
      ...(kinds.includes('reminder') ? reminderEvents(actor, wanted) : []),
    ]
      .sort((one, other) => one.start - other.start)
      .slice(0, mostEvents)
  }
}

const year = 366 * 86_400_000
/** Tasks and reminders take no time, but calendars hide what lasts no minute. */
const minutesShown = 15

const common = (kind: AgendaKind, row: { id: string; created_at: number; updated_at: number }) => ({
  uid: uidOf(kind, row.id),
  recurrenceId: '',
  sequence: sequenceOf(row),
  createdAt: row.created_at,
  modifiedAt: row.updated_at,
  location: null,
  free: true,
  extra: { 'X-RAPPORT-KIND': kind },
})
