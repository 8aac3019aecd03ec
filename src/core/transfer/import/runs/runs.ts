/** Imports as they are kept: one row each, with what it was asked, how far it is and what it found. */
import type * as z from 'zod'
import type { UndoResult } from '../../../../contract/history/changes'
import type { ImportKind, Role, StageKind } from '../../../../contract/kernel/words'
import {
  type Import,
  ImportOptions,
  type importStates,
  Mapping,
  type Problem,
} from '../../../../contract/transfer/import'
import type { Actor } from '../../../kernel/actor'
import { seesAll } from '../../../kernel/authorisation'
import type { Database } from '../../../kernel/database/database'
import { newId } from '../../../kernel/database/ids'
import { toInstant, toInstantOrNull, toReference } from '../../../kernel/database/rows'
import { notFound } from '../../../kernel/errors'
import { nameKey } from '../../format/names'
import type { KindState, ReferenceOutcome } from '../kinds/import-kind'
import type { Unknowns } from '../lookups/unknowns'
import { guessStageKind } from '../stages/stage-words'
import type { ImportFiles } from './files'

export type ImportState = (typeof importStates)[number]
export type FoundProblem = z.infer<typeof Problem>

/** Written in the transaction of the rows it counts. */
export interface Progress {
  bytesDone: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejected: number
  matchedBy: Record<string, number>
  problems: FoundProblem[]
  warnings: FoundProblem[]
  unknowns: Unknowns
  /** By field: how many rows are linked to a record, make one, or are left without. */
  references: Record<string, { label: string } & Record<ReferenceOutcome, number>>
  /** Rows of other tables that were made, by table. */
  made: Record<string, number>
  /** Addresses that were put on the list of opt-outs. */
  optOuts: number
  /** Columns with values that feed no field. */
  leftOut: string[]
  state: KindState
  /** Time spent working, all stretches together. */
  milliseconds: number
  undo: Pick<UndoResult, 'undone' | 'refused'> | null
}

export interface Run {
  id: string
  fileId: string
  kind: ImportKind
  state: ImportState
  dryRun: boolean
  options: ImportOptions
  mapping: Mapping
  progress: Progress
  /** Records wholly dealt with. */
  recordsDone: number
  batchId: string | null
  userId: string | null
  message: string | null
  startedAt: number
  finishedAt: number | null
}

type StoredRun = {
  id: string
  file_id: string
  kind: ImportKind
  state: ImportState
  dry_run: number
  options: string
  mapping: string
  progress: string
  records_done: number
  batch_id: string | null
  user_id: string | null
  user_name: string | null
  message: string | null
  started_at: number
  finished_at: number | null
  /** Null where nothing was changed. */
  known_batch: string | null
  batch_undone_at: number | null
}

const select = `select import_run.*, user.name as user_name, batch.id as known_batch, batch.undone_at as batch_undone_at from import_run
  left join user on user.id = import_run.user_id left join batch on batch.id = import_run.batch_id`

const emptyProgress = (): Progress => ({
  bytesDone: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  rejected: 0,
  matchedBy: {},
  problems: [],
  warnings: [],
  unknowns: { owners: {}, stages: {}, companies: 0, fields: [] },
  references: {},
  made: {},
  optOuts: 0,
  leftOut: [],
  state: { positions: {}, stubs: [], stagePlans: {}, madePipelines: [], awaited: {}, ended: [] },
  milliseconds: 0,
  undo: null,
})

/** What an earlier version wrote may lack what this one counts. */
function toProgress(stored: string): Progress {
  const empty = emptyProgress()
  const known: Partial<Progress> = JSON.parse(stored)
  return {
    ...empty,
    ...known,
    unknowns: { ...empty.unknowns, ...known.unknowns },
    state: { ...empty.state, ...known.state },
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

const dayInMilliseconds = 86_400_000

export type Runs = ReturnType<typeof createRuns>

export function createRuns(database: Database, files: ImportFiles) {
  const { clock } = database

  function create(
    actor: Actor,
    given: Pick<Run, 'fileId' | 'kind' | 'options' | 'mapping' | 'dryRun'>,
  ): Run {
    const now = clock.now()
    const run: Run = {
      ...given,
      id: newId(now),
      state: given.dryRun ? 'checking' : 'running',
      progress: emptyProgress(),
      recordsDone: 0,
      batchId: given.dryRun ? null : newId(now),
      userId: actor.userId,
      message: null,
      startedAt: now,
      finishedAt: null,
    }
    database
      .prepare(
        `insert into import_run (id, file_id, kind, state, dry_run, options, mapping, progress, records_done, batch_id,
           user_id, started_at, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
      )
      .run(
        run.id,
        run.fileId,
        run.kind,
        run.state,
        run.dryRun ? 1 : 0,
        JSON.stringify(run.options),
        JSON.stringify(run.mapping),
        JSON.stringify(run.progress),
        run.batchId,
        run.userId,
        now,
        now,
        now,
      )
    return run
  }

  /** Writes what changes while it works; inside a transaction, with the rows. */
  function save(run: Run) {
    database
      .prepare(
        `update import_run set state = ?, progress = ?, records_done = ?, batch_id = ?, message = ?, finished_at = ?, updated_at = ?
         where id = ?`,
      )
      .run(
        run.state,
        JSON.stringify(run.progress),
        run.recordsDone,
        run.batchId,
        run.message,
        run.finishedAt,
        clock.now(),
        run.id,
      )
  }

  const toRun = (row: StoredRun): Run => ({
    id: row.id,
    fileId: row.file_id,
    kind: row.kind,
    state: row.state,
    dryRun: row.dry_run === 1,
    options: ImportOptions.parse(JSON.parse(row.options)),
    mapping: Mapping.parse(JSON.parse(row.mapping)),
    progress: toProgress(row.progress),
    recordsDone: row.records_done,
    batchId: row.batch_id,
    userId: row.user_id,
    message: row.message,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  })

  function requireRow(actor: Actor, id: string): StoredRun {
    const row = database.get<StoredRun>(`${select} where import_run.id = ?`, id)
    if (!row || (!seesAll(actor) && row.user_id !== actor.userId)) throw notFound('import')
    return row
  }

  /** Undo and redo of the whole batch happen elsewhere, too. */
  function stateOf(row: StoredRun): ImportState {
    const settled = row.state !== 'running' && row.state !== 'undoing' && row.dry_run === 0
    if (settled && row.batch_undone_at !== null) return 'undone'
    return row.state === 'undone' && row.batch_id !== null ? 'done' : row.state
  }

  function toShape(row: StoredRun): Import {
    const { progress, options, mapping } = toRun(row)
    const file = files.find(row.file_id)
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

  return {
    create,
    save,
    /** @throws not_found also where it is somebody else's and the actor sees only its own */
    require: (actor: Actor, id: string): Run => {
      const row = requireRow(actor, id)
      return { ...toRun(row), state: stateOf(row) }
    },
    /** The import that wrote a batch, if one did. */
    ofBatch(actor: Actor, batchId: string): Run | undefined {
      const id = database.value<string>('select id from import_run where batch_id = ?', batchId)
      if (id === undefined) return undefined
      const row = requireRow(actor, id)
      return { ...toRun(row), state: stateOf(row) }
    },
    get: (actor: Actor, id: string): Import => toShape(requireRow(actor, id)),
    /** Imports, newest first; checks are no history. */
    history: (actor: Actor, limit: number): Import[] =>
      database
        .all<StoredRun>(
          `${select} where dry_run = 0 ${seesAll(actor) ? '' : 'and import_run.user_id = ?'} order by import_run.rowid desc limit ?`,
          ...(seesAll(actor) ? [] : [actor.userId]),
          limit,
        )
        .map(toShape),
    /** As last saved. */
    stored: (id: string): Run | undefined => {
      const row = database.get<StoredRun>(`${select} where import_run.id = ?`, id)
      return row && toRun(row)
    },
    /** A check keeps nothing of what it read before it was stopped: it reads from the first record. */
    asNew(run: Run): Run {
      database.prepare('delete from import_rejection where run_id = ?').run(run.id)
      return { ...run, progress: emptyProgress(), recordsDone: 0 }
    },
    /** Whoever started it, with the role of today; undefined where it is nobody any more. */
    actorOf(run: Run): Actor | undefined {
      const row = database.get<{ id: string; role: Role }>(
        'select id, role from user where id = ? and deleted_at is null',
        run.userId,
      )
      return row && { userId: row.id, role: row.role, door: 'system' }
    },
    /** Checks are of no interest once the import is decided; their rejected rows go with them. */
    removeOldChecks() {
      database
        .prepare('delete from import_run where dry_run = 1 and started_at not between ? and ?')
        .run(clock.now() - dayInMilliseconds, clock.now())
    },
    /** Forgets which lines of the file its records were, of imports that are decided. Answers whether any are left. */
    forgetLines: (most: number): boolean =>
      database
        .prepare(
          `delete from import_record where (run_id, record_id) in (select import_record.run_id, record_id from import_record
             join import_run on import_run.id = run_id where state in ('done', 'undone') limit ?)`,
        )
        .run(most).changes === most,
    inState: (state: ImportState): Run[] =>
      database.all<StoredRun>(`${select} where import_run.state = ?`, state).map(toRun),
  }
}
