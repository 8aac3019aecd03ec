/** Counts of activities by type, person and day. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Activity } from '../../../contract/timeline/activities'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { SqlValue } from '../../kernel/database/database'
import { toInstantOrNull } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { clockTolerance } from '../../kernel/time/past'
import { dateIn, endOfDay, startOfDay } from '../../kernel/time/zone'

type StatsInput = InputOf<(typeof contract)['activities']['stats']>

interface StatsRow {
  category: Activity['category']
  type: string
  user_id: string | null
  count: number
  last: number | null
}
/** SQL of when a person last did something: what is only planned, or said of the future, does not count. */
const latestOf = (userId: string, span = 'deleted_at is null'): string =>
  `(select at from activity where user_id = ${userId} and category = 'manual' and open_at is null
    and ${span} and at <= clock_now() + ${clockTolerance} order by at desc limit 1)`
const countOf = (where: string): string =>
  `select count(*) from activity indexed by activity_type where ${where}`
/** The type of rows that count a person's activities whatever their type. */
const anyType = ''
/** As many days as a chart shows well. */
const mostDaysOfTrend = 31
const dayBefore = (date: string): string =>
  new Date(Date.parse(date) - 24 * 3_600_000).toISOString().slice(0, 10)

const sumOf = (rows: StatsRow[]) => rows.reduce((sum, row) => sum + row.count, 0)

/** @param scoped what of activities an actor sees */
export function createStatistics(
  { database, clock, workspace }: Pick<Kernel, 'database' | 'clock' | 'workspace'>,
  scoped: (actor: Actor) => Clause[],
) {
  function stats(actor: Actor, input: StatsInput) {
    const zone = workspace.timezone()
    const clauses: Clause[] = [
      { sql: 'activity.deleted_at is null', parameters: [] },
      ...scoped(actor),
    ]
    if (input.from)
      clauses.push({ sql: 'activity.at >= ?', parameters: [startOfDay(input.from, zone)] })
    if (input.to) clauses.push({ sql: 'activity.at < ?', parameters: [endOfDay(input.to, zone)] })
    if (input.userId) clauses.push({ sql: 'activity.user_id = ?', parameters: [input.userId] })
    const where = clauses.map((clause) => clause.sql).join(' and ')
    const parameters: SqlValue[] = clauses.flatMap((clause) => clause.parameters)
    const counts =
      !seesAll(actor) || (input.userId && (input.from || input.to))
        ? database.all<StatsRow>(
            `select category, type, user_id, count(*) as count,
               max(iif(open_at is null and at <= clock_now() + ${clockTolerance}, at, null)) as last
             from activity where ${where} group by category, type, user_id`,
            ...parameters,
          )
        : input.from || input.to
          ? countsOfSpan(
              input.from ? startOfDay(input.from, zone) : 0,
              input.to ? endOfDay(input.to, zone) : Number.MAX_SAFE_INTEGER,
            )
          : countsOfAllTime(input.userId)
    const people = counts.filter((row) => row.category === 'manual' && row.user_id)
    const kinds = counts.filter((row) => row.type !== anyType)
    const byType = [...Map.groupBy(kinds, (row) => row.type).values()]
      .flatMap((rows) => [...Map.groupBy(rows, (row) => row.category).values()])
      .map((rows) => ({
        category: rows[0]?.category ?? 'manual',
        type: rows[0]?.type ?? '',
        count: sumOf(rows),
      }))
      .sort((one, other) => other.count - one.count)
    const ofSystem = byType.filter(({ category }) => category === 'system')
    const ofOthers = byType.filter(({ category }) => category !== 'system')
    const nameOf = database.prepare('select name from user where id = ?').pluck()
    const byUser = [...Map.groupBy(people, (row) => row.user_id ?? '')]
      .map(([id, rows]) => ({
        user: { id, name: String(nameOf.get(id)) },
        count: sumOf(rows),
        lastAt: toInstantOrNull(
          rows.reduce<number | null>(
            (latest, { last }) => (latest === null || (last ?? 0) > latest ? last : latest),
            null,
          ),
        ),
      }))
      .sort((one, other) => other.count - one.count)
      .slice(0, 200)
    return {
      byCategory: (['manual', 'system', 'automated'] as const).map((category) => ({
        category,
        count: sumOf(kinds.filter((row) => row.category === category)),
      })),
      byType: input.system ? [...ofOthers, ...ofSystem] : ofOthers,
      trend: trend(actor, input, where, parameters, zone),
      byUser,
      systemEvents: ofSystem.map(({ type, count }) => ({ type, count })),
    }
  }

  /** Counted along two indexes, which give the types and the people in order. */
  function countsOfSpan(from: number, to: number): StatsRow[] {
    const span = 'at >= ? and at < ? and deleted_at is null'
    // Most types are of one category: then entries of the index are counted without being read.
    const types = database.all<StatsRow>(
      `select category, type, null as user_id, null as last,
         case categories when 1 then (${countOf(`type = kind.type and ${span}`)})
           else (${countOf(`type = kind.type and ${span} and category = kind.category`)}) end as count
       from (select category, type, count(*) over (partition by type) as categories from activity_tally
         where activities > 0 group by category, type) kind
       order by type, category = 'automated', category`,
      ...[from, to],
      ...[from, to],
    )
    const people = database.all<StatsRow>(
      `select 'manual' as category, '${anyType}' as type, user_id, count(*) as count,
         ${latestOf('counted.user_id', span)} as last
       from activity counted indexed by activity_user
       where user_id in (select id from user) and category = 'manual' and ${span} group by user_id`,
      from,
      to,
      from,
      to,
    )
    return [...types.filter(({ count }) => count > 0), ...people]
  }

  /** Read from the numbers that triggers keep; only each person's latest is looked up. */
  function countsOfAllTime(userId: string | undefined): StatsRow[] {
    return database
      .all<StatsRow & { user_id: string }>(
        `select category, type, tally.user_id, activities as count, people.last from activity_tally tally
         left join (select user_id, ${latestOf('tally.user_id')} as last from activity_tally tally
           where category = 'manual' and activities > 0 group by user_id) people
           on people.user_id = tally.user_id and tally.category = 'manual'
         where activities > 0 ${userId ? 'and tally.user_id = ?' : ''}`,
        ...(userId ? [userId] : []),
      )
      .map((row) => ({ ...row, user_id: row.user_id || null }))
  }

  function trend(
    actor: Actor,
    { from, to, userId }: StatsInput,
    where: string,
    parameters: SqlValue[],
    zone: string,
  ) {
    const last = to ?? dateIn(clock.now(), zone)
    const most = from ? mostDaysOfTrend : 7
    const days: string[] = []
    for (let day = last; days.length < most && (!from || day >= from); day = dayBefore(day))
      days.unshift(day)
    return days.map((date) => {
      const span = [startOfDay(date, zone), endOfDay(date, zone)]
      if (seesAll(actor) && !userId) return { date, ...countsOfDay(span) }
      const counts = database.all<{ category: Activity['category']; count: number }>(
        `select category, count(*) as count from activity
         where ${where} and activity.at >= ? and activity.at < ? group by category`,
        ...parameters,
        ...span,
      )
      const of = (category: Activity['category']) =>
        counts.find((row) => row.category === category)?.count ?? 0
      return { date, manual: of('manual'), system: of('system'), automated: of('automated') }
    })
  }

  /** Entries of an index, counted without being read. */
  function countsOfDay(span: number[]): Record<Activity['category'], number> {
    const of = (category: Activity['category']) =>
      Number(
        database.value<number>(
          `select count(*) from activity indexed by activity_category
           where category = '${category}' and at >= ? and at < ? and deleted_at is null`,
          ...span,
        ),
      )
    return { manual: of('manual'), system: of('system'), automated: of('automated') }
  }

  return stats
}
