/** Sends one notification through a channel, to see whether it arrives. */
import { randomUUID } from 'node:crypto'
import type { NotificationChannel } from '../../../contract/background/words'
import type { Actor } from '../../kernel/actor'
import type { Database } from '../../kernel/database/database'
import type { Host } from '../../kernel/host/host'
import type { Mailer } from '../../kernel/host/mailer'
import type { Posting } from './post'

const title = 'This is a test'
const body = 'You will be told like this what is due.'

export function createChannelTest(
  database: Database,
  { host, mailer, posting }: { host: Host; mailer: Mailer; posting: Posting },
) {
  return async function test(
    actor: Actor,
    channel: NotificationChannel,
  ): Promise<{ ok: boolean; message: string }> {
    if (channel === 'native') {
      if (!posting.isOwner(actor.userId))
        return no('Popups of the system come up on the machine that Rapport runs on only.')
      const shown = await host.notify({ id: randomUUID(), title, body, actions: [] })
      return shown ? yes('A popup was shown.') : no('There are no popups of the system here.')
    }
    if (channel === 'email') {
      const to = database.value<string | null>('select email from user where id = ?', actor.userId)
      if (!to) return no('You have no e-mail address. Give yourself one under Settings, Users.')
      const sent = await mailer.send({
        to,
        subject: title,
        text: body,
        html: `<p>${body}</p>`,
        messageId: `${randomUUID()}@rapport.local`,
      })
      return sent.outcome === 'sent' ? yes(`A message was sent to ${to}.`) : no(sent.message)
    }
    posting.tell((post) =>
      post({
        userId: actor.userId,
        kind: 'catch_up',
        key: `test:${randomUUID()}`,
        title,
        body,
        channels: channel === 'browser' ? ['browser'] : [],
      }),
    )
    return yes(
      channel === 'browser'
        ? 'An open page of Rapport shows it in a moment.'
        : 'It is in the notification centre.',
    )
  }
}

const yes = (message: string) => ({ ok: true, message })
const no = (message: string) => ({ ok: false, message })
