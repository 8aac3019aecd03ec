/** How answers of the core are kept: for good, until the change feed says otherwise. */
import { notifications } from '@mantine/notifications'
import { MutationCache, QueryClient } from '@tanstack/react-query'
import { isDialogOpen } from './dialogs'
import { isPassing, messageOf } from './problems'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The screen itself says what went wrong, e.g. beside the field. */
      showsProblem?: boolean
    }
  }
}

export function createCache(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError(error, _variables, _context, mutation) {
        if (mutation.meta?.showsProblem) return
        notifications.show({
          color: 'red',
          title: 'Not saved',
          message: messageOf(error),
          // Above the dialog that it came from: see app.css.
          ...(isDialogOpen() && { position: 'top-center' }),
        })
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
}
