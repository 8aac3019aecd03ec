/** What is read into the cache before it is shown, so that it shows at once and whole. */
import type {
  FetchInfiniteQueryOptions,
  FetchQueryOptions,
  QueryClient,
  QueryKey,
} from '@tanstack/react-query'

/**
 * Reads one thing, unless there is an answer already: the page shows that at once, and reads it again
 * by itself where it has gone stale. Never rejects: the page asks again, and says what went wrong.
 */
export type Read = (cache: QueryClient) => Promise<unknown> | undefined

export const readOf =
  <Row, Failure, Data, Key extends QueryKey>(
    options: FetchQueryOptions<Row, Failure, Data, Key>,
  ): Read =>
  (cache) =>
    isThere(cache, options.queryKey) ? undefined : cache.prefetchQuery({ ...options, retry: false })

/** The same for the first page of a list. */
export const firstPageOf =
  <Row, Failure, Data, Key extends QueryKey, Cursor>(
    options: FetchInfiniteQueryOptions<Row, Failure, Data, Key, Cursor>,
  ): Read =>
  (cache) =>
    isThere(cache, options.queryKey)
      ? undefined
      : cache.prefetchInfiniteQuery({ ...options, retry: false })

const isThere = (cache: QueryClient, key: QueryKey) => cache.getQueryData(key) !== undefined

/** Undefined where all is there. */
export function readAll(cache: QueryClient, reads: readonly Read[]): Promise<unknown> | undefined {
  const waiting = reads.flatMap((read) => read(cache) ?? [])
  return waiting.length > 0 ? Promise.all(waiting) : undefined
}
