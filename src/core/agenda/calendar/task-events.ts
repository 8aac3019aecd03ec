/** Open tasks with a due date as calendar entries. */
import type { Priority } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { isDay } from '../../kernel/time/wall-time'
import { knownZone, startOfDay } from '../../kernel/time/zone'
import { taskDay } from '../tasks/tasks'
import {
  alarmsOf,
  type CommonRow,
  clausesOf,
  common,
  entryOf,
  joins,
  minutesShown,
  mostEvents,
  own,
  recurrenceOf,
  type Wanted,
} from './entry-parts'
import { named } from './own-properties'
import type { CalendarEvent } from './write-calendar'

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

const writtenPriority: Record<Priority, number> = { urgent: 1, high: 3, medium: 5, low: 9 }

export function taskEvents(
  { database, workspace }: Kernel,
  actor: Actor,
  wanted: Wanted,
): CalendarEvent[] {
  const where = clausesOf('task', wanted, {
    start: 'task.due_at',
    day: taskDay,
    user: 'assignee_id',
  })
  const scope = own(actor, 'task', 'assignee_id')
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
    const day = row.wall_time !== null && isDay(row.wall_time) ? row.wall_time : null
    return {
      ...entryOf(actor, 'task', row, {
        title: row.title,
        extra: {
          [named('type')]: row.type,
          [named('status')]: row.status,
          ...recurrenceOf(row, row.wall_time),
        },
      }),
      location: null,
      free: true,
      start: day ? startOfDay(day, zone) : row.due_at,
      durationMinutes: day ? 24 * 60 : minutesShown,
      zone,
      allDay: day !== null,
      description: row.description,
      priority: writtenPriority[row.priority],
      alarms: JSON.parse(row.alarms ?? '[]'),
    }
  })
}
