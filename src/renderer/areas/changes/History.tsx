/** Entries of the change log: who, when, from where, before and after. */
import { Badge, Button, Group, Loader, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowRight, IconCloudOff, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Change } from '../../../contract/changes'
import { api } from '../../api'
import { useApp } from '../../app/actions'
import { messageOf } from '../../app/problems'
import { useMay } from '../../app/session'
import { DateText } from '../../ui/DateText'
import { EmptyState } from '../../ui/EmptyState'
import { paging } from '../../ui/list/definition'
import { UserAvatar } from '../../ui/UserAvatar'
import classes from './History.module.css'
import { valueText } from './value'

const pageSize = 40

export interface ChangeFilter {
  userId?: string
  from?: string
  to?: string
  /** Of the change log, e.g. `lead`. */
  table?: string
  rowId?: string
}

/** What happened to one record. */
export function History({ table, rowId }: { table: string; rowId: string }) {
  return <ChangeList filter={{ table, rowId }} />
}

export function ChangeList({ filter }: { filter: ChangeFilter }) {
  const pages = useInfiniteQuery(
    api.changes.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, limit: pageSize, cursor }),
      ...paging,
    }),
  )
  const changes = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (pages.isPending) {
    return (
      <Stack p="md" gap="sm" aria-busy="true" aria-label="Loading">
        <Skeleton height={60} />
        <Skeleton height={60} />
        <Skeleton height={60} />
      </Stack>
    )
  }
  if (pages.isError && changes.length === 0) {
    return (
      <EmptyState
        icon={IconCloudOff}
        size="sm"
        title="The history cannot be shown"
        text={messageOf(pages.error)}
      >
        <Button onClick={() => void pages.refetch()}>Try again</Button>
      </EmptyState>
    )
  }
  if (changes.length === 0) {
    return <EmptyState icon={IconHistory} size="sm" title="No changes to show" />
  }
  return (
    <div className={classes.history}>
      <ol className={classes.list}>
        {changes.map((change) => (
          <Entry key={change.seq} change={change} />
        ))}
      </ol>
      {pages.hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            onClick={() => void pages.fetchNextPage()}
            disabled={pages.isFetchingNextPage}
          >
            {pages.isFetchingNextPage ? <Loader size="xs" type="dots" /> : 'Earlier changes'}
          </Button>
        </Group>
      )}
    </div>
  )
}

const doorNames: Readonly<Record<Change['door'], string>> = {
  desktop: 'the desktop program',
  web: 'the browser',
  api: 'the HTTP API',
  system: 'Rapport itself',
  test: 'a test',
}
const operationNames: Readonly<Record<Change['operation'], string>> = {
  insert: 'Created',
  update: 'Changed',
  delete: 'Deleted for good',
}

function Entry({ change }: { change: Change }) {
  const app = useApp()
  const mayWrite = useMay('write')
  return (
    <li className={classes.entry}>
      <UserAvatar user={change.user ?? { id: 'system', name: 'Rapport' }} size={28} />
      <div className={classes.body}>
        <Group gap={8} justify="space-between" wrap="nowrap" align="flex-start">
          <Text size="sm" fw={600}>
            {change.label || operationNames[change.operation]}
          </Text>
          {mayWrite && change.door !== 'system' && (
            <Tooltip label="Take back all that was done with it">
              <Button
                variant="subtle"
                size="compact-xs"
                leftSection={<IconArrowBackUp size={13} />}
                onClick={() => app.undo(change.batchId)}
              >
                Undo
              </Button>
            </Tooltip>
          )}
        </Group>
        {change.operation === 'insert' ? (
          <Badge size="xs">created</Badge>
        ) : (
          <dl className={classes.fields}>
            {change.fields.map(({ field, label, before, after }) => (
              <div key={field} className={classes.field}>
                <dt>{label}</dt>
                <dd>
                  <span className={classes.before}>{valueText(before)}</span>
                  <IconArrowRight size={12} aria-label="to" />
                  <span className={classes.after}>{valueText(after)}</span>
                </dd>
              </div>
            ))}
          </dl>
        )}
        <Text size="xs" c="dimmed">
          {change.user?.name ?? 'Rapport'} · <DateText value={change.at} /> · through{' '}
          {doorNames[change.door]}
        </Text>
      </div>
    </li>
  )
}
