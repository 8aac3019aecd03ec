/**
 * After another file took the database's place: what the one before knows of messages that went
 * out, so that none goes out again. What it cannot tell is unknown, and a person decides.
 */
import type { Writer } from '../../kernel/database/database'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import type { MessageRow } from './rows'
import { emailMessage } from './table'

export interface CarryOverNeeds {
  markSent(writer: Writer, row: MessageRow): void
  /** Makes the plan know this step, and answers the id that it has here; undefined where there is no such plan. */
  carryOverStep(
    writer: Writer,
    from: ReplacedDatabase,
    step: { planId: string; planStepId: string; state: 'sent' | 'unknown' },
  ): string | undefined
}

export interface CarriedMessages {
  sent: number
  unknown: number
  takenBack: number
}

type Known = Pick<MessageRow, 'id' | 'state'> & { at: number; from: ReplacedDatabase }

export const mayHaveGone =
  'It may have gone out after the backup was made: the database that would know cannot be read.'

/** What has not gone out for certain, and still could. */
const waiting = new Set<string>(['drafted', 'approved', 'late', 'failed'])
const gone = new Set<string>(['sent', 'unknown', 'sending'])

export function createCarryOver({ database }: Kernel, needs: CarryOverNeeds) {
  const byId = (id: string) =>
    database.get<MessageRow>('select * from email_message where id = ?', id)

  /** @param isWhole whether everything that went out is in one of them; asked after reading */
  return function carryOver(
    writer: Writer,
    databases: readonly ReplacedDatabase[],
    isWhole: () => boolean,
  ): CarriedMessages {
    const carried = { sent: 0, unknown: 0, takenBack: 0 }
    const known = new Map<string, Known>()
    // Once out, it stays out, whatever a later one says.
    for (const from of databases)
      for (const row of from.all<Known>(
        `select id, state, coalesce(sent_at, taken_at, created_at) as at from email_message order by seq`,
      ))
        if (known.get(row.id)?.state !== 'sent') known.set(row.id, { ...row, from })

    for (const row of [...known.values()].sort((a, b) => a.at - b.at)) {
      const own = byId(row.id)
      if (gone.has(row.state)) carryGone(writer, row, own, carried)
      else if (own?.state === 'approved' && row.state !== 'approved' && row.state !== 'late') {
        writer.update(emailMessage, own.id, {
          state: 'drafted',
          approvedAt: null,
          approvedBy: null,
          error: 'It was taken back after the backup was made.',
        })
        carried.takenBack++
      }
    }
    if (!isWhole()) carried.unknown += askAboutTheRest(writer, known)
    return carried
  }

  function carryGone(
    writer: Writer,
    { id, state, from }: Known,
    own: MessageRow | undefined,
    carried: CarriedMessages,
  ): void {
    if (own?.state === 'sent') return
    const [theirs] = from.all<MessageRow>('select * from email_message where id = ?', id)
    if (!theirs) return
    const wasSent = state === 'sent'
    const planStepId =
      theirs.plan_id && theirs.plan_step_id
        ? (needs.carryOverStep(writer, from, {
            planId: theirs.plan_id,
            planStepId: theirs.plan_step_id,
            state: wasSent ? 'sent' : 'unknown',
          }) ?? theirs.plan_step_id)
        : null
    if (planStepId) giveWay(writer, planStepId, id)
    const values = {
      ...textsOf(theirs),
      planId: theirs.plan_id,
      planStepId,
      state: 'unknown' as const,
      takenAt: theirs.taken_at,
      attempts: theirs.attempts,
      error: wasSent
        ? null
        : 'It was being sent before the backup was restored: it may have arrived, or not.',
    }
    if (own) writer.update(emailMessage, id, values)
    else
      writer.insert(emailMessage, {
        id,
        ...values,
        messageId: theirs.message_id,
        nextAttemptAt: theirs.next_attempt_at,
        accountId: existing('mail_account', theirs.account_id),
        userId: existing('user', theirs.user_id),
        leadId: existing('lead', theirs.lead_id),
        contactId: existing('contact', theirs.contact_id),
        createdAt: theirs.created_at,
      })
    const now = byId(id)
    if (wasSent && now) needs.markSent(writer, now)
    carried[wasSent ? 'sent' : 'unknown']++
  }

  /** Another message that was to be this step has not gone out, and must not any more. */
  function giveWay(writer: Writer, planStepId: string, id: string): void {
    const others = database.all<{ id: string; state: string }>(
      'select id, state from email_message where plan_step_id = ? and id <> ?',
      planStepId,
      id,
    )
    for (const other of others)
      writer.update(emailMessage, other.id, {
        planStepId: null,
        ...(waiting.has(other.state)
          ? { state: 'cancelled', error: 'This step had gone out already.' }
          : {}),
      })
  }

  function existing(table: 'mail_account' | 'user' | 'lead' | 'contact', id: string | null) {
    return id !== null && database.get(`select 1 from ${table} where id = ?`, id) ? id : null
  }

  /** Nobody can say what became of these since the backup. Drafts wait for a person anyway, and say so. */
  function askAboutTheRest(writer: Writer, known: ReadonlyMap<string, Known>): number {
    const rows = database.all<MessageRow>(
      `select * from email_message where state in ('approved', 'sending', 'late', 'drafted', 'failed')`,
    )
    let asked = 0
    for (const row of rows) {
      const sure = known.get(row.id)
      if (sure && gone.has(sure.state)) continue
      const waits = row.state === 'approved' || row.state === 'sending'
      writer.update(emailMessage, row.id, {
        ...(waits ? { state: 'unknown' } : {}),
        error: mayHaveGone,
      })
      if (waits) asked++
    }
    return asked
  }
}

const textsOf = (row: MessageRow) => ({
  toName: row.to_name,
  toAddress: row.to_address,
  // A database of an earlier version has no copies.
  cc: row.cc ?? '[]',
  bcc: row.bcc ?? '[]',
  subject: row.subject,
  body: row.body,
  html: row.html,
  blanks: row.blanks,
  contentHash: row.content_hash,
  allowIdentical: row.allow_identical,
  needsOpenLead: row.needs_open_lead,
  atOnce: row.at_once,
  sendAfter: row.send_after,
  variant: row.variant,
})
