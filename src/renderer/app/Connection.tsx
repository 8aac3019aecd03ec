/** Comes before every screen: is the core there, may we in, is its database sound? */
import { Button, Center, Code, Loader, PasswordInput, Stack, Text } from '@mantine/core'
import { IconDatabaseX, IconKey, IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { api } from '../api'
import { access } from '../door'
import { EmptyState } from '../ui/EmptyState'
import { tokenIn } from './access'
import { areas } from './areas'
import { Opening } from './Opening'

/** Asks the core for its state until it answers; then shows the program, or what is in the way. */
export function Connection({ children }: { children: ReactNode }) {
  const refused = useStore(access, (state) => state.refused)
  const token = useStore(access, (state) => state.token)
  const cache = useQueryClient()
  const status = useQuery({
    ...api.database.status.queryOptions(),
    enabled: !refused,
    retry: false,
    refetchInterval: ({ state }) =>
      state.status === 'error' || state.data?.state === 'damaged' ? 1500 : false,
  })
  const state = status.data?.state
  // Answers from before a restore are of another database.
  useEffect(() => {
    if (state === 'ready')
      void cache.invalidateQueries({ predicate: (query) => query.state.status === 'error' })
  }, [state, cache])

  if (refused) return <NoAccess hadToken={token !== null} />
  if (status.isError && !status.data) return <Unreachable />
  if (!status.data) return <Opening />
  if (status.data.state === 'damaged') return <Damaged message={status.data.message} />
  return children
}

function Damaged({ message }: { message: string | null }) {
  const RestoreScreen = areas.find((area) => area.restoreScreen)?.restoreScreen
  if (RestoreScreen) {
    return (
      <Suspense fallback={null}>
        <RestoreScreen />
      </Suspense>
    )
  }
  return (
    <Page>
      <EmptyState icon={IconDatabaseX} title="The database is damaged" text={message} />
    </Page>
  )
}

function Unreachable() {
  return (
    <Page>
      <EmptyState
        icon={IconPlugConnectedX}
        title="Rapport’s core does not answer"
        text="The program behind this page is not running, or is just starting. Everything saved is safe; this page goes on by itself as soon as the core is back."
      >
        <Loader size="sm" type="dots" aria-label="Trying again" />
      </EmptyState>
    </Page>
  )
}

function NoAccess({ hadToken }: { hadToken: boolean }) {
  const [text, setText] = useState('')
  const offered = tokenIn(text.slice(text.indexOf('#'))) ?? text.trim()
  return (
    <Page>
      <EmptyState
        icon={IconKey}
        title={hadToken ? 'This key does not fit (any more)' : 'This page needs a key'}
        text="Rapport runs on your own machine and lets in only who holds its key."
      >
        <Stack gap="sm" maw={460} ta="left">
          <Text size="sm">
            When Rapport starts it prints one line:{' '}
            <Code>Rapport is ready at http://…/#token=…</Code>. Open that address, or paste it here.
          </Text>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (offered) access.getState().offer(offered)
            }}
          >
            <Stack gap="sm">
              <PasswordInput
                label="Address or key"
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                autoComplete="off"
              />
              <Button type="submit" disabled={!offered}>
                Open Rapport
              </Button>
            </Stack>
          </form>
        </Stack>
      </EmptyState>
    </Page>
  )
}

function Page({ children }: { children: ReactNode }) {
  return (
    <Center component="main" h="100%" bg="var(--kernel)">
      {children}
    </Center>
  )
}
