/** The fixed vocabularies of jobs and notifications. */

/** What a notification is about; channels are switched on and off by these. */
export const notificationKinds = [
  'reminder_due',
  'task_due',
  'activity_due',
  'plan_step_due',
  'catch_up',
  'daily_summary',
  'upcoming',
  'overdue',
  'lead_stale',
  'assignment',
  'stage_move',
  'milestone',
  'delivery_failed',
  'job_failed',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Ways a notification reaches a person; the in-app centre has them all. */
export const notificationChannels = ['in_app', 'native', 'browser', 'email'] as const
export type NotificationChannel = (typeof notificationChannels)[number]

/** Jobs that run by themselves. */
export const jobNames = [
  'due',
  'plan_steps',
  'overdue',
  'stale_leads',
  'upcoming',
  'clean_up',
  'daily_summary',
] as const
export type JobName = (typeof jobNames)[number]
