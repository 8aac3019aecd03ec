/** E-mail accounts are added, changed and removed, and one of them is the default. */
import { isIP } from 'node:net'
import type {
  MailAccount,
  MailAccountCreate,
  MailAccountUpdate,
} from '../../../contract/outreach/accounts'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { newId } from '../../kernel/database/ids'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import type { Passwords } from './passwords'
import type { AccountReading } from './reading'
import type { ShownAccountRow } from './rows'
import { mailAccount } from './table'

export function createAccountWriting(
  { database, clock }: Kernel,
  { passwords, reading }: { passwords: Passwords; reading: AccountReading },
) {
  /** @throws forbidden where it belongs to everybody and a rep asks */
  function requireOwn(actor: Actor, id: string): ShownAccountRow {
    const row = reading.requireRow(actor, id)
    if (!seesAll(actor) && row.user_id !== actor.userId)
      throw forbidden('This account belongs to everybody: a manager or admin changes it.')
    return row
  }

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
    if (password !== undefined) await passwords.set(id, input, password)
    database.act(actor, { label: `Add e-mail account ${quoted(input.name)}` }, (writer) => {
      writer.insert(mailAccount, { ...input, id, userId: shared ? null : actor.userId })
      const first = !database.get('select 1 from mail_account where is_default = 1')
      if (isDefault || (first && shared)) makeDefault(writer, id)
    })
    return await reading.get(actor, id)
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
    await passwords.keep(row, now, password)
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
    return await reading.get(actor, id)
  }

  async function remove(actor: Actor, id: string) {
    const row = requireOwn(actor, id)
    await passwords.remove(id)
    database.act(actor, { label: `Remove e-mail account ${quoted(row.name)}` }, (writer) => {
      writer.remove(mailAccount, id)
    })
    return { id }
  }

  return { requireOwn, create, update, remove }
}

const isThisComputer = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
