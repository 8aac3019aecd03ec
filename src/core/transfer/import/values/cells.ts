/** Cells of a record as they are in the file, before a field reads them. */
import { restoreNeutralised } from '../../format/write-csv'

export interface CellProblem {
  column: string | null
  value: string
  /** A sentence that names the field. */
  message: string
}

/** What a spreadsheet guard or a database dump put in the place of the value. @param isOwn no dump, but our file */
export function textOf(cell: string | undefined, isOwn = false): string {
  if (!cell || (!isOwn && (cell === 'NULL' || cell === '\\N'))) return ''
  return cell.charCodeAt(0) === 39 ? restoreNeutralised(cell) : cell
}

/** Enough of a cell to recognise it by. */
export const shownOf = (cell: string): string =>
  cell.length > 200 ? `${cell.slice(0, 199)}…` : cell
