/** The columns of activities and tasks. */
import type { Task } from '../../../contract/agenda/tasks'
import type { Activity } from '../../../contract/timeline/activities'
import { dateIn, knownZone, startOfDay } from '../../kernel/time/zone'
import { withoutOwnIds } from '../format/history-ids'
import type { CsvCell } from '../format/write-csv'
import {
  column,
  dates,
  derived,
  type ExportColumn,
  type ExportNames,
  ids,
  isDay,
  reference,
} from './columns'

export const activityColumns = ({
  stageName,
  userId,
  zone,
}: ExportNames): readonly ExportColumn<Activity>[] => {
  /** A whole day is a date. */
  const planned = (row: Activity, at: string | null): CsvCell => {
    if (at === null || !row.allDay) return at
    const own = knownZone(row.zone, zone)
    const date = dateIn(Date.parse(at), own)
    return startOfDay(date, own) === Date.parse(at) ? date : at
  }
  return [
    column('type', 'Type', (row) => row.type),
    column('category', 'Category', (row) => row.category),
    column('subject', 'Subject', (row) => row.subject),
    column('description', 'Description', (row) => row.description),
    derived('at', 'At', (row) => row.at),
    column('occurredAt', 'Happened at', (row) => row.occurredAt),
    column('scheduledAt', 'Scheduled for', (row) => planned(row, row.scheduledAt)),
    column('dueAt', 'Due at', (row) => planned(row, row.dueAt)),
    column('completedAt', 'Completed at', (row) => row.completedAt),
    ...reference('completedBy', 'Completed by', userId),
    column('durationMinutes', 'Duration in minutes', (row) => row.durationMinutes),
    column('allDay', 'All day', (row) => row.allDay),
    column('timezone', 'Time zone', (row) => row.zone),
    column('location', 'Location', (row) => row.location),
    column('direction', 'Direction', (row) => row.direction),
    column('outcome', 'Outcome', (row) => row.outcome),
    ...reference('lead', 'Lead'),
    ...reference('company', 'Company'),
    ...reference('contact', 'Contact'),
    ...reference('customer', 'Customer'),
    ...reference('user', 'Person', userId),
    ...reference('createdBy', 'Logged by', userId),
    column('visibleToRep', 'Visible to reps', (row) => row.visibleToRep),
    column('metadata', 'Further details', ({ type, metadata }) =>
      Object.keys(metadata).length === 0
        ? null
        : JSON.stringify(withoutOwnIds(type, metadata, { stageName, userId })),
    ),
    ...dates,
    ...ids,
  ]
}

export const taskColumns = ({ userId }: ExportNames): readonly ExportColumn<Task>[] => [
  column('title', 'Title', (row) => row.title),
  column('type', 'Type', (row) => row.type),
  column('status', 'Status', (row) => row.status),
  column('priority', 'Priority', (row) => row.priority),
  column('dueAt', 'Due at', (row) => (isDay(row.wallTime) ? row.wallTime : row.dueAt)),
  column('wallTime', 'Local time', (row) => row.wallTime),
  column('timezone', 'Time zone', (row) => row.zone),
  column('recurrence', 'Repeats', (row) => row.recurrence),
  ...reference('assignee', 'Assignee', userId),
  ...reference('lead', 'Lead'),
  ...reference('company', 'Company'),
  ...reference('contact', 'Contact'),
  ...reference('customer', 'Customer'),
  column('description', 'Description', (row) => row.description),
  derived('reminders', 'Reminders', (row) => row.reminders),
  column('completedAt', 'Completed at', (row) => row.completedAt),
  ...reference('completedBy', 'Completed by', userId),
  ...reference('createdBy', 'Created by', userId),
  ...dates,
  column('id', 'Rapport ID', (row) => row.id),
]
