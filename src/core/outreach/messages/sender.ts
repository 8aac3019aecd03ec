/**
 * Sends what is due. A message is taken in a transaction that asks everything once more, handed to
 * the server after that, and settled in a second one. What was taken by a run of the program that
 * did not live to settle it is unknown: it is shown, and never sent again by itself.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import type { Ground } from '../../kernel/ground'
import type { MailOutcome } from '../../kernel/host/mailer'
import { quoted } from '../../kernel/records/records'
import type { Activities } from '../../timeline/activities/activities'
import type { Mail, MailAccountRow } from '../accounts/accounts'
import type { Checked } from './checks'
import { createRests, isOfAccount } from './rests'
import { addressesIn, type MessageRow } from './rows'
import { readSettings } from './settings'
import { emailMessage } from './table'
import type { createTiming } from './timing'
import type { createWaiting } from './waiting'

/** What plans are asked and told about the e-mails of their steps. */
export interface PlanHooks {
  /** Why this step's e-mail is not wanted any more; undefined while it is. Asked before sending. */
  whyUnwanted(planStepId: string): string | undefined
  emailSent(
    writer: Writer,
    planStepId: string,
    sent: { at: number; activityId: string | null },
  ): void
  /** It cannot be sent, or somebody took it out of the outbox. */
  emailFailed(writer: Writer, planStepId: string): void
}

export interface SenderNeeds {
  mail: Mail
  activities: Activities
  isOptedOut(address: string): boolean
  problemsOf(message: Checked): { message: string }[]
  timing: ReturnType<typeof createTiming>
  waiting: ReturnType<typeof createWaiting>
  plans(): PlanHooks | undefined
  /** Whoever does what happens by itself. */
  systemActor(): Actor
  report(error: unknown): void
}

export interface Sendings {
  sent: number
  failed: number
  unknown: number
}

/** Copies, as an activity keeps them. */
function copiesIn(row: MessageRow): { cc?: string[]; bcc?: string[] } {
  const [cc, bcc] = [addressesIn(row.cc), addressesIn(row.bcc)]
  return { ...(cc.length > 0 && { cc }), ...(bcc.length > 0 && { bcc }) }
}

const minute = 60_000
/** Before each further attempt, as far as the server never had the message. */
const pauses = [1, 5, 15, 60, 240].map((minutes) => minutes * minute)
/** Clocks change and computers sleep: asked again at least this often. */
const longestRest = 30_000
/** How long closing waits for a server. */
const patience = 5_000

export function createSender(
  { database, clock, holds, watch, storage }: Ground,
  needs: SenderNeeds,
) {
  const { mail, timing, waiting } = needs
  /** This run of the program. */
  const run = newId(clock.now())
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let working: Promise<Sendings> | undefined
  let askedAgain = false
  let isRecovered = false
  const unsettled = new Map<string, MailOutcome>()
  const rests = createRests(clock)

  const actorFor = (row: MessageRow): Actor => {
    const actor = needs.systemActor()
    return { ...actor, userId: row.user_id ?? actor.userId }
  }
  const system = (label: string) => ({ label, kind: 'system' as const })
  const byId = (id: string) =>
    database.get<MessageRow>('select * from email_message where id = ?', id) as MessageRow

  /** By the switch, or because something has to be decided first. */
  const isStopped = () => readSettings(database).stopped || holds.isHeld()

  const during = <Result>(id: string, work: () => Result) =>
    watch.during({ kind: 'job', name: 'outbox', record: { kind: 'email_message', id } }, work)

  /** What an earlier run was at when it ended. */
  function findUnsettled(): void {
    const rows = database.all<MessageRow>(
      `select * from email_message where state = 'sending' and taken_by is not ?`,
      run,
    )
    for (const row of rows)
      database.act(
        actorFor(row),
        system(`Sending ${quoted(row.subject)} was cut short`),
        (writer) =>
          writer.update(emailMessage, row.id, {
            state: 'unknown',
            error: 'Rapport ended while it was being sent: it may have arrived, or not.',
          }),
      )
  }

  function recover(): void {
    if (isRecovered) return
    findUnsettled()
    isRecovered = true
  }

  /** Sends everything that is due now. Asked while at work, it looks once more before it answers. */
  async function sendDue(): Promise<Sendings> {
    if (working) {
      askedAgain = true
      return await working
    }
    working = (async () => {
      recover()
      settleAll()
      const total = { sent: 0, failed: 0, unknown: 0 }
      do {
        askedAgain = false
        waiting.mendWaits()
        await Promise.all(accountIds().map((id) => sendBy(id, total)))
      } while (askedAgain && !closed)
      return total
    })()
    try {
      return await working
    } finally {
      working = undefined
      rest()
    }
  }

  /** Null stands for messages whose account is gone. */
  const accountIds = () => [
    null,
    ...database.all<{ id: string }>('select id from mail_account').map(({ id }) => id),
  ]

  /** The message of an account that is due before all others. Those sent by hand have precedence. */
  function firstOf(accountId: string | null, atOnce: 0 | 1) {
    return database.get<{ id: string; next_attempt_at: number }>(
      `select id, next_attempt_at from email_message
       where state = 'approved' and account_id is ? and at_once = ?
       order by next_attempt_at, seq limit 1`,
      accountId,
      atOnce,
    )
  }
  function dueOf(accountId: string | null): string | undefined {
    const now = clock.now()
    return [firstOf(accountId, 1), firstOf(accountId, 0)].find(
      (first) => first !== undefined && first.next_attempt_at <= now,
    )?.id
  }

  /** One account's messages one after the other; accounts do not wait for each other. */
  async function sendBy(accountId: string | null, total: Sendings): Promise<void> {
    for (;;) {
      if (closed || isStopped()) return
      const id = dueOf(accountId)
      if (id === undefined) return
      const account = accountId === null ? undefined : mail.accountById(accountId)
      if (account) {
        const now = clock.now()
        if (rests.until(account) > now || timing.accountFreeAt(account, now) > now) return
        if (account.active === 1 && !(await mail.isReady(account))) return
      }
      if (!during(id, () => take(id))) continue
      holds.leaving()
      const outcome = account
        ? await mail.deliver(account, letterOf(byId(id), account))
        : neverTried
      if (account) rests.hear(account, outcome)
      unsettled.set(id, outcome)
      settleAll()
      total[outcome.outcome]++
    }
  }

  /**
   * Marks it as being sent, unless something speaks against it now: then that is written down and
   * it is not due any more. Everything is read within the transaction that marks it.
   */
  function take(id: string): boolean {
    let taken = false
    const found = byId(id)
    database.act(actorFor(found), system(`Send ${quoted(found.subject)}`), (writer) => {
      const row = byId(id)
      if (row.state !== 'approved' || row.next_attempt_at > writer.now) return
      if (isStopped()) return
      const unwanted = whyUnwanted(row)
      if (unwanted !== undefined) {
        cancelUnwanted(writer, row, unwanted)
        return
      }
      const account = row.account_id === null ? undefined : mail.accountById(row.account_id)
      const problems = needs.problemsOf({
        ...row,
        account_id: account?.active === 1 ? account.id : null,
      })
      if (problems.length > 0 || !account) {
        writer.update(emailMessage, id, { state: 'drafted', problems, approvedAt: null })
        return
      }
      const freeAt = timing.accountFreeAt(account, writer.now)
      const late = waiting.whyLate(row, freeAt, writer.now)
      if (late !== undefined) {
        writer.update(emailMessage, id, { state: 'late', error: late, failure: null })
        return
      }
      const quiet = timing.quietFor(row, account, writer.now)
      if (quiet !== undefined) {
        writer.update(emailMessage, id, {
          nextAttemptAt: quiet,
          error: 'It waits until quiet hours are over where the recipient is.',
        })
        return
      }
      if (freeAt > writer.now) return
      writer.update(emailMessage, id, {
        state: 'sending',
        attempts: row.attempts + 1,
        takenAt: writer.now,
        takenBy: run,
        error: null,
        failure: null,
      })
      taken = true
    })
    return taken
  }

  function cancelUnwanted(writer: Writer, row: MessageRow, reason: string): void {
    writer.update(emailMessage, row.id, { state: 'cancelled', error: reason })
    if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
  }

  /** What no text can mend: it must not go out at all any more. */
  const whyUnwanted = (row: MessageRow): string | undefined =>
    needs.isOptedOut(row.to_address)
      ? `${row.to_address} has asked not to be written to.`
      : whyOver(row)

  /** Why what it was written for is over. */
  function whyOver(row: MessageRow): string | undefined {
    const deleted = database.get(
      `select 1 from contact where id = ? and deleted_at is not null`,
      row.contact_id,
    )
    if (deleted) return 'The contact was deleted.'
    if (
      row.needs_open_lead === 1 &&
      !database.get(
        `select 1 from lead where id = ? and status = 'open' and deleted_at is null`,
        row.lead_id,
      )
    )
      return 'The lead is not open any more.'
    return row.plan_step_id ? needs.plans()?.whyUnwanted(row.plan_step_id) : undefined
  }

  /** What came earlier to the same person in the same plan is what this one goes on from. */
  function letterOf(row: MessageRow, account: MailAccountRow) {
    const earlier = row.plan_id
      ? database
          .all<{ message_id: string }>(
            `select message_id from email_message where plan_id = ? and to_address = ? and state = 'sent'
             order by seq limit 50`,
            row.plan_id,
            row.to_address,
          )
          .map(({ message_id }) => message_id)
      : []
    return {
      to: { name: row.to_name ?? '', address: row.to_address },
      cc: addressesIn(row.cc),
      bcc: addressesIn(row.bcc),
      subject: row.subject,
      text: row.body,
      html: row.html ?? undefined,
      messageId: row.message_id,
      inReplyTo: earlier.at(-1),
      references: earlier,
      unsubscribeTo: account.reply_to ?? account.from_address,
    }
  }

  /**
   * Writes down what became of messages. On a full disk that waits until writing works: a message
   * without it counts as being sent, and is never sent again.
   */
  function settleAll(): void {
    for (const [id, outcome] of unsettled) {
      try {
        during(id, () => settle(id, outcome))
      } catch (error) {
        if (storage.isTrouble(error)) throw error
        unsettled.delete(id)
        throw error
      }
      unsettled.delete(id)
    }
  }

  function settle(id: string, outcome: MailOutcome): void {
    const found = byId(id)
    database.act(actorFor(found), system(labelOf(found, outcome)), (writer) => {
      const row = byId(id)
      if (row.taken_by !== run || (row.state !== 'sending' && row.state !== 'unknown')) return
      if (outcome.outcome === 'sent') return markSent(writer, row, outcome.refused)
      if (outcome.outcome === 'unknown')
        return writer.update(emailMessage, id, { state: 'unknown', error: outcome.message })
      const { failure, message: error } = outcome
      // No fault of the message: it does not count as an attempt, and the account rests.
      if (isOfAccount(outcome))
        return writer.update(emailMessage, id, {
          state: 'approved',
          attempts: row.attempts - 1,
          takenAt: null,
          failure,
          error,
        })
      const pause = pauses[row.attempts - 1]
      if (outcome.retry && pause !== undefined)
        return writer.update(emailMessage, id, {
          state: 'approved',
          nextAttemptAt: writer.now + pause,
          failure,
          error,
        })
      writer.update(emailMessage, id, { state: 'failed', failure, error })
      if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
    })
  }

  /** It is on the timelines as soon as it counts as sent, and once. */
  function markSent(writer: Writer, row: MessageRow, refused: readonly string[] = []): void {
    const at = row.taken_at ?? writer.now
    // A step's plan is told below; any other message may be what a plan waits for.
    const log = row.plan_step_id ? needs.activities.record : needs.activities.insert
    const activityId = log(writer, {
      category: 'automated',
      type: 'email_sent',
      subject: row.subject.slice(0, 255),
      description: row.body,
      leadId: row.lead_id,
      contactId: row.contact_id,
      userId: row.user_id,
      occurredAt: new Date(at).toISOString(),
      direction: 'outbound',
      externalId: row.message_id,
      metadata: {
        messageId: row.message_id,
        emailId: row.id,
        to: row.to_address,
        ...copiesIn(row),
        ...(row.plan_id ? { planId: row.plan_id, planStepId: row.plan_step_id } : {}),
        ...(row.variant ? { variant: row.variant } : {}),
      },
    })
    writer.update(emailMessage, row.id, {
      state: 'sent',
      sentAt: at,
      activityId,
      error:
        refused.length > 0
          ? `The server did not take it for ${refused.join(', ')}; everybody else has it.`
          : null,
      failure: null,
    })
    if (row.plan_step_id) needs.plans()?.emailSent(writer, row.plan_step_id, { at, activityId })
  }

  /** Sleeps until something may be due; whoever approves a message wakes it. */
  function rest(): void {
    clearTimeout(timer)
    if (closed) return
    timer = setTimeout(() => void wake(), Math.max(200, Math.min(nextIn(), longestRest)))
    timer.unref()
  }

  /** Milliseconds until an account with waiting messages may send the next one. */
  function nextIn(): number {
    const now = clock.now()
    return accountIds().reduce((least, accountId) => {
      const waiting = [firstOf(accountId, 1), firstOf(accountId, 0)].flatMap((first) =>
        first ? [first.next_attempt_at] : [],
      )
      if (waiting.length === 0) return least
      const account = accountId === null ? undefined : mail.accountById(accountId)
      const free = account ? Math.max(rests.until(account), timing.accountFreeAt(account, now)) : 0
      const at = Math.max(Math.min(...waiting), free)
      // What is due already and was not sent waits for a person: a password, the stop button.
      return at > now ? Math.min(least, at - now) : least
    }, longestRest)
  }

  /** Begins to send what is due; faults are reported. */
  async function wake(): Promise<void> {
    if (closed) return
    if (watch.isPaused()) return rest()
    try {
      await sendDue()
    } catch (error) {
      needs.report(error)
    }
  }

  try {
    recover()
  } catch (error) {
    // A disk that takes nothing keeps nobody from reading.
    needs.report(error)
  }
  rest()

  return {
    sendDue,
    /** As a person asks for it: accounts that rest after a failure try once more. */
    sendAnew() {
      rests.end()
      return sendDue()
    },
    held: rests.all,
    whyOver,
    cancelUnwanted,
    wake: () => void wake(),
    /** A user knows that an unknown one has arrived. */
    markSent,
    /**
     * Waits for what is under way, so that it is settled before the database closes; not long for
     * a server that says nothing: that message is unknown at the next start.
     */
    async close(): Promise<void> {
      closed = true
      clearTimeout(timer)
      await Promise.race([
        working?.catch(() => undefined),
        wait(patience, undefined, { ref: false }),
      ])
    },
  }
}

const neverTried: MailOutcome = {
  outcome: 'failed',
  retry: false,
  failure: 'refused',
  message: 'The e-mail account is gone.',
}

const labelOf = (row: MessageRow, { outcome }: MailOutcome): string =>
  ({
    sent: `Sent ${quoted(row.subject)} to ${row.to_address}`,
    failed: `Could not send ${quoted(row.subject)} to ${row.to_address}`,
    unknown: `Unknown whether ${quoted(row.subject)} reached ${row.to_address}`,
  })[outcome]
