/** The fixed vocabularies of activities. */

export const activityCategories = ['manual', 'system', 'automated'] as const
export type ActivityCategory = (typeof activityCategories)[number]

/** Types a user logs by hand; users may add their own (table `activity_type`). */
export const manualActivityTypes = [
  'call',
  'email',
  'meeting',
  'note',
  'task',
  'sms',
  'linkedin_message',
  'telegram_message',
  'follow_up',
  'quote_sent',
  'proposal_sent',
  'demo',
  'negotiation',
  'onboarding',
] as const

/** Types written by database triggers only; read-only everywhere. */
export const systemActivityTypes = [
  'lead_created',
  'lead_updated',
  'lead_deleted',
  'lead_converted',
  'customer_created',
  'customer_updated',
  'customer_deleted',
  'status_changed',
  'stage_changed',
  'assignment_changed',
] as const

/** Types written by integrations or through the API; read-only afterwards. */
export const automatedActivityTypes = [
  'email_sent',
  'email_received',
  'email_opened',
  'email_clicked',
  'document_viewed',
  'trading_activity',
  'account_milestone',
] as const

export const activityOutcomes = [
  'successful',
  'interested',
  'not_interested',
  'no_answer',
  'voicemail_left',
  'callback_requested',
  'follow_up_required',
  'demo_scheduled',
  'converted',
] as const

/** Outcomes that say the contact has answered: they end a plan where its cadence does not say otherwise. */
export const answeringOutcomes = [
  'interested',
  'not_interested',
  'callback_requested',
  'converted',
] as const satisfies readonly (typeof activityOutcomes)[number][]

/** What becomes of a plan when an outcome would end it: it stops or continues, whatever its cadence says. */
export const planChoices = ['stop', 'continue'] as const
export type PlanChoice = (typeof planChoices)[number]

export const directions = ['inbound', 'outbound'] as const
export type Direction = (typeof directions)[number]
