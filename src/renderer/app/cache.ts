/** How answers of the core are kept: for good, until the change feed says otherwise. */
import { MutationCache, QueryClient } from '@tanstack/react-query'
import type { ChangedTables } from './freshness'
import { sayNotSaved } from './notSaved'
import { wasCalledOff } from './open-work/asking'
import { isPassing } from './problems'

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: {
      /**
       * Asked while its answer is shown and these rows have changed: true where the screen brings the answer up to
       * date by itself, so that it is not read again.
       */
      takesIn?: (tables: ChangedTables) => boolean
      /** As of mutations. */
      showsProblem?: boolean
    }
    mutationMeta: {
      /** The screen itself says what went wrong, e.g. beside the field. */
      showsProblem?: boolean
    }
  }
}

export const cache = new QueryClient({
  mutationCache: new MutationCache({
    onError(error, _variables, _context, mutation) {
      if (!mutation.meta?.showsProblem && !wasCalledOff(error)) sayNotSaved(error)
    },
  }),
  defaultOptions: {
    // The core is on this machine: being offline does not matter.
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => isPassing(error) && failures < 3,
    },
    mutations: { networkMode: 'always' },
  },
})
