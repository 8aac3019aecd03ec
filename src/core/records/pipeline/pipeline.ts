/** Pipelines, stages, and the board with its exact totals. */

import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Card, Pipeline, Stage, StageTotals } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Json } from '../../kernel/database/columns'
import type { SqlValue, Writer } from '../../kernel/database/database'
import { fromJson, type RowOf, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { conflict, invalid, notFound } from '../../kernel/errors'
import { searchExpression } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { quietSinceSql } from '../../kernel/time/past'
import { overIn } from '../../kernel/time/whole-days'
import type { Leads } from '../leads/leads'
import { cameFrom, leadAmount, leadSource, nextStepDay, taggedWith } from '../leads/leads'
import { createConversion } from './conversion'
import { pipeline, stage } from './table'

type Procedures = (typeof contract)['pipeline']

export type BoardQuery = InputOf<Procedures['overview']>
export type Pipelines = ReturnType<typeof createPipelines>

type StageRow = RowOf<typeof stage> & { leads: number }
type PipelineRow = RowOf<typeof pipeline>

const dayInMilliseconds = 86_400_000

export const defaultStages = [
  { name: 'New', color: '#868e96', kind: 'open', probability: 10, rottingDays: 7 },
  { name: 'Qualified', color: '#228be6', kind: 'open', probability: 25, rottingDays: 14 },
  { name: 'Contacted', color: '#7950f2', kind: 'open', probability: 40, rottingDays: 14 },
  { name: 'Proposal', color: '#f59f00', kind: 'open', probability: 60, rottingDays: 21 },
  { name: 'Won', color: '#2b8a3e', kind: 'won', probability: 100, rottingDays: null },
  { name: 'Lost', color: '#c92a2a', kind: 'lost', probability: 0, rottingDays: null },
] as const

/** The first pipeline of a new database: New → Qualified → Contacted → Proposal → Won/Lost. */
export function addDefaultPipeline(writer: Writer, name = 'Sales pipeline'): string {
  const id = writer.insert(pipeline, { name, isDefault: true, position: 0 })
  for (const [position, values] of defaultStages.entries())
    writer.insert(stage, { ...values, pipelineId: id, position })
  return id
}

const stillHas = (name: string, leads: number) =>
  conflict(
    `${name} still has ${leads === 1 ? '1 lead. Say which stage it goes to' : `${leads} leads. Say which stage they go to`}.`,
    { leads },
  )

export function createPipelines(kernel: Kernel, leads: Leads) {
  const { database, clock, workspace, lister } = kernel
  const conversionRates = createConversion(kernel)

  const leadsInStage = '(select coalesce(sum(leads), 0) from lead_tally where stage_id = stage.id)'
  const pipelineRows = () =>
    database.all<PipelineRow>('select * from pipeline order by position, created_at')
  const stageRows = (pipelineId: string) =>
    database.all<StageRow>(
      `select stage.*, ${leadsInStage} as leads
       from stage where pipeline_id = ? order by position`,
      pipelineId,
    )

  function requirePipeline(id: string | undefined): PipelineRow {
    const row = id
      ? database.get<PipelineRow>('select * from pipeline where id = ?', id)
      : database.get<PipelineRow>(
          'select * from pipeline order by is_default desc, position limit 1',
        )
    if (!row) throw notFound('pipeline')
    return row
  }
  function requireStage(id: string): StageRow {
    const row = database.get<StageRow>(
      `select stage.*, ${leadsInStage} as leads
       from stage where id = ?`,
      id,
    )
    if (!row) throw notFound('stage')
    return row
  }

  const toStage = (row: StageRow): Stage => ({
    id: row.id,
    pipelineId: row.pipeline_id,
    name: row.name,
    color: row.color,
    kind: row.kind,
    probability: row.probability,
    rottingDays: row.rotting_days,
    position: row.position,
    leads: row.leads,
  })
  const toPipeline = (row: PipelineRow): Pipeline => ({
    id: row.id,
    name: row.name,
    isDefault: row.is_default === 1,
    position: row.position,
    stages: stageRows(row.id).map(toStage),
  })

  // Board ------------------------------------------------------------------------------------

  function boardClause(actor: Actor, query: BoardQuery): Clause {
    const clauses: Clause[] = [{ sql: 'lead.deleted_at is null', parameters: [] }]
    const add = (sql: string, ...parameters: SqlValue[]) => clauses.push({ sql, parameters })
    const among = (column: string, values: string[]) =>
      add(`${column} in (${values.map(() => '?').join(', ')})`, ...values)
    if (!seesAll(actor)) add('lead.owner_id = ?', actor.userId)
    if (query.ownerId) among('lead.owner_id', query.ownerId)
    if (query.source) clauses.push(cameFrom(query.source))
    if (query.tag) clauses.push(taggedWith(query.tag))
    if (query.valueFrom !== undefined) add(`${leadAmount} >= ?`, query.valueFrom)
    if (query.valueTo !== undefined) add(`${leadAmount} <= ?`, query.valueTo)
    if (query.closeFrom) add('lead.expected_close_date >= ?', query.closeFrom)
    if (query.closeTo) add('lead.expected_close_date <= ?', query.closeTo)
    if (query.q) {
      const match = searchExpression(query.q, workspace.country())
      if (match)
        add(
          `lead.seq in (select rowid from lead_search where lead_search match ? union all
            select named.seq from company_search join company on company.seq = company_search.rowid
              join lead named on named.company_id = company.id where company_search match ?)`,
          match,
          match,
        )
      else add('0')
    }
    if (query.filter) clauses.push(lister.compile(actor, leadSource, query.filter))
    return {
      sql: clauses.map((clause) => clause.sql).join(' and '),
      parameters: clauses.flatMap((clause) => clause.parameters),
    }
  }

  interface Sums {
    stage_id: string
    currency: string
    leads: number
    valued: number
    value: number
    weighted: number
  }

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
    const filter = boardClause(actor, query)
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

  function totalsOf(actor: Actor, stages: Stage[], query: BoardQuery): StageTotals[] {
    const sums = sumsOf(actor, stages, query)
    const filter = boardClause(actor, query)
    const now = clock.now()
    const open = stages.filter((stage) => stage.kind === 'open').map((stage) => stage.id)
    // Open leads are few beside all: their index beats any other, save for a text's matches.
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

  function overview(actor: Actor, query: BoardQuery) {
    const row = requirePipeline(query.pipelineId)
    const own = stageRows(row.id).map(toStage)
    const stages = totalsOf(actor, own, query)
    const open = new Set(own.filter(({ kind }) => kind === 'open').map(({ id }) => id))
    const sum = (pick: (totals: StageTotals) => { amount: string; currency: string }[]) => {
      const byCurrency = new Map<string, bigint>()
      const places = new Map<string, number>()
      for (const { amount, currency } of stages.flatMap(pick)) {
        const [whole, fraction = ''] = amount.split('.')
        places.set(currency, fraction.length)
        byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + BigInt(`${whole}${fraction}`))
      }
      return [...byCurrency].map(([currency, minor]) => moneyFromMinor(Number(minor), currency))
    }
    return {
      pipelineId: row.id,
      stages,
      total: {
        leads: stages.reduce((total, stage) => total + stage.leads, 0),
        value: sum((stage) => stage.value),
        // What is still to be won: won leads are no forecast.
        weighted: sum((stage) => (open.has(stage.stageId) ? stage.weighted : [])),
        rotting: stages.reduce((total, stage) => total + stage.rotting, 0),
        overdue: stages.reduce((total, stage) => total + stage.overdue, 0),
      },
    }
  }

  const cardSelect = `lead.seq, lead.id, lead.title, lead.company_id, lead.contact_id, lead.owner_id, lead.stage_id,
    lead.status, lead.value_minor, lead.currency, lead.probability, lead.expected_close_date, lead.priority, lead.tags,
    lead.position, lead.stage_entered_at, lead.last_activity_at, lead.next_step_at,
    ${nextStepDay} as next_step_day,
    company.name as company_name, contact.name as contact_name, owner.name as owner_name,
    stage.probability as stage_probability, stage.rotting_days`
  const cardJoins = `join stage on stage.id = lead.stage_id
    left join company on company.id = lead.company_id
    left join contact on contact.id = lead.contact_id
    left join user owner on owner.id = lead.owner_id`

  /** Where a card stands: sort value then seq; rows without a value come last. */
  const boardSorts: Record<string, { column: string; direction: 'asc' | 'desc' }> = {
    position: { column: 'lead.position', direction: 'asc' },
    value: { column: leadAmount, direction: 'desc' },
    expectedCloseDate: { column: 'lead.expected_close_date', direction: 'asc' },
    lastActivityAt: { column: 'lead.last_activity_at', direction: 'asc' },
    nextStepAt: { column: 'lead.next_step_at', direction: 'asc' },
  }

  const orderOf = ({ column, direction }: { column: string; direction: 'asc' | 'desc' }) =>
    // SQLite takes null for the smallest value.
    `${direction === 'asc' && column !== 'lead.position' ? `${column} is null, ` : ''}${column} ${direction}, lead.seq`

  function requireSort(name: string) {
    const sort = boardSorts[name]
    if (!sort) throw invalid('sort', `there is no sort by ${name}`)
    return sort
  }

  function column(
    actor: Actor,
    stageId: string,
    query: BoardQuery & { sort: string; limit: number; cursor?: string | undefined },
  ): { cards: Card[]; nextCursor: string | null } {
    const order = orderOf(requireSort(query.sort))
    const filter = boardClause(actor, query)
    let offset = 0
    let after: Clause = { sql: '1', parameters: [] }
    if (query.cursor !== undefined) {
      const cursor = readBoardCursor(query.cursor)
      if (query.sort === 'position')
        after = {
          sql: '(lead.position, lead.seq) > (?, ?)',
          parameters: [cursor.position, cursor.seq],
        }
      else offset = cursor.offset
    }
    const rows = database.all<CardRow>(
      // The page is found on an index where one suffices; only its rows are read whole.
      `select ${cardSelect} from (
         select lead.seq from lead ${lister.joinsFor(leads.source, filter.sql)}
         where lead.stage_id = ? and ${filter.sql} and ${after.sql}
         order by ${order} limit ${query.limit + 1}${offset > 0 ? ` offset ${offset}` : ''}
       ) page cross join lead on lead.seq = page.seq ${cardJoins} order by ${order}`,
      stageId,
      ...filter.parameters,
      ...after.parameters,
    )
    return toColumn(rows, query.limit, offset)
  }

  function toColumn(rows: CardRow[], limit: number, offset: number) {
    const cards = rows.slice(0, limit)
    const last = cards.at(-1)
    const signalOf = leads.signals()
    return {
      cards: cards.map((row) => toCard(row, signalOf)),
      nextCursor:
        rows.length > limit && last
          ? writeBoardCursor({ position: last.position, seq: last.seq, offset: offset + limit })
          : null,
    }
  }

  /** The tops of all columns in one go, for conditions that let few leads through. */
  function searchedColumns(
    actor: Actor,
    stages: Stage[],
    query: BoardQuery & { sort: string; limit: number },
  ) {
    const order = orderOf(requireSort(query.sort))
    const filter = boardClause(actor, query)
    const rows = database.all<CardRow>(
      `select ${cardSelect} from (
         select lead.seq, row_number() over (partition by lead.stage_id order by ${order}) as place
         from lead ${lister.joinsFor(leads.source, filter.sql)} where ${filter.sql}
       ) page cross join lead on lead.seq = page.seq ${cardJoins}
       where page.place <= ? order by page.place`,
      ...filter.parameters,
      query.limit + 1,
    )
    return stages.map((stage) => ({
      stageId: stage.id,
      ...toColumn(
        rows.filter((row) => row.stage_id === stage.id),
        query.limit,
        0,
      ),
    }))
  }

  function board(actor: Actor, query: BoardQuery & { sort: string; limit: number }) {
    const shown = toPipeline(requirePipeline(query.pipelineId))
    return {
      pipeline: shown,
      totals: totalsOf(actor, shown.stages, query),
      columns:
        query.q !== undefined
          ? searchedColumns(actor, shown.stages, query)
          : shown.stages.map((stage) => ({
              stageId: stage.id,
              ...column(actor, stage.id, query),
            })),
    }
  }

  // Stages and pipelines ------------------------------------------------------------------------

  function createStage(actor: Actor, input: InputOf<Procedures['stages']['create']>): Stage {
    const owner = requirePipeline(input.pipelineId)
    const stages = stageRows(owner.id)
    requireFreeName(stages, input.name)
    const kind = input.kind ?? 'open'
    const firstClosed = stages.findIndex((row) => row.kind !== 'open')
    const position = Math.min(
      input.position ?? (kind === 'open' && firstClosed >= 0 ? firstClosed : stages.length),
      stages.length,
    )
    let id = ''
    database.act(actor, { label: `Create stage ${quoted(input.name)}` }, (writer) => {
      id = writer.insert(stage, {
        pipelineId: owner.id,
        name: input.name,
        color: input.color ?? '#228be6',
        kind,
        probability: input.probability ?? { open: 50, won: 100, lost: 0 }[kind],
        rottingDays: input.rottingDays ?? null,
        position,
      })
      const order = stages.map((row) => row.id)
      order.splice(position, 0, id)
      for (const [index, stageId] of order.entries())
        writer.update(stage, stageId, { position: index })
    })
    return toStage(requireStage(id))
  }

  function updateStage(
    actor: Actor,
    { id, ...patch }: InputOf<Procedures['stages']['update']>,
  ): Stage {
    const row = requireStage(id)
    const siblings = stageRows(row.pipeline_id).filter((other) => other.id !== id)
    if (patch.name) requireFreeName(siblings, patch.name)
    if (
      patch.kind &&
      patch.kind !== 'open' &&
      row.kind === 'open' &&
      !siblings.some((other) => other.kind === 'open')
    )
      throw invalid('kind', 'the last open stage of a pipeline must stay open')
    database.act(actor, { label: `Change stage ${quoted(row.name)}` }, (writer) => {
      writer.update(stage, id, patch)
      if (patch.kind && patch.kind !== row.kind) leads.takeStatusOfStage(writer, id, patch.kind)
    })
    return toStage(requireStage(id))
  }

  function requireFreeName(siblings: StageRow[], name: string) {
    if (siblings.some((row) => row.name.toLowerCase() === name.toLowerCase()))
      throw invalid('name', `there is already a stage ${name} in this pipeline`)
  }

  function removeStage(
    actor: Actor,
    { id, moveLeadsTo }: { id: string; moveLeadsTo?: string | undefined },
  ) {
    const row = requireStage(id)
    const siblings = stageRows(row.pipeline_id).filter((other) => other.id !== id)
    if (row.kind === 'open' && !siblings.some((other) => other.kind === 'open'))
      throw conflict('A pipeline needs at least one open stage.')
    const everyLead = Number(database.value('select count(*) from lead where stage_id = ?', id))
    if (everyLead > 0 && moveLeadsTo === undefined) throw stillHas(row.name, everyLead)
    if (moveLeadsTo === id) throw invalid('moveLeadsTo', 'must be another stage')
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label: `Delete stage ${quoted(row.name)}`, kind: 'bulk' }, (writer) => {
      if (moveLeadsTo) changed = leads.moveAll(writer, id, requireStage(moveLeadsTo))
      writer.remove(stage, id)
      batchId = writer.batchId
    })
    return { changed, skipped: 0, batchId }
  }

  function reorderStages(
    actor: Actor,
    { pipelineId, stageIds }: { pipelineId: string; stageIds: string[] },
  ): Stage[] {
    const known = stageRows(requirePipeline(pipelineId).id).map((row) => row.id)
    if (
      known.length !== stageIds.length ||
      new Set(stageIds).size !== known.length ||
      !known.every((id) => stageIds.includes(id))
    )
      throw invalid('stageIds', 'must name every stage of the pipeline once')
    database.act(actor, { label: 'Reorder stages' }, (writer) => {
      for (const [position, id] of stageIds.entries()) writer.update(stage, id, { position })
    })
    return stageRows(pipelineId).map(toStage)
  }

  function createPipeline(
    actor: Actor,
    input: { name: string; copyStagesFrom?: string | undefined },
  ): Pipeline {
    const rows = pipelineRows()
    if (rows.some((row) => row.name.toLowerCase() === input.name.toLowerCase()))
      throw invalid('name', `there is already a pipeline ${input.name}`)
    const copied = input.copyStagesFrom
      ? stageRows(requirePipeline(input.copyStagesFrom).id)
      : undefined
    let id = ''
    database.act(actor, { label: `Create pipeline ${quoted(input.name)}` }, (writer) => {
      id = writer.insert(pipeline, { name: input.name, isDefault: false, position: rows.length })
      const stages =
        copied?.map((row) => ({
          name: row.name,
          color: row.color,
          kind: row.kind,
          probability: row.probability,
          rottingDays: row.rotting_days,
        })) ?? defaultStages
      for (const [position, values] of stages.entries())
        writer.insert(stage, { ...values, pipelineId: id, position })
    })
    return toPipeline(requirePipeline(id))
  }

  function updatePipeline(
    actor: Actor,
    input: { id: string; name?: string | undefined; isDefault?: true | undefined },
  ): Pipeline {
    const row = requirePipeline(input.id)
    if (
      input.name &&
      pipelineRows().some(
        (other) => other.id !== row.id && other.name.toLowerCase() === input.name?.toLowerCase(),
      )
    )
      throw invalid('name', `there is already a pipeline ${input.name}`)
    database.act(actor, { label: `Change pipeline ${quoted(row.name)}` }, (writer) => {
      if (input.isDefault)
        for (const other of pipelineRows())
          writer.update(pipeline, other.id, { isDefault: other.id === row.id })
      writer.update(pipeline, row.id, { name: input.name })
    })
    return toPipeline(requirePipeline(row.id))
  }

  function removePipeline(actor: Actor, input: { id: string; moveLeadsTo?: string | undefined }) {
    const row = requirePipeline(input.id)
    const others = pipelineRows().filter((other) => other.id !== row.id)
    if (others.length === 0) throw conflict('The last pipeline cannot be deleted.')
    const stages = stageRows(row.id)
    const everyLead = Number(
      database.value(
        'select count(*) from lead where stage_id in (select id from stage where pipeline_id = ?)',
        row.id,
      ),
    )
    if (everyLead > 0 && input.moveLeadsTo === undefined) throw stillHas(row.name, everyLead)
    const target = input.moveLeadsTo ? requireStage(input.moveLeadsTo) : undefined
    if (target?.pipeline_id === row.id)
      throw invalid('moveLeadsTo', 'must be a stage of another pipeline')
    let changed = 0
    let batchId: string | null = null
    database.act(
      actor,
      { label: `Delete pipeline ${quoted(row.name)}`, kind: 'bulk' },
      (writer) => {
        for (const from of stages) {
          if (target) changed += leads.moveAll(writer, from.id, target)
          writer.remove(stage, from.id)
        }
        writer.remove(pipeline, row.id)
        if (row.is_default === 1 && others[0])
          writer.update(pipeline, others[0].id, { isDefault: true })
        batchId = writer.batchId
      },
    )
    return { changed, skipped: 0, batchId }
  }

  return {
    list: () => pipelineRows().map(toPipeline),
    pipeline: (id: string) => toPipeline(requirePipeline(id)),
    stage: (id: string) => toStage(requireStage(id)),
    stages: (pipelineId: string | undefined) =>
      stageRows(requirePipeline(pipelineId).id).map(toStage),
    createPipeline,
    updatePipeline,
    removePipeline,
    createStage,
    updateStage,
    removeStage,
    reorderStages,
    overview,
    board,
    column,
    conversionRates: (actor: Actor, query: InputOf<Procedures['conversionRates']>) =>
      conversionRates(actor, stageRows(requirePipeline(query.pipelineId).id), query),
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

interface CardRow {
  seq: number
  id: string
  title: string
  company_id: string | null
  company_name: string | null
  contact_id: string | null
  contact_name: string | null
  owner_id: string | null
  owner_name: string | null
  stage_id: string
  status: Card['status']
  value_minor: number | null
  currency: string
  probability: number | null
  stage_probability: number
  rotting_days: number | null
  expected_close_date: string | null
  priority: Card['priority']
  tags: Json<string[]>
  position: string
  stage_entered_at: number
  last_activity_at: number | null
  next_step_at: number | null
  next_step_day: string | null
}

function toCard(row: CardRow, signalOf: ReturnType<Leads['signals']>): Card {
  return {
    id: row.id,
    title: row.title,
    company: toReference(row.company_id, row.company_name),
    contact: toReference(row.contact_id, row.contact_name),
    owner: toReference(row.owner_id, row.owner_name),
    stageId: row.stage_id,
    status: row.status,
    value: row.value_minor === null ? null : moneyFromMinor(row.value_minor, row.currency),
    effectiveProbability: row.probability ?? row.stage_probability,
    expectedCloseDate: row.expected_close_date,
    priority: row.priority,
    tags: fromJson(row.tags),
    ...signalOf(row),
    nextStepAt: toInstantOrNull(row.next_step_at),
    nextStepDay: row.next_step_day,
    lastActivityAt: toInstantOrNull(row.last_activity_at),
    stageEnteredAt: new Date(row.stage_entered_at).toISOString(),
  }
}

interface BoardCursor {
  position: string
  seq: number
  /** Sorts other than the board's own order page by count: their columns are short lists of open leads. */
  offset: number
}
const writeBoardCursor = (cursor: BoardCursor) =>
  Buffer.from(JSON.stringify([cursor.position, cursor.seq, cursor.offset])).toString('base64url')
function readBoardCursor(text: string): BoardCursor {
  try {
    const [position, seq, offset] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (
      typeof position === 'string' &&
      Number.isSafeInteger(seq) &&
      Number.isSafeInteger(offset) &&
      offset >= 0
    )
      return { position, seq, offset }
  } catch {
    // Falls through to the one message.
  }
  throw invalid('cursor', 'must be the nextCursor of a page before')
}
