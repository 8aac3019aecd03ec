/** A line of a phone's card: what it is about, and at its end what it is worth. */
import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export function CardLine({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" truncate>
        {children}
      </Text>
      {end}
    </Group>
  )
}

export function CardValue({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" fw={600} flex="none">
      {children}
    </Text>
  )
}
