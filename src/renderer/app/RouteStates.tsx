/** What a place shows while it loads, when it broke, and when there is none. */
import { Button, Code, Group, Skeleton, Stack } from '@mantine/core'
import { IconBug, IconMapQuestion } from '@tabler/icons-react'
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/EmptyState'
import { messageOf } from './problems'

export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <EmptyState
      icon={IconBug}
      title="This page broke"
      text="Nothing you saved is lost. Try it again; if it keeps breaking, the text below helps to find out why."
    >
      <Code block maw={640}>
        {messageOf(error)}
      </Code>
      <Group>
        <Button onClick={reset}>Try again</Button>
        <Button variant="default" onClick={() => window.location.reload()}>
          Reload Rapport
        </Button>
      </Group>
    </EmptyState>
  )
}

export function RouteMissing() {
  return (
    <EmptyState
      icon={IconMapQuestion}
      title="There is nothing at this address"
      text="The link may be old, or the record may lie in the trash."
    >
      <Button component={Link} to="/">
        Go to the start
      </Button>
    </EmptyState>
  )
}

export function RoutePending() {
  return (
    <Stack p="md" gap="sm" aria-busy="true" aria-label="Loading">
      <Skeleton height={28} width={220} />
      <Skeleton height={34} />
      <Skeleton height={280} />
    </Stack>
  )
}
