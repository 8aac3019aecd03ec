/** Where the fields of a lead are stored, and the order of lists by them. */
import { leadFields } from '../../../contract/records/lead-fields'
import { amountSql } from '../../kernel/database/columns'
import { columnsOf } from '../../kernel/fields/columns'
import { nextStepDay } from './next-step-day'
import { lead } from './table'

/** SQL of what a lead is worth, in units that amounts of all currencies share. */
export const leadAmount = amountSql('lead.value_minor', 'lead.currency')

export const leadColumns = columnsOf(leadFields, lead, {
  title: { sort: { sql: 'lead.title collate nocase' } },
  company: { sort: { sql: 'company.name collate nocase', nullable: true } },
  owner: { sort: { sql: 'owner.name collate nocase', nullable: true } },
  stage: {
    sort: {
      sql: 'lead.position',
      within: { column: 'lead.stage_id', values: 'select id from stage order by position, id' },
    },
  },
  pipeline: { sql: 'stage.pipeline_id' },
  value: { sql: leadAmount, sort: { sql: 'lead.value_amount', nullable: true } },
  probability: { sql: 'coalesce(lead.probability, stage.probability)' },
  priority: {
    sort: {
      sql: `case lead.priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`,
    },
  },
  nextStepAt: { day: nextStepDay },
})
