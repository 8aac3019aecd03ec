/** What each operation may take at p99 in the core, in milliseconds: docs/performance.md prints it beside the figure. */
import type { Operation } from './operation'

/** A frame for what somebody waits for; a second for reports and for what is done in bulk. */
const usual = { read: 16, write: 16, report: 1000, bulk: 1000 }

const own: Record<string, number> = {
  'choices of lead filters': 8,
  'calendar, a week of everybody': 50,
  'statistics of all activities': 50,
  'statistics of a year': 50,
  'conversion rates': 100,
  'cadence analytics': 200,
  'cadences side by side': 200,
  'suggestions of a person': 16,
  'change 1,000 leads': 300,
  'undo changing 1,000 leads': 300,
  'planning after three weeks away': 3000,
}

export const limitOf = ({ name, kind }: Pick<Operation, 'name' | 'kind'>): number =>
  own[name] ?? usual[kind]

/** Core ÷ SQL that a list may have, and what imports and memory are held to. */
export const limits = {
  importedRowsPerSecond: 5000,
  importedWideRowsPerSecond: 2500,
  memoryWhileImporting: 300,
  memoryAfterReads: 200,
  /** Milliseconds that a call may wait behind what the core does by itself. */
  waiting: 50,
}
