/** Saves changes of one record: shown at once, replaced by the core's answer, taken back on a refusal. */
import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

/**
 * @param queryKey of the query that holds the record
 * @returns rejects with the core's refusal after the record shows its old values again
 */
export function useOptimisticUpdate<Row>(
  queryKey: QueryKey,
  update: (patch: Record<string, unknown>) => Promise<Row>,
) {
  const cache = useQueryClient()
  const key = JSON.stringify(queryKey)
  return useCallback(
    async (patch: Record<string, unknown>, expected: Row) => {
      const place = JSON.parse(key) as QueryKey
      await cache.cancelQueries({ queryKey: place, exact: true })
      const before = cache.getQueryData<Row>(place)
      cache.setQueryData<Row>(place, expected)
      try {
        cache.setQueryData<Row>(place, await update(patch))
      } catch (error) {
        cache.setQueryData<Row>(place, before)
        // What it was before may be old by now: somebody thought about a clash for a while.
        void cache.invalidateQueries({ queryKey: place, exact: true })
        throw error
      }
    },
    [cache, key, update],
  )
}
