/** E-mails as rows and as the contract shows them. */
import type { EmailMessage } from '../../contract/outbox'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../kernel/rows'
import type { emailMessage } from './table'

export type MessageRow = RowOf<typeof emailMessage>
export type JoinedRow = MessageRow & {
  account_name: string | null
  user_name: string | null
  lead_title: string | null
  contact_name: string | null
}

export const selectMessage = `select email_message.*, mail_account.name as account_name, user.name as user_name,
    lead.title as lead_title, contact.name as contact_name
  from email_message
  left join mail_account on mail_account.id = email_message.account_id
  left join user on user.id = email_message.user_id
  left join lead on lead.id = email_message.lead_id
  left join contact on contact.id = email_message.contact_id`

export const toMessage = (row: JoinedRow): EmailMessage => ({
  id: row.id,
  state: row.state,
  account: toReference(row.account_id, row.account_name),
  user: toReference(row.user_id, row.user_name),
  lead: toReference(row.lead_id, row.lead_title),
  contact: toReference(row.contact_id, row.contact_name),
  toName: row.to_name,
  toAddress: row.to_address,
  subject: row.subject,
  body: row.body,
  html: row.html,
  messageId: row.message_id,
  planId: row.plan_id,
  planStepId: row.plan_step_id,
  variant: row.variant,
  problems: JSON.parse(row.problems),
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
