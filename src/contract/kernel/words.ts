/** The fixed vocabularies that tables, doors and screens of every wing share. */

export const roles = ['admin', 'manager', 'rep'] as const
export type Role = (typeof roles)[number]

export const priorities = ['low', 'medium', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]

/** Whose leads: the caller's own, those of its team, those of everybody. A rep is answered its own. */
export const leadScopes = ['mine', 'team', 'everybody'] as const
export type LeadScope = (typeof leadScopes)[number]

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

/** Which way a request came in; kept with each change. */
export const doors = ['desktop', 'web', 'api', 'system', 'test'] as const
export type Door = (typeof doors)[number]

/** How a mail server is spoken to. */
export const smtpSecurities = ['tls', 'starttls', 'none'] as const
export type SmtpSecurity = (typeof smtpSecurities)[number]

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
