/** Problems and warnings of a row, with the column they are about. */
import type { Mapping } from '../../../../contract/transfer/import'
import type { CellProblem } from '../values/cells'
import type { ImportRow } from './import-kind'

/** The problem of a field, under the column it comes from. */
export function problemOf(
  mapping: Mapping,
  field: string,
  label: string,
  value: string,
  message: string,
): CellProblem {
  return {
    column: mapping[field]?.[0] ?? null,
    value: value.slice(0, 200),
    message: `${label} ${message}`,
  }
}

/** Notes why a row cannot be imported. */
export const createRefusal =
  (mapping: Mapping) =>
  (row: ImportRow<unknown>, field: string, label: string, value: string, message: string) =>
    void row.problems.push(problemOf(mapping, field, label, value, message))
