/** What a list shows instead of rows: loading, nothing there, nothing found, or an error. */
import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconCloudOff, IconFilterOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useApp } from '../../app/actions'
import type { CreatableKind } from '../../app/create'
import { messageOf } from '../../app/problems'
import { exportPathOf, kinds, type PageKind } from '../../app/records'
import { useMay } from '../../app/session'
import { EmptyState } from '../EmptyState'

export interface ListStateProps {
  pages: {
    isPending: boolean
    isError: boolean
    error: unknown
    data?: unknown
    refetch(): unknown
  }
  isEmpty: boolean
  filtered: boolean
  narrow: boolean
  kind: PageKind
  /** What an empty list says about itself. */
  text: string
  onClear(): void
  children: ReactNode
}

export function ListState(props: ListStateProps) {
  const { pages, isEmpty, filtered, narrow, kind, text, onClear, children } = props
  const app = useApp()
  const mayWrite = useMay('write')
  const mayImport = useMay('import') && exportPathOf(kind) !== undefined
  if (pages.isError && pages.data === undefined) {
    return (
      <EmptyState
        icon={IconCloudOff}
        title="This list cannot be shown"
        text={messageOf(pages.error)}
      >
        <Group justify="center">
          <Button onClick={() => pages.refetch()}>Try again</Button>
          {filtered && (
            <Button variant="default" onClick={onClear}>
              Clear the filters
            </Button>
          )}
        </Group>
      </EmptyState>
    )
  }
  if (pages.isPending) return <Waiting narrow={narrow} />
  if (!isEmpty) return children
  if (filtered) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={`No ${kinds[kind].many} match`}
        text="Loosen the filter, or look for something else."
      >
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={kinds[kind].icon} title={`No ${kinds[kind].many} yet`} text={text}>
      <Group justify="center">
        {mayWrite && (
          <Button onClick={() => app.create(kind as CreatableKind)}>New {kinds[kind].one}</Button>
        )}
        {mayImport && (
          <Button variant="default" onClick={() => app.goTo('/import')}>
            Import a file
          </Button>
        )}
      </Group>
    </EmptyState>
  )
}

const lines = Array.from({ length: 14 }, (_, index) => index)

function Waiting({ narrow }: { narrow: boolean }) {
  return (
    <Stack gap={narrow ? 8 : 13} p={narrow ? 12 : 18} aria-busy="true" aria-label="Loading">
      {lines.map((line) => (
        <Skeleton
          key={line}
          height={narrow ? 84 : 24}
          radius="md"
          style={{ opacity: 1 - line / 16 }}
        />
      ))}
    </Stack>
  )
}
