/** A small list of related records with a way to add one. */
import { ActionIcon, Anchor, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type PageKind, recordPath } from '../../app/records'
import { useMay } from '../../app/session'
import { TooltipOnDemand } from '../TooltipOnDemand'
import classes from './Related.module.css'

export interface RelatedProps<Row> {
  title: string
  kind: PageKind
  query: {
    data?: { items: Row[]; total: number } | undefined
    isPending: boolean
    isError: boolean
  }
  nameOf(row: Row): string
  detail?(row: Row): ReactNode
  right?(row: Row): ReactNode
  add?: { label: string; run(): void }
  empty: string
  /** Address of the whole list, offered when not all are shown. */
  all?: string
}

export function Related<Row extends { id: string }>(props: RelatedProps<Row>) {
  const { title, kind, query, nameOf, detail, right, add, empty, all } = props
  const mayWrite = useMay('write')
  const { data } = query
  const hidden = data ? data.total - data.items.length : 0
  return (
    <section className={classes.related}>
      <Group justify="space-between" wrap="nowrap" mih={30}>
        <Title order={2} size="h4">
          {title}
          {data && data.total > 0 && (
            <Text span inherit c="dimmed" fw={450} className="tabular">
              {' '}
              {data.total.toLocaleString()}
            </Text>
          )}
        </Title>
        {add && mayWrite && (
          <TooltipOnDemand label={add.label}>
            <ActionIcon aria-label={add.label} onClick={add.run}>
              <IconPlus size={16} />
            </ActionIcon>
          </TooltipOnDemand>
        )}
      </Group>
      {query.isPending && <Skeleton height={44} />}
      {query.isError && (
        <Text size="sm" c="dimmed">
          This could not be loaded.
        </Text>
      )}
      {data?.total === 0 && (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      )}
      <Stack gap={2} component="ul" className={classes.rows}>
        {data?.items.map((row) => (
          <li key={row.id}>
            <Link to={recordPath(kind, row.id) as string} className={classes.row}>
              <span className={classes.text}>
                <span className={classes.name}>{nameOf(row)}</span>
                {detail && <span className={classes.detail}>{detail(row)}</span>}
              </span>
              {right && <span className={classes.right}>{right(row)}</span>}
            </Link>
          </li>
        ))}
      </Stack>
      {hidden > 0 && all && (
        <Anchor component={Link} to={all as string} size="sm">
          {hidden.toLocaleString()} more
        </Anchor>
      )}
    </section>
  )
}
