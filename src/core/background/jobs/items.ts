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
  /** Its number in its table. */
  seq: number
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

/** What is due and was not announced yet. */
export interface UnnotifiedItem extends Item {
  /** 1 where a reminder comes up at the very instant and says it already. */
  is_said: 0 | 1
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

/** So many are read before the thread may be given back. */
const pageLength = 25

/** When it is over for somebody in this zone: a whole day at its end, anything else at its instant. */
export const overAt = ({ at, day }: Pick<Item, 'at' | 'day'>, zone: string): number =>
  day === null ? at : endOfDay(day, zone)

/** A whole day ends at most this long after its instant, wherever it was planned and is looked at. */
const longestDay = 54 * 3_600_000

export type Items = ReturnType<typeof createItems>

export function createItems({ database }: Kernel) {
  const selectOf = (kind: SubjectKind, column: string, further = '') =>
    `select '${kind}' as kind, ${kind}.id, ${kind}.seq, ${kind}.${column} as at, ${sources[kind].select}${further}
     from ${kind} ${sources[kind].joins}`

  const read = (kind: SubjectKind, column: string, rest: string, ...parameters: SqlValue[]) =>
    database.all<Item>(`${selectOf(kind, column)} where ${rest}`, ...parameters)

  const isSaid = (kind: SubjectKind) =>
    kind === 'reminder'
      ? '0'
      : `exists (select 1 from reminder where ${kind}_id = ${kind}.id and status in ('pending', 'snoozed')
           and deleted_at is null and coalesce(snoozed_until, remind_at) = ${kind}.notify_at)`

  /** All of a kind from an instant (inclusive) to another one (exclusive), soonest first, page by page. */
  function* pages(kind: SubjectKind, column: string, from: number, to: number): Generator<Item[]> {
    const at = `${kind}.${column}`
    const { rest = '' } = sources[kind]
    let after = { at: from, seq: 0 }
    for (;;) {
      // A plus, so that the statement is not planned again for each page.
      const items = read(
        kind,
        column,
        `${at} < +? and (${at}, ${kind}.seq) > (+?, +?)${rest} order by ${at}, ${kind}.seq limit +?`,
        ...[to, after.at, after.seq, pageLength],
      )
      yield items
      const last = items.at(-1)
      if (!last || items.length < pageLength) return
      after = last
    }
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
    /** Of what is due and nobody has been notified of yet, the latest first; of each kind at most so many, page by page. */
    *unnotified(now: number, limit: number): Generator<UnnotifiedItem[]> {
      for (const kind of itemKinds) {
        const at = `${kind}.notify_at`
        let before = { at: now, seq: Number.MAX_SAFE_INTEGER }
        for (let left = limit; left > 0; left -= pageLength) {
          const items = database.all<UnnotifiedItem>(
            `${selectOf(kind, 'notify_at', `, ${isSaid(kind)} as is_said`)}
             where ${at} <= +? and (${at}, ${kind}.seq) <= (+?, +?) order by ${at} desc, ${kind}.seq desc limit +?`,
            ...[before.at, before.at, before.seq, Math.min(left, pageLength)],
          )
          yield items
          const last = items.at(-1)
          if (!last || items.length < pageLength) break
          before = { at: last.at, seq: last.seq - 1 }
        }
      }
    },
    hasUnnotified: (now: number): boolean =>
      itemKinds.some(
        (kind) =>
          database.get(`select 1 from ${kind} where notify_at <= ? limit 1`, now) !== undefined,
      ),
    /** Open and due at a time of day from `from` (inclusive) to `to` (exclusive), page by page. */
    *timed(kinds: readonly SubjectKind[], from: number, to: number): Generator<Item[]> {
      for (const kind of kinds)
        for (const items of pages(kind, sources[kind].due, from, to))
          yield items.filter(({ day }) => day === null)
    },
    /** Open and over for those concerned since `from` (inclusive), before `to` (exclusive), page by page. */
    *over(from: number, to: number, zoneOf: (userId: string) => string): Generator<Item[]> {
      for (const kind of itemKinds) {
        const { due, day } = sources[kind]
        const margin = day === undefined ? 0 : longestDay
        for (const items of pages(kind, due, from - margin, to + margin))
          yield items.filter((item) => {
            if (item.day === null) return item.at >= from && item.at < to
            const end = overAt(item, item.user_id === null ? 'UTC' : zoneOf(item.user_id))
            return end >= from && end < to
          })
      }
    },
    /** Of one person, open and due from `from` (inclusive) to `to` (exclusive) as seen from a zone, soonest first. */
    openOf: (userId: string, from: number, to: number, zone: string): Item[] =>
      itemKinds
        .flatMap((kind) => {
          const { due, person, rest = '' } = sources[kind]
          const { sql, parameters } = within(kind, { from, before: to }, zone)
          const of = (whose: string) =>
            read(
              kind,
              due,
              // Alike for everybody: planned once, not for each person.
              `${whose}${rest} and ${sql} order by ${kind}.${due}`.replaceAll('?', '+?'),
              ...[userId, ...parameters],
            )
          // What is nobody's is for whoever made it.
          return [
            ...of(`${kind}.${person} = ?`),
            ...of(`${kind}.${person} is null and ${kind}.created_by = ?`),
          ]
        })
        .filter((item) => item.user_id === userId)
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
              `select count(*) from ${kind} where ${kind}.${person} = ? and ${sql}${rest ?? ''}`.replaceAll(
                '?',
                '+?',
              ),
              userId,
              ...parameters,
            ),
          )
        )
      }, 0),
  }
}
