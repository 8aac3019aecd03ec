/** Cadences as they are read: with who made them, their newest steps, and how many plans are under way. */

import type { RowOf } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import type { cadence } from './table'

export type CadenceRow = RowOf<typeof cadence> & {
  created_by_name: string | null
  version_id: string
  version: number
  step_count: number
  active_plans: number
}

/** SQL that finds the steps a cadence has now. */
export const newestVersion = `left join cadence_version version on version.cadence_id = cadence.id
  and version.number = (select max(number) from cadence_version latest where latest.cadence_id = cadence.id)`

export const source: ListSource = {
  table: 'cadence',
  select: `cadence.*, author.name as created_by_name, version.id as version_id, version.number as version,
    json_array_length(version.steps) as step_count,
    (select count(*) from plan where plan.cadence_id = cadence.id
      and plan.state in ('not_started', 'in_progress', 'paused')) as active_plans`,
  joins: `left join user author on author.id = cadence.created_by ${newestVersion}`,
  fields: {
    name: { sql: 'cadence.name', type: 'text' },
    state: { sql: 'cadence.state', type: 'text' },
    createdBy: { sql: 'cadence.created_by', type: 'id' },
    createdAt: { sql: 'cadence.created_at', type: 'instant' },
    updatedAt: { sql: 'cadence.updated_at', type: 'instant' },
  },
  defaultSort: 'name',
  sorts: {
    name: { sql: 'cadence.name collate nocase' },
    createdAt: { sql: 'cadence.created_at' },
    updatedAt: { sql: 'cadence.updated_at' },
  },
  searched: ['cadence.name', 'cadence.description'],
}
