/** E-mails as rows and as the contract shows them. */

import type { EmailState } from '../../../contract/kernel/words'
import type { EmailMessage, EmailProblem } from '../../../contract/outreach/messages'
import type { Json } from '../../kernel/database/columns'
import {
  fromJson,
  type RowOf,
  toInstant,
  toInstantOrNull,
  toReference,
} from '../../kernel/database/rows'
import { quoted } from '../../kernel/records/records'
import type { emailMessage } from './table'

export type MessageRow = RowOf<typeof emailMessage>
export type JoinedRow = MessageRow & {
  account_name: string | null
  user_name: string | null
  lead_title: string | null
  lead_deleted_at: number | null
  contact_name: string | null
}

export const selectMessage = `select email_message.*, mail_account.name as account_name, user.name as user_name,
    lead.title as lead_title, lead.deleted_at as lead_deleted_at, contact.name as contact_name
  from email_message
  left join mail_account on mail_account.id = email_message.account_id
  left join user on user.id = email_message.user_id
  left join lead on lead.id = email_message.lead_id
  left join contact on contact.id = email_message.contact_id`

/** Stored addresses; those of people who were erased are gone. */
export const addressesIn = (stored: Json<string[]>): string[] =>
  fromJson(stored).filter((address) => address.includes('@'))

export const leadDeleted = (title: string): EmailProblem => ({
  kind: 'lead_deleted',
  message: `The lead ${quoted(title)} was deleted.`,
})

const open = new Set<EmailState>(['drafted', 'approved', 'late', 'failed'])

/** What was found when it was looked at last; a lead comes back from the trash without the message being touched. */
function problemsNow(row: JoinedRow): EmailProblem[] {
  const stored = fromJson(row.problems)
  return [
    ...stored.filter(({ kind }) => kind !== 'lead_deleted'),
    ...(row.lead_deleted_at !== null && open.has(row.state)
      ? [leadDeleted(row.lead_title ?? '')]
      : []),
  ]
}

export const toMessage = (row: JoinedRow): EmailMessage => ({
  id: row.id,
  state: row.state,
  account: toReference(row.account_id, row.account_name),
  user: toReference(row.user_id, row.user_name),
  lead: toReference(row.lead_id, row.lead_title),
  contact: toReference(row.contact_id, row.contact_name),
  toName: row.to_name,
  toAddress: row.to_address,
  cc: addressesIn(row.cc),
  bcc: addressesIn(row.bcc),
  subject: row.subject,
  body: row.body,
  html: row.html,
  messageId: row.message_id,
  planId: row.plan_id,
  planStepId: row.plan_step_id,
  variant: row.variant,
  problems: problemsNow(row),
  allowIdentical: row.allow_identical === 1,
  atOnce: row.at_once === 1,
  sendAfter: toInstantOrNull(row.send_after),
  nextAttemptAt: row.state === 'approved' ? toInstant(row.next_attempt_at) : null,
  attempts: row.attempts,
  sentAt: toInstantOrNull(row.sent_at),
  error: row.error,
  failure: row.failure,
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
})
