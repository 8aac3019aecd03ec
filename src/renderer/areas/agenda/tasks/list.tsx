/** What the list of tasks shows and can be narrowed by. */
import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCircleCheck, IconFlame, IconRepeat, IconUser } from '@tabler/icons-react'
import type { Task } from '../../../../contract/agenda/tasks'
import { priorities } from '../../../../contract/kernel/words'
import { DateText } from '../../../ui/DateText'
import { isPast } from '../../../ui/dates'
import type { ListDefinition } from '../../../ui/list/definition'
import { PriorityText, priorityLabels } from '../../../ui/PriorityText'
import { readable } from '../../../ui/readable'
import { RecordLink } from '../../../ui/record/RecordLink'
import { UserAvatar } from '../../../ui/UserAvatar'
import { repeatText } from '../../../ui/when/repeat'
import { recordOf } from '../../timeline/activities/links'
import { dueOf } from './due'
import classes from './tasks.module.css'
import { isOpenTask, statusChoices, TaskStatusBadge, typeChoices } from './words'

export interface TaskListOptions {
  /** For "Mine". */
  userId: string | undefined
  /** Undefined for those who may only look. */
  complete: ((task: Task) => void) | undefined
}

export const taskList = ({ userId, complete }: TaskListOptions): ListDefinition<Task> => ({
  kind: 'task',
  nameOf: (task) => task.title,
  empty: 'A task says what is to be done, when and by whom. Write one here, or press q anywhere.',
  columns: [
    { id: 'title', label: 'Task', sort: 'title', width: 300, render: ({ title }) => title },
    {
      id: 'done',
      label: 'Done',
      width: 60,
      exports: [],
      render: (task) => <CompleteButton task={task} complete={complete} />,
    },
    {
      id: 'dueAt',
      label: 'Due',
      sort: 'dueAt',
      width: 190,
      render: (task) => <DueText task={task} />,
    },
    {
      id: 'priority',
      label: 'Priority',
      sort: 'priority',
      width: 105,
      render: ({ priority }) => <PriorityText priority={priority} />,
    },
    {
      id: 'about',
      label: 'About',
      width: 210,
      exports: ['lead', 'company', 'contact', 'customer'],
      render: (task) => {
        const about = recordOf(task)
        return about && <RecordLink kind={about.kind} record={about.record} />
      },
    },
    { id: 'type', label: 'Type', width: 110, render: ({ type }) => readable(type) },
    {
      id: 'assignee',
      label: 'Assignee',
      width: 150,
      render: ({ assignee }) => assignee && <UserAvatar user={assignee} named />,
    },
    {
      id: 'status',
      label: 'Status',
      width: 110,
      render: ({ status }) => <TaskStatusBadge status={status} />,
    },
    {
      id: 'recurrence',
      label: 'Repeats',
      width: 180,
      optional: true,
      render: ({ recurrence }) => recurrence && repeatText(recurrence),
    },
    {
      id: 'reminders',
      label: 'Reminders',
      width: 95,
      align: 'right',
      optional: true,
      render: ({ reminders }) => reminders > 0 && <span className="tabular">{reminders}</span>,
    },
    {
      id: 'completedAt',
      label: 'Completed',
      sort: 'completedAt',
      width: 130,
      optional: true,
      render: ({ completedAt }) => <DateText value={completedAt} empty="" />,
    },
    {
      id: 'createdBy',
      label: 'Created by',
      width: 150,
      optional: true,
      render: ({ createdBy }) => createdBy && <UserAvatar user={createdBy} named />,
    },
    {
      id: 'createdAt',
      label: 'Created',
      sort: 'createdAt',
      width: 110,
      optional: true,
      render: ({ createdAt }) => <DateText value={createdAt} format="short" />,
    },
    {
      id: 'description',
      label: 'Description',
      width: 240,
      optional: true,
      render: ({ description }) => description,
    },
  ],
  fields: [
    { name: 'status', label: 'Status', kind: 'choice', choices: statusChoices },
    { name: 'type', label: 'Type', kind: 'choice', choices: typeChoices },
    {
      name: 'priority',
      label: 'Priority',
      kind: 'choice',
      choices: priorities.map((value) => ({ value, label: priorityLabels[value] })),
    },
    { name: 'assignee', label: 'Assignee', kind: 'reference', of: 'user' },
    { name: 'dueAt', label: 'Due', kind: 'instant' },
    { name: 'lead', label: 'Lead', kind: 'reference', of: 'lead' },
    { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
    { name: 'contact', label: 'Contact', kind: 'reference', of: 'contact' },
    { name: 'customer', label: 'Customer', kind: 'reference', of: 'customer' },
    { name: 'title', label: 'Title', kind: 'text' },
    { name: 'description', label: 'Description', kind: 'text' },
    { name: 'completedAt', label: 'Completed', kind: 'instant' },
    { name: 'createdAt', label: 'Created', kind: 'instant' },
  ],
  chips: [
    ...(userId
      ? [
          {
            label: 'Mine',
            icon: IconUser,
            comparison: { field: 'assignee', operator: 'in' as const, value: [userId] },
          },
        ]
      : []),
    {
      label: 'Urgent',
      icon: IconFlame,
      comparison: { field: 'priority', operator: 'in', value: ['high', 'urgent'] },
    },
    { label: 'Calls', comparison: { field: 'type', operator: 'in', value: ['call'] } },
    { label: 'E-mails', comparison: { field: 'type', operator: 'in', value: ['email'] } },
    { label: 'Meetings', comparison: { field: 'type', operator: 'in', value: ['meeting'] } },
    { label: 'No date', comparison: { field: 'dueAt', operator: 'is_empty' } },
  ],
  renderCard: (task) => (
    <>
      <Text size="sm" c="dimmed" component="div" truncate>
        {recordOf(task)?.record.name ?? readable(task.type)}
      </Text>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <DueText task={task} />
        <PriorityText priority={task.priority} />
      </Group>
    </>
  ),
})

/** When it is due: red once that is past, with the sign of what comes again. */
export function DueText({ task }: { task: Task }) {
  const { recurrence } = task
  const due = dueOf(task)
  const overdue = due !== null && isOpenTask(task) && isPast(due)
  return (
    <span className={classes.due} data-overdue={overdue || undefined}>
      {due && <DateText value={due} />}
      {recurrence && (
        <Tooltip label={repeatText(recurrence)}>
          <IconRepeat size={13} stroke={1.8} aria-label={repeatText(recurrence)} />
        </Tooltip>
      )}
    </span>
  )
}

function CompleteButton({ task, complete }: { task: Task; complete: TaskListOptions['complete'] }) {
  if (task.status === 'completed') {
    return <IconCircleCheck size={18} stroke={1.7} className={classes.done} aria-label="Done" />
  }
  if (!complete || !isOpenTask(task)) return null
  return (
    <ActionIcon
      size="sm"
      radius="xl"
      variant="default"
      aria-label={`Complete ${task.title}`}
      onClick={() => complete(task)}
    >
      <IconCheck size={13} stroke={2.2} />
    </ActionIcon>
  )
}
