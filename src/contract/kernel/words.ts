/** The CRM's fixed vocabularies: the words that tables, doors and screens share. */

export const roles = ['admin', 'manager', 'rep'] as const
export type Role = (typeof roles)[number]

export const leadStatuses = ['open', 'won', 'lost'] as const
export type LeadStatus = (typeof leadStatuses)[number]

export const priorities = ['low', 'medium', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

export const stageKinds = leadStatuses
export type StageKind = LeadStatus

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

export const quoteStatuses = ['draft', 'sent', 'accepted', 'declined'] as const
export type QuoteStatus = (typeof quoteStatuses)[number]

export const customerStatuses = ['active', 'inactive'] as const

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

export const cadenceStates = ['draft', 'active', 'archived'] as const
export type CadenceState = (typeof cadenceStates)[number]

/** What a step waits in after the one before it. */
export const delayUnits = ['minutes', 'hours', 'days', 'business_days'] as const
export type DelayUnit = (typeof delayUnits)[number]

/** What becomes of a step that was not done on its day: it stays due, is left out, or gets a new day. */
export const missedPolicies = ['do_now', 'skip', 'move'] as const
export type MissedPolicy = (typeof missedPolicies)[number]

export const planStates = ['not_started', 'in_progress', 'paused', 'completed', 'aborted'] as const
export type PlanState = (typeof planStates)[number]

/** Why a plan is over. */
export const planEndings = [
  'finished',
  'replied',
  'branch',
  'lead_won',
  'lead_lost',
  'lead_deleted',
  'contact_deleted',
  'owner_changed',
  'opted_out',
  'by_hand',
] as const
export type PlanEnding = (typeof planEndings)[number]

/** How far a step of a plan is: `queued` is an automated e-mail that waits to be sent. */
export const planStepStates = ['open', 'queued', 'done', 'skipped', 'cancelled'] as const

/** Whose leads: the caller's own, those of its team, those of everybody. A rep is answered its own. */
export const leadScopes = ['mine', 'team', 'everybody'] as const
export type LeadScope = (typeof leadScopes)[number]

/** What a suggestion goes by. */
export const suggestionKinds = [
  'history',
  'voicemail',
  'no_reply',
  'stale',
  'no_next_step',
] as const
export type SuggestionKind = (typeof suggestionKinds)[number]

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

/** Records that have lists, a detail page, a trash and a search entry. */
export const recordKinds = [
  'company',
  'contact',
  'lead',
  'customer',
  'quote',
  'task',
  'activity',
] as const
export type RecordKind = (typeof recordKinds)[number]

/** What is in the trash when it is deleted. */
export const trashKinds = [...recordKinds, 'reminder'] as const
export type TrashKind = (typeof trashKinds)[number]

/** What a file can be imported as. */
export const importKinds = [
  'companies',
  'contacts',
  'leads',
  'activities',
  'users',
  'customers',
  'quotes',
  'tasks',
] as const
export type ImportKind = (typeof importKinds)[number]

/** In this order each file finds what it refers to. */
export const importOrder: readonly ImportKind[] = [
  'users',
  'companies',
  'contacts',
  'customers',
  'leads',
  'quotes',
  'tasks',
  'activities',
]

export const duplicatePolicies = ['skip', 'update', 'add'] as const
export type DuplicatePolicy = (typeof duplicatePolicies)[number]

/** What a custom field may hold. */
export const customFieldTypes = [
  'text',
  'number',
  'money',
  'percent',
  'date',
  'boolean',
  'choice',
  'many_choices',
  'person',
  'url',
  'email',
  'phone',
] as const
export type CustomFieldType = (typeof customFieldTypes)[number]

/** What a lead's open next step says about it on the board. */
export const stepSignals = ['overdue', 'today', 'planned', 'none'] as const
export type StepSignal = (typeof stepSignals)[number]

/** Which way a request came in; kept with each change. */
export const doors = ['desktop', 'web', 'api', 'system', 'test'] as const
export type Door = (typeof doors)[number]

/** How a mail server is spoken to. */
export const smtpSecurities = ['tls', 'starttls', 'none'] as const
export type SmtpSecurity = (typeof smtpSecurities)[number]

/** Where an account's password is: a run of the program keeps what the system has no safe place for. */
export const passwordStates = ['kept', 'this_run', 'missing', 'not_needed'] as const
export type PasswordState = (typeof passwordStates)[number]

export const templateKinds = ['template', 'snippet'] as const
export type TemplateKind = (typeof templateKinds)[number]

/** How somebody asked not to be written to. */
export const optOutSources = ['manual', 'import', 'reply', 'unsubscribe', 'bounce', 'api'] as const
export type OptOutSource = (typeof optOutSources)[number]

/** `unknown`: the connection broke when the server may have had it already. */
export const emailStates = [
  'drafted',
  'approved',
  /** Approved, but its time passed long ago: a person decides. */
  'late',
  'sending',
  'sent',
  'unknown',
  'failed',
  'cancelled',
] as const
export type EmailState = (typeof emailStates)[number]

/**
 * Why an e-mail did not go out: its recipient's `address` was refused for good, or the message
 * itself, or the server was `busy` for now; `account` and `connection` are no fault of the message.
 */
export const emailFailures = ['address', 'refused', 'busy', 'account', 'connection'] as const
export type EmailFailure = (typeof emailFailures)[number]

/** Why nothing goes out: a backup was restored, this may be a copy of a database used elsewhere, the clock cannot be right. */
export const holdReasons = ['restored', 'copied', 'clock'] as const
export type HoldReason = (typeof holdReasons)[number]
