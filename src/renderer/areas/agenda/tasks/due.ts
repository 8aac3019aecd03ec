/** When a task is due, as screens show it. */
import type { Task } from '../../../../contract/agenda/tasks'
import { isCalendarDate } from '../../../ui/dates'

/** The day of one that has no time of day, the same in every zone; else the instant; null without either. */
export const dueOf = ({ dueAt, wallTime }: Pick<Task, 'dueAt' | 'wallTime'>): string | null =>
  dueAt && wallTime && isCalendarDate(wallTime) ? wallTime : dueAt
