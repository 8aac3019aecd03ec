/** What of the CRM is in a calendar: planned and past activities, tasks with a due date, reminders. */
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import type { Activities } from '../../timeline/activities/activities'
import { activityEvents } from './activity-events'
import { mostEvents, type Wanted } from './entry-parts'
import { reminderEvents } from './reminder-events'
import { taskEvents } from './task-events'
import type { CalendarEvent } from './write-calendar'

export function createCollector(
  kernel: Kernel,
  needs: { activities: Activities; labelOf(activityType: string): string },
) {
  return (actor: Actor, wanted: Wanted): CalendarEvent[] => {
    const kinds = wanted.kinds ?? ['activity', 'task', 'reminder']
    return (
      [
        ...(kinds.includes('activity') ? activityEvents(kernel, needs, actor, wanted) : []),
        ...(kinds.includes('task') ? taskEvents(kernel, actor, wanted) : []),
        ...(kinds.includes('reminder') ? reminderEvents(kernel, actor, wanted) : []),
      ]
        // What begins at the same time comes in the same order from any database.
        .sort((one, other) => one.start - other.start || compare(keyOf(one), keyOf(other)))
        .slice(0, mostEvents)
    )
  }
}

const keyOf = ({ uid, recurrenceId }: CalendarEvent) => `${uid} ${recurrenceId}`
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
