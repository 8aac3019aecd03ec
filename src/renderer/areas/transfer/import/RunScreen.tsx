/** One import: how far it is, what came of it, and taking it back. */
import { Alert, Button, Group, List, Progress, Stack, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import {
  IconAlertCircle,
  IconArrowBackUp,
  IconCircleCheck,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Import } from '../../../../contract/transfer/import'
import { api } from '../../../api'
import { DateText } from '../../../ui/DateText'
import { LoadState } from '../../../ui/LoadState'
import { Alongside } from './Alongside'
import { Counts } from './Counts'
import { ImportFrame } from './ImportFrame'
import { countOfKind, countOfRows, importKindTexts } from './kinds'
import { Problems } from './Problems'
import { canResume, canUndo, isRunning, percentOf } from './progress'
import classes from './transfer.module.css'

const pollEvery = 300
/** What is over can still change: it can be undone by a shortcut or in another window. */
const lookEvery = 2500

export function RunScreen() {
  const { importId } = useParams({ from: '/import/runs/$importId' })
  const run = useQuery({
    ...api.transfer.get.queryOptions({ input: { importId } }),
    refetchInterval: ({ state }) =>
      state.data && isRunning(state.data.state) ? pollEvery : lookEvery,
    refetchOnMount: 'always',
  })
  return (
    <LoadState query={run} what="this import">
      {(found) => <Run run={found} />}
    </LoadState>
  )
}

function Run({ run }: { run: Import }) {
  const { state, fileName } = run
  const { path, many } = importKindTexts[run.kind]
  return (
    <ImportFrame
      step="import"
      title={titles[state]}
      over={state === 'done'}
      text={
        <>
          {run.dryRun ? 'Check' : 'Import'} of <b>{fileName}</b> as {many}
          {run.user && ` by ${run.user.name}`}, <DateText value={run.startedAt} />
        </>
      }
      footer={
        state === 'done' || state === 'undone' || run.dryRun ? (
          <>
            <Button renderRoot={(props) => <Link to={path} {...props} />}>See the {many}</Button>
            <Button variant="default" renderRoot={(props) => <Link to="/import" {...props} />}>
              Import another file
            </Button>
          </>
        ) : undefined
      }
    >
      {isRunning(state) ? <UnderWay run={run} /> : <Outcome run={run} />}
      <UndoOutcome run={run} />
      {state !== 'undone' && state !== 'undoing' && (
        <>
          <Counts of={run} tense={run.dryRun ? 'before' : 'after'} />
          {!isRunning(state) && <Alongside of={run} tense={run.dryRun ? 'before' : 'after'} />}
          {!isRunning(state) && <Problems run={run} />}
        </>
      )}
    </ImportFrame>
  )
}

const titles: Readonly<Record<Import['state'], string>> = {
  checking: 'Checking',
  checked: 'Checked',
  running: 'Importing',
  done: 'The import is done',
  cancelled: 'The import was cancelled',
  interrupted: 'The import was interrupted',
  failed: 'The import could not go on',
  undoing: 'Taking the import back',
  undone: 'The import was taken back',
}

function UnderWay({ run }: { run: Import }) {
  const cache = useQueryClient()
  const cancel = useMutation({
    ...api.transfer.cancel.mutationOptions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: api.transfer.key() }),
  })
  const undoing = run.state === 'undoing'
  return (
    <section className={classes.card} aria-label="Progress">
      <Stack gap={10}>
        <Group justify="space-between">
          <Text size="sm" fw={550} className="tabular" role="status">
            {undoing ? 'Every row goes back to what it was …' : countOfRows(run.rows)}
          </Text>
          {!undoing && run.rowsPerSecond !== null && run.rowsPerSecond > 0 && (
            <Text size="sm" c="dimmed" className="tabular">
              {Math.round(run.rowsPerSecond).toLocaleString()} rows a second
            </Text>
          )}
        </Group>
        <Progress
          size="lg"
          value={undoing ? 100 : percentOf(run)}
          animated
          aria-label={undoing ? 'Taking back' : 'Imported'}
        />
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            You can leave this page. Progress shows at the top.
          </Text>
          {!undoing && (
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={15} />}
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ importId: run.importId })}
            >
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}

function Outcome({ run }: { run: Import }) {
  const { resume, askToUndo, isPending } = useRunActions(run)
  const buttons = (
    <Group gap={8}>
      {canResume(run) && (
        <Button leftSection={<IconPlayerPlay size={15} />} loading={isPending} onClick={resume}>
          Go on with it
        </Button>
      )}
      {canUndo(run) && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} />}
          loading={isPending}
          onClick={askToUndo}
        >
          Undo the import
        </Button>
      )}
    </Group>
  )
  switch (run.state) {
    case 'done':
      return (
        <Alert color="juniper" variant="light" icon={<IconCircleCheck size={20} />} role="status">
          <Group justify="space-between" gap="sm">
            <Text size="sm">
              {run.created + run.updated > 0
                ? `${countOfKind(run.kind, run.created + run.updated)} from ${countOfRows(run.rows)}, in ${durationOf(run)}.`
                : `${countOfRows(run.rows)} read. There was nothing to change.`}
            </Text>
            {buttons}
          </Group>
        </Alert>
      )
    case 'cancelled':
    case 'interrupted':
    case 'failed':
      return (
        <Alert
          color={run.state === 'failed' ? 'red' : 'amber'}
          variant="light"
          icon={<IconAlertCircle size={20} />}
          role="alert"
        >
          <Stack gap="sm">
            <Text size="sm">
              {run.message ??
                (run.state === 'cancelled'
                  ? 'It was stopped by hand.'
                  : 'Rapport was closed while it ran.')}{' '}
              {run.created + run.updated > 0
                ? `${countOfKind(run.kind, run.created + run.updated)} ${run.created + run.updated === 1 ? 'is' : 'are'} in Rapport already. You can continue where it stopped, or undo it.`
                : 'Nothing was changed.'}
            </Text>
            {buttons}
          </Stack>
        </Alert>
      )
    default:
      return null
  }
}

function UndoOutcome({ run }: { run: Import }) {
  if (!run.undo || run.state === 'undoing') return null
  const { undone, refused } = run.undo
  return (
    <section className={classes.card} aria-label="What was taken back">
      <Title order={2} mb={6}>
        {undone.toLocaleString()} {undone === 1 ? 'change' : 'changes'} taken back
      </Title>
      {refused.length === 0 ? (
        <Text size="sm" c="dimmed">
          Everything is as it was before the import.
        </Text>
      ) : (
        <Stack gap="sm">
          <Text size="sm">
            {countOfRows(refused.length)} stayed as {refused.length === 1 ? 'it is' : 'they are'}:
          </Text>
          <List size="sm" spacing={3}>
            {refused.slice(0, 100).map((row) => (
              <List.Item key={`${row.table} ${row.rowId}`}>
                <b>{row.name}</b>: {row.reason}
              </List.Item>
            ))}
          </List>
          {refused.length > 100 && (
            <Text size="sm" c="dimmed">
              and {(refused.length - 100).toLocaleString()} more
            </Text>
          )}
        </Stack>
      )}
    </section>
  )
}

/** Going on with an import, and taking it back after a question. */
export function useRunActions(run: Import) {
  const cache = useQueryClient()
  const refresh = () => cache.invalidateQueries({ queryKey: api.transfer.key() })
  const resume = useMutation({ ...api.transfer.resume.mutationOptions(), onSuccess: refresh })
  const undo = useMutation({ ...api.transfer.undo.mutationOptions(), onSuccess: refresh })
  const { importId, created, updated, kind, fileName } = run
  return {
    isPending: resume.isPending || undo.isPending,
    resume: () => resume.mutate({ importId }),
    askToUndo: () =>
      modals.openConfirmModal({
        title: 'Undo this import?',
        children: (
          <Stack gap="sm">
            <Text size="sm">
              Everything that came from <b>{fileName}</b> is taken back:
            </Text>
            <List size="sm" spacing={4}>
              {created > 0 && (
                <List.Item>
                  The {countOfKind(kind, created)} it created {created === 1 ? 'is' : 'are'}{' '}
                  removed.
                </List.Item>
              )}
              {updated > 0 && (
                <List.Item>
                  The {countOfKind(kind, updated)} it changed{' '}
                  {updated === 1 ? 'gets back what it' : 'get back what they'} had before.
                </List.Item>
              )}
              <List.Item>What has changed since stays as it is and is listed afterwards.</List.Item>
            </List>
          </Stack>
        ),
        labels: { confirm: 'Undo the import', cancel: 'Keep it' },
        confirmProps: { color: 'red' },
        onConfirm: () => undo.mutate({ importId }),
      }),
  }
}

function durationOf({ startedAt, finishedAt }: Pick<Import, 'startedAt' | 'finishedAt'>): string {
  if (!finishedAt) return 'no time'
  const seconds = (new Date(finishedAt).getTime() - new Date(startedAt).getTime()) / 1000
  if (seconds < 1) return 'less than a second'
  if (seconds < 90)
    return `${Math.round(seconds)} ${Math.round(seconds) === 1 ? 'second' : 'seconds'}`
  return `${Math.round(seconds / 60)} minutes`
}
