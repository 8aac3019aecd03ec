/** What became of cadences: replies and wins per cadence, step, variant and person, and whether steps were done in time. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { CadenceAnalytics } from '../../../contract/outreach/cadences'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import { toReference } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { medianOf, rateOf } from '../../kernel/rates'
import { endOfDay, startOfDay } from '../../kernel/time/zone'
import type { Cadences } from '../cadences/cadences'
import { planScope } from './rows'

type Procedures = (typeof contract)['cadences']
type Period = Omit<InputOf<Procedures['analytics']>, 'id'>

interface PlanCounts {
  user_id: string | null
  user_name: string | null
  enrolled: number
  active: number
  finished: number
  stopped: number
  replied: number
  with_lead: number
  won: number
}
interface StepCounts {
  step_id: string
  variant: string | null
  type: string
  user_id: string | null
  reached: number
  done: number
  skipped: number
  on_time: number
  overdue: number
  dropped: number
  replied: number
  with_lead: number
  won: number
}

const hour = 3_600_000
/** Came to the end of its steps. An answer, or winning the lead, stops a plan before that. */
const finished = `coalesce(plan.ending in ('finished', 'branch'), 0)`
const sum = <T>(rows: readonly T[], value: (row: T) => number) =>
  rows.reduce((total, row) => total + value(row), 0)

export function createAnalytics(kernel: Kernel, cadences: Pick<Cadences, 'current' | 'ids'>) {
  const { database, clock, workspace } = kernel

  /** The plans that are counted: begun within the period, as far as the caller sees them. */
  function counted(actor: Actor, cadenceId: string, { from, to, userId }: Period): Clause {
    const zone = workspace.timezone()
    const clauses: Clause[] = [
      { sql: 'plan.cadence_id = ?', parameters: [cadenceId] },
      { sql: 'plan.started_at >= ?', parameters: [from ? startOfDay(from, zone) : 0] },
    ]
    if (to) clauses.push({ sql: 'plan.started_at < ?', parameters: [endOfDay(to, zone)] })
    if (userId)
      clauses.push({
        sql: `plan.user_id in (${userId.map(() => '?').join(', ')})`,
        parameters: [...userId],
      })
    const scope = planScope(actor)
    if (scope) clauses.push(scope)
    return {
      sql: clauses.map(({ sql }) => sql).join(' and '),
      parameters: clauses.flatMap(({ parameters }) => parameters),
    }
  }

  const plansBy = ({ sql, parameters }: Clause) =>
    database.all<PlanCounts>(
      `select plan.user_id, user.name as user_name, count(*) as enrolled,
         sum(plan.ended_at is null) as active, sum(${finished}) as finished,
         sum(plan.ended_at is not null and not ${finished}) as stopped, sum(plan.replied_at is not null) as replied,
         sum(plan.lead_id is not null) as with_lead,
         sum(coalesce(lead.status = 'won' and lead.closed_at >= plan.started_at, 0)) as won
       from plan left join lead on lead.id = plan.lead_id left join user on user.id = plan.user_id
       where ${sql} group by plan.user_id order by enrolled desc`,
      ...parameters,
    )

  const stepsBy = ({ sql, parameters }: Clause) =>
    database.all<StepCounts>(
      `select step.step_id, step.variant, step.type, plan.user_id, count(*) as reached,
         sum(step.state = 'done') as done, sum(step.state = 'skipped') as skipped,
         sum(step.state = 'done' and step.done_at <= step.late_after) as on_time,
         sum(step.state in ('open', 'queued') and plan.state = 'in_progress' and step.late_after < ?) as overdue,
         sum(step.state = 'cancelled') as dropped, sum(step.replied_at is not null) as replied,
         sum(step.state = 'done' and plan.lead_id is not null) as with_lead,
         sum(step.state = 'done' and coalesce(lead.status = 'won' and lead.closed_at >= step.done_at, 0)) as won
       from plan cross join plan_step step on step.plan_id = plan.id left join lead on lead.id = plan.lead_id
       where ${sql} group by step.step_id, step.variant, step.type, plan.user_id`,
      clock.now(),
      ...parameters,
    )

  function hoursToReply({ sql, parameters }: Clause): number | null {
    const waits = database
      .all<{ wait: number }>(
        `select plan.replied_at - plan.started_at as wait from plan
         where ${sql} and plan.replied_at is not null order by wait`,
        ...parameters,
      )
      .map(({ wait }) => wait / hour)
    return medianOf(waits)
  }

  function analytics(
    actor: Actor,
    { id, ...period }: InputOf<Procedures['analytics']>,
  ): CadenceAnalytics {
    const { name, version } = cadences.current(actor, id)
    const clause = counted(actor, id, period)
    const plans = plansBy(clause)
    const steps = stepsBy(clause)
    const placeOf = (stepId: string) => {
      const place = version.steps.findIndex((step) => step.id === stepId)
      return place < 0 ? null : place
    }
    const byStep = [...Map.groupBy(steps, ({ step_id }) => step_id).values()]
    return {
      cadence: { id, name },
      enrolled: sum(plans, (row) => row.enrolled),
      active: sum(plans, (row) => row.active),
      finished: sum(plans, (row) => row.finished),
      stopped: sum(plans, (row) => row.stopped),
      replies: rateOf(
        sum(plans, (row) => row.replied),
        sum(plans, (row) => row.enrolled),
      ),
      conversions: rateOf(
        sum(plans, (row) => row.won),
        sum(plans, (row) => row.with_lead),
      ),
      adherence: adherenceOf(steps),
      hoursToReply: hoursToReply(clause),
      steps: byStep
        .flatMap((rows) => {
          const variants = [...Map.groupBy(rows, ({ variant }) => variant)]
          const parts = variants.length > 1 || variants[0]?.[0] ? variants : []
          return [
            stepOf(rows, null, placeOf),
            ...parts.flatMap(([variant, part]) =>
              variant === null ? [] : [stepOf(part, variant, placeOf)],
            ),
          ]
        })
        .sort(
          (one, other) =>
            (one.position ?? 1000) - (other.position ?? 1000) ||
            one.stepId.localeCompare(other.stepId) ||
            (one.variant ?? '').localeCompare(other.variant ?? ''),
        ),
      people: plans.map((row) => {
        const own = steps.filter(({ user_id }) => user_id === row.user_id)
        return {
          user: toReference(row.user_id, row.user_name),
          enrolled: row.enrolled,
          done: sum(own, ({ done }) => done),
          replies: rateOf(row.replied, row.enrolled),
          conversions: rateOf(row.won, row.with_lead),
          onTime: adherenceOf(own).onTime,
        }
      }),
    }
  }

  function compare(actor: Actor, { cadenceId, ...period }: InputOf<Procedures['compare']>) {
    return (cadenceId ?? cadences.ids(actor)).map((id) => {
      const { steps: _steps, people: _people, ...whole } = analytics(actor, { id, ...period })
      return whole
    })
  }

  return { analytics, compare }
}

const adherenceOf = (rows: readonly StepCounts[]): CadenceAnalytics['adherence'] => {
  const done = sum(rows, (row) => row.done)
  const onTime = sum(rows, (row) => row.on_time)
  const due = done + sum(rows, (row) => row.overdue)
  return {
    onTime: rateOf(onTime, due),
    late: due - onTime,
    skipped: sum(rows, (row) => row.skipped),
  }
}

function stepOf(
  rows: readonly StepCounts[],
  variant: string | null,
  placeOf: (stepId: string) => number | null,
): CadenceAnalytics['steps'][number] {
  const stepId = rows[0]?.step_id ?? ''
  const done = sum(rows, (row) => row.done)
  const onTime = sum(rows, (row) => row.on_time)
  return {
    stepId,
    position: placeOf(stepId),
    type: rows[0]?.type ?? '',
    variant,
    reached: sum(rows, (row) => row.reached),
    done,
    skipped: sum(rows, (row) => row.skipped),
    onTime,
    late: done + sum(rows, (row) => row.overdue) - onTime,
    dropped: sum(rows, (row) => row.dropped),
    replies: rateOf(
      sum(rows, (row) => row.replied),
      done,
    ),
    conversions: rateOf(
      sum(rows, (row) => row.won),
      sum(rows, (row) => row.with_lead),
    ),
  }
}
