/** Approves drafts, now or for another time. What speaks against a message is written into it instead. */
import type { EmailMessage } from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { actOnMany } from '../../kernel/records/act-on-many'
import { quoted } from '../../kernel/records/records'
import type { ProblemsOf } from './checks'
import type { Permissions } from './permissions'
import type { Reading } from './reading'
import type { MessageRow } from './rows'
import { emailMessage } from './table'

export type Approving = ReturnType<typeof createApproving>

export interface ApprovingNeeds {
  reading: Reading
  permissions: Permissions
  problemsOf: ProblemsOf
  /** Something may go out now. */
  wake(): void
}

export function createApproving({ database, clock }: Kernel, needs: ApprovingNeeds) {
  const { reading, permissions, problemsOf } = needs

  /** Answers whether it goes now; what speaks against it is written down, what is over is cancelled. */
  function approveOne(writer: Writer, row: MessageRow, now: boolean): boolean {
    const obsolete = permissions.whyObsolete(row)
    if (obsolete !== undefined) {
      permissions.cancelUnwanted(writer, row, obsolete)
      return false
    }
    const problems = problemsOf(row)
    writer.update(emailMessage, row.id, {
      problems,
      ...(problems.length === 0
        ? {
            state: 'approved',
            approvedAt: writer.now,
            approvedBy: writer.actor.userId,
            nextAttemptAt: now ? writer.now : Math.max(row.send_after ?? 0, writer.now),
            atOnce: now,
            error: null,
            failure: null,
          }
        : {}),
    })
    return problems.length === 0
  }

  function approve(actor: Actor, { id, now }: { id: string; now: boolean }): EmailMessage {
    database.act(actor, { label: 'Approve e-mail' }, (writer) => {
      const row = reading.requireRow(actor, id)
      if (row.state !== 'drafted' && row.state !== 'late' && !(row.state === 'approved' && now))
        throw conflict(`This e-mail is ${row.state}, not waiting for approval.`)
      writer.label = `Approve e-mail ${quoted(row.subject)}`
      approveOne(writer, row, now)
    })
    return approved(actor, id)
  }

  /** @throws conflict where something speaks against it */
  function approved(actor: Actor, id: string): EmailMessage {
    const message = reading.get(actor, id)
    if (message.state === 'drafted' || message.state === 'late')
      throw conflict(message.problems.map(({ message: text }) => text).join(' '), {
        problems: message.problems,
      })
    needs.wake()
    return message
  }

  /** An approved message goes out at another time; what it says stays approved. */
  function reschedule(
    actor: Actor,
    { id, sendAfter }: { id: string; sendAfter: string },
  ): EmailMessage {
    const at = Date.parse(sendAfter)
    if (at <= clock.now()) throw invalid('sendAfter', 'must be a time in the future')
    database.act(actor, { label: 'Reschedule e-mail' }, (writer) => {
      const row = reading.requireRow(actor, id)
      if (row.state !== 'late' && row.state !== 'approved')
        throw conflict(`This e-mail is ${row.state}, and not approved.`)
      writer.label = `Reschedule e-mail ${quoted(row.subject)}`
      writer.update(emailMessage, id, { sendAfter: at, atOnce: false })
      approveOne(writer, { ...row, send_after: at }, false)
    })
    return approved(actor, id)
  }

  function approveMany(actor: Actor, ids: string[]) {
    const outcome = actOnMany(database, actor, ids, {
      apply(writer, id) {
        const row = reading.requireRow(actor, id)
        return row.state === 'drafted' && approveOne(writer, row, false)
      },
      labelOf: ({ length }) => `Approve ${length} ${length === 1 ? 'e-mail' : 'e-mails'}`,
    })
    needs.wake()
    return outcome
  }

  return { approveOne, approve, approveMany, reschedule }
}
