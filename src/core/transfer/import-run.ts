/** One import at work: reads the file record by record and writes it in small transactions, all of one action. */
import type { CustomField } from '../../contract/settings'
import type { Actor } from '../kernel/actor'
import type { Writer } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import { type RecordProblem, readRecords } from './csv/read-records'
import { customTables, fieldsByKind } from './fields'
import type { ImportFiles, KeptFile } from './files'
import { importActivities } from './import-activities'
import { importCompanies } from './import-companies'
import { importContacts } from './import-contacts'
import { bestOf, type ImportRow, type KindContext, type KindImport } from './import-kind'
import { importLeads } from './import-leads'
import { importUsers } from './import-users'
import { createLookups } from './lookups'
import { createPauses, letOthersGo } from './pauses'
import { type CellProblem, createRowReader, newFieldTypes } from './read-values'
import { createCheckStore, createRowStore, type RowStore, type StoredRow } from './row-store'
import type { Run, Runs } from './runs'
import { surveyColumns } from './survey'

export interface ImportWork {
  ground: Ground
  runs: Runs
  files: ImportFiles
  actor: Actor
  run: Run
  /** Aborts between two transactions. */
  signal: AbortSignal
}

/** Records of one transaction: few enough that whoever waits meanwhile does not notice. */
const recordsAtOnce = 200
const problemsKept = 100
/** Milliseconds between two words of a check about how far it is. */
const savedEvery = 200

/**
 * Works a run off from where it stands and leaves it done or checked. What it was asked to do is in `run`;
 * what it does is counted there.
 * @throws the signal's reason when aborted; the run is saved as far as it came
 */
export async function workImport({ ground, runs, files, actor, run, signal }: ImportWork) {
  const { database, workspace } = ground
  const { encoding, delimiter, hasHeader } = run.options
  const file = await files.readAs(run.fileId, {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(hasHeader !== undefined && { hasHeader }),
  })
  const path = files.pathOf(file.id)
  const { progress } = run
  const custom = customFieldsOf(ground, run)
  const survey = await surveyFile(files, file, run, custom, signal)
  const currency = run.options.currency ?? workspace.currency()
  const lookups = createLookups(ground, {
    actor,
    options: run.options,
    unknowns: progress.unknowns,
    dryRun: run.dryRun,
  })
  const newFields = newFieldTypes({ mapping: run.mapping, custom }, survey)
  const kind = kindOf(run, {
    ground,
    actor,
    options: run.options,
    mapping: run.mapping,
    lookups,
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
    now: ground.clock.now(),
  })
  const check = run.dryRun ? createCheckStore(kind.table, ground.clock.now()) : undefined
  let since = performance.now()
  /** The last record that was taken up. */
  let taken = run.dryRun ? 0 : run.recordsDone

  // One transaction -----------------------------------------------------------------------------

  const reject = database.prepare(
    'insert into import_rejection (run_id, line, cells, reason) values (?, ?, ?, ?)',
  )

  function save(recordsDone: number) {
    const now = performance.now()
    progress.milliseconds += now - since
    since = now
    run.recordsDone = recordsDone
    runs.save(run)
  }

  function takeUp(records: ReadRecord[], rows: RowStore) {
    kind.refresh?.(lookups.refresh())
    for (const record of records) {
      takeRecord(record, rows)
      const { problems, warnings } = record.row
      for (const problem of warnings.slice(0, problemsKept - progress.warnings.length))
        progress.warnings.push({ line: record.line, ...problem })
      if (problems.length === 0) continue
      progress.rejected++
      for (const problem of problems.slice(0, problemsKept - progress.problems.length))
        progress.problems.push({ line: record.line, ...problem })
      rejected.push(record)
    }
    rows.flush()
  }

  let rejected: ReadRecord[] = []
  function writeRejected() {
    for (const { line, cells, row } of rejected) {
      const reason = row.problems.map((problem) => problem.message).join('; ')
      reject.run(run.id, line, JSON.stringify(cells), reason)
    }
    rejected = []
  }

  function takeRecord({ row }: ReadRecord, rows: RowStore) {
    if (row.problems.length > 0) return
    if (kind.refersToItsKind?.(row.values)) rows.flush()
    const match = run.options.onDuplicate === 'add' ? undefined : findMatch(row, rows)
    if (!match) {
      const columns = kind.create(row, rows)
      if (!columns) return
      rows.add({ id: rows.newId(), ...columns }, kind.tokens(row))
      progress.created++
      return
    }
    if (match.row.deleted_at !== null) {
      row.problems.push({
        column: null,
        value: '',
        message: `This ${kind.noun} is in the trash: restore it or purge it`,
      })
      return
    }
    const stub = progress.state.stubs.indexOf(match.row.id)
    if (stub < 0) {
      progress.matchedBy[match.key] = (progress.matchedBy[match.key] ?? 0) + 1
      if (run.options.onDuplicate === 'skip') {
        progress.skipped++
        return
      }
    }
    const patch = kind.patch(row, match.row, rows)
    if (!patch) return
    if (kind.refersToItsKind?.(row.values)) rows.flush()
    const differs = rows.update(match.row, patch, kind.tokens(row))
    if (stub >= 0) {
      progress.state.stubs.splice(stub, 1)
      progress.created++
    } else if (differs) progress.updated++
    else progress.unchanged++
  }

  /** The strongest key that leads to a row; one in the trash only where none leads to another. */
  function findMatch(row: Row, rows: RowStore): { key: string; row: StoredRow } | undefined {
    let trashed: { key: string; row: StoredRow } | undefined
    for (const key of kind.keys(row)) {
      const added = rows.added(key.token)
      if (added) return { key: key.name, row: added }
      const found = bestOf(key.find())
      if (!found) continue
      if (found.deleted_at === null) return { key: key.name, row: rows.current(found) }
      trashed ??= { key: key.name, row: found }
    }
    return trashed
  }

  function commit(records: ReadRecord[]) {
    const last = records.at(-1)?.number ?? taken
    taken = last
    if (check) {
      takeUp(records, check)
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
      takeUp(records, createRowStore(database, writer, kind.table))
      writeRejected()
      writer.label = label(progress.created + progress.updated)
      save(last)
    })
    lookups.settle()
  }

  // The file ------------------------------------------------------------------------------------

  type Row = ImportRow<object>
  interface ReadRecord {
    number: number
    line: number
    cells: string[]
    row: Row
  }

  const { columns } = file.form
  function read(record: {
    number: number
    line: number
    values: string[]
    problem?: RecordProblem
  }): ReadRecord {
    const { number, line, values: cells, problem } = record
    const { values, problems } = problem
      ? { values: {}, problems: [notARecord(problem, cells)] }
      : readValues(cells)
    return {
      number,
      line,
      cells,
      row: {
        values,
        problems,
        warnings: [],
        cells: () =>
          columns.flatMap((column, index) => {
            const cell = cells[index]?.trim() ?? ''
            return cell === '' ? [] : [[column, cell] as [string, string]]
          }),
      },
    }
  }

  try {
    const pause = createPauses()
    let waiting: ReadRecord[] = []
    const onProgress = (bytes: number) => {
      progress.bytesDone = Math.min(bytes, file.bytes)
    }
    const from = run.dryRun ? 1 : run.recordsDone + 1
    for await (const record of readRecords(path, file.form, { signal, from, onProgress })) {
      waiting.push(read(record))
      if (waiting.length < recordsAtOnce) {
        await pause()
        continue
      }
      commit(waiting)
      waiting = []
      await letOthersGo()
      signal.throwIfAborted()
    }
    progress.bytesDone = file.bytes
    run.state = run.dryRun ? 'checked' : 'done'
    run.finishedAt = ground.clock.now()
    commit(waiting)
    return { file, changed: progress.created + progress.updated > 0 }
  } finally {
    check?.close()
  }
}

const notARecord = ({ code, message }: RecordProblem, cells: string[]): CellProblem => ({
  column: null,
  value: cells.join(', ').slice(0, 200),
  message: code === 'ragged' ? `The row has ${message}` : `The row cannot be read: ${message}`,
})

function kindOf(run: Run, context: KindContext): KindImport<object> {
  switch (run.kind) {
    case 'companies':
      return importCompanies(context)
    case 'contacts':
      return importContacts(context)
    case 'leads':
      return importLeads(context)
    case 'activities':
      return importActivities(context)
    case 'users':
      return importUsers(context)
  }
}

export function customFieldsOf({ database }: Ground, { kind }: Pick<Run, 'kind'>): CustomField[] {
  const table = customTables[kind]
  if (!table) return []
  return database
    .all<{
      id: string
      table_name: CustomField['table']
      key: string
      label: string
      type: CustomField['type']
      choices: string
      position: number
    }>('select * from custom_field where table_name = ? order by position', table)
    .map(({ table_name, choices, ...field }) => ({
      ...field,
      table: table_name,
      choices: JSON.parse(choices),
    }))
}

const surveyedTypes: readonly string[] = ['date', 'instant', 'integer', 'money', 'probability']

/** What the whole file says about its columns of dates and numbers; looked up once a file. */
async function surveyFile(
  files: ImportFiles,
  file: KeptFile,
  run: Run,
  custom: readonly CustomField[],
  signal: AbortSignal,
) {
  const typeOf = (name: string) => fieldsByKind[run.kind].find((field) => field.name === name)?.type
  const wanted = Object.entries(run.mapping)
    .filter(([name]) => {
      if (!name.startsWith('custom.')) return surveyedTypes.includes(typeOf(name) ?? '')
      const known = custom.find((field) => `custom.${field.key}` === name)
      return !known || known.type === 'number' || known.type === 'date'
    })
    .flatMap(([, columns]) => columns)
  const missing = [...new Set(wanted)].filter((column) => !(column in file.survey))
  if (missing.length > 0) {
    const found = await surveyColumns(files.pathOf(file.id), file.form, missing, signal)
    file.survey = { ...file.survey, ...found }
    files.keep(file)
  }
  return file.survey
}
