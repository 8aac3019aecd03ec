/** Everything around the screens: look, data, dialogs, keyboard, connection, routes. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { MinuteProvider } from '../ui/Minute'
import { useNarrow } from '../ui/useNarrow'
import { Connection } from './Connection'
import { cache } from './cache'
import { ClashDialog } from './clashes/ClashDialog'
import { KeyboardProvider } from './keyboard'
import { OpenWorkDialog } from './open-work/OpenWorkDialog'
import { router } from './routes'
import { cssVariables, theme } from './theme'

const colorSchemes = localStorageColorSchemeManager({ key: 'rapport.theme' })

/**
 * Beside the bar of chosen rows, and above the places of a phone; below dialogs and menus, whose
 * buttons they would cover.
 */
function Toasts() {
  const narrow = useNarrow()
  return (
    <Notifications
      position={narrow ? 'bottom-center' : 'bottom-right'}
      limit={3}
      zIndex={199}
      containerWidth={360}
      mb={narrow ? 'calc(var(--bar-bottom) - 4px)' : 'calc(var(--bar-bottom) - 16px)'}
    />
  )
}

export function App({ nonce }: { nonce: string | undefined }) {
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
        <MinuteProvider>
          <KeyboardProvider>
            <ModalsProvider>
              <Toasts />
              <Connection>
                <RouterProvider router={router} />
                <ClashDialog />
                <OpenWorkDialog />
              </Connection>
            </ModalsProvider>
          </KeyboardProvider>
        </MinuteProvider>
      </QueryClientProvider>
    </MantineProvider>
  )
}
