/** What the leads of a board add up to: by stage, and in all. */
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Stage, StageTotals } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
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
interface Signals {
  stage_id: string
  overdue: number
  rotting: number
}
/** What leads that match a text add up to, with the first of them as a JSON object: place → seq. */
interface Matches extends Omit<Sums, 'weighted'>, Signals {
  /** Value times probability in percent, of the leads that have a probability of their own. */
  own_weighted: number
  /** Value of the leads that take the probability of their stage. */
  unweighted: number
  first: string
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

  /** Conditions that a lead is overdue, and that it rots; for leads that are open. @param rottingDays SQL */
  function signalsOf(rottingDays: string): { late: Clause; rots: Clause } {
    const now = clock.now()
    const step = { at: 'lead.next_step_at', day: nextStepDay }
    const late = overIn(step, now, workspace.timezone())
    return {
      late,
      rots: {
        sql: `(lead.next_step_at is null or ${late.sql})
           and ${quietSinceSql('lead.stage_entered_at', 'lead.last_activity_at')}
             < ? - ${rottingDays} * ${dayInMilliseconds}`,
        parameters: [...late.parameters, now, now, now],
      },
    }
  }

  /** By stage, in the order of the stages. */
  function totalsOf(actor: Actor, stages: Stage[], query: BoardQuery): StageTotals[] {
    if (query.q !== undefined) return matchesOf(actor, stages, query).totals
    const sums = sumsOf(actor, stages, query)
    const filter = filterOf(actor, query)
    const open = openStages(stages)
    const { late, rots } = signalsOf('stage.rotting_days')
    // Few leads are open: their index beats any other.
    const signals = database.all<Signals>(
      `select lead.stage_id, count(case when ${late.sql} then 1 end) as overdue,
         count(case when ${rots.sql} then 1 end) as rotting
       from lead indexed by lead_signals ${lister.joinsFor(leads.source, `stage. ${filter.sql}`)}
       where lead.stage_id in (${open.map(() => '?').join(', ')}) and lead.status = 'open' and ${filter.sql}
       group by lead.stage_id`,
      ...late.parameters,
      ...rots.parameters,
      ...open,
      ...filter.parameters,
    )
    return addUp(stages, sums, signals)
  }

  /**
   * The totals of leads that match a text, and the first of each stage, by their seq: each match is looked at once for both.
   * @param order SQL of how the first are found; none are where it is undefined
   */
  function matchesOf(
    actor: Actor,
    stages: Stage[],
    query: BoardQuery,
    { order, most }: { order: string; most: number } = { order: '', most: 0 },
  ): { totals: StageTotals[]; first: Map<string, number[]> } {
    const filter = filterOf(actor, query)
    const open = openStages(stages)
    // Asked of open leads only, rather than joined to each.
    const { late, rots } = signalsOf('(select rotting_days from stage where id = lead.stage_id)')
    const isOpen = `lead.status = 'open' and lead.stage_id in (${open.map(() => '?').join(', ')})`
    const rows = database.all<Matches>(
      `select stage_id, currency, count(*) as leads, count(value_minor) as valued, total(value_minor) as value,
         total(value_minor * probability) as own_weighted, total(iif(probability is null, value_minor, 0)) as unweighted,
         total(late) as overdue, total(rots) as rotting,
         json_group_object(place, seq) filter (where place <= ${most}) as first
       from (
         select lead.seq, lead.stage_id, lead.currency, lead.value_minor, lead.probability,
           case when ${isOpen} then ${late.sql} else 0 end as late,
           case when ${isOpen} then ${rots.sql} else 0 end as rots,
           ${order ? `row_number() over (partition by lead.stage_id order by ${order})` : '1'} as place
         from lead ${lister.joinsFor(leads.source, filter.sql)}
         where +lead.stage_id in (${stages.map(() => '?').join(', ')}) and ${filter.sql}
       ) group by stage_id, currency`,
      ...open,
      ...late.parameters,
      ...open,
      ...rots.parameters,
      ...stages.map(({ id }) => id),
      ...filter.parameters,
    )
    const probabilities = new Map(stages.map(({ id, probability }) => [id, probability]))
    const sums = rows.map((row) => ({
      ...row,
      weighted: (row.own_weighted + row.unweighted * (probabilities.get(row.stage_id) ?? 0)) / 100,
    }))
    const ofStage = Map.groupBy(rows, (row) => row.stage_id)
    const first = new Map(
      [...ofStage].map(([id, own]) => {
        const places: Record<number, number> = Object.assign(
          {},
          ...own.map((row) => JSON.parse(row.first)),
        )
        // Numbers as keys come in their order.
        return [id, Object.values(places)]
      }),
    )
    return { totals: addUp(stages, sums, rows), first }
  }

  return { totalsOf, matchesOf }
}

const openStages = (stages: readonly Stage[]) =>
  stages.filter((stage) => stage.kind === 'open').map((stage) => stage.id)

const addUp = (
  stages: readonly Stage[],
  sums: readonly Sums[],
  signals: readonly Signals[],
): StageTotals[] =>
  stages.map((stage) => {
    const own = sums.filter((row) => row.stage_id === stage.id)
    const valued = own.filter((row) => row.valued > 0)
    const signalled = signals.filter((row) => row.stage_id === stage.id)
    return {
      stageId: stage.id,
      leads: own.reduce((sum, row) => sum + row.leads, 0),
      value: valued.map((row) => moneyFromMinor(row.value, row.currency)),
      weighted: valued.map((row) => moneyFromMinor(Math.round(row.weighted), row.currency)),
      rotting: signalled.reduce((sum, row) => sum + row.rotting, 0),
      overdue: signalled.reduce((sum, row) => sum + row.overdue, 0),
    }
  })

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
