/** The state of an import, in words and marks. */
import type { Import } from '../../../../contract/transfer/import'

export type ImportState = Import['state']

/** Something is being done right now. */
export const isRunning = (state: ImportState) =>
  state === 'checking' || state === 'running' || state === 'undoing'

/** Rows of it are in the database. */
export const hasRows = ({ created, updated }: Pick<Import, 'created' | 'updated'>) =>
  created + updated > 0

/** It can be gone on with. */
export const canResume = ({ state, dryRun }: Pick<Import, 'state' | 'dryRun'>) =>
  !dryRun && (state === 'interrupted' || state === 'cancelled' || state === 'failed')

export const canUndo = (run: Pick<Import, 'state' | 'dryRun' | 'created' | 'updated'>) =>
  !run.dryRun &&
  hasRows(run) &&
  (run.state === 'done' ||
    run.state === 'cancelled' ||
    run.state === 'interrupted' ||
    run.state === 'failed')

/** How much of the file is read, 0–100. */
export const percentOf = ({ bytes, bytesDone }: Pick<Import, 'bytes' | 'bytesDone'>) =>
  bytes === 0 ? 100 : Math.min(100, (100 * bytesDone) / bytes)

export const stateTexts: Readonly<Record<ImportState, { label: string; color: string }>> = {
  checking: { label: 'Being checked', color: 'juniper' },
  checked: { label: 'Checked', color: 'gray' },
  running: { label: 'Running', color: 'juniper' },
  done: { label: 'Done', color: 'juniper' },
  cancelled: { label: 'Cancelled', color: 'amber' },
  interrupted: { label: 'Interrupted', color: 'amber' },
  failed: { label: 'Failed', color: 'red' },
  undoing: { label: 'Being undone', color: 'amber' },
  undone: { label: 'Undone', color: 'gray' },
}
