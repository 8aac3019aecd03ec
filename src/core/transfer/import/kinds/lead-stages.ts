/** The stage that a row of leads is put in. */
import { dateIn } from '../../../kernel/time/zone'
import type { LeadValues } from '../fields/lead-fields'
import type { StageRow } from '../lookups/stage-rows'
import type { StageTarget } from '../lookups/stages'
import type { ImportRow, KindContext } from './import-kind'
import { createRefusal } from './row-problems'

type Row = ImportRow<LeadValues>

export function createLeadStages({ kernel, lookups, mapping }: KindContext) {
  const { database, workspace } = kernel
  const refuse = createRefusal(mapping)

  /** What its status says, else the yes and no of its columns. */
  function statusOf({ status, won, lost, closed }: LeadValues): StageRow['kind'] | undefined {
    if (status !== undefined) return status as StageRow['kind']
    if (won) return 'won'
    if (lost || (closed && won === false)) return 'lost'
    return closed === false || (won === false && lost === false) ? 'open' : undefined
  }

  /** The stage a row names, by its stage or its status; undefined where it names none or a wrong one. */
  function targetOf(row: Row, pipelineId: string): StageTarget | undefined {
    const { stage: name } = row.values
    const status = statusOf(row.values)
    const closed = status === 'won' || status === 'lost' ? status : undefined
    if (name !== undefined) {
      // What Rapport wrote says what a stage is that has no name of a kind.
      const ours = row.values.id === undefined ? undefined : status
      const found = lookups.stageNamed(name, pipelineId, ours)
      if ('refused' in found) {
        refuse(row, 'stage', 'Stage', name, `“${name}” ${found.refused}`)
        return undefined
      }
      if (!closed || found.kind === closed) return found
    }
    if (!status) return undefined
    const target = lookups.stageFor(closed ?? 'open', pipelineId)
    if (target) return target
    refuse(row, 'status', 'Status', status, `has no stage: the pipeline has no ${status} stage`)
    return undefined
  }

  function pipelineOf(row: Row): string | undefined {
    const name = row.values.pipeline
    if (name === undefined) return undefined
    const found = lookups.pipelineNamed(name, row.values.id !== undefined)
    if ('id' in found) return found.id
    refuse(row, 'pipeline', 'Pipeline', name, `“${name}” ${found.refused}`)
    return undefined
  }

  /** When an open lead was closed can only mean when it is expected to be. */
  const expectedOf = ({ expectedCloseDate, closedAt }: LeadValues, kind: StageRow['kind']) =>
    expectedCloseDate ??
    (kind === 'open' && closedAt !== undefined ? dateIn(closedAt, workspace.timezone()) : undefined)

  const pipelineOfStage = (stageId: unknown): string =>
    database.value<string>('select pipeline_id from stage where id = ?', String(stageId)) ??
    lookups.defaultPipeline()

  return { targetOf, pipelineOf, expectedOf, pipelineOfStage }
}
