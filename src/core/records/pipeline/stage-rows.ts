/** Pipelines and their stages as they are stored, looked up and shown. */
import type { Pipeline, Stage } from '../../../contract/records/pipeline'
import type { Database } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import { notFound } from '../../kernel/errors'
import type { pipeline, stage } from './table'

export type StageRow = RowOf<typeof stage> & { leads: number }
export type PipelineRow = RowOf<typeof pipeline>
export type StageRows = ReturnType<typeof createStageRows>

const selectStage = `select stage.*,
  (select coalesce(sum(leads), 0) from lead_tally where stage_id = stage.id) as leads from stage`

export function createStageRows(database: Database) {
  const pipelines = () =>
    database.all<PipelineRow>('select * from pipeline order by position, created_at')
  const stagesOf = (pipelineId: string) =>
    database.all<StageRow>(`${selectStage} where pipeline_id = ? order by position`, pipelineId)

  /** The pipeline of this id; without one the default. */
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
    const row = database.get<StageRow>(`${selectStage} where id = ?`, id)
    if (!row) throw notFound('stage')
    return row
  }
  const toPipeline = (row: PipelineRow): Pipeline => ({
    id: row.id,
    name: row.name,
    isDefault: row.is_default === 1,
    position: row.position,
    stages: stagesOf(row.id).map(toStage),
  })

  return { pipelines, stagesOf, requirePipeline, requireStage, toPipeline }
}

export const toStage = (row: StageRow): Stage => ({
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
