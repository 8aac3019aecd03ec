/** Types and states of tasks as people read them. */
import { Badge } from '@mantine/core'
import { type TaskStatus, taskStatuses, taskTypes } from '../../../../contract/agenda/words'
import { readable } from '../../../ui/readable'

export const typeChoices = taskTypes.map((value) => ({ value, label: readable(value) }))
export const statusChoices = taskStatuses.map((value) => ({ value, label: readable(value) }))

const colors = {
  pending: 'gray',
  in_progress: 'amber',
  completed: 'juniper',
  cancelled: 'gray',
} as const satisfies Record<TaskStatus, string>

export function TaskStatusBadge({ status }: { status: TaskStatus }) {
  return <Badge color={colors[status]}>{readable(status)}</Badge>
}

/** Whether something is still to be done about it. */
export const isOpenTask = ({ status }: { status: TaskStatus }) =>
  status === 'pending' || status === 'in_progress'
