/** How leads go through the stages of a pipeline, counted from their stays. */

import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { LeadStatus } from '../../../contract/records/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Kernel } from '../../kernel/kernel'
import { endOfDay, startOfDay } from '../../kernel/time/zone'

type Query = InputOf<(typeof contract)['pipeline']['conversionRates']>

interface StageInOrder {
  id: string
  name: string
  kind: LeadStatus
  position: number
}

/** Leads whose histories are alike, counted together. */
interface Histories {
  /** Each stay in a stage since left: "+" or "-" for whether it began in the period, and the stage. */
  stages: string
  now_id: string
  /** Whether the present stay began in the period. */
  entered: number
  status: LeadStatus
  leads: number
}
/** Those that began in the period. */
interface PresentStays {
  stage_id: string
  status: LeadStatus
  leads: number
  stayed: number
}
interface PastStays {
  stage_id: string
  stays: number
  stayed: number
}

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

/** Along an index of the stages nearly all leads would be read, too, but each from another place. */
const inOrder = 'not indexed'

export function createConversion({ database, clock, workspace }: Kernel) {
  /**
   * A lead entered a stage when it was created there or moved there within the period. It advanced
   * when it ever stood further right in a stage of this pipeline that is not a lost one, whatever
   * became of it since. A lead that came back to a stage has entered it once and stayed twice.
   */
  return function conversionRates(actor: Actor, stages: readonly StageInOrder[], query: Query) {
    const zone = workspace.timezone()
    const from = query.from ? startOfDay(query.from, zone) : 0
    const to = query.to ? endOfDay(query.to, zone) : Number.MAX_SAFE_INTEGER
    const all = seesAll(actor)
    const own = all ? '' : 'and lead.owner_id = ?'
    const owner = all ? [] : [actor.userId]
    // Who sees all need not look up each lead: few are in the trash.
    const stays = pastStays(
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

    const moved = database.all<Histories>(
      `select stages, lead.stage_id as now_id, lead.stage_entered_at >= ? and lead.stage_entered_at < ? as entered,
         lead.status, count(*) as leads
       from (
         select lead_id, group_concat(iif(entered_at >= ? and entered_at < ?, '+', '-') || left_id, ' ') as stages
         from ${stays} group by lead_id
       ) past cross join lead on lead.id = past.lead_id group by 1, 2, 3, 4`,
      ...[from, to, from, to],
      ...owner,
    )
    const present = database.all<PresentStays>(
      `select stage_id, status, count(*) as leads,
         total(max(0, coalesce(closed_at, ?) - stage_entered_at)) as stayed
       from lead ${all ? inOrder : ''}
       where deleted_at is null and stage_entered_at >= ? and stage_entered_at < ? ${own} group by 1, 2`,
      ...[clock.now(), from, to],
      ...owner,
    )
    const past = database.all<PastStays>(
      `select left_id as stage_id, count(*) as stays, total(max(0, left_at - entered_at)) as stayed
       from ${stays} where entered_at >= ? and entered_at < ? group by left_id`,
      ...owner,
      ...[from, to],
    )

    const keyOf = (stageId: string, status: LeadStatus) => `${stageId} ${status}`
    const withPast = new Map<string, number>()
    for (const { stages: history, now_id, entered, status, leads } of moved) {
      const tokens = [...history.split(' '), `${entered ? '+' : '-'}${now_id}`]
      const inPeriod = tokens.filter((token) => token.startsWith('+'))
      count(
        new Set(inPeriod.map((token) => token.slice(1))),
        tokens.map((token) => token.slice(1)),
        status,
        leads,
      )
      if (!entered) continue
      const key = keyOf(now_id, status)
      withPast.set(key, (withPast.get(key) ?? 0) + leads)
    }
    for (const { stage_id, status, leads, stayed } of present) {
      const onlyHere = leads - (withPast.get(keyOf(stage_id, status)) ?? 0)
      count(new Set([stage_id]), [stage_id], status, onlyHere)
      addStays(stage_id, leads, stayed)
    }
    for (const stay of past) addStays(stay.stage_id, stay.stays, stay.stayed)

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
