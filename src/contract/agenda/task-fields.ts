/** What the fields of a task are. */
import { choice, fieldsOf, instant, longText, person, reference, text } from '../kernel/fields'
import { priorities } from '../kernel/words'
import { taskStatuses, taskTypes } from './words'

export const taskFields = fieldsOf({
  title: text({ label: 'Title', required: true, sorts: true, searched: true }),
  description: longText({ label: 'Description', searched: true }),
  type: choice(taskTypes, { label: 'Type', required: true, default: true }),
  priority: choice(priorities, { label: 'Priority', sorts: true, required: true, default: true }),
  status: choice(taskStatuses, { label: 'Status', required: true, default: true }),
  assignee: person({ label: 'Assignee' }),
  createdBy: person({ label: 'Created by', readonly: true }),
  lead: reference('lead', { label: 'Lead' }),
  company: reference('company', { label: 'Company' }),
  contact: reference('contact', { label: 'Contact' }),
  customer: reference('customer', { label: 'Customer' }),
  dueAt: instant({ label: 'Due', sorts: true }),
  completedAt: instant({ label: 'Completed', sorts: true, readonly: true }),
  createdAt: instant({ label: 'Created', sorts: true, readonly: true }),
  updatedAt: instant({ label: 'Changed', readonly: true }),
  externalId: text({ label: 'External ID', readonly: true }),
})
