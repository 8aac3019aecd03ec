/** What the board shows right now; kept in the address, so that back, reload and links bring it again. */
import { useRouter, useRouterState } from '@tanstack/react-router'
import * as z from 'zod'
import { CalendarDate } from '../../../../contract/kernel/shapes'
import { boardSorts } from '../../../../contract/records/pipeline'
import type { ListState, ListStateStore } from '../../../ui/list/state'

const several = z.array(z.string()).min(1).optional().catch(undefined)
const Search = z.object({
  pipeline: z.string().optional().catch(undefined),
  /** Id of the saved view it began with. */
  view: z.string().optional().catch(undefined),
  q: z.coerce.string().optional().catch(undefined),
  sort: z.enum(boardSorts).optional().catch(undefined),
  owner: several,
  source: several,
  tag: several,
  valueFrom: z.number().optional().catch(undefined),
  valueTo: z.number().optional().catch(undefined),
  closeFrom: CalendarDate.optional().catch(undefined),
  closeTo: CalendarDate.optional().catch(undefined),
})
export type BoardState = z.output<typeof Search>
type Part = { [Name in keyof BoardState]?: BoardState[Name] | undefined }

/** The narrowing parts besides the text. */
export const filterNames = [
  'owner',
  'source',
  'tag',
  'valueFrom',
  'valueTo',
  'closeFrom',
  'closeTo',
] as const

/** Reads an address' search; what does not fit is left out. */
export function readBoardState(search: unknown): BoardState {
  const read = Search.safeParse(search ?? {})
  return read.success ? withoutUndefined(read.data) : {}
}

/** What the core is asked for. */
export function queryOf(state: BoardState) {
  const { pipeline, view: _view, sort, owner, ...filter } = state
  return {
    ...filter,
    ...(pipeline ? { pipelineId: pipeline } : {}),
    ...(owner ? { ownerId: owner } : {}),
    sort: sort ?? ('position' as const),
  }
}
export type BoardQuery = ReturnType<typeof queryOf>

export const isFiltered = (state: BoardState): boolean =>
  Boolean(state.q) || filterNames.some((name) => state[name] !== undefined)

export const withoutFilters = ({ pipeline, sort }: BoardState): BoardState =>
  withoutUndefined({ pipeline, sort })

export interface BoardStateStore {
  state: BoardState
  /** Changes some of it; undefined takes a value away. */
  change(part: Part): void
  /** Shows something else altogether, with a way back. */
  replace(state: BoardState): void
}

export function useBoardState(): BoardStateStore {
  const router = useRouter()
  const search = useRouterState({ select: (current) => current.location.search })
  const state = readBoardState(search)
  const show = (next: BoardState, replace: boolean) =>
    void router.navigate({ to: '.', search: next, replace })
  return {
    state,
    change: (part) => {
      const current = readBoardState(router.state.location.search)
      show(withoutUndefined({ ...current, ...part }), true)
    },
    replace: (next) => show(withoutUndefined(next), false),
  }
}

/** The same as the saved views of lists know it: what is the board's own travels as extra. */
export function viewStoreOf({ state, replace }: BoardStateStore): ListStateStore {
  const { view, q, sort, ...extra } = state
  const listState: ListState = withoutUndefined({
    view,
    q,
    sort,
    extra: Object.keys(extra).length > 0 ? extra : undefined,
  })
  // "All" is said without a view: it takes the filters away and stays in its pipeline.
  const show = ({ extra: shown, ...rest }: ListState) =>
    replace(readBoardState({ pipeline: rest.view ? undefined : extra.pipeline, ...shown, ...rest }))
  return {
    state: listState,
    change: (part) => show(withoutUndefined({ ...listState, ...part })),
    replace: show,
  }
}

/** Without the parts that are undefined or empty, in a steady order, so that equal states read alike. */
function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined && part !== '')
      .sort(([one], [other]) => one.localeCompare(other)),
  ) as { [Key in keyof Value]: Exclude<Value[Key], undefined> }
}
