/** What is in the outbox: one message, lists by state, and how many there are of each. */

import { type EmailState, emailStates } from '../../../contract/kernel/words'
import type { EmailMessage, OutboxStatus } from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant, toReference } from '../../kernel/database/rows'
import { invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { type JoinedRow, selectMessage, toMessage } from './rows'
import type { PausedAccount } from './sender'
import { readSettings } from './settings'

export interface ListInput {
  state?: EmailState[] | undefined
  leadId?: string | undefined
  contactId?: string | undefined
  limit: number
  cursor?: string | undefined
}

export type Reading = ReturnType<typeof createReading>

export function createReading({ database }: Kernel, pausedAccounts: () => PausedAccount[]) {
  /** @throws not_found also where it is somebody else's to see */
  function requireRow(actor: Actor, id: string): JoinedRow {
    const row = database.get<JoinedRow>(`${selectMessage} where email_message.id = ?`, id)
    if (!row || (!seesAll(actor) && row.user_id !== actor.userId)) throw notFound('e-mail')
    return row
  }

  /** Newest first. */
  function list(actor: Actor, input: ListInput) {
    const { limit, cursor } = input
    const states = [...new Set(input.state ?? emailStates)]
    const before = cursor === undefined ? undefined : Number(cursor)
    if (before !== undefined && !Number.isSafeInteger(before))
      throw invalid('cursor', 'must be one that a list answered')
    const { sql, parameters } = whereOf(actor, input)
    const after: SqlValue[] = before === undefined ? [] : [before]
    // Each state is walked back along its own index: together they would have to be sorted.
    const walks = states.map(
      () => `select * from (select seq from email_message where state = ? and ${sql}
        ${before === undefined ? '' : 'and seq < ?'} order by seq desc limit ?)`,
    )
    const rows = database.all<JoinedRow>(
      `${selectMessage} where email_message.seq in (${walks.join(' union all ')})
       order by email_message.seq desc limit ?`,
      ...states.flatMap((state) => [state, ...parameters, ...after, limit + 1]),
      limit + 1,
    )
    const counts = states.map((state) =>
      Number(
        database.value(
          `select count(*) from email_message where state = ? and ${sql}`,
          state,
          ...parameters,
        ),
      ),
    )
    const kept = rows.slice(0, limit)
    return {
      items: kept.map(toMessage),
      nextCursor: rows.length > limit ? String(kept.at(-1)?.seq) : null,
      total: counts.reduce((sum, count) => sum + count, 0),
    }
  }

  function whereOf(actor: Actor, { leadId, contactId }: ListInput) {
    const clauses: string[] = []
    const parameters: SqlValue[] = []
    const where = (column: string, value: string | null | undefined) => {
      if (value === undefined) return
      clauses.push(`${column} = ?`)
      parameters.push(value)
    }
    if (!seesAll(actor)) where('user_id', actor.userId)
    where('lead_id', leadId)
    where('contact_id', contactId)
    return { sql: clauses.join(' and ') || '1', parameters }
  }

  function status(actor: Actor): OutboxStatus {
    const { stopped, stoppedBy, ...rules } = readSettings(database)
    const mine = seesAll(actor) ? '' : 'where user_id = ?'
    const counted = new Map(
      database
        .all<{ state: EmailState; count: number }>(
          `select state, count(*) as count from email_message ${mine} group by state`,
          ...(mine ? [actor.userId] : []),
        )
        .map(({ state, count }) => [state, count]),
    )
    const by = stoppedBy
      ? database.value<string>('select name from user where id = ?', stoppedBy)
      : undefined
    return {
      ...rules,
      stopped,
      stoppedBy: toReference(stopped ? stoppedBy : null, by ?? null),
      held: pausedAccounts().flatMap(heldFor(actor)),
      counts: Object.fromEntries(
        emailStates.map((state) => [state, counted.get(state) ?? 0]),
      ) as OutboxStatus['counts'],
    }
  }

  /** Of everybody: what goes out by itself, and what somebody has to decide on. */
  function undecided(): { waiting: number; unknown: number } {
    const count = (state: EmailState) =>
      Number(database.value('select count(*) from email_message where state = ?', state))
    return { waiting: count('approved'), unknown: count('unknown') }
  }

  return {
    undecided,
    requireRow,
    get: (actor: Actor, id: string): EmailMessage => toMessage(requireRow(actor, id)),
    list,
    status,
  }
}

/** What a user learns about accounts that pause: those it may send by. */
const heldFor =
  (actor: Actor) =>
  ({ account, message, until }: PausedAccount) =>
    seesAll(actor) || account.user_id === null || account.user_id === actor.userId
      ? [{ account: { id: account.id, name: account.name }, message, until: toInstant(until) }]
      : []
