/** E-mails on their way: written as rows first, sent after. */

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { emailFailures, emailStates } from '../../../contract/kernel/words'
import type { EmailProblem } from '../../../contract/outreach/messages'
import { emptyList, id, type Json, seq, timestamps } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'
import { contact } from '../../records/contacts/table'
import { lead } from '../../records/leads/table'
import { user } from '../../records/users/table'
import { activity } from '../../timeline/activities/table'
import { mailAccount } from '../accounts/table'

export const emailMessage = sqliteTable(
  'email_message',
  {
    seq: seq(),
    id: id(),
    state: text('state', { enum: emailStates }).notNull(),
    accountId: text('account_id').references(() => mailAccount.id, { onDelete: 'set null' }),
    /** Who writes. */
    userId: text('user_id').references(() => user.id, { onDelete: 'set null' }),
    leadId: text('lead_id').references(() => lead.id, { onDelete: 'set null' }),
    contactId: text('contact_id').references(() => contact.id, { onDelete: 'set null' }),
    toName: text('to_name'),
    toAddress: text('to_address').notNull(),
    /** JSON arrays of addresses. */
    cc: text('cc').$type<Json<string[]>>().notNull().default(emptyList),
    bcc: text('bcc').$type<Json<string[]>>().notNull().default(emptyList),
    subject: text('subject').notNull(),
    /** The text part. */
    body: text('body').notNull(),
    html: text('html'),
    /** Without angle brackets; given before the message ever leaves. */
    messageId: text('message_id').notNull().unique(),
    /** The plan and the step of it that this is, so that no step is sent twice. */
    planId: text('plan_id'),
    planStepId: text('plan_step_id').unique(),
    variant: text('variant'),
    /** JSON array: placeholders that were blank when it was filled in. */
    blanks: text('blanks').$type<Json<string[]>>().notNull().default(emptyList),
    /** JSON array: why it may not go out as it is. */
    problems: text('problems').$type<Json<EmailProblem[]>>().notNull().default(emptyList),
    /** SHA-256 of subject and text: messages that many people get alike. */
    contentHash: text('content_hash').notNull(),
    allowIdentical: integer('allow_identical').notNull().default(0),
    /** Goes out only while its lead is open. */
    needsOpenLead: integer('needs_open_lead').notNull().default(0),
    /** Somebody sends it by hand: quiet hours do not hold it. */
    atOnce: integer('at_once').notNull().default(0),
    /** Not before this instant, by the user's wish or the plan's. */
    sendAfter: integer('send_after'),
    /** Not before this instant: `sendAfter`, limits, quiet hours, the next attempt. */
    nextAttemptAt: integer('next_attempt_at').notNull(),
    approvedAt: integer('approved_at'),
    approvedBy: text('approved_by').references(() => user.id, { onDelete: 'set null' }),
    attempts: integer('attempts').notNull().default(0),
    /** When it was last handed to the server, and by which run of the program. */
    takenAt: integer('taken_at'),
    takenBy: text('taken_by'),
    sentAt: integer('sent_at'),
    /** For people: why it waits, or did not go out. */
    error: text('error'),
    /** What kind of failure that was, where it was one. */
    failure: text('failure', { enum: emailFailures }),
    activityId: text('activity_id').references(() => activity.id, { onDelete: 'set null' }),
    ...timestamps(),
  },
  (table) => [
    index('email_message_due')
      .on(table.accountId, table.atOnce, table.nextAttemptAt, table.seq)
      .where(sql`state = 'approved'`),
    index('email_message_sending').on(table.takenAt).where(sql`state = 'sending'`),
    index('email_message_state').on(table.state, table.seq),
    index('email_message_user').on(table.userId, table.state, table.seq),
    index('email_message_taken')
      .on(table.accountId, table.takenAt)
      .where(sql`taken_at is not null`),
    index('email_message_content').on(table.contentHash, table.toAddress),
    index('email_message_lead').on(table.leadId).where(sql`lead_id is not null`),
    index('email_message_contact').on(table.contactId).where(sql`contact_id is not null`),
    index('email_message_plan').on(table.planId).where(sql`plan_id is not null`),
    index('email_message_activity').on(table.activityId).where(sql`activity_id is not null`),
    index('email_message_approver').on(table.approvedBy).where(sql`approved_by is not null`),
  ],
)

declare(emailMessage, {
  derived: ['next_attempt_at', 'taken_at', 'taken_by', 'attempts', 'error'],
})
