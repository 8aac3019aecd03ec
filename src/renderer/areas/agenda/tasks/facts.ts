/** The facts of a task, as its page shows and edits them. */
import { taskFields } from '../../../../contract/agenda/task-fields'
import type { Task } from '../../../../contract/agenda/tasks'
import { type FieldValue, recordFields, textOf } from '../../../ui/fields'
import type { Fact } from '../../../ui/record/facts'
import { factOf } from '../../../ui/record/fieldFacts'
import { instantOf } from '../../../ui/when/times'

export const taskFacts = (task: Task): Fact<Task>[] => [
  {
    field: 'wallTime',
    label: 'Due',
    editor: { type: 'when', zone: task.zone },
    value: ({ wallTime }) => wallTime,
    apply: (row, value) => {
      const wallTime = textOf(value)
      return { ...row, wallTime, dueAt: wallTime && instantOf(wallTime) }
    },
  },
  ...(task.wallTime
    ? [
        {
          field: 'recurrence',
          label: 'Repeats',
          editor: { type: 'repeat' as const, date: task.wallTime.slice(0, 10) },
          value: (row: Task) => row.recurrence,
          apply: (row: Task, value: FieldValue) => ({ ...row, recurrence: textOf(value) }),
        },
      ]
    : []),
  ...[
    'status',
    'priority',
    'type',
    'assignee',
    'lead',
    'contact',
    'company',
    'customer',
    'description',
  ].flatMap((name) => fields.flatMap((field) => (field.name === name ? factOf(field) : []))),
]

const fields = recordFields<Task>(taskFields)
