/** Plans as they are shown: lists, and one with every step that was, is and will be. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Plan, PlanStep, PlanWithSteps } from '../../../contract/outreach/plans'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import { fromJson, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { scheduleSteps } from '../cadences/cadences'
import type { PlanLookup } from './lookup'
import { isLive, type PlanStepRow, planScope, planSource, type ShownPlanRow, toPlan } from './rows'

export type PlanReading = ReturnType<typeof createPlanReading>
type ListInput = InputOf<(typeof contract)['plans']['list']>

const byId = `select ${planSource.select} from plan ${planSource.joins} where plan.id = ?`

export function createPlanReading({ database, clock, lister }: Kernel, lookup: PlanLookup) {
  /** @throws not_found also where the actor may not see the plan */
  function requireRow(actor: Actor, id: string): ShownPlanRow {
    const scope = planScope(actor)
    const row = database.get<ShownPlanRow>(
      scope ? `${byId} and ${scope.sql}` : byId,
      id,
      ...(scope?.parameters ?? []),
    )
    if (!row) throw notFound('plan')
    return row
  }

  const shown = (row: ShownPlanRow): Plan => toPlan(row, lookup.stepsOf(row))

  function list(actor: Actor, input: ListInput) {
    const scope = planScope(actor)
    const extra: Clause[] = scope ? [scope] : []
    const among = (column: string, values: readonly string[] | undefined) => {
      if (values)
        extra.push({
          sql: `${column} in (${values.map(() => '?').join(', ')})`,
          parameters: [...values],
        })
    }
    among('plan.state', input.state)
    among('plan.user_id', input.userId)
    among('plan.cadence_id', input.cadenceId)
    for (const kind of ['lead', 'contact', 'company'] as const) {
      const id = input[`${kind}Id`]
      if (id) extra.push({ sql: `plan.${kind}_id = ?`, parameters: [id] })
    }
    const page = lister.page<ShownPlanRow>(planSource, { ...input, actor }, extra)
    return { items: page.rows.map(shown), nextCursor: page.nextCursor, total: page.total }
  }

  /** With every step: what was done, what is due, and when the rest will be if all goes as planned. */
  function written(id: string): PlanWithSteps {
    const row = database.get<ShownPlanRow>(byId, id) as ShownPlanRow
    return { ...shown(row), steps: [...stepsBehind(row), ...stepsAhead(row)] }
  }

  function stepsBehind(row: ShownPlanRow): PlanStep[] {
    return database
      .all<PlanStepRow & { done_by_name: string | null }>(
        `select plan_step.*, user.name as done_by_name from plan_step left join user on user.id = plan_step.done_by
         where plan_id = ? order by position, plan_step.rowid`,
        row.id,
      )
      .map((step) => ({
        stepId: step.step_id,
        position: step.position,
        type: step.type,
        automated: step.automated === 1,
        state: step.state,
        variant: step.variant,
        ...lookup.textsOfStep(row, step.step_id, step.variant),
        dueAt: toInstant(step.due_at),
        moved: fromJson(step.moved),
        doneAt: toInstantOrNull(step.done_at),
        doneBy: toReference(step.done_by, step.done_by_name),
        outcome: step.outcome,
        repliedAt: toInstantOrNull(step.replied_at),
        activityId: step.activity_id,
      }))
  }

  function stepsAhead(row: ShownPlanRow): PlanStep[] {
    if (!isLive(row)) return []
    const first = row.state === 'not_started' ? 0 : (row.position ?? -1) + 1
    const ahead = lookup.stepsOf(row).slice(first)
    const base = row.next_step_due_at ?? (row.state === 'not_started' ? clock.now() : null)
    const dates = base === null ? [] : scheduleSteps(base, ahead, lookup.circumstancesOfRow(row))
    return ahead.map((step, index) => ({
      stepId: step.id,
      position: first + index,
      type: step.type,
      automated: step.automated,
      state: 'upcoming',
      variant: null,
      subject: step.subject,
      body: step.body,
      dueAt: toInstantOrNull(dates[index]?.at ?? null),
      moved: dates[index]?.moved ?? [],
      doneAt: null,
      doneBy: null,
      outcome: null,
      repliedAt: null,
      activityId: null,
    }))
  }

  return { list, requireRow, written, shown }
}
