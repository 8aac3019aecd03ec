/** What an area says about its list; everything else is the same for all. */
import type { Icon } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Comparison, Condition } from '../../../contract/kernel/conditions'
import type { ExportNarrowing } from '../../../contract/transfer/export'
import type { ExportPath, PageKind } from '../../app/records'
import type { FilterField, WrittenField } from '../fields'
import { sortOf } from './sort'
import type { ListState } from './state'

export interface ListColumn<Row> {
  /** Steady name: kept in views and preferences. */
  id: string
  label: string
  /** The core's name for sorting by it; without it the header is no button. */
  sort?: string
  /** In pixels, to begin with. */
  width: number
  align?: 'right'
  /** Not shown until asked for. */
  optional?: true
  /** Names of its columns in an exported file, where they are not its id; none for what is no fact, as a button. */
  exports?: readonly string[]
  render(row: Row): ReactNode
}

/** A filter one press away. */
export interface QuickChip {
  label: string
  icon?: Icon
  comparison: Comparison
  /** Its value moves with the clock: any comparison of this field and operator counts as it. */
  moving?: true
}

/** What many rows become: values by the names of fields in an update. */
export type BulkPatch = Record<string, unknown>

export type BulkAction =
  | { type: 'update'; patch: BulkPatch }
  | { type: 'delete' }
  | { type: 'addTags'; tags: string[] }
  | { type: 'removeTags'; tags: string[] }

export type BulkTarget =
  | { ids: string[] }
  | { where: { q?: string | undefined; filter?: Condition | undefined } }

/** Which rows are exported: named ones, or all that a search and a filter let through. */
export interface ExportWhat {
  q?: string | undefined
  filter?: Condition | undefined
  ids?: string[] | undefined
  /** What the tab of a list of tasks asks for besides. */
  tasks?: ExportNarrowing | undefined
}

export interface ExportDialogProps {
  kind: ExportPath
  what: ExportWhat
  /** How many they are. */
  count: number
  /** Every column the list has, in its order. */
  columns: readonly Pick<ListColumn<never>, 'id' | 'label' | 'exports'>[]
  /** Those the list shows now. */
  shown: readonly string[]
  onClose(): void
}

/** One page of rows as the core answers it. */
export interface PageOf<Row> {
  items: Row[]
  nextCursor: string | null
  total: number
}

export interface ListRow {
  id: string
}

export interface ListDefinition<Row extends ListRow> {
  kind: PageKind
  columns: readonly ListColumn<Row>[]
  fields: readonly FilterField[]
  chips: readonly QuickChip[]
  /** What can be changed for many rows at once; without it nothing. */
  bulk?: readonly WrittenField[]
  /** The first column's text: what the row is called. */
  nameOf(row: Row): string
  /** Below the name, on a phone's card. */
  renderCard(row: Row): ReactNode
  /** What an empty list says about itself. */
  empty: string
}

/** How every list of pages is gone through. */
export const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor ?? undefined,
}

const pageSize = 60

/**
 * How the list of a kind asks for its pages; a search without a sort comes by relevance.
 * @param fixed what is asked for besides, whatever the list's state
 */
export const pagesOf = <Fixed extends object>(
  state: ListState,
  defaultSort: string,
  fixed?: Fixed,
) => ({
  input: (cursor: string | undefined) => ({
    ...(fixed as Fixed),
    q: state.q,
    filter: state.filter,
    sort: sortOf(state, defaultSort),
    limit: pageSize,
    cursor,
  }),
  ...paging,
  placeholderData: keepPreviousData,
})
