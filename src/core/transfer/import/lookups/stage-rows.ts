/** The stages there are, and those that an import makes. */
import type { StageKind } from '../../../../contract/records/words'
import { stage } from '../../../records/pipeline/table'
import type { RowStore } from '../runs/row-store'
import { newStage } from '../stages/stage-words'
import type { LookupContext } from './context'

export interface StageRow {
  id: string
  pipeline_id: string
  name: string
  kind: StageKind
  probability: number
  position: number
}

export function createStageRows({ database, known }: Pick<LookupContext, 'database' | 'known'>) {
  const stored = known.keep(() =>
    database.all<StageRow>(
      'select id, pipeline_id, name, kind, probability, position from stage order by pipeline_id, position',
    ),
  )
  const made: StageRow[] = []

  function of(pipelineId: string): StageRow[] {
    const rows = stored().filter((row) => row.pipeline_id === pipelineId)
    const ids = new Set(rows.map((row) => row.id))
    return [...rows, ...made.filter((row) => row.pipeline_id === pipelineId && !ids.has(row.id))]
  }

  function move(rows: RowStore, id: string, position: number) {
    rows.change(stage, id, { position })
    const own = made.find((row) => row.id === id)
    if (own) own.position = position
  }

  return {
    stored,
    isMade: (row: StageRow): boolean => made.includes(row),
    /** Of a pipeline. */
    of,
    /** @param plan the keys of the pipeline's open stages in the order of the funnel */
    make(
      rows: RowStore,
      { name, kind, pipelineId }: { name: string; kind: StageKind; pipelineId: string },
      plan: readonly string[],
    ): StageRow {
      const { position, moved, ...columns } = newStage(name, kind, of(pipelineId), plan)
      for (const { id, position: to } of moved) move(rows, id, to)
      const id = rows.insert(stage, { name, kind, pipelineId, position, ...columns })
      const row = {
        ...{ id, name, kind, position },
        pipeline_id: pipelineId,
        probability: columns.probability,
      }
      made.push(row)
      stored.forget()
      return row
    },
  }
}
