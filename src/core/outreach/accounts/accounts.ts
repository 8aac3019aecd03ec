/** E-mail accounts: kept, tried, and what others send by. */
import { isIP } from 'node:net'
import { asciiDomain } from '../../../contract/kernel/addresses'
import type { PasswordState } from '../../../contract/kernel/words'
import type {
  MailAccount,
  MailAccountCreate,
  MailAccountUpdate,
} from '../../../contract/outreach/accounts'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import { fromJson, type RowOf, toInstant, toReference } from '../../kernel/database/rows'
import { forbidden, invalid, notFound } from '../../kernel/errors'
import type { MailOutcome } from '../../kernel/host/mailer'
import type { Secrets } from '../../kernel/host/secrets'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { mailAccount } from './table'
import { type Letter, sendLetter } from './transport'

export type { Letter } from './transport'
export type Mail = ReturnType<typeof createMail>
export type MailAccountRow = RowOf<typeof mailAccount>
type AccountRow = MailAccountRow & { user_name: string | null; last_hour: number; last_day: number }

const hour = 3_600_000
const secretOf = (id: string) => `smtp:${id}`
/** What a password is for: this server, reached this way, and nobody else's name. */
const purposeOf = ({
  host,
  security,
  username,
}: Pick<MailAccount, 'host' | 'security' | 'username'>) =>
  `${security} ${host.toLowerCase()} ${username}`

/** A Message-ID for a letter from this address, without angle brackets. */
export const newMessageId = (now: number, fromAddress: string): string =>
  `${newId(now)}@${asciiDomain(fromAddress.split('@').at(-1) ?? '') || 'rapport.invalid'}`

export function createMail({ database, clock }: Kernel, { secrets }: { secrets: Secrets }) {
  const select = `select mail_account.*, user.name as user_name,
      (select count(*) from email_message where account_id = mail_account.id and taken_at between ? and ?) as last_hour,
      (select count(*) from email_message where account_id = mail_account.id and taken_at between ? and ?) as last_day
    from mail_account left join user on user.id = mail_account.user_id`

  const spans = () => {
    const now = clock.now()
    return [now - hour, now, now - 24 * hour, now]
  }

  /** One's own and everybody's; who sees all sees those of others, too. */
  function visible(actor: Actor) {
    return seesAll(actor)
      ? { sql: '1', parameters: [] }
      : {
          sql: '(mail_account.user_id is null or mail_account.user_id = ?)',
          parameters: [actor.userId],
        }
  }

  function requireRow(actor: Actor, id: string): AccountRow {
    const { sql, parameters } = visible(actor)
    const row = database.get<AccountRow>(
      `${select} where mail_account.id = ? and ${sql}`,
      ...spans(),
      id,
      ...parameters,
    )
    if (!row) throw notFound('e-mail account')
    return row
  }

  function requireOwn(actor: Actor, id: string): AccountRow {
    const row = requireRow(actor, id)
    if (!seesAll(actor) && row.user_id !== actor.userId)
      throw forbidden('This account belongs to everybody: a manager or admin changes it.')
    return row
  }

  const passwordState = async (row: MailAccountRow): Promise<PasswordState> =>
    row.username === null ? 'not_needed' : await secrets.whereIs(secretOf(row.id), purposeOf(row))

  /** What is edited of an account. */
  const toFields = (row: AccountRow) => ({
    name: row.name,
    shared: row.user_id === null,
    fromName: row.from_name,
    fromAddress: row.from_address,
    replyTo: row.reply_to,
    host: row.host,
    port: row.port,
    security: row.security,
    username: row.username,
    perHour: row.per_hour,
    perDay: row.per_day,
    spacingSeconds: row.spacing_seconds,
    quietHours: fromJson(row.quiet_hours),
    isDefault: row.is_default === 1,
    active: row.active === 1,
  })
  const toShape = async (row: AccountRow): Promise<MailAccount> => ({
    id: row.id,
    ...toFields(row),
    user: toReference(row.user_id, row.user_name),
    password: await passwordState(row),
    sentLastHour: row.last_hour,
    sentLastDay: row.last_day,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  })

  function list(actor: Actor): Promise<MailAccount[]> {
    const { sql, parameters } = visible(actor)
    const rows = database.all<AccountRow>(
      `${select} where ${sql} order by mail_account.is_default desc, mail_account.name collate nocase`,
      ...spans(),
      ...parameters,
    )
    return Promise.all(rows.map(toShape))
  }

  const get = async (actor: Actor, id: string) => await toShape(requireRow(actor, id))

  /** A password never crosses a network that others can read. */
  function checkSecurity({
    security,
    host,
    username,
  }: Pick<MailAccount, 'security' | 'host' | 'username'>) {
    if (security === 'none' && username !== null && !isThisComputer(host))
      throw invalid('security', 'must be TLS or STARTTLS where a password is sent')
  }

  function checkShared(actor: Actor, shared: boolean | undefined, isDefault: boolean | undefined) {
    if (seesAll(actor)) return
    if (shared) throw invalid('shared', 'accounts for everybody are made by a manager or admin')
    if (isDefault) throw invalid('isDefault', 'the default account is chosen by a manager or admin')
  }

  /** There is one default: the first account, then whichever was said to be. */
  function makeDefault(writer: Writer, id: string) {
    writer.run(
      'update mail_account set is_default = 0, updated_at = ? where is_default = 1 and id <> ?',
      writer.now,
      id,
    )
    writer.update(mailAccount, id, { isDefault: true })
  }

  async function create(
    actor: Actor,
    { password, shared, isDefault, ...input }: MailAccountCreate,
  ): Promise<MailAccount> {
    checkShared(actor, shared, isDefault)
    checkSecurity(input)
    const id = newId(clock.now())
    if (password !== undefined) await secrets.set(secretOf(id), purposeOf(input), password)
    database.act(actor, { label: `Add e-mail account ${quoted(input.name)}` }, (writer) => {
      writer.insert(mailAccount, { ...input, id, userId: shared ? null : actor.userId })
      const first = !database.get('select 1 from mail_account where is_default = 1')
      if (isDefault || (first && shared)) makeDefault(writer, id)
    })
    return await get(actor, id)
  }

  async function update(
    actor: Actor,
    { id, password, shared, isDefault, ...patch }: MailAccountUpdate & { id: string },
  ): Promise<MailAccount> {
    const row = requireOwn(actor, id)
    // Before a password is touched, which no transaction takes back.
    actor.precondition?.(database)
    checkShared(actor, shared, isDefault)
    const now = {
      security: patch.security ?? row.security,
      host: patch.host ?? row.host,
      username: patch.username === undefined ? row.username : patch.username,
    }
    checkSecurity(now)
    await keepPassword(row, now, password)
    database.act(actor, { label: `Change e-mail account ${quoted(row.name)}` }, (writer) => {
      writer.update(mailAccount, id, {
        ...patch,
        ...(shared === undefined ? {} : { userId: shared ? null : (row.user_id ?? actor.userId) }),
        ...(isDefault === false ? { isDefault: false } : {}),
        // Whoever waits for a password that works sees that there is another.
        ...(password ? { updatedAt: writer.now } : {}),
      })
      if (isDefault) makeDefault(writer, id)
    })
    return await get(actor, id)
  }

  /** Another way to reach the server, or another name, keeps the password; another server does not see it. */
  async function keepPassword(
    row: AccountRow,
    now: Pick<MailAccount, 'host' | 'security' | 'username'>,
    given: string | null | undefined,
  ) {
    const name = secretOf(row.id)
    const isSameServer = now.host.toLowerCase() === row.host.toLowerCase()
    const password =
      given === undefined && isSameServer ? await secrets.get(name, purposeOf(row)) : given
    if (password) await secrets.set(name, purposeOf(now), password)
    else if (given === null || !isSameServer) await secrets.remove(name)
  }

  async function remove(actor: Actor, id: string) {
    const row = requireOwn(actor, id)
    await secrets.remove(secretOf(id))
    database.act(actor, { label: `Remove e-mail account ${quoted(row.name)}` }, (writer) => {
      writer.remove(mailAccount, id)
    })
    return { id }
  }

  // Sending -------------------------------------------------------------------------------------

  /** The account that this user's mail goes out by when none is named: an own one, else the default. */
  const accountFor = (userId: string | null): MailAccountRow | undefined =>
    database.get<MailAccountRow>(
      `select * from mail_account where active = 1 and (user_id = ? or user_id is null)
       order by user_id is null, is_default desc, seq limit 1`,
      userId,
    )

  const accountById = (id: string) =>
    database.get<MailAccountRow>('select * from mail_account where id = ?', id)

  /** Whether what is needed to send by it is there. */
  const isReady = async (row: MailAccountRow) => (await passwordState(row)) !== 'missing'

  /** Never rejects. Limits, hours and opt-outs are the outbox's business. */
  async function deliver(
    row: MailAccountRow,
    letter: Omit<Letter, 'from' | 'replyTo' | 'date'>,
  ): Promise<MailOutcome> {
    const pass =
      row.username === null ? undefined : await secrets.get(secretOf(row.id), purposeOf(row))
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

  return {
    list,
    get,
    fieldsOf: (actor: Actor, id: string) => toFields(requireRow(actor, id)),
    create,
    update,
    remove,
    test,
    requireRow,
    accountFor,
    accountById,
    isReady,
    deliver,
  }
}

const isThisComputer = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
