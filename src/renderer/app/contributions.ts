/** What areas bring to screens of other areas: gathered by the shell and given to every route. */
import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { ExportDialogProps } from '../ui/list/definition'
import type { Area, PaletteAction } from './area'
import type { BulkAction } from './bulkActions'
import { type Read, readAll } from './reads'
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

/** What every route is given. */
export interface RouteContext extends Contributions {
  cache: QueryClient
}

interface LoaderInput {
  context: Contributions
}

interface PageInput {
  context: RouteContext
  params: { id: string }
}

/**
 * Loader of a page with timelines: what areas add to it is there before it shows, so that nothing jumps.
 * Activities are on the timelines of all others.
 */
export const loadRecordParts =
  (kind: PageKind) =>
  ({ context: { recordParts } }: LoaderInput) =>
    loaded(recordParts.filter(({ of }) => of.includes(kind) || of.includes('activity')))

/** Loader of a record's page: its parts, and what it shows first. */
export const loadRecordPage =
  (kind: PageKind, readRecord: (id: string) => Read) =>
  ({ context, params: { id } }: PageInput) => {
    const parts = context.recordParts.filter(({ of }) => of.includes(kind))
    const reads = parts.flatMap((part) => part.reads?.(kind, id) ?? [])
    const waiting = [
      readAll(context.cache, [readRecord(id), ...reads]),
      loadRecordParts(kind)({ context }),
    ].filter((one) => one !== undefined)
    return waiting.length > 0 ? Promise.all(waiting) : undefined
  }

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
