/** One import at work: reads the file record by record and writes it in small transactions, all of one action. */
import { getTableName } from 'drizzle-orm'
import type { CustomField } from '../../contract/settings'
import type { ImportKind } from '../../contract/words'
import type { Actor } from '../kernel/actor'
import { addressScope } from '../kernel/address-scope'
import type { Clause } from '../kernel/conditions'
import type { Writer } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import type { RowScope } from '../kernel/write-rights'
import { mailbox } from '../opt-outs/opt-outs'
import { isAddedColumn } from './added-columns'
import { type CellProblem, shownOf } from './cells'
import { isKindColumn } from './contact-channels'
import { type RecordProblem, readRecords } from './csv/read-records'
import { derivedLabels } from './export-columns'
import type { ContactValues } from './fields/contact-fields'
import { customTables, fieldsByKind } from './fields/fields'
import type { ImportFiles, KeptFile } from './files'
import { importActivities } from './import-activities'
import { importCompanies } from './import-companies'
import { importContacts } from './import-contacts'
import { importCustomers } from './import-customers'
import { bestOf, type ImportRow, type Key, type KindContext, type KindImport } from './import-kind'
import { importLeads } from './import-leads'
import { importQuotes } from './import-quotes'
import { importTasks } from './import-tasks'
import { importUsers } from './import-users'
import { createLookups } from './lookups/lookups'
import { normaliseName } from './names'
import { createOwnIds } from './own-ids'
import { createPauses, letOthersGo } from './pauses'
import { createRowReader, isOwnFile, newFieldTypes, type ReaderOptions } from './read-values'
import { isEmail } from './references'
import { createCheckStore, createRowStore, type RowStore, type StoredRow } from './row-store'
import type { Run, Runs } from './runs'
import { type StageFacts, surveyStages } from './stage-order'
import { type Survey, surveyColumns } from './survey'

export interface ImportWork {
  ground: Ground
  runs: Runs
  files: ImportFiles
  ownScopes: OwnScopes
  actor: Actor
  run: Run
  /** Aborts between two transactions. */
  signal: AbortSignal
  optOuts: ImportedOptOuts
}

/** Where addresses go whose people do not want to be written to. */
export interface ImportedOptOuts {
  has(address: string): boolean
  /** Answers how many are new. No undo takes them back. */
  add(actor: Actor, addresses: readonly string[], fileName: string): number
}

/** The rows of each kind that an actor may change many of at once; where none is named, all. */
export type OwnScopes = { [K in ImportKind]?: RowScope }

/** Records of one transaction: few enough that whoever waits meanwhile does not notice. */
const recordsAtOnce = 200
/** Kinds of which a rep is not even told that somebody else has one. */
const hidden: readonly ImportKind[] = ['customers', 'quotes', 'tasks']
const problemsKept = 100
/** Milliseconds between two words of a check about how far it is. */
const savedEvery = 200

/**
 * Works a run off from where it stands and leaves it done or checked. What it was asked to do is in `run`;
 * what it does is counted there.
 * @throws the signal's reason when aborted; the run is saved as far as it came
 */
export async function workImport({
  ground,
  runs,
  files,
  ownScopes,
  actor,
  run,
  signal,
  optOuts,
}: ImportWork) {
  const { database, workspace } = ground
  const { encoding, delimiter, hasHeader, headerLine } = run.options
  const file = await files.readAs(run.fileId, {
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(hasHeader !== undefined && { hasHeader }),
    ...(headerLine !== undefined && { headerLine }),
  })
  const path = files.pathOf(file.id)
  const { progress } = run
  const custom = customFieldsOf(ground, run)
  const survey = await surveyFile(files, file, run, custom, signal)
  const currency = run.options.currency ?? workspace.currency()
  const ownIds = createOwnIds(ground, {
    actor,
    kind: run.kind,
    isOwnFile: isOwnFile(run.mapping),
  })
  const lookups = createLookups(ground, {
    ownIds,
    actor,
    options: run.options,
    unknowns: progress.unknowns,
    dryRun: run.dryRun,
    idFields: idFieldsOf(run, survey),
    stages: await stagesOf(path, file, run, survey, signal, {
      zone: workspace.timezone(),
      currency,
      now: ground.clock.now(),
    }),
    state: progress.state,
  })
  const newFields = newFieldTypes(
    { mapping: run.mapping, custom, columns: file.form.columns },
    survey,
  )
  const kind = kindOf(run, {
    ground,
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
    now: ground.clock.now(),
    doubted: new Set(progress.warnings.flatMap(({ column }) => column ?? [])),
  })
  const countMade = (table: string) => {
    progress.made[table] = (progress.made[table] ?? 0) + 1
  }
  const check = run.dryRun
    ? createCheckStore(database, kind.table, ground.clock.now(), countMade)
    : undefined
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

  function takeUp(records: ReadRecord[], rows: RowStore, isLast: boolean) {
    kind.refresh?.(lookups.refresh())
    for (const record of records) {
      takeRecord(record, rows)
      const { problems, warnings } = record.row
      for (const problem of warnings.slice(0, problemsKept - progress.warnings.length))
        progress.warnings.push({ line: record.line, ...problem })
      if (problems.length === 0) {
        countReferences(record.row)
        continue
      }
      progress.rejected++
      for (const problem of problems.slice(0, problemsKept - progress.problems.length))
        progress.problems.push({ line: record.line, ...problem })
      rejected.push(record)
    }
    if (isLast) kind.finish?.(rows)
    rows.end()
  }

  function countReferences({ references }: Row) {
    for (const { field, label, outcome } of references) {
      const counted = progress.references[field] ?? { label, linked: 0, created: 0, left: 0 }
      counted[outcome]++
      progress.references[field] = counted
    }
  }

  let rejected: ReadRecord[] = []
  function writeRejected() {
    for (const { line, cells, row } of rejected) {
      const reason = row.problems.map((problem) => problem.message).join('; ')
      reject.run(run.id, line, JSON.stringify(cells), reason)
    }
    rejected = []
  }

  function takeRecord({ row, line }: ReadRecord, rows: RowStore) {
    if (row.problems.length > 0) return
    if (kind.refersToItsKind?.(row.values)) rows.flush()
    const match = run.options.onDuplicate === 'add' ? undefined : findMatch(row, rows)
    if (!match) {
      const columns = kind.create(row, rows)
      if (!columns) return
      const record = { id: rows.newId(), ...columns }
      rows.add(record, kind.tokens(row))
      if (kind.differs) rows.keepLine(record.id, line)
      kind.isThere?.(row, record.id, rows, true)
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
    if (kind.differs) tellOfSame(row, line, match, rows)
    const stub = progress.state.stubs.indexOf(match.row.id)
    if (stub < 0) {
      progress.matchedBy[match.key] = (progress.matchedBy[match.key] ?? 0) + 1
      if (run.options.onDuplicate === 'skip') {
        kind.isThere?.(row, match.row.id, rows, false)
        progress.skipped++
        return
      }
    }
    if (!mayUpdate(match.row)) {
      row.problems.push({
        column: null,
        value: '',
        message: `This ${kind.noun} is here already and belongs to somebody else`,
      })
      return
    }
    const patch = kind.patch(row, match.row, rows)
    if (!patch) return
    if (kind.refersToItsKind?.(row.values)) rows.flush()
    const differs = rows.update(match.row, patch, kind.tokens(row))
    kind.isThere?.(row, match.row.id, rows, true)
    if (stub >= 0) {
      progress.state.stubs.splice(stub, 1)
      progress.created++
    } else if (differs) progress.updated++
    else progress.unchanged++
  }

  /** An import changes many rows at once: a rep's only what is its own. */
  const mayUpdate = (row: StoredRow): boolean => isWithin(row, ownScopes[run.kind]?.(actor, 'one'))
  /** What the actor does not see is not found either. */
  const isSeen = (row: StoredRow): boolean => {
    if (run.kind === 'companies') return isWithin(row, addressScope(workspace, 'company')(actor))
    if (run.kind === 'contacts') return isWithin(row, addressScope(workspace, 'contact')(actor))
    return !hidden.includes(run.kind) || mayUpdate(row)
  }

  /** What is not stored yet was made by this import. */
  const isWithin = ({ id }: StoredRow, scope: Clause | undefined): boolean =>
    !scope ||
    database.get(
      `select 1 from ${getTableName(kind.table)} where id = ? and (${scope.sql}) is not true`,
      id,
      ...scope.parameters,
    ) === undefined

  interface Match {
    key: string
    row: StoredRow
  }
  /** A row that says which record of ours it is means no other one that says the same of itself. */
  function isMeant({ values }: Row, key: Key, found: StoredRow): boolean {
    if (!('id' in values) || key.name === 'id' || found.external_id === values.id) return true
    return progress.state.stubs.includes(found.id) || !ownIds.cameWithItsId(kind.table, found)
  }

  /** The strongest key that leads to a row; one in the trash only where none leads to another. */
  function findMatch(row: Row, rows: RowStore): Match | undefined {
    let trashed: Match | undefined
    for (const key of kind.keys(row)) {
      const found = new Map([...rows.added(key.token), ...key.find()].map((one) => [one.id, one]))
      const seen = [...found.values()].filter((one) => isSeen(one) && isMeant(row, key, one))
      const there = seen.filter((one) => one.deleted_at === null).map(rows.current)
      const best = key.isWeak ? sameAs(row, key, there, rows) : bestOf(there)
      if (best) return { key: key.name, row: best }
      const other = bestOf(seen)
      if (other && other.deleted_at !== null) trashed ??= { key: key.name, row: other }
    }
    return trashed
  }

  /**
   * Of records with the same name one that the row does not contradict, else one that no other row of the file is
   * already; where there is none, the row is another record.
   */
  function sameAs(row: Row, key: Key, there: StoredRow[], rows: RowStore): StoredRow | undefined {
    const differences = new Map(there.map((one) => [one, kind.differs?.(row, one)]))
    const same = bestOf(there.filter((one) => !differences.get(one)))
    const best = same ?? bestOf(there.filter((one) => rows.lineOf(one.id) === undefined))
    const first = best ? undefined : bestOf(there)
    if (first)
      tell(
        row,
        key.name,
        `Same ${keyWords[key.name] ?? key.name} as line ${rows.lineOf(first.id)}, but another ${differences.get(first)}: kept as two ${kind.nouns}`,
      )
    return best
  }

  /** Two rows of the file are one record: whoever wrote it may have meant two. */
  function tellOfSame(row: Row, line: number, match: Match, rows: RowStore) {
    const before = rows.lineOf(match.row.id)
    if (before === undefined) rows.keepLine(match.row.id, line)
    else
      tell(
        row,
        match.key,
        `Same ${keyWords[match.key] ?? match.key} as line ${before}: taken as one ${kind.noun}`,
      )
  }

  function tell(row: Row, key: string, message: string) {
    const from = [key, 'fullName', 'lastName', 'firstName'].find((field) => run.mapping[field])
    const column = run.mapping[from ?? '']?.[0] ?? null
    const value = row.cells().find(([name]) => name === column)?.[1] ?? ''
    row.warnings.push({ column, value: shownOf(value), message })
  }

  /** In a check: those that would be new. */
  const wouldOptOut = new Set<string>()
  /** Before the rows, and whatever becomes of them: somebody who is written to again is worse than one too many here. */
  function takeOptOuts(records: ReadRecord[]) {
    const addresses = records.flatMap(({ row }) => optedOutOf(row.values))
    if (addresses.length === 0) return
    if (!check) {
      progress.optOuts += optOuts.add(actor, addresses, file.name)
      return
    }
    for (const address of addresses) if (!optOuts.has(address)) wouldOptOut.add(mailbox(address))
    progress.optOuts = wouldOptOut.size
  }

  function commit(records: ReadRecord[], isLast = false) {
    const last = records.at(-1)?.number ?? taken
    taken = last
    takeOptOuts(records)
    if (check) {
      takeUp(records, check, isLast)
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
      takeUp(records, createRowStore(database, writer, kind, run.id, countMade), isLast)
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
  const unused = new Set(unusedColumns(run, columns))
  for (const column of progress.leftOut) unused.delete(column)
  /** Columns that feed no field and were blank so far. */
  const blank = new Map([...columns.entries()].filter(([, column]) => unused.has(column)))
  function read(record: {
    number: number
    line: number
    values: string[]
    problem?: RecordProblem
  }): ReadRecord {
    const { number, line, values: cells, problem } = record
    for (const [index, column] of blank)
      if (cells[index]?.trim()) {
        progress.leftOut.push(column)
        blank.delete(index)
      }
    const { values, problems, warnings } = problem
      ? { values: {}, problems: [notARecord(problem, cells)], warnings: [] }
      : readValues(cells)
    return {
      number,
      line,
      cells,
      row: {
        values,
        problems,
        warnings,
        references: [],
        cell: (field) => cells[columns.indexOf(run.mapping[field]?.[0] ?? '')]?.trim() ?? '',
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
    commit(waiting, true)
    return { file, changed: progress.created + progress.updated > 0 }
  } finally {
    check?.close()
  }
}

/** The addresses of a person whose row says that it must not be written to. */
function optedOutOf({ optedOut, email, others }: ContactValues): string[] {
  if (optedOut !== 'yes') return []
  const further = (others ?? []).map(({ value }) => value).filter(isEmail)
  return [...(email === undefined ? [] : [email]), ...further]
}

/** Columns that only rule how others are read, and those that Rapport itself adds to a file, are not missed. */
function unusedColumns({ kind, mapping }: Run, columns: readonly string[]): string[] {
  const used = new Set(Object.values(mapping).flat())
  return columns.filter(
    (column) =>
      !used.has(column) &&
      !isAddedColumn(column) &&
      !derivedLabels(kind).includes(column) &&
      !(kind === 'contacts' && !isOwnFile(mapping) && isKindColumn(column, columns, mapping)),
  )
}

/** Keys as a sentence has them. */
const keyWords: Readonly<Record<string, string>> = {
  id: 'Rapport ID',
  externalId: 'external ID',
  email: 'e-mail',
  title: 'title and company',
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
    case 'customers':
      return importCustomers(context)
    case 'quotes':
      return importQuotes(context)
    case 'tasks':
      return importTasks(context)
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

/** The stages of a file of leads, and when their leads were created, for the order of those to be made. */
async function stagesOf(
  path: string,
  { form }: KeptFile,
  { kind, mapping, options }: Run,
  survey: Survey,
  signal: AbortSignal,
  surroundings: Pick<ReaderOptions, 'zone' | 'currency' | 'now'>,
): Promise<StageFacts[]> {
  if (kind !== 'leads' || !mapping.stage) return []
  const { stage, createdAt, stageEnteredAt } = mapping
  const when = createdAt ?? stageEnteredAt
  const read = createRowReader({
    ...surroundings,
    kind,
    mapping: { stage, ...(when && { createdAt: when }) },
    columns: form.columns,
    options,
    survey,
    custom: [],
    doubted: new Set(),
  })
  return surveyStages(path, form, (cells) => read(cells).values, signal)
}

/** Fields that name other records. */
const referenceFields = 'company contact parent owner lead customer user createdBy manager'.split(
  ' ',
)

/** Those whose column holds ids of another program, by its values or its name. */
const idFieldsOf = ({ mapping }: Run, survey: Survey): ReadonlySet<string> =>
  new Set(
    referenceFields.filter((field) => {
      const [column, another] = mapping[field] ?? []
      if (column === undefined || another !== undefined) return false
      return survey[column]?.ids || /\bids?$/.test(normaliseName(column))
    }),
  )

const surveyedTypes: readonly string[] = [
  'date',
  'instant',
  'integer',
  'number',
  'money',
  'probability',
]

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
      if (referenceFields.includes(name)) return true
      if (!name.startsWith('custom.')) return surveyedTypes.includes(typeOf(name) ?? '')
      const known = custom.find((field) => `custom.${field.key}` === name)
      return !known || known.type === 'number' || known.type === 'date'
    })
    .flatMap(([, columns]) => columns)
  // Columns that feed nothing still show how the file writes its decimals.
  const used = new Set(Object.values(run.mapping).flat())
  if (wanted.length > 0) wanted.push(...file.form.columns.filter((column) => !used.has(column)))
  const missing = [...new Set(wanted)].filter((column) => !Object.hasOwn(file.survey, column))
  if (missing.length > 0) {
    const found = await surveyColumns(files.pathOf(file.id), file.form, missing, signal)
    file.survey = { ...file.survey, ...found }
    files.keep(file)
  }
  return file.survey
}
