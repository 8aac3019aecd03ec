/** Cards of the board, as they are selected, shown and paged through. */
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Card } from '../../../contract/records/pipeline'
import type { Json } from '../../kernel/database/columns'
import { fromJson, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import { type Leads, nextStepDay } from '../leads/leads'

export const cardSelect = `lead.seq, lead.id, lead.title, lead.company_id, lead.contact_id, lead.owner_id, lead.stage_id,
  lead.status, lead.value_minor, lead.currency, lead.probability, lead.expected_close_date, lead.priority, lead.tags,
  lead.position, lead.stage_entered_at, lead.last_activity_at, lead.next_step_at,
  ${nextStepDay} as next_step_day,
  company.name as company_name, contact.name as contact_name, owner.name as owner_name,
  stage.probability as stage_probability, stage.rotting_days`
export const cardJoins = `join stage on stage.id = lead.stage_id
  left join company on company.id = lead.company_id
  left join contact on contact.id = lead.contact_id
  left join user owner on owner.id = lead.owner_id`

export interface CardRow {
  seq: number
  id: string
  title: string
  company_id: string | null
  company_name: string | null
  contact_id: string | null
  contact_name: string | null
  owner_id: string | null
  owner_name: string | null
  stage_id: string
  status: Card['status']
  value_minor: number | null
  currency: string
  probability: number | null
  stage_probability: number
  rotting_days: number | null
  expected_close_date: string | null
  priority: Card['priority']
  tags: Json<string[]>
  position: string
  stage_entered_at: number
  last_activity_at: number | null
  next_step_at: number | null
  next_step_day: string | null
}

export function toCard(row: CardRow, signalOf: ReturnType<Leads['signals']>): Card {
  return {
    id: row.id,
    title: row.title,
    company: toReference(row.company_id, row.company_name),
    contact: toReference(row.contact_id, row.contact_name),
    owner: toReference(row.owner_id, row.owner_name),
    stageId: row.stage_id,
    status: row.status,
    value: row.value_minor === null ? null : moneyFromMinor(row.value_minor, row.currency),
    effectiveProbability: row.probability ?? row.stage_probability,
    expectedCloseDate: row.expected_close_date,
    priority: row.priority,
    tags: fromJson(row.tags),
    ...signalOf(row),
    nextStepAt: toInstantOrNull(row.next_step_at),
    nextStepDay: row.next_step_day,
    lastActivityAt: toInstantOrNull(row.last_activity_at),
    stageEnteredAt: toInstant(row.stage_entered_at),
  }
}

interface BoardCursor {
  position: string
  seq: number
  /** Sorts other than the board's own order page by count: their columns are short lists of open leads. */
  offset: number
}
export const writeBoardCursor = (cursor: BoardCursor) =>
  Buffer.from(JSON.stringify([cursor.position, cursor.seq, cursor.offset])).toString('base64url')
/** @throws invalid where it is none */
export function readBoardCursor(text: string): BoardCursor {
  try {
    const [position, seq, offset] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (
      typeof position === 'string' &&
      Number.isSafeInteger(seq) &&
      Number.isSafeInteger(offset) &&
      offset >= 0
    )
      return { position, seq, offset }
  } catch {
    // Falls through to the one message.
  }
  throw invalid('cursor', 'must be the nextCursor of a page before')
}
