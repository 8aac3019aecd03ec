/** Reads a whole file once to learn of its columns what no single value can tell. */
import type { CustomFieldType } from '../../contract/words'
import type { ColumnHintsFinder } from './csv/column-hints'
import type { FileForm } from './csv/file-form'
import {
  createColumnHintsFinder,
  type DateOrder,
  type DecimalSeparator,
  type ProbabilityScale,
  parseDate,
} from './csv/parse-values'
import { readRecords } from './csv/read-records'
import { createPauses } from './pauses'

export interface ColumnSurvey {
  dateOrder?: DateOrder
  decimalSeparator?: DecimalSeparator
  probabilityScale?: ProbabilityScale
  /** What a new custom field made from the column would hold: every value of it fits. */
  type: Exclude<CustomFieldType, 'choice'>
}
/** By the column's name. */
export type Survey = Record<string, ColumnSurvey>

export type ReadForm = Omit<FileForm, 'sampleRows' | 'firstRecord'>

/** @param columns those worth knowing about */
export async function surveyColumns(
  path: string,
  form: ReadForm,
  columns: readonly string[],
  signal: AbortSignal,
): Promise<Survey> {
  const finders = columns.map((column) => ({
    column,
    index: form.columns.indexOf(column),
    hints: createColumnHintsFinder(),
    type: createTypeFinder(),
  }))
  const pause = createPauses()
  if (finders.length > 0)
    for await (const { values, problem } of readRecords(path, form, { signal })) {
      if (!problem)
        for (const finder of finders) {
          const cell = values[finder.index] ?? ''
          if (cell === '') continue
          finder.hints.add(cell)
          finder.type.add(cell)
        }
      await pause()
    }
  return Object.fromEntries(
    finders.map(({ column, hints, type }) => [column, surveyOf(hints, type)]),
  )
}

function surveyOf(finder: ColumnHintsFinder, type: TypeFinder): ColumnSurvey {
  const { dateOrder, decimalSeparator, probabilityScale } = finder.hints()
  return {
    ...(dateOrder && { dateOrder }),
    ...(decimalSeparator && { decimalSeparator }),
    ...(probabilityScale && { probabilityScale }),
    type: type.found(dateOrder),
  }
}

type TypeFinder = ReturnType<typeof createTypeFinder>

/** What all values of a column have in common. Numbers with leading zeros are codes, not numbers. */
function createTypeFinder() {
  let values = 0
  let number = true
  let boolean = true
  const date = { iso: true, dmy: true, mdy: true }

  return {
    add(cell: string) {
      const text = cell.trim()
      if (text === '') return
      values++
      number &&= /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text)
      boolean &&= /^(true|false|yes|no)$/i.test(text)
      date.iso &&= /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDate(text).value !== undefined
      for (const dateOrder of ['dmy', 'mdy'] as const)
        date[dateOrder] &&=
          /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/.test(text) &&
          parseDate(text, { dateOrder }).value !== undefined
    },
    found(dateOrder: DateOrder | undefined): ColumnSurvey['type'] {
      if (values === 0) return 'text'
      if (number) return 'number'
      if (boolean) return 'boolean'
      if (date.iso) return 'date'
      if ((dateOrder === 'dmy' || dateOrder === 'mdy') && date[dateOrder]) return 'date'
      return 'text'
    },
  }
}
