/** Reminders, tasks and planned activities alike: what is due when, who it is for, and where it leads. */
import { Temporal } from 'temporal-polyfill'
import { taskDay } from '../../agenda/tasks/tasks'
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { dayText, timeText } from '../../kernel/time/time-text'
import { withinSpan } from '../../kernel/time/whole-days'
import { dateIn, endOfDay, zonedTime } from '../../kernel/time/zone'
import { activityDayAt } from '../../timeline/activities/activities'
import type { DigestItem, RecordPlace, SubjectKind } from '../notifications/notifications'

export interface Item {
  kind: SubjectKind
  id: string
  /** Who it concerns; null where that is nobody who is active. */
  user_id: string | null
  /** Epoch milliseconds. */
  at: number
  title: string
  /** The lead, customer, contact or company it is about. */
  about: string | null
  record_kind: string
  record_id: string
  /** The day it takes whole, the same in every zone; null where it has a time. */
  day: string | null
  /** 1 for a reminder that calls for a step of a plan. */
  is_step: 0 | 1
}

export const itemKinds = ['reminder', 'task', 'activity'] as const

const active = (id: string) =>
  `(select person.id from user person where person.id = ${id} and person.active = 1 and person.deleted_at is null)`

const about = 'coalesce(lead.title, customer.name, contact.name, company.name)'
const joins = (table: string) =>
  ['lead', 'customer', 'contact', 'company']
    .map((linked) => `left join ${linked} on ${linked}.id = ${table}.${linked}_id`)
    .join(' ')
const typeLabel = `(select label from word where list = 'activity_type' and name = activity.type)`

/** SQL of each kind: its columns of `Item` without `at`, its joins, when it is due, the day it takes whole, whose it is, and what else counts. */
const sources: Record<
  SubjectKind,
  { select: string; joins: string; due: string; day?: string; person: string; rest?: string }
> = {
  reminder: {
    select: `${active('coalesce(reminder.user_id, reminder.created_by)')} as user_id,
      coalesce(nullif(trim(reminder.notes), ''), activity.subject, ${typeLabel}, task.title, ${about}, 'Reminder') as title,
      ${about} as about,
      case when reminder.activity_id is not null then 'activity' when reminder.task_id is not null then 'task'
        when reminder.lead_id is not null then 'lead' when reminder.customer_id is not null then 'customer'
        when reminder.contact_id is not null then 'contact' when reminder.company_id is not null then 'company'
        else 'reminder' end as record_kind,
      coalesce(reminder.activity_id, reminder.task_id, reminder.lead_id, reminder.customer_id,
        reminder.contact_id, reminder.company_id, reminder.id) as record_id,
      null as day, reminder.plan_id is not null as is_step`,
    joins: `left join activity on activity.id = reminder.activity_id
      left join task on task.id = reminder.task_id ${joins('reminder')}`,
    due: 'due_at',
    person: 'user_id',
  },
  task: {
    select: `${active('coalesce(task.assignee_id, task.created_by)')} as user_id, task.title, ${about} as about,
      'task' as record_kind, task.id as record_id, ${taskDay} as day, 0 as is_step`,
    joins: joins('task'),
    due: 'open_at',
    day: taskDay,
    person: 'assignee_id',
  },
  activity: {
    select: `${active('coalesce(activity.user_id, activity.created_by)')} as user_id,
      coalesce(activity.subject, ${typeLabel}, activity.type) as title, ${about} as about,
      'activity' as record_kind, activity.id as record_id, ${activityDayAt('coalesce(activity.due_at, activity.scheduled_at)')} as day, 0 as is_step`,
    joins: joins('activity'),
    due: 'open_at',
    day: activityDayAt('activity.open_at'),
    person: 'user_id',
    rest: ' and activity.deleted_at is null',
  },
}

export const toDigestItem = ({
  title,
  about,
  at,
  day,
  record_kind,
  record_id,
}: Item): DigestItem => ({
  title: about && about !== title ? `${title} (${about})` : title,
  at,
  day,
  record: recordOfItem({ record_kind, record_id }),
})

export const recordOfItem = (item: Pick<Item, 'record_kind' | 'record_id'>): RecordPlace => ({
  kind: item.record_kind,
  id: item.record_id,
})

/** “15:00” on the same day, “Mon 23 Nov, 15:00” on another; only the day for what takes it whole. */
export function timeOf(item: Pick<Item, 'at' | 'day'>, now: number, zone: string): string {
  const today = dateIn(now, zone)
  if (item.day !== null)
    return item.day === today ? 'today' : dayText(Temporal.PlainDate.from(item.day))
  const at = zonedTime(item.at, zone)
  const isToday = at.toPlainDate().toString() === today
  return isToday ? timeText(at) : `${dayText(at)}, ${timeText(at)}`
}

/** When it is over for somebody in this zone: a whole day at its end, anything else at its instant. */
export const overAt = ({ at, day }: Pick<Item, 'at' | 'day'>, zone: string): number =>
  day === null ? at : endOfDay(day, zone)

/** A whole day ends at most this long after its instant, wherever it was planned and is looked at. */
const longestDay = 54 * 3_600_000

export type Items = ReturnType<typeof createItems>

export function createItems({ database }: Kernel) {
  const read = (kind: SubjectKind, column: string, rest: string, ...parameters: SqlValue[]) => {
    const { select, joins } = sources[kind]
    return database.all<Item>(
      `select '${kind}' as kind, ${kind}.id, ${kind}.${column} as at, ${select}
       from ${kind} ${joins} where ${rest}`,
      ...parameters,
    )
  }

  const within = (kind: SubjectKind, span: { from: number; before: number }, zone: string) => {
    const { due, day } = sources[kind]
    const clauses = withinSpan({ at: `${kind}.${due}`, day }, span, zone)
    return {
      sql: clauses.map(({ sql }) => sql).join(' and '),
      parameters: clauses.flatMap(({ parameters }) => parameters),
    }
  }

  return {
    /** Of what is due and nobody has been notified of yet, the latest first. */
    unnotified: (kind: SubjectKind, now: number, limit: number): Item[] =>
      read(
        kind,
        'notify_at',
        `${kind}.notify_at <= ? order by ${kind}.notify_at desc, ${kind}.seq desc limit ?`,
        now,
        limit,
      ),
    hasUnnotified: (now: number): boolean =>
      itemKinds.some(
        (kind) =>
          database.get(`select 1 from ${kind} where notify_at <= ? limit 1`, now) !== undefined,
      ),
    /** Open and due from `from` (inclusive) to `to` (exclusive) as seen from a zone, soonest first. */
    open: (from: number, to: number, zone: string): Item[] =>
      itemKinds
        .flatMap((kind) => {
          const { due } = sources[kind]
          const { sql, parameters } = within(kind, { from, before: to }, zone)
          return read(kind, due, `${sql} order by ${kind}.${due}`, ...parameters)
        })
        .sort((one, other) => one.at - other.at),
    /** Open and over for those concerned since `from` (inclusive), before `to` (exclusive), soonest first. */
    over: (from: number, to: number, zoneOf: (userId: string) => string): Item[] =>
      itemKinds
        .flatMap((kind) => {
          const { due, day } = sources[kind]
          const at = `${kind}.${due}`
          const timed = `${at} >= ? and ${at} < ?`
          return day === undefined
            ? read(kind, due, timed, from, to)
            : read(
                kind,
                due,
                `${timed} and (${day} is not null or ${timed})`,
                ...[from - longestDay, to + longestDay, from, to],
              )
        })
        .filter((item) => {
          const end = overAt(item, item.user_id === null ? 'UTC' : zoneOf(item.user_id))
          return end >= from && end < to
        })
        .sort((one, other) => one.at - other.at),
    /** How many are open and due before that for one person. */
    countBefore: (userId: string, before: number, zone: string): number =>
      itemKinds.reduce((sum, kind) => {
        const { sql, parameters } = within(kind, { from: 0, before }, zone)
        const { person, rest } = sources[kind]
        return (
          sum +
          Number(
            database.value(
              `select count(*) from ${kind} where ${kind}.${person} = ? and ${sql}${rest ?? ''}`,
              userId,
              ...parameters,
            ),
          )
        )
      }, 0),
  }
}
