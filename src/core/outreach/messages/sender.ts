/** Sends what is due: the durable queue of e-mails, one lane for each account. */
import type { Actor } from '../../kernel/actor'
import type { Database, Writer } from '../../kernel/database/database'
import type { MailOutcome } from '../../kernel/host/mailer'
import type { Kernel } from '../../kernel/kernel'
import { durableQueue, type Lane, type Outcome } from '../../kernel/queue/queue'
import { quoted } from '../../kernel/records/records'
import type { Activities } from '../../timeline/activities/activities'
import type { Mail, MailAccountRow } from '../accounts/accounts'
import type { Permissions, PlanHooks } from './permissions'
import { addressesIn, type MessageRow } from './rows'
import { emailMessage } from './table'
import type { Timing } from './timing'

export interface SenderNeeds {
  mail: Mail
  activities: Activities
  timing: Timing
  permissions: Permissions
  plans(): PlanHooks | undefined
  /** Whoever does what happens by itself. */
  systemActor(): Actor
  report(error: unknown): void
}

/** An account that sends nothing for a while, after failures of its own. */
export interface PausedAccount {
  account: MailAccountRow
  /** Why. */
  message: string
  until: number
}

const minute = 60_000
/** Before each further attempt, as far as the server never had the message. */
const waits = [minute, 5 * minute, 15 * minute, 60 * minute, 240 * minute] as const

export function createSender(kernel: Kernel, needs: SenderNeeds) {
  const { database } = kernel
  const { mail, timing } = needs

  const actorFor = (row: MessageRow): Actor => {
    const actor = needs.systemActor()
    return { ...actor, userId: row.user_id ?? actor.userId }
  }

  const queue = durableQueue<MessageRow, MailOutcome, Writer>(kernel, {
    name: 'outbox',
    table: emailMessage,
    states: { waiting: 'approved', taken: 'sending', done: 'sent' },
    // Those sent by hand have precedence.
    urgent: 'at_once',
    lanes,
    // Longer than a mail server is waited for.
    lease: 10 * minute,
    backoff: { waits, jitter: 0 },
    mostAttempts: () => waits.length + 1,
    transaction: (step, work) =>
      database.act(
        actorFor(step.row),
        {
          label:
            step.kind === 'take'
              ? `Send ${quoted(step.row.subject)}`
              : step.kind === 'abandon'
                ? `Sending ${quoted(step.row.subject)} was cut short`
                : labelOf(step.row, step.outcome),
          kind: 'system',
        },
        work,
      ),
    mayGo: needs.permissions.mayGo,
    leaves: () => true,
    async attempt(row) {
      const account = row.account_id === null ? undefined : mail.accountById(row.account_id)
      return account ? await mail.deliver(account, messageFor(database, row, account)) : neverTried
    },
    judge(answer) {
      if (answer.outcome === 'sent')
        return { became: 'done', also: { failure: null, error: refusedText(answer.refused) } }
      if (answer.outcome === 'unknown') return { became: 'unknown', error: answer.message }
      const { failure, message } = answer
      const isOfAccount = failure === 'account' || failure === 'connection'
      return {
        became: 'failed',
        retry: isOfAccount ? 'lane' : answer.retry,
        error: message,
        also: { failure },
      }
    },
    lostError: () => 'Rapport ended while it was being sent: it may have arrived, or not.',
    settle({ row, outcome, isFinal }, writer, write) {
      if (outcome.became === 'done') return markSent(writer, row, write)
      write()
      if (row.plan_step_id && isFinal && outcome.became !== 'unknown')
        needs.plans()?.emailFailed(writer, row.plan_step_id)
    },
    earliest: (row, now) => row.send_after ?? now,
    report: needs.report,
  })

  function lanes(): Lane[] {
    const ids = database.all<{ id: string }>('select id from mail_account').map(({ id }) => id)
    return [laneOf(null), ...ids.map((id) => laneOf(mail.accountById(id) ?? null))]
  }

  /** Null is for messages whose account is gone. */
  const laneOf = (account: MailAccountRow | null): Lane => ({
    key: account?.id ?? '',
    where: 'account_id is ?',
    parameters: [account?.id ?? null],
    ...(account && {
      // An account that was changed may be tried at once.
      version: account.updated_at,
      freeAt: (now) => timing.accountFreeAt(account, now),
      isReady: async () => account.active !== 1 || (await mail.isReady(account)),
    }),
  })

  const paused = (): PausedAccount[] =>
    queue.paused().flatMap(({ lane, message, until }) => {
      const account = mail.accountById(lane)
      return account ? [{ account, message, until }] : []
    })

  /**
   * It is on the timelines as soon as it counts as sent, and once.
   * @param write sets the state with these columns
   */
  function markSent(
    writer: Writer,
    row: MessageRow,
    write: (columns: { sent_at: number; activity_id: string }) => void,
  ): void {
    const at = row.taken_at ?? writer.now
    // A step's plan learns of it below; any other message may be what a plan waits for.
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
    write({ sent_at: at, activity_id: activityId })
    if (row.plan_step_id) needs.plans()?.emailSent(writer, row.plan_step_id, { at, activityId })
  }

  async function sendDue() {
    const { done, failed, unknown } = await queue.work()
    return { sent: done, failed, unknown }
  }

  return {
    begin() {
      try {
        queue.takeOver()
      } catch (error) {
        // A disk that takes nothing keeps nobody from reading.
        needs.report(error)
      }
      queue.start()
    },
    sendDue,
    /** As a person asks for it: accounts that pause after a failure try once more. */
    sendNow() {
      queue.endPauses()
      return sendDue()
    },
    paused,
    wake: queue.wake,
    /** A user, or the database before this one, knows that it has arrived. */
    markSent: (writer: Writer, row: MessageRow) =>
      markSent(writer, row, ({ sent_at, activity_id }) =>
        writer.update(emailMessage, row.id, {
          state: 'sent',
          sentAt: sent_at,
          activityId: activity_id,
          error: null,
          failure: null,
        }),
      ),
    close: queue.close,
  }
}

/** As it is handed to the server. What came earlier to the same person in the same plan is what it replies to. */
function messageFor(database: Database, row: MessageRow, account: MailAccountRow) {
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

/** Copies, as an activity keeps them. */
function copiesIn(row: MessageRow): { cc?: string[]; bcc?: string[] } {
  const [cc, bcc] = [addressesIn(row.cc), addressesIn(row.bcc)]
  return { ...(cc.length > 0 && { cc }), ...(bcc.length > 0 && { bcc }) }
}

const neverTried: MailOutcome = {
  outcome: 'failed',
  retry: false,
  failure: 'refused',
  message: 'The e-mail account is gone.',
}

const refusedText = (refused: readonly string[] = []): string | null =>
  refused.length > 0
    ? `The server did not take it for ${refused.join(', ')}; everybody else has it.`
    : null

const labelOf = (row: MessageRow, { became }: Outcome): string => {
  if (became === 'done') return `Sent ${quoted(row.subject)} to ${row.to_address}`
  if (became === 'unknown')
    return `Unknown whether ${quoted(row.subject)} reached ${row.to_address}`
  return `Could not send ${quoted(row.subject)} to ${row.to_address}`
}
