/** What the leads of a board add up to: by stage, and in all. */
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Stage, StageTotals } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Kernel } from '../../kernel/kernel'
import { quietSinceSql } from '../../kernel/time/past'
import { overIn } from '../../kernel/time/whole-days'
import { type Leads, nextStepDay } from '../leads/leads'
import type { BoardFilter, BoardQuery } from './filter'

const dayInMilliseconds = 86_400_000

interface Sums {
  stage_id: string
  currency: string
  leads: number
  valued: number
  value: number
  weighted: number
}

export function createTotals(
  { database, clock, workspace, lister }: Kernel,
  { leads, filterOf }: { leads: Leads; filterOf: BoardFilter },
) {
  /** Sums by stage and currency: kept by triggers as long as nothing but the owner is filtered by. */
  function sumsOf(actor: Actor, stages: Stage[], query: BoardQuery): Sums[] {
    const inStages = `in (${stages.map(() => '?').join(', ')})`
    const stageIds = stages.map((stage) => stage.id)
    if (!isNarrowed(query)) {
      const owners = seesAll(actor) ? [query.ownerId] : [query.ownerId, [actor.userId]]
      const asked = owners.filter((ids) => ids !== undefined)
      return database.all<Sums>(
        `select stage_id, currency, sum(leads) as leads, sum(valued) as valued, total(value_minor) as value,
           (total(weighted) + total(unweighted) * stage.probability) / 100 as weighted
         from lead_tally join stage on stage.id = lead_tally.stage_id
         where leads > 0 and stage_id ${inStages}
           ${asked.map((ids) => `and owner_id in (${ids.map(() => '?').join(', ')})`).join(' ')}
         group by stage_id, currency`,
        ...stageIds,
        ...asked.flat(),
      )
    }
    const filter = filterOf(actor, query)
    return database.all<Sums>(
      `select lead.stage_id, lead.currency, count(*) as leads, count(lead.value_minor) as valued,
         total(lead.value_minor) as value,
         total(lead.value_minor * coalesce(lead.probability, stage.probability)) / 100 as weighted
       from lead ${lister.joinsFor(leads.source, `stage. ${filter.sql}`)}
       where lead.stage_id ${inStages} and ${filter.sql}
       group by lead.stage_id, lead.currency`,
      ...stageIds,
      ...filter.parameters,
    )
  }

  /** By stage, in the order of the stages. */
  function totalsOf(actor: Actor, stages: Stage[], query: BoardQuery): StageTotals[] {
    const sums = sumsOf(actor, stages, query)
    const filter = filterOf(actor, query)
    const now = clock.now()
    const open = stages.filter((stage) => stage.kind === 'open').map((stage) => stage.id)
    // Few leads are open: their index beats any other, except the matches of a text.
    const step = { at: 'lead.next_step_at', day: nextStepDay }
    const late = overIn(step, now, workspace.timezone())
    const signals = database.all<{ stage_id: string; overdue: number; rotting: number }>(
      `select lead.stage_id, count(case when ${late.sql} then 1 end) as overdue,
         count(case when (lead.next_step_at is null or ${late.sql})
           and ${quietSinceSql('lead.stage_entered_at', 'lead.last_activity_at')}
             < ? - stage.rotting_days * ${dayInMilliseconds} then 1 end) as rotting
       from lead ${query.q === undefined ? 'indexed by lead_signals' : ''}
         ${lister.joinsFor(leads.source, `stage. ${filter.sql}`)}
       where lead.stage_id in (${open.map(() => '?').join(', ')}) and lead.status = 'open' and ${filter.sql}
       group by lead.stage_id`,
      ...late.parameters,
      ...late.parameters,
      ...[now, now, now],
      ...open,
      ...filter.parameters,
    )
    return stages.map((stage) => {
      const own = sums.filter((row) => row.stage_id === stage.id)
      const valued = own.filter((row) => row.valued > 0)
      const signal = signals.find((row) => row.stage_id === stage.id)
      return {
        stageId: stage.id,
        leads: own.reduce((sum, row) => sum + row.leads, 0),
        value: valued.map((row) => moneyFromMinor(row.value, row.currency)),
        weighted: valued.map((row) => moneyFromMinor(Math.round(row.weighted), row.currency)),
        rotting: signal?.rotting ?? 0,
        overdue: signal?.overdue ?? 0,
      }
    })
  }

  return totalsOf
}

/** The totals of all stages; amounts of different currencies are never added up. */
export function totalOf(
  stages: readonly StageTotals[],
  own: readonly Stage[],
): Omit<StageTotals, 'stageId'> {
  const open = new Set(own.filter(({ kind }) => kind === 'open').map(({ id }) => id))
  const sum = (pick: (totals: StageTotals) => { amount: string; currency: string }[]) => {
    const byCurrency = new Map<string, bigint>()
    for (const { amount, currency } of stages.flatMap(pick)) {
      const minor = BigInt(amount.replace('.', ''))
      byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + minor)
    }
    return [...byCurrency].map(([currency, minor]) => moneyFromMinor(Number(minor), currency))
  }
  return {
    leads: stages.reduce((total, stage) => total + stage.leads, 0),
    value: sum((stage) => stage.value),
    // What is still to be won: won leads are no forecast.
    weighted: sum((stage) => (open.has(stage.stageId) ? stage.weighted : [])),
    rotting: stages.reduce((total, stage) => total + stage.rotting, 0),
    overdue: stages.reduce((total, stage) => total + stage.overdue, 0),
  }
}

/** Whether more than the pipeline and the owner is asked for. */
const isNarrowed = (query: BoardQuery): boolean =>
  [
    query.q,
    query.source,
    query.tag,
    query.valueFrom,
    query.valueTo,
    query.closeFrom,
    query.closeTo,
    query.filter,
  ].some((value) => value !== undefined)
