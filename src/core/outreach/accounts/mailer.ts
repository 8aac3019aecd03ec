/** The mailer that notifications go out by: the default account, outside of the outbox and its limits. */
import type { Mailer } from '../../kernel/host/mailer'
import type { Mail } from './accounts'

export function createAccountMailer(mail: Mail): Mailer {
  return {
    async send({ to, subject, text, html, messageId }) {
      const account = mail.accountFor(null)
      if (!account)
        return {
          outcome: 'failed',
          retry: false,
          failure: 'account',
          message: 'No e-mail account is set up to send from.',
        }
      return await mail.deliver(account, {
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId,
      })
    },
  }
}
