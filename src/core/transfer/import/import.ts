/** Import of files: taken in, mapped, checked, imported, taken back. */
import type { contract } from '../../../contract'
import type { UndoResult } from '../../../contract/history/changes'
import type { InputOf } from '../../../contract/kernel/base'
import { type Import, ImportOptions, type InspectedFile } from '../../../contract/transfer/import'
import type { ImportKind } from '../../../contract/transfer/words'
import type { Undo } from '../../history/undo/undo'
import type { Actor } from '../../kernel/actor'
import { permissionsOf, requirePermission } from '../../kernel/authorisation'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { checkMapping } from './columns/check-mapping'
import { createMappings } from './columns/mappings'
import { guessKind, suggestMapping } from './columns/suggest-mapping'
import { listFields } from './fields/fields'
import type { ImportedOptOuts } from './kinds/import-opt-outs'
import type { OwnScopes } from './recognise/find-match'
import { checkOptions } from './runs/check-options'
import { createImportFiles, type KeptFile, type ReadingOptions } from './runs/files'
import { createImportJobs } from './runs/import-jobs'
import { createRejectedFile, templateOf } from './runs/rejected-file'
import { createRuns } from './runs/runs'
import { customFieldsOf } from './survey/survey-file'

type Procedures = (typeof contract)['transfer']
export type Imports = ReturnType<typeof createImports>

export interface ImportNeeds {
  /** The data directory. */
  directory: string
  undo: Undo
  ownScopes: OwnScopes
  optOuts: ImportedOptOuts
  /** Withdraws notifications since then about records that are gone. */
  withdraw(since: number): Promise<void>
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

export function createImports(kernel: Kernel, needs: ImportNeeds) {
  const { database } = kernel
  const files = createImportFiles(database, needs.directory)
  const runs = createRuns(database, files)
  const mappings = createMappings(database)
  runs.removeOldChecks()
  const tidied = files.removeOld().catch(needs.report)
  const jobs = createImportJobs({ kernel, runs, files, mappings, ...needs })

  async function inspect(
    actor: Actor,
    { file, fileId, ...options }: InputOf<Procedures['inspect']>,
  ): Promise<InspectedFile> {
    requireOneFile({ file, fileId })
    const reading = readingIn(options)
    const kept = file
      ? await files.takeIn(actor, file, reading)
      : await files.readAs(fileId ?? '', reading, actor)
    return {
      fileId: kept.id,
      name: kept.name,
      bytes: kept.bytes,
      encoding: kept.form.encoding,
      delimiter: kept.form.delimiter ?? ',',
      header: kept.form.header,
      headerLine: kept.form.headerLine ?? 1,
      firstLines: kept.form.firstLines ?? [],
      columns: kept.form.columns,
      sampleRows: kept.form.sampleRows,
      kind: kindFor(actor, kept),
    }
  }

  function kindFor(actor: Actor, { form }: KeptFile): ImportKind {
    const kind = guessKind({ columns: form.columns, rows: form.sampleRows })
    return kind === 'users' && !permissionsOf(actor.role).includes('administer') ? 'contacts' : kind
  }

  /** The mapping remembered for this header, else the one its names suggest. */
  function suggest(actor: Actor, { form }: KeptFile, kind: ImportKind) {
    const known = mappings.find(kind, form.columns)
    if (known) return { mapping: known, remembered: true }
    const mapping = suggestMapping({ columns: form.columns, rows: form.sampleRows }, kind, {
      custom: customFieldsOf(kernel, { kind }),
      mayAddFields: mayAddFields(actor),
    })
    return { mapping, remembered: false }
  }

  async function start(actor: Actor, input: InputOf<Procedures['start']>) {
    const { kind, file, fileId, mapping: given, dryRun, ...rest } = input
    if (kind === 'users') requirePermission(actor, 'administer')
    requireOneFile({ file, fileId })
    const options = ImportOptions.parse(rest)
    checkOptions(database, options)
    const reading = readingIn(options)
    const kept = file
      ? await files.takeIn(actor, file, reading)
      : Object.keys(reading).length > 0
        ? await files.readAs(fileId ?? '', reading, actor)
        : await files.require(fileId ?? '', actor)
    const mapping = given ?? suggest(actor, kept, kind).mapping
    checkMapping(kind, mapping, {
      columns: kept.form.columns,
      custom: customFieldsOf(kernel, { kind }),
      mayAddFields: mayAddFields(actor),
    })
    const run = runs.create(actor, {
      fileId: kept.id,
      kind,
      options: { ...options, ...kept.reading },
      mapping,
      dryRun,
    })
    jobs.begin(actor, run)
    return { importId: run.id }
  }

  async function suggestedMapping(
    actor: Actor,
    { fileId, kind }: InputOf<Procedures['suggestMapping']>,
  ) {
    return suggest(actor, await files.require(fileId, actor), kind)
  }

  return {
    inspect,
    suggestMapping: suggestedMapping,
    fields: (kind: ImportKind) => listFields(kind, customFieldsOf(kernel, { kind })),
    start,
    get: runs.get,
    history: runs.history,
    async cancel(actor: Actor, id: string): Promise<Import> {
      await jobs.cancel(runs.require(actor, id))
      return runs.get(actor, id)
    },
    resume(actor: Actor, id: string) {
      const run = runs.require(actor, id)
      if (run.kind === 'users') requirePermission(actor, 'administer')
      if (run.dryRun || !['cancelled', 'interrupted', 'failed'].includes(run.state))
        throw conflict('Only an import that was cut short can go on.')
      jobs.begin(actor, run)
      return { importId: run.id }
    },
    undo(actor: Actor, id: string) {
      jobs.beginUndo(actor, runs.require(actor, id))
      return { importId: id }
    },
    /** Undoes the import that wrote a batch and waits for the end; undefined where none did. */
    undoBatch(actor: Actor, batchId: string): Promise<UndoResult> | undefined {
      const run = runs.ofBatch(actor, batchId)
      return run && jobs.undoWhole(actor, run)
    },
    rejected: createRejectedFile(kernel, runs, files, needs.directory),
    template: templateOf,
    /** Writing works again: imports and undos that a full disk stopped continue. */
    resumeInterrupted: jobs.resumeInterrupted,
    /** Resolves when nothing works any more; imports that were at work can be resumed. */
    async close() {
      await Promise.all([jobs.close(), tidied])
    },
  }
}

const mayAddFields = (actor: Actor): boolean => permissionsOf(actor.role).includes('configure')

function requireOneFile({
  file,
  fileId,
}: {
  file?: File | undefined
  fileId?: string | undefined
}) {
  if ((file === undefined) === (fileId === undefined))
    throw invalid('file', 'give either a file or the id of one taken in before')
}

/** How a file is to be read, as far as it is said. */
function readingIn(given: { [K in keyof ReadingOptions]: ReadingOptions[K] | undefined }) {
  const { hasHeader, headerLine, encoding, delimiter } = given
  return Object.fromEntries(
    Object.entries({ hasHeader, headerLine, encoding, delimiter }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as ReadingOptions
}
