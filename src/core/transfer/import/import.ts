/** Import and export of files: taken in, mapped, checked, imported, taken back; lists written out. */
import type { contract } from '../../../contract'
import type { UndoResult } from '../../../contract/history/changes'
import type { InputOf } from '../../../contract/kernel/base'
import type { CustomField } from '../../../contract/kernel/custom-fields'
import type { ImportKind } from '../../../contract/kernel/words'
import {
  type Import,
  ImportOptions,
  type InspectedFile,
  type Mapping,
} from '../../../contract/transfer/import'
import type { Undo } from '../../history/undo/undo'
import type { Actor } from '../../kernel/actor'
import { permissionsOf, requirePermission } from '../../kernel/authorisation'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { createExports, type ExportSources } from './export-run'
import { customKeyOf, customTables, fieldsByKind, listFields, metadataKeyOf } from './fields/fields'
import { createImportFiles, type KeptFile } from './files'
import type { OwnScopes } from './find-match'
import { createImportJobs } from './import-jobs'
import type { ImportedOptOuts } from './import-opt-outs'
import { customFieldsOf } from './import-survey'
import { createMappings } from './mappings'
import { createRejectedFile, templateOf } from './rejected-file'
import { createRuns } from './runs'
import { guessKind, suggestMapping } from './suggest-mapping'

type Procedures = (typeof contract)['transfer']
export type Transfer = ReturnType<typeof createTransfer>

export interface TransferNeeds {
  /** The data directory. */
  directory: string
  undo: Undo
  sources: ExportSources
  ownScopes: OwnScopes
  optOuts: ImportedOptOuts
  /** Takes back what people were told since then of records that are gone. */
  withdraw(since: number): void
  customFields(): CustomField[]
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

export function createTransfer(kernel: Kernel, needs: TransferNeeds) {
  const { database } = kernel
  const files = createImportFiles(database, needs.directory)
  const runs = createRuns(database, files)
  const mappings = createMappings(database)
  const exports = createExports(kernel, needs)
  runs.removeOldChecks()
  const tidied = files.removeOld().catch(needs.report)
  const jobs = createImportJobs({ kernel, runs, files, mappings, ...needs })

  async function inspect(
    actor: Actor,
    { file, fileId, ...options }: InputOf<Procedures['inspect']>,
  ): Promise<InspectedFile> {
    const reading = withoutUndefined(options)
    if ((file === undefined) === (fileId === undefined))
      throw invalid('file', 'give either a file or the id of one taken in before')
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
      mayAddFields: permissionsOf(actor.role).includes('configure'),
    })
    return { mapping, remembered: false }
  }

  /** @throws invalid naming the field that is not there, or lacks */
  function checkMapping(
    actor: Actor,
    kind: ImportKind,
    mapping: Mapping,
    columns: readonly string[],
  ) {
    const custom = customFieldsOf(kernel, { kind })
    for (const [field, from] of Object.entries(mapping)) {
      const path = `mapping.${field}`
      const missing = from.find((column) => !columns.includes(column))
      if (missing !== undefined) throw invalid(path, `the file has no column “${missing}”`)
      const key = customKeyOf(field)
      if (key !== undefined && customTables[kind]) {
        const exists = custom.some((one) => one.key === key)
        if (!exists && !permissionsOf(actor.role).includes('configure'))
          throw invalid(path, 'does not exist, and you may not add fields')
        continue
      }
      if (metadataKeyOf(field) !== undefined && kind === 'activities') continue
      if (!fieldsByKind[kind].some((one) => one.name === field))
        throw invalid(path, `there is no such field for ${kind}`)
    }
    for (const field of fieldsByKind[kind])
      if (
        field.required &&
        !mapping[field.name] &&
        !mapping[`${field.name}Id`] &&
        !(kind === 'leads' && mapping.externalId)
      )
        throw invalid(`mapping.${field.name}`, `choose the column for ${field.label}`)
    const named = ['firstName', 'lastName', 'fullName', 'email']
    if (kind === 'contacts' && !named.some((field) => mapping[field]))
      throw invalid('mapping.lastName', 'choose the column for a name or an e-mail address')
  }

  async function start(actor: Actor, input: InputOf<Procedures['start']>) {
    const { kind, file, fileId, mapping: given, dryRun, ...rest } = input
    if (kind === 'users') requirePermission(actor, 'administer')
    if ((file === undefined) === (fileId === undefined))
      throw invalid('file', 'give either a file or the id of one taken in before')
    const options = ImportOptions.parse(rest)
    checkOptions(options)
    const reading = withoutUndefined({
      hasHeader: options.hasHeader,
      headerLine: options.headerLine,
      encoding: options.encoding,
      delimiter: options.delimiter,
    })
    const kept = file
      ? await files.takeIn(actor, file, reading)
      : Object.keys(reading).length > 0
        ? await files.readAs(fileId ?? '', reading, actor)
        : await files.require(fileId ?? '', actor)
    const mapping = given ?? suggest(actor, kept, kind).mapping
    checkMapping(actor, kind, mapping, kept.form.columns)
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

  function checkOptions(options: ImportOptions) {
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
    export: (actor: Actor, input: InputOf<Procedures['export']>) =>
      exports.start(actor, input, needs.customFields()),
    exportStatus: exports.status,
    exportCancel: exports.cancel,
    exportFile: exports.file,
    /** Writing works again: imports and undos that a full disk stopped continue. */
    resumeInterrupted: jobs.resumeInterrupted,
    /** Resolves when nothing works any more; imports that were at work can be resumed. */
    async close() {
      await Promise.all([jobs.close(), exports.close(), tidied])
    },
  }
}

function withoutUndefined<T extends Record<string, unknown>>(given: T) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
