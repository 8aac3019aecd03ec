/** Stages: added, changed, ordered and deleted; their leads follow. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Stage } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import type { Database } from '../../kernel/database/database'
import { conflict, invalid } from '../../kernel/errors'
import { quoted } from '../../kernel/records/records'
import type { Leads } from '../leads/leads'
import { type StageRow, type StageRows, toStage } from './stage-rows'
import { stage } from './table'

type Procedures = (typeof contract)['pipeline']['stages']

export const stillHas = (name: string, leads: number) =>
  conflict(
    `${name} still has ${leads === 1 ? '1 lead. Say which stage it goes to' : `${leads} leads. Say which stage they go to`}.`,
    { leads },
  )

export function createStages(
  database: Database,
  { leads, rows }: { leads: Leads; rows: StageRows },
) {
  const { stagesOf, requirePipeline, requireStage } = rows

  function create(actor: Actor, input: InputOf<Procedures['create']>): Stage {
    const owner = requirePipeline(input.pipelineId)
    const stages = stagesOf(owner.id)
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

  function update(actor: Actor, { id, ...patch }: InputOf<Procedures['update']>): Stage {
    const row = requireStage(id)
    const siblings = stagesOf(row.pipeline_id).filter((other) => other.id !== id)
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

  function remove(
    actor: Actor,
    { id, moveLeadsTo }: { id: string; moveLeadsTo?: string | undefined },
  ) {
    const row = requireStage(id)
    const siblings = stagesOf(row.pipeline_id).filter((other) => other.id !== id)
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

  function reorder(
    actor: Actor,
    { pipelineId, stageIds }: { pipelineId: string; stageIds: string[] },
  ): Stage[] {
    const known = stagesOf(requirePipeline(pipelineId).id).map((row) => row.id)
    if (
      known.length !== stageIds.length ||
      new Set(stageIds).size !== known.length ||
      !known.every((id) => stageIds.includes(id))
    )
      throw invalid('stageIds', 'must name every stage of the pipeline once')
    database.act(actor, { label: 'Reorder stages' }, (writer) => {
      for (const [position, id] of stageIds.entries()) writer.update(stage, id, { position })
    })
    return stagesOf(pipelineId).map(toStage)
  }

  return { create, update, remove, reorder }
}

function requireFreeName(siblings: StageRow[], name: string) {
  if (siblings.some((row) => row.name.toLowerCase() === name.toLowerCase()))
    throw invalid('name', `there is already a stage ${name} in this pipeline`)
}
