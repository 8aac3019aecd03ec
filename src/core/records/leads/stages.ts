/** The stages that leads are opened in and moved to. */
import type { LeadStatus } from '../../../contract/records/words'
import type { Database } from '../../kernel/database/database'
import { conflict, invalid } from '../../kernel/errors'

export interface StageRow {
  id: string
  name: string
  kind: LeadStatus
  pipeline_id: string
}

export type LeadStages = ReturnType<typeof createLeadStages>

export function createLeadStages(database: Database) {
  function requireStage(id: string): StageRow {
    const row = database.get<StageRow>(
      'select id, name, kind, pipeline_id from stage where id = ?',
      id,
    )
    if (!row) throw invalid('stageId', 'must be a stage that exists')
    return row
  }
  /** The first of this kind; without a pipeline in the default one, or the next that has one. */
  function firstStage(kind: LeadStatus, pipelineId?: string): StageRow {
    const row = pipelineId
      ? database.get<StageRow>(
          'select id, name, kind, pipeline_id from stage where pipeline_id = ? and kind = ? order by position limit 1',
          pipelineId,
          kind,
        )
      : database.get<StageRow>(
          `select stage.id, stage.name, stage.kind, stage.pipeline_id from stage join pipeline on pipeline.id = stage.pipeline_id
           where kind = +? order by pipeline.is_default desc, pipeline.position, stage.position limit 1`,
          kind,
        )
    if (!row) throw conflict(`This pipeline has no ${kind} stage.`)
    return row
  }

  return { requireStage, firstStage }
}
