/** What pages of figures are made of: a figure by itself, and a titled panel. */
import { Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

export function Figure({ label, value }: { label: string; value: number }) {
  return (
    <Paper withBorder radius="lg" p="sm" bg="var(--surface)">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz="1.5rem" fw={650} lh={1.2} className="tabular">
        {value.toLocaleString()}
      </Text>
    </Paper>
  )
}

export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" withBorder radius="lg" p="md" bg="var(--surface)">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  )
}
