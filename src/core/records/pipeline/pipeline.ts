/** Pipelines, stages, and the board with its exact totals. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Pipeline } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import type { Leads } from '../leads/leads'
import { createBoard } from './board'
import { createConversion } from './conversion'
import { createStageRows, toStage } from './stage-rows'
import { createStages, stillHas } from './stages'
import { pipeline, stage } from './table'

export type { BoardQuery } from './filter'

type Procedures = (typeof contract)['pipeline']
export type Pipelines = ReturnType<typeof createPipelines>

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

export function createPipelines(kernel: Kernel, leads: Leads) {
  const { database } = kernel
  const conversionRates = createConversion(kernel)
  const rows = createStageRows(database)
  const stages = createStages(database, { leads, rows })
  const { pipelines, stagesOf, requirePipeline, requireStage, toPipeline } = rows

  function requireFreeName(name: string, own?: string) {
    if (pipelines().some((row) => row.id !== own && row.name.toLowerCase() === name.toLowerCase()))
      throw invalid('name', `there is already a pipeline ${name}`)
  }

  function createPipeline(
    actor: Actor,
    input: { name: string; copyStagesFrom?: string | undefined },
  ): Pipeline {
    requireFreeName(input.name)
    const copied = input.copyStagesFrom
      ? stagesOf(requirePipeline(input.copyStagesFrom).id)
      : undefined
    let id = ''
    database.act(actor, { label: `Create pipeline ${quoted(input.name)}` }, (writer) => {
      id = writer.insert(pipeline, {
        name: input.name,
        isDefault: false,
        position: pipelines().length,
      })
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
    if (input.name) requireFreeName(input.name, row.id)
    database.act(actor, { label: `Change pipeline ${quoted(row.name)}` }, (writer) => {
      if (input.isDefault)
        for (const other of pipelines())
          writer.update(pipeline, other.id, { isDefault: other.id === row.id })
      writer.update(pipeline, row.id, { name: input.name })
    })
    return toPipeline(requirePipeline(row.id))
  }

  function removePipeline(actor: Actor, input: { id: string; moveLeadsTo?: string | undefined }) {
    const row = requirePipeline(input.id)
    const others = pipelines().filter((other) => other.id !== row.id)
    if (others.length === 0) throw conflict('The last pipeline cannot be deleted.')
    const stages = stagesOf(row.id)
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
    list: () => pipelines().map(toPipeline),
    pipeline: (id: string) => toPipeline(requirePipeline(id)),
    stage: (id: string) => toStage(requireStage(id)),
    stages: (pipelineId: string | undefined) =>
      stagesOf(requirePipeline(pipelineId).id).map(toStage),
    createPipeline,
    updatePipeline,
    removePipeline,
    createStage: stages.create,
    updateStage: stages.update,
    removeStage: stages.remove,
    reorderStages: stages.reorder,
    ...createBoard(kernel, { leads, rows }),
    conversionRates: (actor: Actor, query: InputOf<Procedures['conversionRates']>) =>
      conversionRates(actor, stagesOf(requirePipeline(query.pipelineId).id), query),
  }
}
