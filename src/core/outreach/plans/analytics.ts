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

/** What is counted of the plans of one person. */
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
/** What is counted of a step, in one variant, of one person. */
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
/** Plans or steps of which the same is true, counted together. */
interface Found {
  user_id: string | null
  facts: number
  times: number
}
type Facts = Readonly<Record<string, string>>

const hour = 3_600_000
/** Came to the end of its steps. An answer, or winning the lead, stops a plan before that. */
const finished = `coalesce(plan.ending in ('finished', 'branch'), 0)`
/** SQL of what may be true of a plan, under what is counted of it. */
const planFacts = {
  enrolled: '1',
  active: 'plan.ended_at is null',
  finished,
  stopped: `plan.ended_at is not null and not ${finished}`,
  replied: 'plan.replied_at is not null',
  with_lead: 'plan.lead_id is not null',
  won: `coalesce(lead.status = 'won' and lead.closed_at >= plan.started_at, 0)`,
} satisfies Facts
/** The same of a step; its parameter is now. */
const stepFacts = {
  reached: '1',
  done: `step.state = 'done'`,
  skipped: `step.state = 'skipped'`,
  on_time: `step.state = 'done' and step.done_at <= step.late_after`,
  overdue: `step.state in ('open', 'queued') and plan.state = 'in_progress' and step.late_after < ?`,
  dropped: `step.state = 'cancelled'`,
  replied: 'step.replied_at is not null',
  with_lead: `step.state = 'done' and plan.lead_id is not null`,
  won: `step.state = 'done' and coalesce(lead.status = 'won' and lead.closed_at >= step.done_at, 0)`,
} satisfies Facts

/** SQL of facts as the bits of one number: sorted for its groups, SQLite would carry along all that is asked of each. */
const factsOf = (facts: Facts): string =>
  Object.values(facts)
    .map((sql, bit) => `(coalesce(${sql}, 0) << ${bit})`)
    .join(' + ')
const countFacts = (facts: Facts, found: readonly Found[]) =>
  Object.fromEntries(
    Object.keys(facts).map((name, bit) => [
      name,
      sum(found, (row) => ((row.facts >> bit) & 1) * row.times),
    ]),
  )
/** SQL of plans in the order of their table, as their steps and leads are then near each other. */
const inTheirOrder = (where: string): string =>
  `plan.seq in (select plan.seq from plan where ${where})`

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

  function plansBy({ sql, parameters }: Clause): PlanCounts[] {
    const found = database.all<Found & { user_name: string | null }>(
      `select found.*, user.name as user_name from (
         select user_id, facts, count(*) as times from (
           select plan.user_id, ${factsOf(planFacts)} as facts from plan left join lead on lead.id = plan.lead_id
           where ${inTheirOrder(sql)} limit -1
         ) group by user_id, facts
       ) found left join user on user.id = found.user_id order by found.user_id`,
      ...parameters,
    )
    return [...Map.groupBy(found, ({ user_id }) => user_id).values()]
      .map((rows) => ({ ...rows[0], ...countFacts(planFacts, rows) }) as PlanCounts)
      .sort((one, other) => other.enrolled - one.enrolled)
  }

  function stepsBy({ sql, parameters }: Clause): StepCounts[] {
    const found = database.all<Found & Omit<StepCounts, keyof typeof stepFacts>>(
      `select step_id, variant, type, user_id, facts, count(*) as times from (
         select step.step_id, step.variant, step.type, plan.user_id, ${factsOf(stepFacts)} as facts
         from plan left join lead on lead.id = plan.lead_id cross join plan_step step on step.plan_id = plan.id
         where ${inTheirOrder(sql)} limit -1
       ) group by step_id, variant, type, user_id, facts`,
      clock.now(),
      ...parameters,
    )
    const keyOf = ({ step_id, variant, type, user_id }: (typeof found)[number]) =>
      JSON.stringify([step_id, variant, type, user_id])
    return [...Map.groupBy(found, keyOf).values()].map(
      (rows) => ({ ...rows[0], ...countFacts(stepFacts, rows) }) as StepCounts,
    )
  }

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
