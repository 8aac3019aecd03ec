/** Tasks as lists and the agenda read them. */

import type { RowOf } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import type { task } from './table'
import { taskDay } from './whole-day'

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
  fields: {
    title: { sql: 'task.title', type: 'text' },
    description: { sql: 'task.description', type: 'text' },
    type: { sql: 'task.type', type: 'text' },
    priority: { sql: 'task.priority', type: 'text' },
    status: { sql: 'task.status', type: 'text' },
    assignee: { sql: 'task.assignee_id', type: 'id', of: 'user' },
    createdBy: { sql: 'task.created_by', type: 'id', of: 'user' },
    lead: { sql: 'task.lead_id', type: 'id', of: 'lead' },
    company: { sql: 'task.company_id', type: 'id', of: 'company' },
    contact: { sql: 'task.contact_id', type: 'id', of: 'contact' },
    customer: { sql: 'task.customer_id', type: 'id', of: 'customer' },
    dueAt: { sql: 'task.due_at', type: 'instant', day: taskDay },
    completedAt: { sql: 'task.completed_at', type: 'instant' },
    createdAt: { sql: 'task.created_at', type: 'instant' },
    updatedAt: { sql: 'task.updated_at', type: 'instant' },
    externalId: { sql: 'task.external_id', type: 'text' },
  },
  defaultSort: 'dueAt',
  sorts: {
    dueAt: { sql: 'task.due_at', nullable: true },
    /** Only what is open has one. */
    openAt: { sql: 'task.open_at', nullable: true },
    completedAt: { sql: 'task.completed_at', nullable: true },
    createdAt: { sql: 'task.created_at' },
    title: { sql: 'task.title collate nocase' },
    priority: {
      sql: `case task.priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`,
    },
  },
}
