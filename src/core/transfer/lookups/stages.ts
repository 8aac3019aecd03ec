/** Stages and pipelines that a file names. */
import { ownValue } from '../../../contract/own-value'
import type { StageKind } from '../../../contract/words'
import { stage } from '../../kernel/schema'
import { nameKey, tidyName } from '../names'
import type { RowStore } from '../row-store'
import { planStages, type StageFacts } from '../stage-order'
import {
  guessStageKind,
  isPlainly,
  newStage,
  pipelineBehindAll,
  withoutPipeline,
} from '../stage-words'
import type { LookupContext } from './context'
import { countUnknown } from './unknowns'

export interface StageRow {
  id: string
  pipeline_id: string
  name: string
  kind: StageKind
  probability: number
  position: number
}

type StageLink =
  | { stage: StageRow }
  | { make(rows: RowStore): StageRow; kind: StageKind }
  | { refused: string }

/**
 * @param facts the stages that the file names
 * @param plans by pipeline; is written to
 */
export function createStageLookups(
  { database, may, options, unknowns, known }: LookupContext,
  facts: readonly StageFacts[],
  plans: Record<string, string[]>,
) {
  const allStages = known.keep(() =>
    database.all<StageRow>(
      'select id, pipeline_id, name, kind, probability, position from stage order by pipeline_id, position',
    ),
  )
  const madeStages: StageRow[] = []
  const allPipelines = known.keep(() =>
    database.all<{ id: string; name: string; is_default: number }>(
      'select id, name, is_default from pipeline order by is_default desc, position',
    ),
  )

  function pipelineNamed(value: string): { id: string } | { refused: string } {
    const row = allPipelines().find((one) => nameKey(one.name) === nameKey(value))
    return row ? { id: row.id } : { refused: 'names no pipeline' }
  }
  const defaultPipeline = (): string => options.pipelineId ?? allPipelines()[0]?.id ?? ''

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
        allPipelines().some((one) => one.id === row.pipeline_id && one.name === pipeline),
    )?.id

  function stageNamed(value: string, pipelineId: string): StageLink {
    const tidy = tidyName(value)
    const bare = bareName(tidy, pipelineId)
    const mapped =
      ownValue(options.stageMap, value) ??
      ownValue(options.stageMap, tidy) ??
      ownValue(options.stageMap, bare)
    if (mapped && 'stageId' in mapped) {
      const row = allStages().find((one) => one.id === mapped.stageId)
      return row
        ? { stage: row }
        : { refused: 'is mapped to a stage that does not exist (any more)' }
    }
    const row = stageLike(tidy, pipelineId)
    const isNew = !row || madeStages.includes(row)
    if (isNew && !mapped) countUnknown(unknowns.stages, bare)
    if (row) return { stage: row }
    const kind = mapped?.create ?? guessStageKind(bare)
    if (!may.includes('configure'))
      return { refused: 'names no stage, and you may not add one: choose a stage for this name' }
    if (!mapped && !options.createStages)
      return { refused: 'names no stage: choose a stage for this name' }
    return { kind, make: (rows) => makeStage(rows, bare, kind, pipelineId) }
  }

  const pipelineOfAll = pipelineBehindAll(facts.map(({ name }) => name))
  /** Without the pipeline in brackets behind it: the lead's, or the one of the whole file. */
  function bareName(name: string, pipelineId: string): string {
    const own = allPipelines().find(({ id }) => id === pipelineId)?.name
    return withoutPipeline(name, own, pipelineOfAll)
  }

  /** By name, with or without the pipeline's behind it; “Closed Won” is the only won stage there is. */
  function stageLike(name: string, pipelineId: string): StageRow | undefined {
    const bare = bareName(name, pipelineId)
    const all = stagesOf(pipelineId)
    const named =
      all.find((one) => nameKey(one.name) === nameKey(name)) ??
      all.find((one) => nameKey(one.name) === nameKey(bare))
    if (named || ownValue(options.stageMap, name)) return named
    const plain = all.filter((one) => one.kind !== 'open' && isPlainly(one.kind, bare))
    return plain.length === 1 ? plain[0] : undefined
  }

  function makeStage(rows: RowStore, name: string, kind: StageKind, pipelineId: string): StageRow {
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
    plans[pipelineId] ??= planStages(stagesOf(pipelineId), bareFacts, {
      chosen: options.stageOrder,
      kindOf(name) {
        const mapped = ownValue(options.stageMap, name)
        if (mapped) return 'create' in mapped ? mapped.create : undefined
        return stageLike(name, pipelineId) ? undefined : guessStageKind(name)
      },
    })
    return plans[pipelineId]
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

  return { pipelineNamed, defaultPipeline, stageNamed, stageOfKind, stageAt }
}
