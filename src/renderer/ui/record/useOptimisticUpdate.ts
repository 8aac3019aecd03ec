/** Saves changes of one record: shown at once, replaced by the core's answer, taken back on a refusal. */
import { type QueryKey, useQueryClient } from '@tanstack/react-query'

/**
 * @param queryKey of the query that holds the record
 * @returns rejects with the core's refusal after the record shows its old values again
 */
export function useOptimisticUpdate<Row>(
  queryKey: QueryKey,
  update: (patch: Record<string, unknown>) => Promise<Row>,
) {
  const cache = useQueryClient()
  return async (patch: Record<string, unknown>, expected: Row) => {
    await cache.cancelQueries({ queryKey, exact: true })
    const before = cache.getQueryData<Row>(queryKey)
    cache.setQueryData<Row>(queryKey, expected)
    try {
      cache.setQueryData<Row>(queryKey, await update(patch))
    } catch (error) {
      cache.setQueryData<Row>(queryKey, before)
      // What it was before may be old by now: somebody thought about a clash for a while.
      void cache.invalidateQueries({ queryKey, exact: true })
      throw error
    }
  }
}
