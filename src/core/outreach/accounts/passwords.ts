/** Passwords of accounts: each is kept for one server, reached one way, under one name. */

import type { MailAccount } from '../../../contract/outreach/accounts'
import type { PasswordState } from '../../../contract/outreach/words'
import type { Secrets } from '../../kernel/host/secrets'
import type { MailAccountRow } from './rows'

export type Passwords = ReturnType<typeof createPasswords>
type Server = Pick<MailAccount, 'host' | 'security' | 'username'>

const secretOf = (id: string) => `smtp:${id}`
/** What a password is for: this server, reached this way, and nobody else's name. */
const purposeOf = ({ host, security, username }: Server) =>
  `${security} ${host.toLowerCase()} ${username}`

export function createPasswords(secrets: Secrets) {
  return {
    of: (row: MailAccountRow) => secrets.get(secretOf(row.id), purposeOf(row)),
    stateOf: async (row: MailAccountRow): Promise<PasswordState> =>
      row.username === null
        ? 'not_needed'
        : await secrets.whereIs(secretOf(row.id), purposeOf(row)),
    set: (id: string, server: Server, password: string) =>
      secrets.set(secretOf(id), purposeOf(server), password),
    remove: (id: string) => secrets.remove(secretOf(id)),

    /**
     * Another way to reach the server, or another name, keeps the password; another server does not see it.
     * @param given undefined where it was not changed, null to forget it
     */
    async keep(row: MailAccountRow, now: Server, given: string | null | undefined) {
      const name = secretOf(row.id)
      const isSameServer = now.host.toLowerCase() === row.host.toLowerCase()
      const password =
        given === undefined && isSameServer ? await secrets.get(name, purposeOf(row)) : given
      if (password) await secrets.set(name, purposeOf(now), password)
      else if (given === null || !isSameServer) await secrets.remove(name)
    },
  }
}
