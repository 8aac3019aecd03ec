/** Finds in the values of one column what a single value does not show. */
import { type DateOrder, dateOrderIn } from './parse-dates'
import { type DecimalSeparator, decimalSeparatorIn, type ProbabilityScale } from './parse-numbers'

export interface ColumnHints {
  /** Left out where no value shows it; `mixed` where values contradict each other. */
  dateOrder?: DateOrder
  decimalSeparator?: DecimalSeparator
  /** How the column counts, if it is one of probabilities. */
  probabilityScale?: ProbabilityScale
  /** How many dates and numbers can be read only with the hint: those like 03/04/2017 and 1,234. */
  ambiguousDates: number
  ambiguousNumbers: number
  /** The first value that speaks for each order and each separator. */
  examples: Partial<Record<'dmy' | 'mdy' | 'ymd' | '.' | ',', string>>
}

export interface ColumnHintsFinder {
  add(cell: string): void
  /** What the values so far show. */
  hints(): ColumnHints
}

/** Takes the values of a column one by one, in constant memory, so that a whole file can be fed. */
export function createColumnHintsFinder(): ColumnHintsFinder {
  const examples: ColumnHints['examples'] = {}
  let ambiguousDates = 0
  let ambiguousNumbers = 0
  let fractions = 0
  let beyondOne = false

  return {
    add(cell) {
      // Long cells are notes; cells without a digit show nothing.
      if (cell.length > LONGEST || !/\d/.test(cell)) return
      const order = dateOrderIn(cell)
      if (order === 'either') ambiguousDates += 1
      else if (order) examples[order] ??= cell
      if (order) return

      const separator = decimalSeparatorIn(cell)
      if (separator === 'either') ambiguousNumbers += 1
      else if (separator) examples[separator] ??= cell

      const number = /^\s*(\d+)(?:[.,](\d+))?\s*(%?)\s*$/.exec(cell)
      if (!number) return
      if (number[3] || Number(number[1]) > 1) beyondOne = true
      else if (Number(number[1]) === 0 && Number(number[2] ?? 0) > 0) fractions += 1
    },
    hints() {
      const hints: ColumnHints = { ambiguousDates, ambiguousNumbers, examples: { ...examples } }
      const orders = (['dmy', 'mdy', 'ymd'] as const).filter((each) => examples[each] !== undefined)
      const separators = (['.', ','] as const).filter((each) => examples[each] !== undefined)
      const [order, otherOrder] = orders
      const [separator, otherSeparator] = separators
      if (order) hints.dateOrder = otherOrder ? 'mixed' : order
      if (separator) hints.decimalSeparator = otherSeparator ? 'mixed' : separator
      if (beyondOne) hints.probabilityScale = 'percent'
      else if (fractions > 0) hints.probabilityScale = 'fraction'
      return hints
    },
  }
}

/** The same for values in memory. */
export function findColumnHints(cells: Iterable<string>): ColumnHints {
  const finder = createColumnHintsFinder()
  for (const cell of cells) finder.add(cell)
  return finder.hints()
}

const LONGEST = 60
