/** Things of the agenda as the calendar draws them, and what dragging them means. */
import type { EventInput } from '@fullcalendar/react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { dateIn, stepDate, wallTimeIn } from './calendarDays'

/** Minutes that something without a duration takes up on the calendar. */
export const shownMinutes = 30
const minute = 60_000

export const keyOf = ({ kind, id }: Pick<AgendaItem, 'kind' | 'id'>) => `${kind}:${id}`

/** @param classes names for kinds, `done` and `overdue` */
export function entryOf(item: AgendaItem, classes: Readonly<Record<string, string>>): EventInput {
  const open = item.doneAt === null
  const minutes = item.durationMinutes || shownMinutes
  return {
    id: keyOf(item),
    title: item.title,
    allDay: item.allDay,
    ...(item.day
      ? { start: item.day, end: dayAfter(item.day, item.durationMinutes) }
      : { start: item.at, end: new Date(Date.parse(item.at) + minutes * minute).toISOString() }),
    className: [
      classes.entry,
      classes[item.kind],
      !open && classes.done,
      item.overdue && classes.overdue,
    ]
      .filter(Boolean)
      .join(' '),
    startEditable: open,
    durationEditable: open && hasDuration(item),
    item,
  }
}

/** The day after the last that it takes, as the component counts. */
function dayAfter(day: string, durationMinutes: number | null): string {
  const days = Math.max(1, Math.round((durationMinutes ?? 0) / 1440))
  return stepDate('day', day, days)
}

/** Only an activity takes a while; a task is due and a reminder comes up at a moment. */
export const hasDuration = ({ kind, allDay }: Pick<AgendaItem, 'kind' | 'allDay'>) =>
  kind === 'activity' && !allDay

export interface Move {
  /** A local time, or the day alone. */
  wallTime: string
  durationMinutes?: number
}

/** Where it was dropped. */
export const moveTo = (start: Date, allDay: boolean, zone: string): Move => ({
  wallTime: allDay ? dateIn(start, zone) : wallTimeIn(start, zone),
})

/** How long it was made. */
export const stretchTo = (start: Date, end: Date, zone: string): Move => ({
  wallTime: wallTimeIn(start, zone),
  durationMinutes: Math.round((end.getTime() - start.getTime()) / minute),
})
