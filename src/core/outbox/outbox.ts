/** The outbox: e-mails are drafted, checked, approved and taken back here; `sender.ts` sends them. */
import type { EmailDraft, EmailMessage, EmailUpdate, OutboxStatus } from '../../contract/outbox'
import { type EmailState, emailStates } from '../../contract/words'
import type { Activities } from '../activities/activities'
import type { Actor } from '../kernel/actor'
import { seesAll } from '../kernel/authorisation'
import type { SqlValue, Writer } from '../kernel/database'
import { conflict, invalid, notFound } from '../kernel/errors'
import type { Ground } from '../kernel/ground'
import { quoted } from '../kernel/records'
import { toReference } from '../kernel/rows'
import { type Mail, newMessageId } from '../mail/mail'
import { cleanHtml, type Templates, textOfHtml } from '../templates/templates'
import { type Checked, contentHashOf, createChecks } from './checks'
import { type JoinedRow, type MessageRow, selectMessage, toMessage } from './rows'
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
}

interface Recipient {
  contactId: string
  leadId: string | null
  toName: string
  toAddress: string | null
}

export function createOutbox(ground: Ground, needs: OutboxNeeds) {
  const { database, workspace } = ground
  const { mail, templates } = needs
  const problemsOf = createChecks(database, needs.isOptedOut)
  const timing = createTiming(database, workspace.timezone)
  const sender = createSender(ground, { ...needs, problemsOf, timing })

  // Reading -------------------------------------------------------------------------------------

  function requireRow(actor: Actor, id: string): JoinedRow {
    const row = database.get<JoinedRow>(`${selectMessage} where email_message.id = ?`, id)
    if (!row || (!seesAll(actor) && row.user_id !== actor.userId)) throw notFound('e-mail')
    return row
  }
  const get = (actor: Actor, id: string): EmailMessage => toMessage(requireRow(actor, id))

  /** Newest first. */
  function list(
    actor: Actor,
    {
      state,
      leadId,
      contactId,
      limit,
      cursor,
    }: {
      state?: EmailState[] | undefined
      leadId?: string | undefined
      contactId?: string | undefined
      limit: number
      cursor?: string | undefined
    },
  ) {
    const clauses: string[] = ['1']
    const parameters: SqlValue[] = []
    const where = (sql: string, ...values: SqlValue[]) => {
      clauses.push(sql)
      parameters.push(...values)
    }
    if (!seesAll(actor)) where('email_message.user_id = ?', actor.userId)
    if (state) where(`email_message.state in (${state.map(() => '?').join(', ')})`, ...state)
    if (leadId) where('email_message.lead_id = ?', leadId)
    if (contactId) where('email_message.contact_id = ?', contactId)
    const total = Number(
      database.value(
        `select count(*) from email_message where ${clauses.join(' and ')}`,
        ...parameters,
      ),
    )
    if (cursor !== undefined) {
      const seq = Number(cursor)
      if (!Number.isSafeInteger(seq)) throw invalid('cursor', 'must be one that a list answered')
      where('email_message.seq < ?', seq)
    }
    const rows = database.all<JoinedRow>(
      `${selectMessage} where ${clauses.join(' and ')} order by email_message.seq desc limit ?`,
      ...parameters,
      limit + 1,
    )
    const kept = rows.slice(0, limit)
    return {
      items: kept.map(toMessage),
      nextCursor: rows.length > limit ? String(kept.at(-1)?.seq) : null,
      total,
    }
  }

  function status(actor: Actor): OutboxStatus {
    const { stopped, stoppedBy, ...rules } = readSettings(database)
    const mine = seesAll(actor) ? '' : 'where user_id = ?'
    const counted = new Map(
      database
        .all<{ state: EmailState; count: number }>(
          `select state, count(*) as count from email_message ${mine} group by state`,
          ...(mine ? [actor.userId] : []),
        )
        .map(({ state, count }) => [state, count]),
    )
    const by = stoppedBy
      ? database.value<string>('select name from user where id = ?', stoppedBy)
      : undefined
    return {
      ...rules,
      stopped,
      stoppedBy: toReference(stopped ? stoppedBy : null, by ?? null),
      counts: Object.fromEntries(
        emailStates.map((state) => [state, counted.get(state) ?? 0]),
      ) as OutboxStatus['counts'],
    }
  }

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

  function recipientOf(about: {
    leadId?: string | undefined
    contactId?: string | undefined
  }): Recipient {
    const contactId =
      about.contactId ??
      database.value<string | null>('select contact_id from lead where id = ?', about.leadId ?? '')
    if (!contactId) throw invalid('contactId', 'is required: the lead has no contact')
    const row = database.get<{ name: string; email: string | null }>(
      'select name, email from contact where id = ?',
      contactId,
    )
    return {
      contactId,
      leadId: about.leadId ?? null,
      toName: row?.name === row?.email ? '' : (row?.name ?? ''),
      toAddress: row?.email ?? null,
    }
  }

  function accountIdFor(actor: Actor, accountId: string | undefined): string | null {
    if (accountId === undefined) return mail.accountFor(actor.userId)?.id ?? null
    const account = mail.requireRow(actor, accountId)
    if (account.active === 0) throw invalid('accountId', 'must be an account that is in use')
    return account.id
  }

  function textsOf(actor: Actor, draft: EmailDraft, recipient: Recipient) {
    if (draft.final) {
      const html = draft.html === null ? null : cleanHtml(draft.html)
      const body = draft.body || (html === null ? '' : textOfHtml(html))
      return { subject: draft.subject, body, html, blanks: [], defaulted: [] }
    }
    return templates.renderTemplate(draft.templateId ? templates.get(draft.templateId) : draft, {
      leadId: recipient.leadId,
      contactId: recipient.contactId,
      userId: actor.userId,
    })
  }

  function checkedFrom(
    texts: { subject: string; body: string; html: string | null; blanks: string[] },
    { contactId, toAddress }: Recipient,
    accountId: string | null,
    allowIdentical: boolean,
  ): Checked {
    return {
      to_address: toAddress ?? '',
      subject: texts.subject,
      body: texts.body,
      html: texts.html,
      blanks: JSON.stringify(texts.blanks),
      contact_id: contactId,
      account_id: accountId,
      content_hash: contentHashOf(texts.subject, texts.body),
      allow_identical: allowIdentical ? 1 : 0,
    }
  }

  function preview(actor: Actor, draft: EmailDraft) {
    needs.requireVisible(actor, draft)
    const recipient = recipientOf(draft)
    const texts = textsOf(actor, draft, recipient)
    return {
      toName: recipient.toName || null,
      toAddress: recipient.toAddress,
      ...texts,
      problems: problemsOf(
        checkedFrom(texts, recipient, accountIdFor(actor, draft.accountId), draft.allowIdentical),
      ),
    }
  }

  /** What every new message has; the caller says what state it begins in. */
  function insert(
    writer: Writer,
    checked: Checked,
    rest: {
      state: 'drafted' | 'approved'
      toName: string | null
      leadId: string | null
      userId: string | null
      planId?: string
      planStepId?: string
      variant?: string | null
      needsOpenLead?: boolean
      atOnce?: boolean
      sendAfter: number | null
      problems: object[]
    },
  ): string {
    const account = checked.account_id ? mail.accountById(checked.account_id) : undefined
    return writer.insert(emailMessage, {
      ...rest,
      accountId: checked.account_id,
      contactId: checked.contact_id,
      toAddress: checked.to_address,
      subject: checked.subject,
      body: checked.body,
      html: checked.html,
      blanks: checked.blanks,
      contentHash: checked.content_hash,
      allowIdentical: checked.allow_identical,
      messageId: newMessageId(writer.now, account?.from_address ?? ''),
      nextAttemptAt: rest.sendAfter ?? writer.now,
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
    const checked = checkedFrom(texts, recipient, accountId, draft.allowIdentical)
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

  const changeable = new Set<EmailState>(['drafted', 'approved', 'failed'])
  function requireChangeable(actor: Actor, id: string): JoinedRow {
    const row = requireRow(actor, id)
    if (!changeable.has(row.state))
      throw conflict(`This e-mail is ${row.state} and cannot be changed any more.`)
    return row
  }

  /** What was approved is a draft again: somebody has to look at what it says now. */
  function update(
    actor: Actor,
    { id, sendAfter, accountId, ...patch }: EmailUpdate & { id: string },
  ): EmailMessage {
    const row = requireChangeable(actor, id)
    const html =
      patch.html === undefined ? row.html : patch.html === null ? null : cleanHtml(patch.html)
    const body = patch.body ?? (patch.html ? textOfHtml(html ?? '') : row.body)
    const subject = patch.subject ?? row.subject
    const edited = subject !== row.subject || body !== row.body || html !== row.html
    const next: Checked = {
      ...row,
      subject,
      body,
      html,
      // Whoever writes a text has seen what was blank in it.
      blanks: edited ? '[]' : row.blanks,
      account_id: accountId === undefined ? row.account_id : accountIdFor(actor, accountId),
      content_hash: contentHashOf(subject, body),
      allow_identical: Number(patch.allowIdentical ?? row.allow_identical === 1),
    }
    const after = sendAfter === undefined ? row.send_after : sendAfter && Date.parse(sendAfter)
    database.act(actor, { label: `Change e-mail ${quoted(row.subject)}` }, (writer) => {
      requireChangeable(actor, id)
      writer.update(emailMessage, id, {
        state: 'drafted',
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
        error: null,
      })
    })
    return get(actor, id)
  }

  /** Answers whether it goes now; what speaks against it is written down. */
  function approveOne(writer: Writer, row: MessageRow, now: boolean): boolean {
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
          }
        : {}),
    })
    return problems.length === 0
  }

  function approve(actor: Actor, { id, now }: { id: string; now: boolean }): EmailMessage {
    database.act(actor, { label: 'Approve e-mail' }, (writer) => {
      const row = requireRow(actor, id)
      if (row.state !== 'drafted' && !(row.state === 'approved' && now))
        throw conflict(`This e-mail is ${row.state}, not waiting for approval.`)
      writer.label = `Approve e-mail ${quoted(row.subject)}`
      approveOne(writer, row, now)
    })
    const message = get(actor, id)
    if (message.state === 'drafted')
      throw conflict(message.problems.map(({ message: text }) => text).join(' '), {
        problems: message.problems,
      })
    sender.wake()
    return message
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
      writer.update(emailMessage, id, { state: 'cancelled', error: null })
      if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
    })
    return get(actor, id)
  }

  function resolve(
    actor: Actor,
    { id, as }: { id: string; as: 'sent' | 'send_again' | 'cancelled' },
  ): EmailMessage {
    database.act(actor, { label: 'Decide on e-mail', kind: 'system' }, (writer) => {
      const row = requireRow(actor, id)
      if (row.state !== 'unknown' && !(row.state === 'failed' && as !== 'sent'))
        throw conflict(`This e-mail is ${row.state}: there is nothing to decide.`)
      writer.label = `Decide on e-mail ${quoted(row.subject)}: ${as.replace('_', ' ')}`
      if (as === 'sent') sender.markSent(writer, row)
      else if (as === 'cancelled')
        writer.update(emailMessage, id, { state: 'cancelled', error: null })
      else {
        writer.update(emailMessage, id, { state: 'drafted', attempts: 0, error: null })
        approveOne(writer, { ...row, state: 'drafted' }, row.at_once === 1)
      }
    })
    if (as === 'send_again') sender.wake()
    return get(actor, id)
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
      false,
    )
    const problems = problemsOf(checked)
    const goes = problems.length === 0 && !readSettings(database).approvalFirst
    return insert(writer, checked, {
      state: goes ? 'approved' : 'drafted',
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
  const withdraw = (writer: Writer, planStepId: string): boolean =>
    writer.run(
      `update email_message set state = 'cancelled', updated_at = ?
       where plan_step_id = ? and state in ('drafted', 'approved', 'failed')`,
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
    cancel,
    resolve,
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
    close: sender.close,
  }
}
