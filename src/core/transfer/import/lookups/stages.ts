/** Stages that a file names. */
import { ownValue } from '../../../../contract/kernel/own-value'
import { type StageKind, stageKinds } from '../../../../contract/records/words'
import { nameKey, tidyName } from '../../format/names'
import type { RowStore } from '../runs/row-store'
import { planStages, type StageFacts } from '../stages/stage-order'
import {
  guessStageKind,
  isPlainly,
  pipelineBehindAll,
  withoutPipeline,
} from '../stages/stage-words'
import type { LookupContext } from './context'
import { createPipelineLookups } from './pipelines'
import { createStageRows, type StageRow } from './stage-rows'
import { countUnknown } from './unknowns'

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
  const { may, options, unknowns } = context
  const pipelines = createPipelineLookups(context, state)
  const stages = createStageRows(context)

  /** Leads of a pipeline can be open, won and lost: those that were made have a stage of each kind. */
  function completePipelines(rows: RowStore) {
    for (const id of state.madePipelines)
      for (const kind of stageKinds) if (!stageOfKind(kind, id)) stageFor(kind, id)?.stage(rows)
  }

  const stageAt = (pipeline: string, name: string): string | undefined =>
    stages
      .stored()
      .find(
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
      const row = stages.stored().find((one) => one.id === mapped.stageId)
      return row
        ? { kind: row.kind, stage: () => row }
        : { refused: 'is mapped to a stage that does not exist (any more)' }
    }
    const row = stageLike(tidy, pipelineId)
    const isNew = !row || stages.isMade(row)
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
    const all = stages.of(pipelineId)
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
    return stages.make(rows, { name, kind, pipelineId }, planOf(pipelineId))
  }

  /** Made once, so that an import that was cut short resumes with the same one. */
  function planOf(pipelineId: string): string[] {
    const bareFacts = facts.map((one) => ({ ...one, name: bareName(one.name, pipelineId) }))
    state.stagePlans[pipelineId] ??= planStages(stages.of(pipelineId), bareFacts, {
      chosen: options.stageOrder,
      kindOf(name) {
        const mapped = ownValue(options.stageMap, name)
        if (mapped) return 'create' in mapped ? mapped.create : undefined
        return stageLike(name, pipelineId) ? undefined : guessStageKind(name)
      },
    })
    return state.stagePlans[pipelineId]
  }

  /** The first stage of a kind. */
  function stageOfKind(kind: StageKind, pipelineId: string): StageRow | undefined {
    return stages
      .of(pipelineId)
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
