/** Planned and past activities as calendar entries. */
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { knownZone } from '../../kernel/time/zone'
import { type Activities, activityDayAt } from '../../timeline/activities/activities'
import {
  alarmsOf,
  type CommonRow,
  clausesOf,
  common,
  entryOf,
  joins,
  mostEvents,
  type Wanted,
} from './entry-parts'
import { named, writtenInstant } from './own-properties'
import type { CalendarEvent } from './write-calendar'

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
/** Where an activity is in a calendar: as planned, else when it took place if it took time. */
const startOfActivity = `coalesce(activity.scheduled_at, activity.due_at,
  case when activity.duration_minutes > 0 then activity.occurred_at end)`
const year = 366 * 86_400_000

export function activityEvents(
  { database, workspace }: Kernel,
  { activities, labelOf }: { activities: Activities; labelOf(activityType: string): string },
  actor: Actor,
  wanted: Wanted,
): CalendarEvent[] {
  const where = clausesOf('activity', wanted, {
    start: startOfActivity,
    day: activityDayAt(startOfActivity),
    user: 'user_id',
  })
  // The indexes know `at`; a plan and what became of it may be apart, but not by years.
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
    const start = row.scheduled_at === null ? (row.due_at === null ? 'OCCURRED' : 'DUE') : null
    return {
      ...entryOf(actor, 'activity', row, {
        title: row.subject ?? labelOf(row.type),
        extra: {
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
        },
      }),
      start: row.starts_at,
      durationMinutes: row.duration_minutes ?? 0,
      zone: knownZone(row.zone, workspace.timezone()),
      allDay: row.all_day === 1,
      description: row.description,
      location: row.location,
      free: false,
      alarms: JSON.parse(row.alarms ?? '[]'),
    }
  })
}
