/** A real mail server on this computer, for tests: it keeps what it receives, and fails where the test says so. */
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { MailAccountCreate } from '../../contract/outreach/accounts'

export interface PostOffice {
  port: number
  /** What came in, in order. */
  letters: Email[]
  /** Sender and recipients as the server received them. */
  envelopes: { from: string; to: string[] }[]
  /** Who has signed in. */
  users: string[]
  /** Recipients that it does not take. */
  refused: Set<string>
  /** What goes wrong with each message from now on. */
  trouble: Trouble
  close(): Promise<void>
}
export type Trouble =
  | 'none'
  | 'refuses_recipient'
  | 'busy'
  | 'refuses_message'
  /** Takes the message and hangs up without a word. */
  | 'hangs_up_after_data'
  /** Hangs up when it is to hear of the recipient. */
  | 'hangs_up_before_data'

const refusal = (code: number, text: string) =>
  Object.assign(new Error(text), { responseCode: code })

export async function openPostOffice({
  password,
}: {
  password?: string
} = {}): Promise<PostOffice> {
  const office: PostOffice = {
    port: 0,
    letters: [],
    envelopes: [],
    users: [],
    refused: new Set(),
    trouble: 'none',
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', ...(password === undefined ? ['AUTH' as const] : [])],
    allowInsecureAuth: true,
    authOptional: password === undefined,
    closeTimeout: 100,
    onAuth({ username, password: given }, _session, done) {
      if (given !== password) return done(refusal(535, 'Wrong name or password'))
      office.users.push(username ?? '')
      done(null, { user: username })
    },
    onRcptTo({ address }, session, done) {
      if (office.trouble === 'refuses_recipient' || office.refused.has(address))
        return done(refusal(550, 'No such person here'))
      if (office.trouble === 'busy') return done(refusal(451, 'Come again later'))
      if (office.trouble === 'hangs_up_before_data') return hangUp(session.id)
      done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (office.trouble === 'refuses_message') return done(refusal(554, 'This is spam'))
        const { mailFrom, rcptTo } = session.envelope
        office.envelopes.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
        })
        office.letters.push(await PostalMime.parse(Buffer.concat(chunks)))
        if (office.trouble === 'hangs_up_after_data') return hangUp(session.id)
        done()
      })
    },
  })
  const hangUp = (id: string) => {
    for (const connection of server.connections)
      if (connection.id === id) connection._socket.destroy()
  }
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  office.port = (server.server.address() as AddressInfo).port
  onTestFinished(office.close)
  return office
}

/** An account at this server without limits or quiet hours. */
export const accountAt = (office: { port: number }) =>
  ({
    name: 'Sales',
    fromName: 'Ada Rep',
    fromAddress: 'ada@rapport.example',
    host: '127.0.0.1',
    port: office.port,
    security: 'none',
    perHour: 10_000,
    perDay: 100_000,
    spacingSeconds: 0,
    quietHours: { on: false, from: '20:00', to: '08:00', days: [] },
  }) satisfies Partial<MailAccountCreate>
