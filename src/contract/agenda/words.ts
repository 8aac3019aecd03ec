/** The fixed vocabularies of tasks and reminders. */

export const reminderStatuses = ['pending', 'snoozed', 'dismissed', 'completed'] as const
export type ReminderStatus = (typeof reminderStatuses)[number]

export const taskStatuses = ['pending', 'in_progress', 'completed', 'cancelled'] as const
export type TaskStatus = (typeof taskStatuses)[number]

export const taskTypes = [
  'follow_up',
  'call',
  'email',
  'meeting',
  'demo',
  'proposal',
  'other',
] as const
export type TaskType = (typeof taskTypes)[number]
