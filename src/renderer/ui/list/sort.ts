/** By what a list is sorted, as its header says and its columns change. Pure. */
import type { ListState } from './state'

/** The order the rows are in; undefined while a search answers the best finds first. */
export const sortOf = (
  { q, sort }: Pick<ListState, 'q' | 'sort'>,
  defaultSort: string,
): string | undefined => sort ?? (q ? undefined : defaultSort)

/** A press on a column: ascending, then descending, then the list's own order. */
export function nextSort(field: string, sort: string | undefined): string | undefined {
  if (sort === field) return `-${field}`
  return sort === `-${field}` ? undefined : field
}

/** What a header says of its column. */
export function ariaSort(field: string | undefined, sort: string | undefined) {
  if (field === undefined) return undefined
  if (field === sort) return 'ascending'
  return `-${field}` === sort ? 'descending' : 'none'
}
