/** What the fields of an activity are. Types and outcomes are words that the workspace may add to. */
import {
  choice,
  fieldsOf,
  instant,
  longText,
  number,
  person,
  reference,
  text,
} from '../kernel/fields'
import { activityCategories, directions } from './words'

export const activityFields = fieldsOf({
  type: text({ label: 'Type', required: true }),
  category: choice(activityCategories, { label: 'Category' }),
  subject: text({ label: 'Subject', searched: true }),
  description: longText({ label: 'Text', searched: true }),
  outcome: text({ label: 'Outcome' }),
  direction: choice(directions, { label: 'Direction' }),
  durationMinutes: number({ label: 'Minutes' }),
  lead: reference('lead', { label: 'Lead' }),
  company: reference('company', { label: 'Company' }),
  contact: reference('contact', { label: 'Contact' }),
  customer: reference('customer', { label: 'Customer' }),
  user: person({ label: 'Person' }),
  at: instant({ label: 'When', sorts: true, readonly: true }),
  occurredAt: instant({ label: 'Occurred' }),
  scheduledAt: instant({ label: 'Planned for' }),
  dueAt: instant({ label: 'Due' }),
  completedAt: instant({ label: 'Completed', readonly: true }),
  createdAt: instant({ label: 'Created', readonly: true }),
  updatedAt: instant({ label: 'Changed', readonly: true }),
  externalId: text({ label: 'External ID' }),
})
