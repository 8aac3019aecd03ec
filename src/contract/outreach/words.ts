/** The fixed vocabularies of templates, cadences, plans and suggestions. */

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

/** What a suggestion goes by. */
export const suggestionKinds = [
  'history',
  'voicemail',
  'no_reply',
  'stale',
  'no_next_step',
] as const
export type SuggestionKind = (typeof suggestionKinds)[number]

/** Where an account's password is: a run of the program keeps what the system has no safe place for. */
export const passwordStates = ['kept', 'this_run', 'missing', 'not_needed'] as const
export type PasswordState = (typeof passwordStates)[number]

export const templateKinds = ['template', 'snippet'] as const
export type TemplateKind = (typeof templateKinds)[number]

/** How somebody asked not to be written to. */
export const optOutSources = ['manual', 'import', 'reply', 'unsubscribe', 'bounce', 'api'] as const
export type OptOutSource = (typeof optOutSources)[number]
