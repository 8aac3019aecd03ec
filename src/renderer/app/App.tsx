/** Everything the screens stand in: look, data, dialogs, keyboard, connection, routes. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { Connection } from './Connection'
import { createCache } from './cache'
import { KeyboardProvider } from './keyboard'
import { router } from './routes'
import { cssVariables, theme } from './theme'

const colorSchemes = localStorageColorSchemeManager({ key: 'rapport.theme' })

export function App({ nonce }: { nonce: string | undefined }) {
  const [cache] = useState(createCache)
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
      deduplicateInlineStyles
      {...(nonce ? { getStyleNonce: () => nonce } : {})}
    >
      <QueryClientProvider client={cache}>
        <KeyboardProvider>
          <ModalsProvider>
            <Notifications position="bottom-right" limit={3} zIndex={400} />
            <Connection>
              <RouterProvider router={router} />
            </Connection>
          </ModalsProvider>
        </KeyboardProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}
