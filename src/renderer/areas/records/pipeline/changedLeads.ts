/** Which changes reach only the cards of a few leads on the board. */
import type { QueryKey } from '@tanstack/react-query'
import { type ChangedTables, goesStale } from '../../../app/freshness'

/** With more leads at once the board is read whole. */
const mostLeads = 20
const mostActivities = 100

export interface ChangedLeads {
  leadId: string[]
  activityId: string[]
}

/** The leads whose cards may be all that changed on the board; undefined where it is more, or other things. */
export function changedLeads(key: QueryKey, tables: ChangedTables): ChangedLeads | undefined {
  const { lead, activity, ...others } = tables
  if (goesStale(key, others)) return undefined
  if (!lead || lead.length === 0 || activity === null) return undefined
  const leadId = [...new Set(lead)]
  const activityId = [...new Set(activity)]
  if (leadId.length > mostLeads || activityId.length > mostActivities) return undefined
  return { leadId, activityId }
}
