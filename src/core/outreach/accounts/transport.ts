/** Hands one message to a mail server and says for certain, or honestly not, what became of it. */

import { Readable } from 'node:stream'
import MailComposer from 'nodemailer/lib/mail-composer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { asciiDomain } from '../../../contract/kernel/addresses'
import { cleanLine } from '../../../contract/kernel/text'
import type { EmailFailure, SmtpSecurity } from '../../../contract/kernel/words'
import { newId } from '../../kernel/database/ids'
import type { MailOutcome } from '../../kernel/host/mailer'

/** A Message-ID for a letter from this address, without angle brackets. */
export const newMessageId = (now: number, fromAddress: string): string =>
  `${newId(now)}@${asciiDomain(fromAddress.split('@').at(-1) ?? '') || 'rapport.invalid'}`

export interface SmtpServer {
  host: string
  port: number
  security: SmtpSecurity
  credentials: { user: string; pass: string } | undefined
}

export interface Letter {
  from: { name: string; address: string }
  to: { name: string; address: string }
  /** Addresses that get a copy; nobody sees those of `bcc`. */
  cc?: string[]
  bcc?: string[]
  replyTo?: string | undefined
  subject: string
  text: string
  html?: string | undefined
  /** Without angle brackets, as are those that follow. */
  messageId: string
  inReplyTo?: string | undefined
  references?: string[]
  /** Where a wish to be left alone goes by mail. */
  unsubscribeTo?: string | undefined
  date: Date
}

/** Until the server greets or answers; a message itself may take longer. */
const patience = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 120_000 }

/** Never rejects. */
export async function sendLetter(server: SmtpServer, letter: Letter): Promise<MailOutcome> {
  const { envelope, message } = await compose(letter)
  const connection = new SMTPConnection({
    ...patience,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    // The names of this computer are nobody's business.
    name: 'localhost',
  })
  let stage: Stage = 'connecting'
  const outcome = await new Promise<MailOutcome>((resolve) => {
    const fail = (error: SMTPConnection.SMTPError) => resolve(judge(error, stage))
    connection.once('error', fail)
    connection.once('end', () => fail(new Error('The server closed the connection.')))
    const send = () => {
      stage = 'talking'
      connection.send(
        envelope,
        whenAsked(message, () => {
          stage = 'handed_over'
        }),
        (error, info) =>
          error
            ? fail(error)
            : resolve({
                outcome: 'sent',
                ...(info.rejected.length > 0 && { refused: info.rejected.map(String) }),
              }),
      )
    }
    connection.connect((error) => {
      if (error) fail(error)
      else if (!server.credentials) send()
      else connection.login(server.credentials, (refused) => (refused ? fail(refused) : send()))
    })
  })
  connection.on('error', () => {})
  if (outcome.outcome === 'sent') connection.quit()
  else connection.close()
  return outcome
}

/** The server asks for the message itself by answering DATA: only then is it read, and may be taken. */
function whenAsked(message: Buffer, asked: () => void): Readable {
  return new Readable({
    read() {
      asked()
      this.push(message)
      this.push(null)
    },
  })
}

async function compose(letter: Letter) {
  const node = new MailComposer({
    from: inOneLine(letter.from),
    to: inOneLine(letter.to),
    ...(letter.cc?.length ? { cc: letter.cc.map(cleanLine) } : {}),
    // They are named to the server alone: the composer writes no header for them.
    ...(letter.bcc?.length ? { bcc: letter.bcc.map(cleanLine) } : {}),
    ...(letter.replyTo ? { replyTo: cleanLine(letter.replyTo) } : {}),
    subject: cleanLine(letter.subject),
    text: letter.text,
    ...(letter.html ? { html: letter.html } : {}),
    messageId: `<${letter.messageId}>`,
    date: letter.date,
    ...(letter.inReplyTo ? { inReplyTo: `<${letter.inReplyTo}>` } : {}),
    ...(letter.references?.length ? { references: letter.references.map((id) => `<${id}>`) } : {}),
    // The composer knows no lists, only the transports do.
    ...(letter.unsubscribeTo
      ? { headers: { 'List-Unsubscribe': `<mailto:${letter.unsubscribeTo}?subject=unsubscribe>` } }
      : {}),
    // What a message says is never read from a file or the network.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  const envelope = node.getEnvelope()
  return { envelope, message: await node.build() }
}

/** A header is one line, whatever was stored of old. */
const inOneLine = ({ name, address }: Letter['to']) => ({
  name: cleanLine(name),
  address: cleanLine(address),
})

/** How far it came: signing in, naming sender and recipient, or the message itself. */
type Stage = 'connecting' | 'talking' | 'handed_over'

function judge(error: SMTPConnection.SMTPError, stage: Stage): MailOutcome {
  const message = explain(error)
  // An answer of the server is a clear word, whenever it comes.
  if (stage === 'handed_over' && error.responseCode === undefined)
    return { outcome: 'unknown', message }
  const failure = failureOf(error, stage)
  const retry = failure !== 'address' && failure !== 'refused'
  return { outcome: 'failed', retry, failure, message }
}

/** By what was being said when the server answered, and whether it said "never" (5xx) or "not now" (4xx). */
function failureOf(
  { code, command, responseCode }: SMTPConnection.SMTPError,
  stage: Stage,
): EmailFailure {
  if (code === 'EAUTH') return 'account'
  if (stage === 'connecting') return 'connection'
  const isVerdict = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (!isVerdict || (responseCode !== undefined && responseCode < 500)) return 'busy'
  if (command === 'MAIL FROM') return 'account'
  return code === 'EENVELOPE' && command !== 'DATA' ? 'address' : 'refused'
}

function explain(error: SMTPConnection.SMTPError): string {
  const said = error.response?.trim() || error.message
  switch (error.code) {
    case 'EAUTH':
      return `The server did not accept user name and password: ${said}`
    case 'EDNS':
    case 'ENOTFOUND':
      return `There is no server of this name: ${said}`
    case 'ETLS':
      return `No safe connection could be made: ${said}`
    case 'ETIMEDOUT':
      return 'The server did not answer in time.'
    case 'ECONNREFUSED':
    case 'ESOCKET':
    case 'ECONNECTION':
      return `The server could not be reached: ${said}`
    default:
      return said
  }
}
