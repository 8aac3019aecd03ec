/** Reads a whole file once to learn of its columns what no single value shows. */
import type { CustomFieldType } from '../../../../contract/kernel/words'
import { type ReadForm, readRecords } from '../csv/read-records'
import { createPauses } from '../runs/pauses'
import type { ColumnHintsFinder } from '../values/column-hints'
import { normaliseName } from '../values/name-words'
import {
  createColumnHintsFinder,
  type DateOrder,
  type DecimalSeparator,
  type ProbabilityScale,
  parseDate,
} from '../values/parse-values'
import { mayBeId } from '../values/references'

export interface ColumnSurvey {
  dateOrder?: DateOrder
  decimalSeparator?: DecimalSeparator
  probabilityScale?: ProbabilityScale
  /** The values are ids, or nearly all of them. */
  ids?: true
  /** What a new custom field made from the column would hold: every value of it fits. */
  type: Extract<CustomFieldType, 'text' | 'number' | 'date' | 'boolean'>
}
/** By the column's name. */
export type Survey = Record<string, ColumnSurvey>

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
    type: createTypeFinder(column),
    ids: createIdFinder(),
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
          finder.ids.add(cell)
        }
      await pause()
    }
  return Object.fromEntries(
    finders.map(({ column, hints, type, ids }) => [
      column,
      { ...surveyOf(hints, type), ...(ids.found() && { ids: true as const }) },
    ]),
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

/** Two different ones at least: a file about O2 alone is about a company. */
function createIdFinder() {
  let values = 0
  let ids = 0
  let first: string | undefined
  let areDifferent = false
  return {
    add(cell: string) {
      const value = cell.trim()
      if (value === '') return
      values++
      if (!mayBeId(value)) return
      ids++
      first ??= value
      areDifferent ||= value !== first
    },
    found: () => areDifferent && ids >= values * 0.8,
  }
}

type TypeFinder = ReturnType<typeof createTypeFinder>

/** A name that asks a question, so that 1 and 0 are its answers. */
const asksYesOrNo = (column: string): boolean =>
  /^(is|has|had|was|can|do not|dont|don t|no longer)\b|\bopt(ed)? ?(in|out)\b|\b(un)?subscribed\b|^(in)?active$/.test(
    normaliseName(column),
  )

/** What all values of a column have in common. Numbers with leading zeros are codes, not numbers. */
function createTypeFinder(column: string) {
  const answers = asksYesOrNo(column)
    ? /^(true|false|yes|no|y|n|0|1)$/i
    : /^(true|false|yes|no|y|n)$/i
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
      boolean &&= answers.test(text)
      date.iso &&= /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDate(text).value !== undefined
      for (const dateOrder of ['dmy', 'mdy'] as const)
        date[dateOrder] &&=
          /^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/.test(text) &&
          parseDate(text, { dateOrder }).value !== undefined
    },
    found(dateOrder: DateOrder | undefined): ColumnSurvey['type'] {
      if (values === 0) return 'text'
      if (boolean) return 'boolean'
      if (number) return 'number'
      if (date.iso) return 'date'
      if ((dateOrder === 'dmy' || dateOrder === 'mdy') && date[dateOrder]) return 'date'
      return 'text'
    },
  }
}
