/** Leads as lists and the board read them. */
import { spellingKey } from '../../../contract/kernel/spelling'
import type { LeadStatus } from '../../../contract/records/words'
import type { Clause } from '../../kernel/database/clause'
import type { RowOf } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import { leadColumns } from './columns'
import { nextStepDay } from './next-step-day'
import type { lead } from './table'

export type LeadRow = RowOf<typeof lead> & {
  /** The day that its next step takes whole. */
  next_step_day: string | null
  company_name: string | null
  contact_name: string | null
  owner_name: string | null
  customer_name: string | null
  stage_name: string
  stage_color: string
  stage_kind: LeadStatus
  stage_probability: number
  pipeline_id: string
  rotting_days: number | null
}

export const leadSource: ListSource = {
  table: 'lead',
  select: `lead.*, ${nextStepDay} as next_step_day, company.name as company_name, contact.name as contact_name, owner.name as owner_name,
    customer.name as customer_name, stage.name as stage_name, stage.color as stage_color, stage.kind as stage_kind,
    stage.probability as stage_probability, stage.pipeline_id, stage.rotting_days`,
  joins: `left join stage on stage.id = lead.stage_id
    left join company on company.id = lead.company_id
    left join contact on contact.id = lead.contact_id
    left join user owner on owner.id = lead.owner_id
    left join customer on customer.id = lead.customer_id`,
  fields: { ...leadColumns.fields, companyName: 'company.name', contactName: 'contact.name' },
  custom: 'lead.custom',
  defaultSort: '-updatedAt',
  sorts: leadColumns.sorts,
}

/** Leads from any of these sources, however those are spelled. */
export const cameFrom = (sources: readonly string[]): Clause => ({
  sql: `lead.source in (select text from spelling where list = 'source' and key in (${sources.map(() => '?').join(', ')}))`,
  parameters: sources.map(spellingKey),
})

/**
 * Leads with any of these tags. Leads share few sets of tags: each set is looked into once, and
 * the leads that have it are found on the index.
 */
export const taggedWith = (tags: string[]): Clause => ({
  sql: `lead.tags <> '[]' and lead.tags in (select used.tags from (
      select distinct lead.tags from lead where lead.deleted_at is null and lead.tags <> '[]') used
    where exists (select 1 from json_each(used.tags) where spelling_key(value) in (${tags.map(() => '?').join(', ')})))`,
  parameters: tags.map(spellingKey),
})
