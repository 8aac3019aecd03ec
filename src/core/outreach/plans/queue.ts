/** The queue of due steps, each with what is needed to do it: its texts, an address, the last contact. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { DueStep } from '../../../contract/outreach/plans'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import { fromInstant, toInstant } from '../../kernel/database/rows'
import { forbidden } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { dateIn, endOfDay, knownZone } from '../../kernel/time/zone'
import type { PlanLookup } from './lookup'
import type { PlanReading } from './reading'
import { type PlanRow, planSource, type ShownPlanRow } from './rows'

interface StepTexts {
  subject: string | null
  body: string | null
}
/** Fills the placeholders of a step's texts in; those without a value are named. */
export type RenderTexts = (
  texts: StepTexts,
  about: {
    leadId: string | null
    contactId: string | null
    companyId: string | null
    userId: string | null
  },
) => StepTexts & { blanks: string[] }

export interface QueueOptions {
  lookup: PlanLookup
  reading: Pick<PlanReading, 'shown'>
  render: RenderTexts
  workingHours: WorkingHours
}

const dueSource = {
  ...planSource,
  sorts: { due: { sql: 'plan.next_step_due_at' } },
  defaultSort: 'due',
}

export function createQueue(kernel: Kernel, options: QueueOptions) {
  const { database, clock, lister } = kernel

  /** What people are to do; automated steps are not theirs. */
  function due(actor: Actor, input: InputOf<(typeof contract)['plans']['due']>) {
    const userId = input.userId ?? actor.userId
    if (userId !== actor.userId && !seesAll(actor))
      throw forbidden('Only a manager may see the queue of others.')
    const zone = options.workingHours.zoneOf(userId)
    const until = fromInstant(input.until) ?? endOfDay(dateIn(clock.now(), zone), zone) - 1
    const extra: Clause[] = [
      { sql: 'plan.user_id = ?', parameters: [userId] },
      { sql: 'plan.next_step_due_at <= ?', parameters: [until] },
      { sql: 'step.automated = 0', parameters: [] },
    ]
    if (input.cadenceId) extra.push({ sql: 'plan.cadence_id = ?', parameters: [input.cadenceId] })
    if (input.type)
      extra.push({
        sql: `step.type in (${input.type.map(() => '?').join(', ')})`,
        parameters: [...input.type],
      })
    const page = lister.page<ShownPlanRow>(
      dueSource,
      { actor, limit: input.limit, cursor: input.cursor },
      extra,
    )
    return {
      items: page.rows.map(toDueStep),
      nextCursor: page.nextCursor,
      total: page.total,
    }
  }

  function toDueStep(row: ShownPlanRow): DueStep {
    const texts = options.lookup.textsOfStep(row, row.step_id, row.step_variant)
    const { subject, body, blanks } = options.render(texts, {
      leadId: row.lead_id,
      contactId: row.contact_id,
      companyId: row.company_id,
      userId: row.user_id,
    })
    const contact = database.get<{
      email: string | null
      phone: string | null
      mobile: string | null
      phone_number: string | null
      mobile_number: string | null
      timezone: string | null
    }>(
      'select email, phone, mobile, phone_number, mobile_number, timezone from contact where id = ?',
      row.contact_id,
    )
    const company = database.get<{ phone: string | null; phone_number: string | null }>(
      'select phone, phone_number from company where id = ?',
      row.company_id,
    )
    const [phone, phoneNumber] = [
      [contact?.mobile, contact?.mobile_number],
      [contact?.phone, contact?.phone_number],
      [company?.phone, company?.phone_number],
    ].find(([typed]) => typed) ?? [null, null]
    return {
      plan: options.reading.shown(row),
      overdue: (row.next_step_due_at ?? 0) < clock.now(),
      subject,
      body,
      blanks,
      email: contact?.email ?? null,
      phone: phone ?? null,
      phoneNumber: phoneNumber ?? null,
      contactZone: knownZone(contact?.timezone, options.workingHours.zoneOf(row.user_id)),
      lastActivity: lastActivity(row),
    }
  }

  function lastActivity(row: PlanRow): DueStep['lastActivity'] {
    const column = row.lead_id ? 'lead_id' : 'contact_id'
    const found = database.get<{
      id: string
      type: string
      subject: string | null
      outcome: string | null
      at: number
    }>(
      `select id, type, subject, outcome, at from activity where ${column} = ? and deleted_at is null
         and category <> 'system' and open_at is null and at <= ? order by at desc, seq desc limit 1`,
      row.lead_id ?? row.contact_id,
      clock.now(),
    )
    return found ? { ...found, at: toInstant(found.at) } : null
  }

  return { due }
}
