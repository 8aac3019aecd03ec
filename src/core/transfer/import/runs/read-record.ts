/** Records of a file as rows of values, and which of its columns are left out. */

import { derivedLabels } from '../../export/export'
import { isAddedColumn } from '../columns/added-columns'
import type { RecordProblem } from '../csv/read-records'
import type { ImportRow } from '../kinds/import-kind'
import type { CellProblem } from '../values/cells'
import { isKindColumn } from '../values/contact-channels'
import { type createRowReader, isOwnFile } from '../values/read-values'
import type { KeptFile } from './files'
import type { Run } from './run'

/** One record of the file. */
export interface ReadRecord {
  number: number
  line: number
  cells: string[]
  row: ImportRow<object>
}

/** Counts columns that feed no field among what the run left out, once they have a value. */
export function createRecordReader(
  run: Run,
  file: KeptFile,
  readValues: ReturnType<typeof createRowReader>,
) {
  const { progress } = run
  const { columns } = file.form
  const unused = new Set(unusedColumns(run, columns))
  for (const column of progress.leftOut) unused.delete(column)
  /** Columns that feed no field and were blank so far. */
  const blank = new Map([...columns.entries()].filter(([, column]) => unused.has(column)))
  return function read(record: {
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

const notARecord = ({ code, message }: RecordProblem, cells: string[]): CellProblem => ({
  column: null,
  value: cells.join(', ').slice(0, 200),
  message: code === 'ragged' ? `The row has ${message}` : `The row cannot be read: ${message}`,
})
