/** Imports the records of a file: each is made, changed, skipped or rejected, and counted. */
import type { Database } from '../../../kernel/database/database'
import type { ImportRow, KindImport } from '../kinds/import-kind'
import type { Lookups } from '../lookups/lookups'
import type { Matcher } from '../recognise/find-match'
import type { ReadRecord } from './read-record'
import type { RowStore } from './row-store'
import type { Run } from './run'

type Row = ImportRow<object>

const problemsKept = 100

export function createRecordTaker(
  database: Database,
  {
    run,
    kind,
    lookups,
    matcher,
  }: { run: Run; kind: KindImport<object>; lookups: Lookups; matcher: Matcher },
) {
  const { progress } = run
  const { findMatch, mayUpdate, warnOfSame } = matcher
  const reject = database.prepare(
    'insert into import_rejection (run_id, line, cells, reason) values (?, ?, ?, ?)',
  )

  /** The records of one transaction. */
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
  /** To be called in the transaction that the records were taken up in. */
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
    if (kind.differs) warnOfSame(row, line, match, rows)
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

  return { takeUp, writeRejected }
}
