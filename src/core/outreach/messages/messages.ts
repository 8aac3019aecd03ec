/** The outbox: e-mails are drafted, checked, approved and taken back here; `sender.ts` sends them. */

import type { EmailState } from '../../../contract/kernel/words'
import type {
  EmailDraft,
  EmailMessage,
  EmailProblem,
  EmailUpdate,
  OutboxStatus,
} from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { emptyList } from '../../kernel/database/columns'
import type { Writer } from '../../kernel/database/database'
import { fromInstant, toJson } from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import type { Activities } from '../../timeline/activities/activities'
import { type Mail, newMessageId } from '../accounts/accounts'
import { cleanHtml, type Templates, textOfHtml } from '../templates/templates'
import { type CarryOverNeeds, createCarryOver, mayHaveGone } from './carry-over'
import { type Checked, contentHashOf, copiesOf, createChecks } from './checks'
import { createDrafting } from './drafting'
import { createLateness } from './lateness'
import { createReading } from './reading'
import { addressesIn, type JoinedRow, type MessageRow } from './rows'
import { createSender, type PlanHooks } from './sender'
import { type OutboxSettings, readSettings, writeSettings } from './settings'
import { emailMessage } from './table'
import { createTiming } from './timing'

export type { PlanHooks } from './sender'
export type Outbox = ReturnType<typeof createOutbox>

export interface OutboxNeeds {
  mail: Mail
  templates: Templates
  activities: Activities
  isOptedOut(address: string): boolean
  /** @throws not_found where the actor may not see the record */
  requireVisible(
    actor: Actor,
    about: { leadId?: string | undefined; contactId?: string | undefined },
  ): void
  /** Undefined while there are no plans. */
  plans(): PlanHooks | undefined
  carryOverStep: CarryOverNeeds['carryOverStep']
  systemActor(): Actor
  report(error: unknown): void
}

/** The e-mail of a plan's step; its texts are templates. */
export interface StepEmail {
  planId: string
  planStepId: string
  leadId: string | null
  contactId: string
  userId: string | null
  email: string
  subject: string
  body: string
  html?: string | null
  variant?: string | null
  /** Not before this instant, milliseconds. */
  sendAfter?: number | null
  /** When the step was due, milliseconds. */
  dueAt?: number
}

export function createOutbox(kernel: Kernel, needs: OutboxNeeds) {
  const { database, clock, workspace } = kernel
  const { mail, templates } = needs
  const problemsOf = createChecks(database, needs.isOptedOut)
  const timing = createTiming(database, workspace.timezone)
  const { recipientOf, accountIdFor, textsOf, checkedFrom, preview } = createDrafting(kernel, {
    ...needs,
    problemsOf,
    timing,
  })
  const lateness = createLateness(kernel)
  const sender = createSender(kernel, { ...needs, problemsOf, timing, lateness })
  const { requireRow, get, list, status, undecided } = createReading(kernel, sender.paused)

  function change(
    actor: Actor,
    label: string,
    patch: { [K in keyof OutboxSettings]?: OutboxSettings[K] | undefined },
  ): OutboxStatus {
    // An undo never lets mail go out again.
    database.act(actor, { label, kind: 'system' }, (writer) =>
      writeSettings(database, writer, patch),
    )
    return status(actor)
  }

  // Writing -------------------------------------------------------------------------------------

  /** What every new message has; the caller says what state it begins in. */
  function insert(
    writer: Writer,
    checked: Checked,
    rest: {
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
    },
  ): string {
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
    if (goes) sender.wake()
    return get(actor, id)
  }

  const changeable = new Set<EmailState>(['drafted', 'approved', 'late', 'failed'])
  function requireChangeable(actor: Actor, id: string): JoinedRow {
    const row = requireRow(actor, id)
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
    return get(actor, id)
  }

  /** Answers whether it goes now; what speaks against it is written down, what is over is cancelled. */
  function approveOne(writer: Writer, row: MessageRow, now: boolean): boolean {
    const obsolete = sender.whyObsolete(row)
    if (obsolete !== undefined) {
      sender.cancelUnwanted(writer, row, obsolete)
      return false
    }
    const problems = problemsOf(row)
    writer.update(emailMessage, row.id, {
      problems,
      ...(problems.length === 0
        ? {
            state: 'approved',
            approvedAt: writer.now,
            approvedBy: writer.actor.userId,
            nextAttemptAt: now ? writer.now : Math.max(row.send_after ?? 0, writer.now),
            atOnce: now,
            error: null,
            failure: null,
          }
        : {}),
    })
    return problems.length === 0
  }

  function approve(actor: Actor, { id, now }: { id: string; now: boolean }): EmailMessage {
    database.act(actor, { label: 'Approve e-mail' }, (writer) => {
      const row = requireRow(actor, id)
      if (row.state !== 'drafted' && row.state !== 'late' && !(row.state === 'approved' && now))
        throw conflict(`This e-mail is ${row.state}, not waiting for approval.`)
      writer.label = `Approve e-mail ${quoted(row.subject)}`
      approveOne(writer, row, now)
    })
    return approved(actor, id)
  }

  /** @throws conflict where something speaks against it */
  function approved(actor: Actor, id: string): EmailMessage {
    const message = get(actor, id)
    if (message.state === 'drafted' || message.state === 'late')
      throw conflict(message.problems.map(({ message: text }) => text).join(' '), {
        problems: message.problems,
      })
    sender.wake()
    return message
  }

  /** An approved message goes out at another time; what it says stays approved. */
  function reschedule(
    actor: Actor,
    { id, sendAfter }: { id: string; sendAfter: string },
  ): EmailMessage {
    const at = Date.parse(sendAfter)
    if (at <= clock.now()) throw invalid('sendAfter', 'must be a time in the future')
    database.act(actor, { label: 'Reschedule e-mail' }, (writer) => {
      const row = requireRow(actor, id)
      if (row.state !== 'late' && row.state !== 'approved')
        throw conflict(`This e-mail is ${row.state}, and not approved.`)
      writer.label = `Reschedule e-mail ${quoted(row.subject)}`
      writer.update(emailMessage, id, { sendAfter: at, atOnce: false })
      approveOne(writer, { ...row, send_after: at }, false)
    })
    return approved(actor, id)
  }

  function approveMany(actor: Actor, ids: string[]) {
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label: 'Approve e-mails', kind: 'bulk' }, (writer) => {
      for (const id of new Set(ids)) {
        const row = requireRow(actor, id)
        if (row.state === 'drafted' && approveOne(writer, row, false)) changed++
      }
      writer.label = `Approve ${changed} ${changed === 1 ? 'e-mail' : 'e-mails'}`
      batchId = changed > 0 ? writer.batchId : null
    })
    sender.wake()
    return { changed, skipped: ids.length - changed, batchId }
  }

  function cancel(actor: Actor, id: string): EmailMessage {
    database.act(actor, { label: 'Cancel e-mail' }, (writer) => {
      const row = requireChangeable(actor, id)
      writer.label = `Cancel e-mail ${quoted(row.subject)}`
      writer.update(emailMessage, id, { state: 'cancelled', error: null, failure: null })
      if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
    })
    return get(actor, id)
  }

  type Decision = 'sent' | 'send_again' | 'cancelled'

  function resolveOne(writer: Writer, row: MessageRow, as: Decision): void {
    if (as === 'sent') sender.markSent(writer, row)
    else if (as === 'cancelled') {
      writer.update(emailMessage, row.id, { state: 'cancelled', error: null, failure: null })
      if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
    } else {
      writer.update(emailMessage, row.id, {
        state: 'drafted',
        attempts: 0,
        error: null,
        failure: null,
      })
      approveOne(writer, { ...row, state: 'drafted' }, row.at_once === 1)
    }
  }

  function resolve(actor: Actor, { id, as }: { id: string; as: Decision }): EmailMessage {
    database.act(actor, { label: 'Decide on e-mail', kind: 'system' }, (writer) => {
      const row = requireRow(actor, id)
      if (row.state !== 'unknown' && !(row.state === 'failed' && as !== 'sent'))
        throw conflict(`This e-mail is ${row.state}: there is nothing to decide.`)
      writer.label = `Decide on e-mail ${quoted(row.subject)}: ${as.replace('_', ' ')}`
      resolveOne(writer, row, as)
    })
    if (as === 'send_again') sender.wake()
    return get(actor, id)
  }

  function resolveUnknown(actor: Actor, as: Decision) {
    let changed = 0
    database.act(actor, { label: 'Decide on e-mails', kind: 'system' }, (writer) => {
      const rows = database.all<MessageRow>(
        `select * from email_message where state = 'unknown' and ${seesAll(actor) ? '?' : 'user_id = ?'} order by seq`,
        seesAll(actor) ? 1 : actor.userId,
      )
      for (const row of rows) resolveOne(writer, row, as)
      changed = rows.length
      writer.label = `Decide on ${changed} ${changed === 1 ? 'e-mail' : 'e-mails'}: ${as.replace('_', ' ')}`
    })
    if (as === 'send_again') sender.wake()
    return { changed, skipped: 0, batchId: null }
  }

  function askAboutWaiting(writer: Writer): number {
    const rows = database.all<{ id: string }>(
      `select id from email_message where state in ('approved', 'late')`,
    )
    const error =
      'It was waiting when this copy of the database was made: the original sends it, too.'
    for (const { id } of rows) writer.update(emailMessage, id, { state: 'unknown', error })
    return rows.length
  }

  // Plans ---------------------------------------------------------------------------------------

  /**
   * Puts the e-mail of a step into the outbox within the action that makes it due. Without problems
   * and where no approval is wanted it goes by itself; else it waits as a draft. One that may have
   * gone out for this step already is left at that, and answered.
   */
  function enqueue(writer: Writer, email: StepEmail): string {
    const gone = goneOf(writer, email.planStepId)
    if (gone !== undefined) return gone
    const recipient = recipientOf({ contactId: email.contactId, leadId: email.leadId ?? undefined })
    const source = { subject: email.subject, body: email.body, html: email.html ?? null }
    // What cannot be filled in waits as it is written: its braces are found as a problem.
    const texts =
      templates.checkTemplate(source).length > 0
        ? { ...source, blanks: [] }
        : templates.renderTemplate(source, {
            leadId: email.leadId,
            contactId: email.contactId,
            userId: email.userId,
          })
    const checked = checkedFrom(
      texts,
      { ...recipient, toAddress: email.email },
      mail.accountFor(email.userId)?.id ?? null,
    )
    const problems = problemsOf(checked)
    const goes = problems.length === 0 && !readSettings(database).approvalFirst
    const late = goes && email.dueAt ? lateness.whyLateOn(email.dueAt, email.userId) : undefined
    const asks = mayHaveGoneBefore(email.planStepId)
    return insert(writer, checked, {
      state: asks ? 'unknown' : late ? 'late' : goes ? 'approved' : 'drafted',
      error: asks ? mayHaveGone : (late ?? null),
      toName: recipient.toName || null,
      leadId: email.leadId,
      userId: email.userId,
      planId: email.planId,
      planStepId: email.planStepId,
      variant: email.variant ?? null,
      needsOpenLead: email.leadId !== null,
      sendAfter: email.sendAfter ?? null,
      problems,
    })
  }

  /** Whether this step was due while a database was in use that nobody can read any more. */
  const mayHaveGoneBefore = (planStepId: string): boolean =>
    database.get(
      `select 1 from plan_step, installation where plan_step.id = ? and due_at <= ask_until`,
      planStepId,
    ) !== undefined

  /** What a server may have had of this step. What was taken back or has failed lets go of the step. */
  function goneOf(writer: Writer, planStepId: string): string | undefined {
    writer.run(
      `update email_message set state = 'cancelled', plan_step_id = null, updated_at = ?
       where plan_step_id = ? and state in ('cancelled', 'failed')`,
      writer.now,
      planStepId,
    )
    return database.value<string>(
      `select id from email_message where plan_step_id = ? and state in ('sending', 'unknown', 'sent')`,
      planStepId,
    )
  }

  /** Takes a step's e-mail back as long as no server has had it; tells no plan of it. */
  const withdraw = (writer: Writer, planStepId: string, reason: string): boolean =>
    writer.run(
      `update email_message set state = 'cancelled', error = ?, updated_at = ?
       where plan_step_id = ? and state in ('drafted', 'approved', 'late', 'failed')`,
      reason,
      writer.now,
      planStepId,
    ) > 0

  return {
    list,
    get,
    status,
    preview,
    create,
    update,
    approve,
    approveMany,
    reschedule,
    cancel,
    resolve,
    resolveUnknown,
    enqueue,
    withdraw,
    /** Whether automated steps of this user can be sent at all. */
    isReady: (userId: string | null) => mail.accountFor(userId) !== undefined,
    settings: (actor: Actor, patch: Parameters<typeof change>[2]) =>
      change(actor, 'Change the rules for outgoing e-mail', patch),
    stop: (actor: Actor) =>
      change(actor, 'Stop all e-mail', { stopped: true, stoppedBy: actor.userId }),
    resume(actor: Actor) {
      const resumed = change(actor, 'Let e-mail go out again', { stopped: false, stoppedBy: null })
      sender.wake()
      return resumed
    },
    sendDue: sender.sendDue,
    sendNow: sender.sendNow,
    wake: sender.wake,
    /** A copy of the database does not know whether the original sends these. */
    askAboutWaiting,
    carryOver: createCarryOver(kernel, {
      markSent: sender.markSent,
      carryOverStep: needs.carryOverStep,
    }),
    undecided,
    close: sender.close,
  }
}
