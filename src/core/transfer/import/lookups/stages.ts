/** Stages that a file names. */
import { ownValue } from '../../../../contract/kernel/own-value'
import { type StageKind, stageKinds } from '../../../../contract/kernel/words'
import { stage } from '../../../records/pipeline/table'
import { nameKey, tidyName } from '../../format/names'
import type { RowStore } from '../runs/row-store'
import { planStages, type StageFacts } from '../stages/stage-order'
import {
  guessStageKind,
  isPlainly,
  newStage,
  pipelineBehindAll,
  withoutPipeline,
} from '../stages/stage-words'
import type { LookupContext } from './context'
import { createPipelineLookups } from './pipelines'
import { countUnknown } from './unknowns'

export interface StageRow {
  id: string
  pipeline_id: string
  name: string
  kind: StageKind
  probability: number
  position: number
}

/** A stage that is there, or one that can be made. */
export interface StageTarget {
  kind: StageKind
  stage(rows: RowStore): StageRow
}

/** What an import keeps of stages between transactions. */
export interface StageState {
  /** By pipeline: the keys of its open stages and of those to be made, in the order of the funnel. */
  stagePlans: Record<string, string[]>
  /** Those that the file brought. */
  madePipelines: string[]
}

/** What a pipeline that an import makes calls its stages where the file names none of a kind. */
const usualNames: Readonly<Record<StageKind, string>> = { open: 'New', won: 'Won', lost: 'Lost' }

/**
 * @param facts the stages that the file names
 * @param state the plans by pipeline and the pipelines that were made; is written to
 */
export function createStageLookups(
  context: LookupContext,
  facts: readonly StageFacts[],
  state: StageState,
) {
  const { database, may, options, unknowns, known } = context
  const allStages = known.keep(() =>
    database.all<StageRow>(
      'select id, pipeline_id, name, kind, probability, position from stage order by pipeline_id, position',
    ),
  )
  const madeStages: StageRow[] = []
  const pipelines = createPipelineLookups(context, state)

  /** Leads of a pipeline can be open, won and lost: those that were made have a stage of each kind. */
  function completePipelines(rows: RowStore) {
    for (const id of state.madePipelines)
      for (const kind of stageKinds) if (!stageOfKind(kind, id)) stageFor(kind, id)?.stage(rows)
  }

  function stagesOf(pipelineId: string): StageRow[] {
    const stored = allStages().filter((row) => row.pipeline_id === pipelineId)
    const known = new Set(stored.map((row) => row.id))
    return [
      ...stored,
      ...madeStages.filter((row) => row.pipeline_id === pipelineId && !known.has(row.id)),
    ]
  }

  const stageAt = (pipeline: string, name: string): string | undefined =>
    allStages().find(
      (row) =>
        row.name === name &&
        pipelines.all().some((one) => one.id === row.pipeline_id && one.name === pipeline),
    )?.id

  /** @param ours its kind, where Rapport wrote the name, which is then kept to the letter */
  function stageNamed(
    value: string,
    pipelineId: string,
    ours?: StageKind,
  ): StageTarget | { refused: string } {
    const tidy = ours === undefined ? tidyName(value) : value
    const bare = ours === undefined ? bareName(tidy, pipelineId) : value
    const mapped =
      ownValue(options.stageMap, value) ??
      ownValue(options.stageMap, tidy) ??
      ownValue(options.stageMap, bare)
    if (mapped && 'stageId' in mapped) {
      const row = allStages().find((one) => one.id === mapped.stageId)
      return row
        ? { kind: row.kind, stage: () => row }
        : { refused: 'is mapped to a stage that does not exist (any more)' }
    }
    const row = stageLike(tidy, pipelineId)
    const isNew = !row || madeStages.includes(row)
    if (isNew && !mapped) countUnknown(unknowns.stages, bare)
    if (row) return { kind: row.kind, stage: () => row }
    const kind = mapped?.create ?? ours ?? guessStageKind(bare)
    if (!may.includes('configure'))
      return { refused: 'names no stage, and you may not add one: choose a stage for this name' }
    if (!mapped && !options.createStages)
      return { refused: 'names no stage: choose a stage for this name' }
    return { kind, stage: (rows) => makeStage(rows, bare, kind, pipelineId) }
  }

  const pipelineOfAll = pipelineBehindAll(facts.map(({ name }) => name))
  /** Without the pipeline in brackets behind it: the lead's, or the one of the whole file. */
  function bareName(name: string, pipelineId: string): string {
    const own = pipelines.all().find(({ id }) => id === pipelineId)?.name
    return withoutPipeline(name, own, pipelineOfAll)
  }

  /** By name, with or without the pipeline's behind it; “Closed Won” is the only won stage there is. */
  function stageLike(name: string, pipelineId: string): StageRow | undefined {
    const bare = bareName(name, pipelineId)
    const all = stagesOf(pipelineId)
    const named =
      all.find((one) => one.name === name) ??
      all.find((one) => nameKey(one.name) === nameKey(name)) ??
      all.find((one) => nameKey(one.name) === nameKey(bare))
    if (named || ownValue(options.stageMap, name)) return named
    const plain = all.filter((one) => one.kind !== 'open' && isPlainly(one.kind, bare))
    return plain.length === 1 ? plain[0] : undefined
  }

  function makeStage(rows: RowStore, name: string, kind: StageKind, pipelineId: string): StageRow {
    pipelines.make(rows, pipelineId)
    const { position, moved, ...columns } = newStage(
      name,
      kind,
      stagesOf(pipelineId),
      planOf(pipelineId),
    )
    for (const { id, position: to } of moved) moveStage(rows, id, to)
    const id = rows.insert(stage, { name, kind, pipelineId, position, ...columns })
    const row = {
      id,
      pipeline_id: pipelineId,
      name,
      kind,
      position,
      probability: columns.probability,
    }
    madeStages.push(row)
    allStages.forget()
    return row
  }
  /** Made once, so that an import that was cut short resumes with the same one. */
  function planOf(pipelineId: string): string[] {
    const bareFacts = facts.map((one) => ({ ...one, name: bareName(one.name, pipelineId) }))
    state.stagePlans[pipelineId] ??= planStages(stagesOf(pipelineId), bareFacts, {
      chosen: options.stageOrder,
      kindOf(name) {
        const mapped = ownValue(options.stageMap, name)
        if (mapped) return 'create' in mapped ? mapped.create : undefined
        return stageLike(name, pipelineId) ? undefined : guessStageKind(name)
      },
    })
    return state.stagePlans[pipelineId]
  }
  function moveStage(rows: RowStore, id: string, position: number) {
    rows.change(stage, id, { position })
    const own = madeStages.find((row) => row.id === id)
    if (own) own.position = position
  }

  /** The first stage of a kind. */
  function stageOfKind(kind: StageKind, pipelineId: string): StageRow | undefined {
    return stagesOf(pipelineId)
      .filter((row) => row.kind === kind)
      .sort((a, b) => a.position - b.position)[0]
  }

  /** The first stage of a kind; a pipeline that the file brings gets one. */
  function stageFor(kind: StageKind, pipelineId: string): StageTarget | undefined {
    const row = stageOfKind(kind, pipelineId)
    if (row) return { kind, stage: () => row }
    if (!pipelines.isNew(pipelineId)) return undefined
    return {
      kind,
      stage: (rows) =>
        stageOfKind(kind, pipelineId) ?? makeStage(rows, usualNames[kind], kind, pipelineId),
    }
  }

  return {
    pipelineNamed: pipelines.named,
    defaultPipeline: pipelines.usual,
    completePipelines,
    stageNamed,
    stageFor,
    stageAt,
  }
}
