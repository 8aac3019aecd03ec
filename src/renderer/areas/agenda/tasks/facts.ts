/** The facts of a task, as its page shows and edits them. */
import type { Task } from '../../../../contract/agenda/tasks'
import {
  type Priority,
  priorities,
  type TaskStatus,
  type TaskType,
} from '../../../../contract/kernel/words'
import { priorityLabels } from '../../../ui/PriorityText'
import { referenceFact, textFact, textOf } from '../../../ui/record/commonFacts'
import type { Fact } from '../../../ui/record/facts'
import { instantOf } from '../../../ui/when/times'
import { statusChoices, typeChoices } from './words'

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
          apply: (row: Task, value: unknown) => ({ ...row, recurrence: textOf(value) }),
        },
      ]
    : []),
  {
    field: 'status',
    label: 'Status',
    editor: { type: 'choice', required: true, choices: statusChoices },
    value: ({ status }) => status,
    apply: (row, value) => ({ ...row, status: value as TaskStatus }),
  },
  {
    field: 'priority',
    label: 'Priority',
    editor: {
      type: 'choice',
      required: true,
      choices: priorities.map((value) => ({ value, label: priorityLabels[value] })),
    },
    value: ({ priority }) => priority,
    apply: (row, value) => ({ ...row, priority: value as Priority }),
  },
  {
    field: 'type',
    label: 'Type',
    editor: { type: 'choice', required: true, choices: typeChoices },
    value: ({ type }) => type,
    apply: (row, value) => ({ ...row, type: value as TaskType }),
  },
  referenceFact<Task, 'assignee'>('assignee', 'Assignee', { type: 'reference', of: 'user' }),
  referenceFact<Task, 'lead'>('lead', 'Lead', { type: 'reference', of: 'lead' }),
  referenceFact<Task, 'contact'>('contact', 'Contact', { type: 'reference', of: 'contact' }),
  referenceFact<Task, 'company'>('company', 'Company', { type: 'reference', of: 'company' }),
  referenceFact<Task, 'customer'>('customer', 'Customer', { type: 'reference', of: 'customer' }),
  textFact<Task, 'description'>('description', 'Description', 'long'),
]
