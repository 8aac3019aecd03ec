/** Tasks as lists and the agenda read them. */

import type { RowOf } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import { taskColumns } from './columns'
import type { task } from './table'

export type TaskRow = RowOf<typeof task> & {
  company_name: string | null
  contact_name: string | null
  lead_title: string | null
  customer_name: string | null
  assignee_name: string | null
  completed_by_name: string | null
  created_by_name: string | null
  reminders: number
}

export const taskSource: ListSource = {
  table: 'task',
  select: `task.*, company.name as company_name, contact.name as contact_name, lead.title as lead_title,
    customer.name as customer_name, assignee.name as assignee_name, completer.name as completed_by_name,
    author.name as created_by_name,
    (select count(*) from reminder where reminder.task_id = task.id and reminder.due_at is not null) as reminders`,
  joins: `left join company on company.id = task.company_id
    left join contact on contact.id = task.contact_id
    left join lead on lead.id = task.lead_id
    left join customer on customer.id = task.customer_id
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
