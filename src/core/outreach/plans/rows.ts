/** Plans as they are read: rows, what lists ask of them, and the shape the doors show. */
import type { CadenceStep } from '../../../contract/outreach/cadences'
import type { Plan } from '../../../contract/outreach/plans'
import type { Database } from '../../kernel/database/database'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import { ownedBy } from '../../kernel/records/records'
import { textsOf } from '../cadences/cadences'
import type { plan, planStep } from './table'

export type PlanRow = RowOf<typeof plan>
export type PlanStepRow = RowOf<typeof planStep>
export type ShownPlanRow = PlanRow & {
  cadence_name: string | null
  version: number
  lead_title: string | null
  contact_name: string | null
  company_name: string | null
  user_name: string | null
  step_type: string | null
  step_automated: number | null
  step_state: PlanStepRow['state'] | null
  step_variant: string | null
  step_due_at: number | null
}

/** SQL of plans that are not over. */
export const liveStates = `('not_started', 'in_progress', 'paused')`

export const isLive = (row: PlanRow) => row.state !== 'completed' && row.state !== 'aborted'

/** The step that a plan waits at, as it is stored; undefined where it waits at none. */
export const currentStepOf = (
  database: Database,
  { id, step_id }: Pick<PlanRow, 'id' | 'step_id'>,
): PlanStepRow | undefined =>
  step_id === null
    ? undefined
    : database.get('select * from plan_step where plan_id = ? and step_id = ?', id, step_id)

export const planSource: ListSource = {
  table: 'plan',
  hasTrash: false,
  select: `plan.*, cadence.name as cadence_name, version.number as version, lead.title as lead_title,
    contact.name as contact_name, company.name as company_name, worker.name as user_name,
    step.type as step_type, step.automated as step_automated, step.state as step_state,
    step.variant as step_variant, step.due_at as step_due_at`,
  joins: `left join cadence on cadence.id = plan.cadence_id
    left join cadence_version version on version.id = plan.version_id
    left join lead on lead.id = plan.lead_id
    left join contact on contact.id = plan.contact_id
    left join company on company.id = plan.company_id
    left join user worker on worker.id = plan.user_id
    left join plan_step step on step.plan_id = plan.id and step.step_id = plan.step_id`,
  fields: {
    name: { sql: 'plan.name', type: 'text' },
    state: { sql: 'plan.state', type: 'text' },
    ending: { sql: 'plan.ending', type: 'text' },
    cadence: { sql: 'plan.cadence_id', type: 'id' },
    lead: { sql: 'plan.lead_id', type: 'id' },
    contact: { sql: 'plan.contact_id', type: 'id' },
    company: { sql: 'plan.company_id', type: 'id' },
    user: { sql: 'plan.user_id', type: 'id' },
    nextStepDueAt: { sql: 'plan.next_step_due_at', type: 'instant' },
    startedAt: { sql: 'plan.started_at', type: 'instant' },
    endedAt: { sql: 'plan.ended_at', type: 'instant' },
    updatedAt: { sql: 'plan.updated_at', type: 'instant' },
  },
  defaultSort: '-updatedAt',
  sorts: {
    updatedAt: { sql: 'plan.updated_at' },
    nextStepDueAt: { sql: 'plan.next_step_due_at', nullable: true },
  },
  searched: ['plan.name', 'lead.title', 'contact.name', 'company.name'],
}

/** A rep sees the plans it works. */
export const planScope = ownedBy('plan', 'user_id')

export function toPlan(row: ShownPlanRow, steps: readonly CadenceStep[]): Plan {
  const step = steps.find(({ id }) => id === row.step_id)
  return {
    id: row.id,
    name: row.cadence_name ?? row.name,
    cadence: toReference(row.cadence_id, row.cadence_name),
    version: row.version,
    lead: toReference(row.lead_id, row.lead_title),
    contact: toReference(row.contact_id, row.contact_name),
    company: toReference(row.company_id, row.company_name),
    user: toReference(row.user_id, row.user_name),
    state: row.state,
    stepCount: row.step_count,
    step:
      step && row.step_id && row.position !== null && row.step_due_at !== null
        ? {
            stepId: row.step_id,
            position: row.position,
            type: row.step_type ?? step.type,
            automated: row.step_automated === 1,
            state: row.step_state ?? 'open',
            variant: row.step_variant,
            subject: textsOf(step, row.step_variant).subject,
            dueAt: toInstant(row.step_due_at),
          }
        : null,
    nextStepDueAt: toInstantOrNull(row.next_step_due_at),
    startedAt: toInstantOrNull(row.started_at),
    pausedAt: toInstantOrNull(row.paused_at),
    pausedUntil: toInstantOrNull(row.paused_until),
    repliedAt: toInstantOrNull(row.replied_at),
    endedAt: toInstantOrNull(row.ended_at),
    ending: row.ending,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  }
}
