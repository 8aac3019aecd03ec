/** An import as people and programs see it. */

import type { StageKind } from '../../../../contract/records/words'
import type { Import } from '../../../../contract/transfer/import'
import type { ImportKind } from '../../../../contract/transfer/words'
import { toInstant, toInstantOrNull, toReference } from '../../../kernel/database/rows'
import { nameKey } from '../../format/names'
import type { KindState } from '../kinds/import-kind'
import { guessStageKind } from '../stages/stage-words'
import type { KeptFile } from './files'
import { type Progress, type StoredRun, stateOf, toRun } from './run'

/** @param file what it reads; undefined where that is not kept any more */
export function shownRun(row: StoredRun, file: KeptFile | undefined): Import {
  const { progress, options, mapping } = toRun(row)
  const { unknowns } = progress
  const leftOut = new Set(progress.leftOut)
  const byRows = (record: Record<string, number>) =>
    Object.entries(record)
      .map(([value, rows]) => ({ value, rows }))
      .sort((a, b) => b.rows - a.rows)
  return {
    importId: row.id,
    kind: row.kind,
    fileName: file?.name ?? '',
    state: stateOf(row),
    dryRun: row.dry_run === 1,
    options,
    mapping,
    columns: file?.form.columns ?? [],
    bytes: file?.bytes ?? 0,
    bytesDone: progress.bytesDone,
    rows: row.records_done,
    created: progress.created,
    updated: progress.updated,
    unchanged: progress.unchanged,
    skipped: progress.skipped,
    rejected: progress.rejected,
    matchedBy: progress.matchedBy,
    problems: progress.problems,
    warnings: progress.warnings,
    unknownOwners: byRows(unknowns.owners),
    unknownStages: inFunnelOrder(
      byRows(unknowns.stages).map((one) => ({
        ...one,
        suggestedKind: guessStageKind(one.value),
      })),
      progress.state.stagePlans,
    ),
    unknownCompanies: unknowns.companies,
    alsoCreated: alsoCreatedOf(row.kind, progress),
    newFields: unknowns.fields,
    leftOut: (file?.form.columns ?? []).filter((column) => leftOut.has(column)),
    references: Object.entries(progress.references).map(([field, counts]) => ({
      field,
      ...counts,
    })),
    message: row.message,
    batchId: row.known_batch,
    user: toReference(row.user_id, row.user_name),
    startedAt: toInstant(row.started_at),
    finishedAt: toInstantOrNull(row.finished_at),
    rowsPerSecond:
      progress.milliseconds > 0
        ? Math.round((row.records_done / progress.milliseconds) * 1000)
        : null,
    undo: progress.undo,
  }
}

/** Records of the file's own kind are made as well where one names another: until their row comes. */
function alsoCreatedOf(
  kind: ImportKind,
  { made, state, optOuts }: Progress,
): Import['alsoCreated'] {
  const of = (table: string, own: ImportKind | null) =>
    (made[table] ?? 0) + (kind === own ? state.stubs.length : 0)
  return {
    companies: of('company', 'companies'),
    contacts: of('contact', null),
    users: of('user', 'users'),
    teams: of('team', null),
    pipelines: of('pipeline', null),
    stages: of('stage', null),
    words: of('word', null),
    optOuts,
  }
}

const kindOrder: Readonly<Record<StageKind, number>> = { open: 0, won: 1, lost: 2 }

/** Open stages as planned, then those that count as won and as lost. */
function inFunnelOrder(stages: Import['unknownStages'], plans: KindState['stagePlans']) {
  const plan = Object.values(plans).flat()
  const placeOf = ({ value, suggestedKind }: (typeof stages)[number]) => {
    const index = plan.indexOf(nameKey(value))
    return index < 0 ? plan.length + kindOrder[suggestedKind] : index
  }
  return stages.toSorted((a, b) => placeOf(a) - placeOf(b))
}
