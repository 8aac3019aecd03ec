/** One import at work: reads the file record by record and writes it in small transactions, all of one action. */
import type { Actor } from '../../../kernel/actor'
import type { Writer } from '../../../kernel/database/database'
import type { Kernel } from '../../../kernel/kernel'
import { portionLength, writingLength } from '../../../kernel/portions/portions'
import { readRecords } from '../csv/read-records'
import { kindOf } from '../kinds/import-kinds'
import { createOptOutTaker, type ImportedOptOuts } from '../kinds/import-opt-outs'
import { createLookups } from '../lookups/lookups'
import { createMatcher, type OwnScopes } from '../recognise/find-match'
import { createOwnIds } from '../recognise/own-ids'
import { customFieldsOf, idFieldsOf, stagesOf, surveyFile } from '../survey/survey-file'
import { createRowReader, isOwnFile, newFieldTypes } from '../values/read-values'
import type { ImportFiles } from './files'
import { createRecordReader, type ReadRecord } from './read-record'
import { createCheckStore, createRowStore } from './row-store'
import type { Run } from './run'
import type { Runs } from './runs'
import { createRecordTaker } from './take-records'

export interface ImportWork {
  kernel: Kernel
  runs: Runs
  files: ImportFiles
  ownScopes: OwnScopes
  actor: Actor
  run: Run
  /** Aborts between two transactions. */
  signal: AbortSignal
  optOuts: ImportedOptOuts
}

/** At most so many records of one transaction; fewer where a portion has no time for as many. */
const recordsAtOnce = 200
/** Fewer than these cost less than their commit. */
const fewestAtOnce = 50
/** Milliseconds between two words of a check about how far it is. */
const savedEvery = 200

/**
 * Works a run off from where it is and leaves it done or checked. What it was asked to do is in `run`;
 * what it does is counted there.
 * @throws the signal's reason when aborted; the run is saved as far as it came
 */
export async function workImport(work: ImportWork) {
  const { kernel, runs, actor, run, signal } = work
  const { database, portions } = kernel
  const { progress } = run
  const { file, path, kind, lookups, ownIds, readValues } = await openImport(work)
  const matcher = createMatcher(kernel, { ...work, kind, ownIds })
  const { takeUp, writeRejected } = createRecordTaker(database, { run, kind, lookups, matcher })
  const together = run.dryRun
    ? portions.learn(recordsAtOnce, portionLength)
    : portions.learn(recordsAtOnce, writingLength, fewestAtOnce)
  const takeOptOuts = createOptOutTaker(work.optOuts, { actor, run, fileName: file.name })
  const read = createRecordReader(run, file, readValues)
  const countMade = (table: string) => {
    progress.made[table] = (progress.made[table] ?? 0) + 1
  }
  const check = run.dryRun
    ? createCheckStore(database, kind.table, kernel.clock.now(), countMade)
    : undefined
  let since = performance.now()
  /** The last record that was taken up. */
  let taken = run.dryRun ? 0 : run.recordsDone

  function save(recordsDone: number) {
    const now = performance.now()
    progress.milliseconds += now - since
    since = now
    run.recordsDone = recordsDone
    runs.save(run)
  }

  /** One transaction. */
  function commit(records: ReadRecord[], isLast = false) {
    const last = records.at(-1)?.number ?? taken
    taken = last
    // Before the rows, and whatever becomes of them: somebody who is written to again is worse than one too many here.
    takeOptOuts(records)
    if (check) {
      together.time(records.length, () => takeUp(records, check, isLast))
      if (run.state === 'checking' && performance.now() - since < savedEvery) return
      database.transaction(() => {
        writeRejected()
        save(last)
      })
      return
    }
    const label = (count: number) =>
      `Import ${count === 0 ? '' : `${count.toLocaleString('en-US')} `}${count === 1 ? kind.noun : kind.nouns} from ${file.name}`
    const action = {
      label: label(0),
      kind: 'import',
      ...(run.batchId && { batchId: run.batchId }),
    } as const
    database.act(actor, action, (writer: Writer) => {
      run.batchId = writer.batchId
      const rows = createRowStore(database, writer, kind, run.id, countMade)
      together.time(records.length, () => takeUp(records, rows, isLast))
      writeRejected()
      writer.label = label(progress.created + progress.updated)
      save(last)
    })
    lookups.settle()
  }

  try {
    let waiting: ReadRecord[] = []
    const onProgress = (bytes: number) => {
      progress.bytesDone = Math.min(bytes, file.bytes)
    }
    const from = run.dryRun ? 1 : run.recordsDone + 1
    for await (const record of readRecords(path, file.form, { signal, from, onProgress })) {
      waiting.push(read(record))
      if (waiting.length < together.units()) {
        await portions.pause()
        continue
      }
      await portions.giveBack()
      signal.throwIfAborted()
      commit(waiting)
      waiting = []
      await portions.giveBack()
      signal.throwIfAborted()
    }
    progress.bytesDone = file.bytes
    run.state = run.dryRun ? 'checked' : 'done'
    run.finishedAt = kernel.clock.now()
    commit(waiting, true)
    return { file, changed: progress.created + progress.updated > 0 }
  } finally {
    check?.close()
  }
}

/** What an import works with, once its file is read as the run says and surveyed. */
async function openImport({ kernel, files, actor, run, signal }: ImportWork) {
  const { workspace } = kernel
  const { encoding, delimiter, hasHeader, headerLine } = run.options
  const file = await files.readAs(run.fileId, {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(hasHeader !== undefined && { hasHeader }),
    ...(headerLine !== undefined && { headerLine }),
  })
  const path = files.pathOf(file.id)
  const { progress } = run
  const custom = customFieldsOf(kernel, run)
  const survey = await surveyFile(files, file, run, custom, signal)
  const currency = run.options.currency ?? workspace.currency()
  const ownIds = createOwnIds(kernel, {
    actor,
    kind: run.kind,
    isOwnFile: isOwnFile(run.mapping),
  })
  const lookups = createLookups(kernel, {
    ownIds,
    actor,
    options: run.options,
    unknowns: progress.unknowns,
    dryRun: run.dryRun,
    idFields: idFieldsOf(run, survey),
    stages: await stagesOf(path, file, run, survey, signal, {
      zone: workspace.timezone(),
      currency,
      now: kernel.clock.now(),
    }),
    state: progress.state,
  })
  const newFields = newFieldTypes(
    { mapping: run.mapping, custom, columns: file.form.columns },
    survey,
  )
  const kind = kindOf(run, {
    kernel,
    actor,
    options: run.options,
    mapping: run.mapping,
    lookups,
    ownIds,
    newFields,
    bytes: file.bytes,
    state: progress.state,
  })
  const readValues = createRowReader({
    kind: run.kind,
    mapping: run.mapping,
    columns: file.form.columns,
    options: run.options,
    survey,
    custom,
    zone: workspace.timezone(),
    currency,
    now: kernel.clock.now(),
    doubted: new Set(progress.warnings.flatMap(({ column }) => column ?? [])),
    person: lookups.person,
  })
  return { file, path, kind, lookups, ownIds, readValues }
}
