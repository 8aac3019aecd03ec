/** What a section shows while its answer is on the way, and when it does not come. */
import { Button, Skeleton, Stack } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { messageOf } from '../app/problems'
import { EmptyState } from './EmptyState'

export interface LoadStateProps<Data> {
  query: UseQueryResult<Data>
  /** What is being read, e.g. "the users". */
  what: string
  children: (data: Data) => ReactNode
}

export function LoadState<Data>({ query, what, children }: LoadStateProps<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) {
    return (
      <EmptyState
        icon={IconCloudOff}
        title={`Rapport cannot read ${what}`}
        text={messageOf(query.error)}
      >
        <Button onClick={() => query.refetch()}>Try again</Button>
      </EmptyState>
    )
  }
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading">
      <Skeleton height={132} radius="lg" />
      <Skeleton height={132} radius="lg" style={{ opacity: 0.6 }} />
    </Stack>
  )
}
