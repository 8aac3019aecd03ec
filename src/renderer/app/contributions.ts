/** What areas bring to screens of other areas: gathered by the shell and given to every route. */
import type { ComponentType } from 'react'
import type { ExportDialogProps } from '../ui/list/definition'
import type { Area, PaletteAction } from './area'
import type { BulkAction } from './bulkActions'
import type { RecordPart } from './recordParts'
import type { PageKind } from './records'

export interface Contributions {
  recordParts: readonly RecordPart[]
  bulkActions: readonly BulkAction[]
  paletteActions: readonly PaletteAction[]
  ExportDialog: ComponentType<ExportDialogProps> | undefined
}

export const contributionsOf = (areas: readonly Area[]): Contributions => ({
  recordParts: areas.flatMap(({ recordParts }) => recordParts ?? []),
  bulkActions: areas
    .flatMap(({ bulkActions }) => bulkActions ?? [])
    .toSorted((one, other) => one.order - other.order),
  paletteActions: areas.flatMap(({ actions }) => actions ?? []),
  ExportDialog: areas.find(({ exportDialog }) => exportDialog)?.exportDialog,
})

interface LoaderInput {
  context: Contributions
}

/**
 * Loader of a record's page: what areas add to it is there before it shows, so that nothing jumps.
 * Activities are on the timelines of all others.
 */
export const loadRecordParts =
  (kind: PageKind) =>
  ({ context: { recordParts } }: LoaderInput) =>
    loaded(recordParts.filter(({ of }) => of.includes(kind) || of.includes('activity')))

/** Loader of a list, for the same reason. */
export const loadBulkActions =
  (kind: PageKind) =>
  ({ context: { bulkActions } }: LoaderInput) =>
    loaded(bulkActions.filter(({ of }) => of.includes(kind)))

/** Undefined where all of them are there already. */
function loaded(parts: readonly { component: { preload?: () => Promise<void> | undefined } }[]) {
  const waiting = parts.flatMap(({ component }) => component.preload?.() ?? [])
  return waiting.length > 0 ? Promise.all(waiting) : undefined
}
