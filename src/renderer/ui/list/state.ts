/** What a list shows right now; kept in the address, so that back, reload and links bring it again. */
import { useRouter, useRouterState } from '@tanstack/react-router'
import * as z from 'zod'
import { Condition } from '../../../contract/kernel/conditions'
import type { SavedView } from '../../../contract/workspace/settings'

const Search = z.object({
  /** Id of the saved view it began with. */
  view: z.string().optional().catch(undefined),
  q: z.string().optional().catch(undefined),
  filter: Condition.optional().catch(undefined),
  sort: z.string().optional().catch(undefined),
  columns: z.array(z.string()).optional().catch(undefined),
  /** What a screen keeps besides, e.g. the board's filters. */
  extra: z.record(z.string(), z.unknown()).optional().catch(undefined),
  tab: z.string().optional().catch(undefined),
})
export type ListState = z.output<typeof Search>
export type ViewState = SavedView['state']

/** Reads the list's part of an address' search; what does not fit is left out. */
export const readListState = (search: unknown): ListState => {
  const read = Search.safeParse(search ?? {})
  return read.success ? read.data : {}
}

export interface ListStateStore {
  state: ListState
  /** Changes some of it; undefined takes a value away. */
  change(change: Partial<ListState>): void
  /** Shows something else altogether. */
  replace(state: ListState): void
}

export function useListState(): ListStateStore {
  const router = useRouter()
  const search = useRouterState({ select: (current) => current.location.search })
  const state = readListState(search)
  const replace = (next: ListState) => {
    void router.navigate({ to: '.', search: withoutUndefined(next), replace: true })
  }
  const change = (part: Partial<ListState>) => {
    const current = readListState(router.state.location.search)
    replace({ ...current, ...part })
  }
  return { state, change, replace }
}

/** The list's state as a view keeps it. */
export function viewStateOf({ q, filter, sort, columns, extra }: ListState): ViewState {
  return withoutUndefined({ q, filter, sort, columns, extra })
}

/** Whether the list shows something else than the view it began with. */
export function differs(state: ListState, view: ViewState): boolean {
  const plain = ({ q, filter, sort, columns, extra }: ViewState) =>
    JSON.stringify([q ?? '', filter ?? null, sort ?? '', columns ?? null, extra ?? null])
  return plain(viewStateOf(state)) !== plain(view)
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: NonNullable<Value[Key]> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => part !== undefined && part !== ''),
  ) as { [Key in keyof Value]: NonNullable<Value[Key]> }
}
