/** How leads go through the stages of a pipeline, counted from their stays. */

import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { LeadStatus } from '../../../contract/records/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Kernel } from '../../kernel/kernel'
import { endOfDay, startOfDay } from '../../kernel/time/zone'

type Query = InputOf<(typeof contract)['pipeline']['conversionRates']>

interface StageInOrder {
  id: string
  name: string
  kind: LeadStatus
  position: number
}

/** What leads that have left a stage went through. */
interface PastStays {
  /**
   * Of each lead its past stays, its present one and its status. A stay is its stage's place among those that are
   * counted, and "+" where it began in the period, else "-".
   */
  histories: string | null
  /** Of each past stay that began in the period its stage's place, and how long it was in milliseconds; a list of numbers. */
  lengths: string | null
}
/** The leads that are now in a stage, as far as they entered it in the period. */
interface PresentStays {
  stage_id: string
  open: number
  won: number
  lost: number
  /** How long they have been there altogether, in milliseconds. */
  stayed: number
}
const statuses = ['open', 'won', 'lost'] as const satisfies readonly LeadStatus[]

const dayInMilliseconds = 86_400_000

/**
 * Read in the order of its index, which the subquery keeps: nothing of the activities is read or sorted.
 * What other programs wrote of a move may not say from where.
 * @param which SQL of which leads
 */
const pastStays = (which: string) => `(
  select lead_id, metadata ->> '$.old' as left_id, metadata ->> '$.entered_at' as entered_at, at as left_at
  from activity indexed by activity_stays
  where type = 'stage_changed' and category = 'system' and deleted_at is null
    and metadata ->> '$.old' is not null and lead_id is not null and lead_id ${which}
  order by lead_id, metadata ->> '$.old' limit -1)`

/** SQL of a stage's place among those that are counted, from 0; null where it is none of them. */
const placeOf = (column: string, stages: readonly StageInOrder[]): Clause => ({
  sql: `case ${column} ${stages.map((_, place) => `when ? then ${place}`).join(' ')} end`,
  parameters: stages.map(({ id }) => id),
})

export function createConversion({ database, clock, workspace }: Kernel) {
  /**
   * A lead entered a stage when it was created there or moved there within the period. It advanced
   * when it ever stood further right in a stage of this pipeline that is not a lost one, whatever
   * became of it since. A lead that came back to a stage has entered it once and stayed twice.
   */
  return function conversionRates(actor: Actor, stages: readonly StageInOrder[], query: Query) {
    if (stages.length === 0) return []
    const zone = workspace.timezone()
    const from = query.from ? startOfDay(query.from, zone) : 0
    const to = query.to ? endOfDay(query.to, zone) : Number.MAX_SAFE_INTEGER
    const all = seesAll(actor)
    const own = all ? '' : 'and lead.owner_id = ?'
    const owner = all ? [] : [actor.userId]
    // Who sees all need not look up each lead: few are in the trash.
    const staysOf = pastStays(
      all
        ? 'not in (select id from lead where deleted_at is not null)'
        : `in (select id from lead where deleted_at is null ${own})`,
    )
    const counts = new Map(stages.map((stage) => [stage.id, startOf(stage)]))

    function count(
      entered: ReadonlySet<string>,
      stood: readonly string[],
      status: LeadStatus,
      leads: number,
    ) {
      const reached = stood.flatMap((id) => {
        const stage = counts.get(id)?.stage
        return stage && stage.kind !== 'lost' ? [stage.position] : []
      })
      const furthest = Math.max(-1, ...reached)
      for (const id of entered) {
        const counted = counts.get(id)
        if (!counted) continue
        const advanced = furthest > counted.stage.position
        counted.entered += leads
        if (advanced) counted.advanced += leads
        if (status === 'lost') counted.lost += leads
        if (status === 'lost' && !advanced) counted.lostWithoutAdvancing += leads
        if (status === 'won') counted.won += leads
      }
    }

    const began = (column: string) => `${column} >= ? and ${column} < ?`
    const sign = (column: string) => `iif(${began(column)}, '+', '-')`
    const leftPlace = placeOf('left_id', stages)
    const nowPlace = placeOf('lead.stage_id', stages)
    // As two texts: tens of thousands of rows take longer to sort, or to hand over, than to find.
    const past = database.get<PastStays>(
      `select group_concat(coalesce(stages, '') || ' ' || coalesce(${nowPlace.sql} || ${sign('lead.stage_entered_at')}, '')
           || ' ' || lead.status, '|') as histories,
         group_concat(lengths, ',') as lengths
       from (
         select lead_id, group_concat(${leftPlace.sql} || ${sign('entered_at')}, ' ') as stages,
           group_concat(iif(${began('entered_at')}, ${leftPlace.sql} || ',' || max(0, left_at - entered_at), null), ',') as lengths
         from ${staysOf} group by lead_id
       ) past cross join lead indexed by lead_stays on lead.id = past.lead_id and lead.deleted_at is null`,
      ...nowPlace.parameters,
      ...[from, to],
      ...leftPlace.parameters,
      ...[from, to],
      ...[from, to],
      ...leftPlace.parameters,
      ...owner,
    )
    const present = database.all<PresentStays>(
      `select stage_id, ${statuses.map((status) => `sum(status = '${status}') as ${status}`).join(', ')},
         total(max(0, coalesce(closed_at, ?) - stage_entered_at)) as stayed
       from lead ${all ? 'indexed by lead_facts' : ''}
       where deleted_at is null and ${began('stage_entered_at')} ${own} group by stage_id`,
      ...[clock.now(), from, to],
      ...owner,
    )

    /** Leads with past stays that entered their present stage in the period, by stage and status. */
    const withPast = new Map<string, number>()
    const keyOf = (stageId: string, status: LeadStatus) => `${stageId} ${status}`
    for (const [history, leads] of countEach(past?.histories?.split('|') ?? [])) {
      const tokens = history.split(' ')
      const status = tokens.pop() as LeadStatus
      const now = tokens.at(-1) ?? ''
      const stood = tokens.flatMap((token) => {
        const stage = token === '' ? undefined : stages[Number.parseInt(token, 10)]
        return stage ? [{ id: stage.id, entered: token.endsWith('+') }] : []
      })
      const entered = stood.filter((stay) => stay.entered).map(({ id }) => id)
      count(
        new Set(entered),
        stood.map(({ id }) => id),
        status,
        leads,
      )
      const stage = now.endsWith('+') ? stages[Number.parseInt(now, 10)] : undefined
      if (!stage) continue
      const key = keyOf(stage.id, status)
      withPast.set(key, (withPast.get(key) ?? 0) + leads)
    }
    const lengths: number[] = JSON.parse(`[${past?.lengths ?? ''}]`)
    const stays = stages.map(() => ({ stays: 0, stayed: 0 }))
    for (let at = 0; at < lengths.length; at += 2) {
      const ofStage = stays[lengths[at] ?? -1]
      if (!ofStage) continue
      ofStage.stays++
      ofStage.stayed += lengths[at + 1] ?? 0
    }
    for (const [place, { id }] of stages.entries())
      addStays(id, stays[place]?.stays ?? 0, stays[place]?.stayed ?? 0)
    for (const { stage_id, stayed, ...leads } of present) {
      for (const status of statuses) {
        const onlyHere = leads[status] - (withPast.get(keyOf(stage_id, status)) ?? 0)
        count(new Set([stage_id]), [stage_id], status, onlyHere)
      }
      addStays(stage_id, leads.open + leads.won + leads.lost, stayed)
    }

    function addStays(stageId: string, stays: number, stayed: number) {
      const counted = counts.get(stageId)
      if (!counted) return
      counted.stays += stays
      counted.stayed += stayed
    }

    return [...counts.values()].map(({ stage, stays, stayed, ...counted }) => ({
      stageId: stage.id,
      name: stage.name,
      ...counted,
      rate: counted.entered > 0 ? counted.advanced / counted.entered : null,
      averageDays: stays > 0 ? stayed / stays / dayInMilliseconds : null,
    }))
  }
}

function countEach(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

const startOf = (stage: StageInOrder) => ({
  stage,
  entered: 0,
  advanced: 0,
  lost: 0,
  lostWithoutAdvancing: 0,
  won: 0,
  stays: 0,
  stayed: 0,
})
