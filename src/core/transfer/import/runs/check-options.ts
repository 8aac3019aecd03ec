/** Refuses options that name records which are not there. */
import type { ImportOptions } from '../../../../contract/transfer/import'
import type { Database } from '../../../kernel/database/database'
import { invalid } from '../../../kernel/errors'

/** @throws invalid naming the option */
export function checkOptions(database: Database, options: ImportOptions): void {
  if (
    options.pipelineId &&
    !database.get('select 1 from pipeline where id = ?', options.pipelineId)
  )
    throw invalid('pipelineId', 'must be a pipeline that exists')
  for (const [value, userId] of Object.entries(options.ownerMap))
    if (!database.get('select 1 from user where id = ? and deleted_at is null', userId))
      throw invalid(`ownerMap.${value}`, 'must be a user that exists')
  for (const [value, target] of Object.entries(options.stageMap))
    if ('stageId' in target && !database.get('select 1 from stage where id = ?', target.stageId))
      throw invalid(`stageMap.${value}`, 'must be a stage that exists')
}
