/** What the core needs to send mail: one message, and an honest answer what became of it. */
import type { EmailFailure } from '../../../contract/kernel/words'

export interface Mailer {
  /**
   * Hands one message to the mail server. Never rejects.
   * The same `messageId` means the same message, sent again.
   */
  send(message: MailMessage): Promise<MailOutcome>
}

export interface MailMessage {
  to: string
  subject: string
  text: string
  html: string
  /** For the Message-ID header, without its angle brackets. */
  messageId: string
}

export type MailOutcome =
  /** `refused`: addresses among several that the server did not take. */
  | { outcome: 'sent'; refused?: string[] }
  /** Not sent for certain; `retry` where another attempt may help. */
  | { outcome: 'failed'; retry: boolean; failure: EmailFailure; message: string }
  /** The connection broke when the server may have taken it: never sent again by itself. */
  | { outcome: 'unknown'; message: string }

/** Where no account is set up. */
export const noMailer: Mailer = {
  send: async () => ({
    outcome: 'failed',
    retry: false,
    failure: 'account',
    message: 'No e-mail account is set up to send from.',
  }),
}
