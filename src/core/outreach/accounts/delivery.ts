/** Hands messages to the server of an account, and tries one. */
import type { Actor } from '../../kernel/actor'
import type { MailOutcome } from '../../kernel/host/mailer'
import type { Clock } from '../../kernel/time/clock'
import type { Passwords } from './passwords'
import type { MailAccountRow } from './rows'
import { type Letter, newMessageId, sendLetter } from './transport'

export function createDelivery(
  clock: Clock,
  {
    passwords,
    requireOwn,
  }: { passwords: Passwords; requireOwn(actor: Actor, id: string): MailAccountRow },
) {
  /** Whether what is needed to send by it is there. */
  const isReady = async (row: MailAccountRow) => (await passwords.stateOf(row)) !== 'missing'

  /** Never rejects. Limits, hours and opt-outs are the outbox's business. */
  async function deliver(
    row: MailAccountRow,
    letter: Omit<Letter, 'from' | 'replyTo' | 'date'>,
  ): Promise<MailOutcome> {
    const pass = row.username === null ? undefined : await passwords.of(row)
    if (row.username !== null && pass === undefined)
      return {
        outcome: 'failed',
        retry: true,
        failure: 'account',
        message: `The password of “${row.name}” has to be entered again in the settings.`,
      }
    return await sendLetter(
      {
        host: row.host,
        port: row.port,
        security: row.security,
        credentials:
          row.username === null || pass === undefined ? undefined : { user: row.username, pass },
      },
      {
        ...letter,
        from: { name: row.from_name ?? '', address: row.from_address },
        replyTo: row.reply_to ?? undefined,
        date: new Date(clock.now()),
      },
    )
  }

  async function test(actor: Actor, { id, to }: { id: string; to: string }) {
    const row = requireOwn(actor, id)
    const outcome = await deliver(row, {
      to: { name: '', address: to },
      subject: 'A test message from Rapport',
      text: `This message was sent by the account “${row.name}”. When you read it, sending works.`,
      messageId: newMessageId(clock.now(), row.from_address),
    })
    return outcome.outcome === 'sent'
      ? { ok: true, message: `${row.host} has taken the message for ${to}.` }
      : { ok: false, message: outcome.message }
  }

  return { isReady, deliver, test }
}
