/**
 * What areas add to the bar of selected rows, beside what every list can do. An area lists its
 * buttons as `bulkActions` in its `index.ts`.
 */
import type { AsyncRouteComponent } from '@tanstack/react-router'
import type { BulkTarget } from '../ui/list/definition'
import type { PageKind } from './records'

export interface BulkActionProps<Kind extends PageKind = PageKind> {
  kind: Kind
  target: BulkTarget
  /** How many rows are selected. */
  count: number
  /** Clears the selection. */
  onDone(): void
}

export interface BulkAction<Kind extends PageKind = PageKind> {
  /** Differs from all others. */
  name: string
  /** Kinds of list that have it. */
  of: readonly Kind[]
  /** Small numbers first. */
  order: number
  /** From `lazyPage`: the route of the list has it loaded before the list shows. */
  component: AsyncRouteComponent<BulkActionProps<Kind>>
}

/** @param action is shown in lists of its own kinds only */
export const bulkAction = <const Kind extends PageKind>(
  action: Pick<BulkAction<Kind>, 'of'> & NoInfer<Omit<BulkAction<Kind>, 'of'>>,
) => action as unknown as BulkAction
