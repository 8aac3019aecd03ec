/** Writes e-mails: new ones, as drafts or to be sent, and changes to those that have not gone out. */
import type { EmailState } from '../../../contract/kernel/words'
import type {
  EmailDraft,
  EmailMessage,
  EmailProblem,
  EmailUpdate,
} from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import { emptyList } from '../../kernel/database/columns'
import type { Writer } from '../../kernel/database/database'
import { fromInstant, toJson } from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { type Mail, newMessageId } from '../accounts/accounts'
import { cleanHtml, textOfHtml } from '../templates/templates'
import { type Checked, contentHashOf, copiesOf, type ProblemsOf } from './checks'
import type { Drafting } from './drafting'
import type { Reading } from './reading'
import { addressesIn, type JoinedRow } from './rows'
import { emailMessage } from './table'

export type Writing = ReturnType<typeof createWriting>

export interface WritingNeeds {
  mail: Mail
  drafting: Drafting
  reading: Reading
  problemsOf: ProblemsOf
  requireVisible(
    actor: Actor,
    about: { leadId?: string | undefined; contactId?: string | undefined },
  ): void
  /** Something may go out now. */
  wake(): void
}

/** What an e-mail begins with besides its checked texts and addresses. */
export interface NewMessage {
  state: 'drafted' | 'approved' | 'late' | 'unknown'
  error?: string | null
  toName: string | null
  leadId: string | null
  userId: string | null
  planId?: string
  planStepId?: string
  variant?: string | null
  needsOpenLead?: boolean
  atOnce?: boolean
  sendAfter: number | null
  problems: EmailProblem[]
}

const changeable = new Set<EmailState>(['drafted', 'approved', 'late', 'failed'])

export function createWriting({ database }: Kernel, needs: WritingNeeds) {
  const { mail, problemsOf, reading } = needs
  const { recipientOf, accountIdFor, textsOf, checkedFrom } = needs.drafting

  /** What every new message has; the caller says what state it begins in. */
  function insert(writer: Writer, checked: Checked, rest: NewMessage): string {
    const account = checked.account_id ? mail.accountById(checked.account_id) : undefined
    return writer.insert(emailMessage, {
      ...rest,
      accountId: checked.account_id,
      contactId: checked.contact_id,
      toAddress: checked.to_address,
      cc: checked.cc,
      bcc: checked.bcc,
      subject: checked.subject,
      body: checked.body,
      html: checked.html,
      blanks: checked.blanks,
      contentHash: checked.content_hash,
      allowIdentical: checked.allow_identical,
      messageId: newMessageId(writer.now, account?.from_address ?? ''),
      nextAttemptAt: Math.max(rest.sendAfter ?? 0, writer.now),
      ...(rest.state === 'approved'
        ? { approvedAt: writer.now, approvedBy: writer.actor.userId }
        : {}),
    })
  }

  /** A message with problems is kept as a draft, whatever was to become of it. */
  function create(actor: Actor, draft: EmailDraft): EmailMessage {
    needs.requireVisible(actor, draft)
    const recipient = recipientOf(draft)
    if (!recipient.toAddress)
      throw invalid(
        'contactId',
        `must be somebody with an e-mail address: ${recipient.toName} has none`,
      )
    const accountId = accountIdFor(actor, draft.accountId)
    const texts = textsOf(actor, draft, recipient)
    const checked = checkedFrom(texts, recipient, accountId, draft)
    const problems = problemsOf(checked)
    const goes = draft.next !== 'draft' && problems.length === 0
    let id = ''
    database.act(
      actor,
      { label: `${goes ? 'Send' : 'Draft'} e-mail ${quoted(texts.subject)}` },
      (writer) => {
        id = insert(writer, checked, {
          state: goes ? 'approved' : 'drafted',
          toName: recipient.toName || null,
          leadId: recipient.leadId,
          userId: actor.userId,
          atOnce: draft.next === 'now',
          sendAfter: draft.sendAfter ? Date.parse(draft.sendAfter) : null,
          problems,
        })
      },
    )
    if (goes) needs.wake()
    return reading.get(actor, id)
  }

  function requireChangeable(actor: Actor, id: string): JoinedRow {
    const row = reading.requireRow(actor, id)
    if (!changeable.has(row.state))
      throw conflict(`This e-mail is ${row.state} and cannot be changed any more.`)
    return row
  }

  /** What was approved is a draft again: somebody has to look at what it says now. */
  function update(
    actor: Actor,
    { id, sendAfter, accountId, toAddress, cc, bcc, ...patch }: EmailUpdate & { id: string },
  ): EmailMessage {
    const row = requireChangeable(actor, id)
    const html =
      patch.html === undefined ? row.html : patch.html === null ? null : cleanHtml(patch.html)
    const body = patch.body ?? (patch.html ? textOfHtml(html ?? '') : row.body)
    const subject = patch.subject ?? row.subject
    const edited = subject !== row.subject || body !== row.body || html !== row.html
    const copies = copiesOf(toAddress ?? row.to_address, {
      cc: cc ?? addressesIn(row.cc),
      bcc: bcc ?? addressesIn(row.bcc),
    })
    const next: Checked = {
      ...row,
      to_address: toAddress ?? row.to_address,
      cc: toJson(copies.cc),
      bcc: toJson(copies.bcc),
      subject,
      body,
      html,
      // Whoever writes a text has seen what was blank in it.
      blanks: edited ? emptyList : row.blanks,
      account_id: accountId === undefined ? row.account_id : accountIdFor(actor, accountId),
      content_hash: contentHashOf(subject, body),
      allow_identical: Number(patch.allowIdentical ?? row.allow_identical === 1),
    }
    const after = sendAfter === undefined ? row.send_after : fromInstant(sendAfter)
    database.act(actor, { label: `Change e-mail ${quoted(row.subject)}` }, (writer) => {
      requireChangeable(actor, id)
      writer.update(emailMessage, id, {
        state: 'drafted',
        toAddress: next.to_address,
        cc: next.cc,
        bcc: next.bcc,
        subject,
        body,
        html,
        blanks: next.blanks,
        accountId: next.account_id,
        contentHash: next.content_hash,
        allowIdentical: next.allow_identical,
        problems: problemsOf(next),
        sendAfter: after,
        nextAttemptAt: after ?? writer.now,
        approvedAt: null,
        approvedBy: null,
        attempts: 0,
        error: null,
        failure: null,
      })
    })
    return reading.get(actor, id)
  }

  return { insert, create, update, requireChangeable }
}
