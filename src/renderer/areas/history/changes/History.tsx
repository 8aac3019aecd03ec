/** Entries of the change log: who, when, from where, before and after. */
import { Badge, Button, Group, Loader, Skeleton, Stack, Text, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowRight, IconCloudOff, IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Change } from '../../../../contract/history/changes'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import type { ShownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { EmptyState } from '../../../ui/EmptyState'
import { paging } from '../../../ui/list/definition'
import { readable } from '../../../ui/readable'
import { UserAvatar } from '../../../ui/UserAvatar'
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
export function History({ record: { kind, id } }: { record: ShownRecord }) {
  return <ChangeList filter={{ table: kind, rowId: id }} />
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
        {byBatch(changes).map((batch) => (
          <Entry key={batch[0].seq} batch={batch} alone={filter.rowId !== undefined} />
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
/** Rows of one batch that are shown together. */
type BatchOfChanges = [Change, ...Change[]]

function byBatch(changes: readonly Change[]): BatchOfChanges[] {
  const batches: BatchOfChanges[] = []
  for (const change of changes) {
    const last = batches.at(-1)
    if (last?.[0].batchId === change.batchId) last.push(change)
    else batches.push([change])
  }
  return batches
}

const operationNames: Readonly<Record<Change['operation'], string>> = {
  insert: 'created',
  update: 'changed',
  delete: 'deleted for good',
}
/** Rows of a batch written out; of an import there are thousands. */
const mostRows = 6

interface EntryProps {
  batch: BatchOfChanges
  /** All are of one record, which need not be named. */
  alone: boolean
}

function Entry({ batch, alone }: EntryProps) {
  const app = useApp()
  const mayWrite = useMay('write')
  const [first] = batch
  const { user, door, label, at, batchId } = first
  return (
    <li className={classes.entry}>
      <UserAvatar user={user ?? { id: 'system', name: 'Rapport' }} size={28} />
      <div className={classes.body}>
        <Group gap={8} justify="space-between" wrap="nowrap" align="flex-start">
          <Text size="sm" fw={600}>
            {label || readable(operationNames[first.operation])}
          </Text>
          {mayWrite && door !== 'system' && (
            <Tooltip label="Take back all that was done with it">
              <Button
                variant="subtle"
                size="compact-xs"
                flex="none"
                leftSection={<IconArrowBackUp size={13} />}
                onClick={() => app.undo(batchId)}
              >
                Undo
              </Button>
            </Tooltip>
          )}
        </Group>
        {batch.slice(0, mostRows).map((change) => (
          <Row key={change.seq} change={change} alone={alone} />
        ))}
        {batch.length > mostRows && (
          <Text size="xs" c="dimmed">
            and {(batch.length - mostRows).toLocaleString()} more rows
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {user?.name ?? 'Rapport'} · <DateText value={at} /> · through {doorNames[door]}
        </Text>
      </div>
    </li>
  )
}

function Row({ change, alone }: { change: Change; alone: boolean }) {
  const { operation, table, fields } = change
  return (
    <div>
      {(!alone || operation !== 'update') && (
        <Badge size="sm" color={operation === 'delete' ? 'red' : 'gray'}>
          {alone ? '' : `${readable(table)} `}
          {operationNames[operation]}
        </Badge>
      )}
      {operation === 'update' && (
        <dl className={classes.fields}>
          {fields.map(({ field, label, before, after }) => (
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
    </div>
  )
}
