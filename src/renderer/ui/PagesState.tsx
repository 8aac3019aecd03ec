/** What a list of entries shows while its first page is on the way, and when it does not come. */
import { Button, Skeleton, Stack } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { messageOf } from '../app/problems'
import { EmptyState } from './EmptyState'

export interface PagesStateProps {
  pages: {
    isPending: boolean
    isError: boolean
    error: unknown
    data?: unknown
    refetch(): unknown
  }
  /** "The trash cannot be shown". */
  failed: string
  /** Height of an entry, in pixels. */
  height: number
}

export function PagesState({ pages, failed, height }: PagesStateProps) {
  if (pages.isPending) {
    return (
      <Stack p="md" gap="xs" aria-busy="true" aria-label="Loading">
        <Skeleton height={height} />
        <Skeleton height={height} />
        <Skeleton height={height} />
      </Stack>
    )
  }
  if (!pages.isError || pages.data !== undefined) return null
  return (
    <EmptyState icon={IconCloudOff} title={failed} text={messageOf(pages.error)}>
      <Button onClick={() => void pages.refetch()}>Try again</Button>
    </EmptyState>
  )
}
