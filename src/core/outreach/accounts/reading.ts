/** E-mail accounts as they are shown: one's own and those of everybody. */
import type { MailAccount } from '../../../contract/outreach/accounts'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { fromJson, toInstant, toReference } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Passwords } from './passwords'
import type { MailAccountRow, ShownAccountRow } from './rows'

export type AccountReading = ReturnType<typeof createAccountReading>

const hour = 3_600_000

const select = `select mail_account.*, user.name as user_name,
    (select count(*) from email_message where account_id = mail_account.id and taken_at between ? and ?) as last_hour,
    (select count(*) from email_message where account_id = mail_account.id and taken_at between ? and ?) as last_day
  from mail_account left join user on user.id = mail_account.user_id`

/** What is edited of an account. */
const toFields = (row: ShownAccountRow) => ({
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

export function createAccountReading({ database, clock }: Kernel, passwords: Passwords) {
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

  function requireRow(actor: Actor, id: string): ShownAccountRow {
    const { sql, parameters } = visible(actor)
    const row = database.get<ShownAccountRow>(
      `${select} where mail_account.id = ? and ${sql}`,
      ...spans(),
      id,
      ...parameters,
    )
    if (!row) throw notFound('e-mail account')
    return row
  }

  const toShape = async (row: ShownAccountRow): Promise<MailAccount> => ({
    id: row.id,
    ...toFields(row),
    user: toReference(row.user_id, row.user_name),
    password: await passwords.stateOf(row),
    sentLastHour: row.last_hour,
    sentLastDay: row.last_day,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  })

  function list(actor: Actor): Promise<MailAccount[]> {
    const { sql, parameters } = visible(actor)
    const rows = database.all<ShownAccountRow>(
      `${select} where ${sql} order by mail_account.is_default desc, mail_account.name collate nocase`,
      ...spans(),
      ...parameters,
    )
    return Promise.all(rows.map(toShape))
  }

  const get = async (actor: Actor, id: string) => await toShape(requireRow(actor, id))

  /** The account that this user's mail goes out by when none is named: an own one, else the default. */
  const accountFor = (userId: string | null): MailAccountRow | undefined =>
    database.get<MailAccountRow>(
      `select * from mail_account where active = 1 and (user_id = ? or user_id is null)
       order by user_id is null, is_default desc, seq limit 1`,
      userId,
    )

  const accountById = (id: string) =>
    database.get<MailAccountRow>('select * from mail_account where id = ?', id)

  return {
    list,
    get,
    requireRow,
    fieldsOf: (actor: Actor, id: string) => toFields(requireRow(actor, id)),
    accountFor,
    accountById,
  }
}
