/** Tasks as lists and the agenda read them, and as answers show them. */
import type { Task } from '../../../contract/agenda/tasks'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import { linkJoins, linkNames, type ShownLinks, toLinks } from '../../records/links/links'
import { taskColumns } from './columns'
import type { task } from './table'

export type TaskRow = RowOf<typeof task> &
  ShownLinks & {
    assignee_name: string | null
    completed_by_name: string | null
    created_by_name: string | null
    reminders: number
  }

export const taskSource: ListSource = {
  table: 'task',
  select: `task.*, ${linkNames}, assignee.name as assignee_name, completer.name as completed_by_name,
    author.name as created_by_name,
    (select count(*) from reminder where reminder.task_id = task.id and reminder.due_at is not null) as reminders`,
  joins: `${linkJoins((kind) => `task.${kind}_id`)}
    left join user assignee on assignee.id = task.assignee_id
    left join user completer on completer.id = task.completed_by
    left join user author on author.id = task.created_by`,
  fields: taskColumns.fields,
  defaultSort: 'dueAt',
  sorts: {
    ...taskColumns.sorts,
    /** Only what is open has one. */
    openAt: { sql: 'task.open_at', nullable: true },
  },
}

export const toTask = (row: TaskRow): Task => ({
  id: row.id,
  title: row.title,
  description: row.description,
  type: row.type,
  priority: row.priority,
  status: row.status,
  assignee: toReference(row.assignee_id, row.assignee_name),
  createdBy: toReference(row.created_by, row.created_by_name),
  ...toLinks(row),
  dueAt: toInstantOrNull(row.due_at),
  wallTime: row.wall_time,
  zone: row.zone,
  recurrence: row.recurrence,
  reminders: row.reminders,
  completedAt: toInstantOrNull(row.completed_at),
  completedBy: toReference(row.completed_by, row.completed_by_name),
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
  deletedAt: toInstantOrNull(row.deleted_at),
})
