/** What a person decides about e-mails: to take one back, and what became of those that nobody knows about. */
import type { EmailMessage } from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { conflict } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import type { Approving } from './approving'
import type { PlanHooks } from './permissions'
import type { Reading } from './reading'
import type { MessageRow } from './rows'
import { emailMessage } from './table'
import type { Writing } from './writing'

type Decision = 'sent' | 'send_again' | 'cancelled'

export interface DecidingNeeds {
  reading: Reading
  writing: Writing
  approving: Approving
  plans(): PlanHooks | undefined
  markSent(writer: Writer, row: MessageRow): void
  /** Something may go out now. */
  wake(): void
}

export function createDeciding({ database }: Kernel, needs: DecidingNeeds) {
  const { reading, writing, approving } = needs

  function cancel(actor: Actor, id: string): EmailMessage {
    database.act(actor, { label: 'Cancel e-mail' }, (writer) => {
      const row = writing.requireChangeable(actor, id)
      writer.label = `Cancel e-mail ${quoted(row.subject)}`
      cancelOne(writer, row)
    })
    return reading.get(actor, id)
  }

  /** A person does the plan's step instead. */
  function cancelOne(writer: Writer, row: MessageRow): void {
    writer.update(emailMessage, row.id, { state: 'cancelled', error: null, failure: null })
    if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
  }

  function resolveOne(writer: Writer, row: MessageRow, as: Decision): void {
    if (as === 'sent') needs.markSent(writer, row)
    else if (as === 'cancelled') cancelOne(writer, row)
    else {
      writer.update(emailMessage, row.id, {
        state: 'drafted',
        attempts: 0,
        error: null,
        failure: null,
      })
      approving.approveOne(writer, { ...row, state: 'drafted' }, row.at_once === 1)
    }
  }

  function resolve(actor: Actor, { id, as }: { id: string; as: Decision }): EmailMessage {
    database.act(actor, { label: 'Decide on e-mail', kind: 'system' }, (writer) => {
      const row = reading.requireRow(actor, id)
      if (row.state !== 'unknown' && !(row.state === 'failed' && as !== 'sent'))
        throw conflict(`This e-mail is ${row.state}: there is nothing to decide.`)
      writer.label = `Decide on e-mail ${quoted(row.subject)}: ${as.replace('_', ' ')}`
      resolveOne(writer, row, as)
    })
    if (as === 'send_again') needs.wake()
    return reading.get(actor, id)
  }

  function resolveUnknown(actor: Actor, as: Decision) {
    let changed = 0
    database.act(actor, { label: 'Decide on e-mails', kind: 'system' }, (writer) => {
      const rows = database.all<MessageRow>(
        `select * from email_message where state = 'unknown' and ${seesAll(actor) ? '?' : 'user_id = ?'} order by seq`,
        seesAll(actor) ? 1 : actor.userId,
      )
      for (const row of rows) resolveOne(writer, row, as)
      changed = rows.length
      writer.label = `Decide on ${changed} ${changed === 1 ? 'e-mail' : 'e-mails'}: ${as.replace('_', ' ')}`
    })
    if (as === 'send_again') needs.wake()
    return { changed, skipped: 0, batchId: null }
  }

  /** A copy of the database does not know whether the original sends these. */
  function askAboutWaiting(writer: Writer): number {
    const rows = database.all<{ id: string }>(
      `select id from email_message where state in ('approved', 'late')`,
    )
    const error =
      'It was waiting when this copy of the database was made: the original sends it, too.'
    for (const { id } of rows) writer.update(emailMessage, id, { state: 'unknown', error })
    return rows.length
  }

  return { cancel, resolve, resolveUnknown, askAboutWaiting }
}
