/** Reminders as people read them: their name, their state, how they come. */
import { Badge } from '@mantine/core'
import type { Reminder } from '../../../../contract/agenda/reminders'
import { type ReminderStatus, reminderStatuses } from '../../../../contract/agenda/words'
import { readable } from '../../../ui/readable'
import { beforeText } from '../../../ui/when/before'
import { repeatText } from '../../../ui/when/repeat'
import { recordOf } from '../../timeline/activities/links'

export const statusChoices = reminderStatuses.map((value) => ({ value, label: readable(value) }))

/** The first line of its notes, else what it is about. */
export function reminderName(reminder: Reminder): string {
  const [first] = (reminder.notes ?? '').trim().split('\n')
  return (
    first || (reminder.activity ?? reminder.task ?? recordOf(reminder)?.record)?.name || 'Reminder'
  )
}

/** "1 hour before", "every Monday"; null for one that comes once, at its own time. */
export function rhythmText({ offsetMinutes, recurrence }: Reminder): string | null {
  if (offsetMinutes !== null) return beforeText(offsetMinutes)
  return recurrence && repeatText(recurrence)
}

export const isOpenReminder = ({ status }: { status: ReminderStatus }) =>
  status === 'pending' || status === 'snoozed'

const colors = {
  pending: 'gray',
  snoozed: 'amber',
  dismissed: 'gray',
  completed: 'juniper',
} as const satisfies Record<ReminderStatus, string>

export function ReminderStatusBadge({ status }: { status: ReminderStatus }) {
  return <Badge color={colors[status]}>{readable(status)}</Badge>
}
