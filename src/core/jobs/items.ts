/** Reminders, tasks and planned activities alike: what is due when, for whom, and where it leads. */
import { DateTime } from 'luxon'
import type { SqlValue } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import type { DigestItem, RecordPlace, SubjectKind } from '../notifications/notifications'

export interface Item {
  kind: SubjectKind
  id: string
  /** Whom it concerns; null where that is nobody who is active. */
  user_id: string | null
  /** Epoch milliseconds. */
  at: number
  title: string
  /** The lead, customer, contact or company it is about. */
  about: string | null
  record_kind: string
  record_id: string
  /** 1 for what is due on a day. */
  all_day: 0 | 1
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

/** SQL of each kind: its columns of `Item` without `at`, its joins, and the column that says when it is due. */
const sources: Record<SubjectKind, { select: string; joins: string; due: string }> = {
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
      0 as all_day, reminder.plan_id is not null as is_step`,
    joins: `left join activity on activity.id = reminder.activity_id
      left join task on task.id = reminder.task_id ${joins('reminder')}`,
    due: 'due_at',
  },
  task: {
    select: `${active('coalesce(task.assignee_id, task.created_by)')} as user_id, task.title, ${about} as about,
      'task' as record_kind, task.id as record_id, length(task.wall_time) = 10 as all_day, 0 as is_step`,
    joins: joins('task'),
    due: 'open_at',
  },
  activity: {
    select: `${active('coalesce(activity.user_id, activity.created_by)')} as user_id,
      coalesce(activity.subject, ${typeLabel}, activity.type) as title, ${about} as about,
      'activity' as record_kind, activity.id as record_id, activity.all_day, 0 as is_step`,
    joins: joins('activity'),
    due: 'open_at',
  },
}

export const toDigestItem = ({ title, about, at, record_kind, record_id }: Item): DigestItem => ({
  title: about && about !== title ? `${title} (${about})` : title,
  at,
  record: recordOfItem({ record_kind, record_id }),
})

export const recordOfItem = (item: Pick<Item, 'record_kind' | 'record_id'>): RecordPlace => ({
  kind: item.record_kind,
  id: item.record_id,
})

/** “15:00” on the same day, “Mon 23 Nov, 15:00” on another; only the day for what takes it whole. */
export function timeOf(item: Pick<Item, 'at' | 'all_day'>, now: number, zone: string): string {
  const at = DateTime.fromMillis(item.at, { zone }).setLocale('en')
  const isToday = at.hasSame(DateTime.fromMillis(now, { zone }), 'day')
  if (item.all_day) return isToday ? 'today' : at.toFormat('ccc d LLL')
  return at.toFormat(isToday ? 'HH:mm' : 'ccc d LLL, HH:mm')
}

export type Items = ReturnType<typeof createItems>

export function createItems({ database }: Ground) {
  const read = (kind: SubjectKind, column: string, rest: string, ...parameters: SqlValue[]) => {
    const { select, joins } = sources[kind]
    return database.all<Item>(
      `select '${kind}' as kind, ${kind}.id, ${kind}.${column} as at, ${select}
       from ${kind} ${joins} where ${rest}`,
      ...parameters,
    )
  }

  return {
    /** Of what nobody has been told yet and is due, the latest first. */
    untold: (kind: SubjectKind, now: number, limit: number): Item[] =>
      read(
        kind,
        'notify_at',
        `${kind}.notify_at <= ? order by ${kind}.notify_at desc, ${kind}.seq desc limit ?`,
        now,
        limit,
      ),
    hasUntold: (now: number): boolean =>
      itemKinds.some(
        (kind) =>
          database.get(`select 1 from ${kind} where notify_at <= ? limit 1`, now) !== undefined,
      ),
    /** Open and due from `from` (inclusive) to `to` (exclusive), soonest first. */
    open: (from: number, to: number): Item[] =>
      itemKinds
        .flatMap((kind) => {
          const { due } = sources[kind]
          return read(
            kind,
            due,
            `${kind}.${due} >= ? and ${kind}.${due} < ? order by ${kind}.${due}`,
            from,
            to,
          )
        })
        .sort((one, other) => one.at - other.at),
    /** How many are open and due in that time for one person. */
    count: (userId: string, from: number, to: number): number =>
      Number(
        database.value(
          `select (select count(*) from reminder where user_id = ? and due_at >= ? and due_at < ?)
             + (select count(*) from task where assignee_id = ? and open_at >= ? and open_at < ?)
             + (select count(*) from activity where user_id = ? and open_at >= ? and open_at < ? and deleted_at is null)`,
          ...itemKinds.flatMap(() => [userId, from, to]),
        ),
      ),
  }
}
