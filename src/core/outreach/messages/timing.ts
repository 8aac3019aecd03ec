/** When a message may go out: the limits of its account, and the recipient's quiet hours. */

import type { Database } from '../../kernel/database/database'
import { fromJson } from '../../kernel/database/rows'
import { quietUntil } from '../../kernel/time/quiet-hours'
import { knownZone } from '../../kernel/time/zone'
import type { MailAccountRow } from '../accounts/accounts'
import type { MessageRow } from './rows'

const hour = 3_600_000

type Recipient = Pick<MessageRow, 'contact_id' | 'lead_id' | 'at_once'>

export type Timing = ReturnType<typeof createTiming>

export function createTiming(database: Database, workspaceZone: () => string) {
  /**
   * The first instant at which the account may hand over another message. Counted is what was
   * handed to a server, whatever became of it; what is in the future was written under a wrong clock.
   */
  function accountFreeAt(account: MailAccountRow, now: number): number {
    /** When the message was handed over that is this many before the next one. */
    const nth = (count: number) =>
      database.value<number>(
        `select taken_at from email_message where account_id = ? and taken_at <= ?
         order by taken_at desc limit 1 offset ?`,
        account.id,
        now,
        count - 1,
      )
    const last = nth(1)
    if (last === undefined) return 0
    return Math.max(
      last + account.spacing_seconds * 1000,
      (nth(account.per_hour) ?? -hour) + hour,
      (nth(account.per_day) ?? -24 * hour) + 24 * hour,
    )
  }

  /** The contact's own zone, else that of who looks after the lead or contact, else the workspace's. */
  function zoneOf(message: Omit<Recipient, 'at_once'>): string {
    const zones = database.get<Record<string, string | null>>(
      `select (select timezone from contact where id = ?) as contact,
         (select user.timezone from lead join user on user.id = lead.owner_id where lead.id = ?) as lead,
         (select user.timezone from contact join user on user.id = contact.owner_id where contact.id = ?) as owner`,
      message.contact_id,
      message.lead_id,
      message.contact_id,
    )
    return knownZone(zones?.contact, zones?.lead, zones?.owner, workspaceZone())
  }

  return {
    accountFreeAt,
    /** When it is not quiet for the recipient any more; undefined where it is not quiet now. */
    quietFor: (message: Recipient, account: MailAccountRow, now: number): number | undefined =>
      message.at_once === 1
        ? undefined
        : quietUntil(now, fromJson(account.quiet_hours), zoneOf(message)),
  }
}
