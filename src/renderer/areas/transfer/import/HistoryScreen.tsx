/** All imports so far: what came of each, with undo, resume and the rejected rows. */
import { ActionIcon, Badge, Button, Group, Menu, Progress, Stack, Table, Text } from '@mantine/core'
import {
  IconArrowBackUp,
  IconDots,
  IconDownload,
  IconFileImport,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Import } from '../../../../contract/transfer/import'
import { api, client } from '../../../api'
import { DateText } from '../../../ui/DateText'
import { EmptyState } from '../../../ui/EmptyState'
import { LoadState } from '../../../ui/LoadState'
import { PageTitle } from '../../../ui/PageTitle'
import { saveFile } from '../../../ui/saveFile'
import { importKindTexts } from './kinds'
import { canResume, canUndo, isRunning, percentOf, stateTexts } from './progress'
import { useRunActions } from './RunScreen'
import classes from './transfer.module.css'

const most = 200
const pollEvery = 1000
/** What is over can still change: it can be undone by a shortcut or in another window. */
const lookEvery = 5000

export function HistoryScreen() {
  const history = useQuery({
    ...api.transfer.history.queryOptions({ input: { limit: most } }),
    refetchInterval: ({ state }) =>
      state.data?.items.some((run) => isRunning(run.state)) ? pollEvery : lookEvery,
    refetchOnMount: 'always',
  })
  return (
    <div className={classes.page}>
      <section className={classes.column} aria-label="Past imports">
        <Group justify="space-between">
          <PageTitle title="Past imports" />
          <Button
            leftSection={<IconFileImport size={16} stroke={1.6} />}
            renderRoot={(props) => <Link to="/import" {...props} />}
          >
            Import a file
          </Button>
        </Group>
        <LoadState query={history} what="the past imports">
          {({ items }) => <Runs runs={items.filter(({ dryRun }) => !dryRun)} />}
        </LoadState>
      </section>
    </div>
  )
}

function Runs({ runs }: { runs: Import[] }) {
  if (runs.length === 0) {
    return (
      <section className={classes.card}>
        <EmptyState
          icon={IconFileImport}
          title="Nothing was imported yet"
          text="Each import stands here afterwards, and can be undone as a whole."
        />
      </section>
    )
  }
  return (
    <section className={`${classes.card} ${classes.flush}`}>
      <Table.ScrollContainer minWidth={300}>
        <Table
          borderColor="var(--line)"
          verticalSpacing={9}
          horizontalSpacing={16}
          className={classes.history}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th className={`${classes.number} ${classes.wide}`}>New</Table.Th>
              <Table.Th className={`${classes.number} ${classes.wide}`}>Updated</Table.Th>
              <Table.Th className={`${classes.number} ${classes.wide}`}>Not imported</Table.Th>
              <Table.Th className={classes.wide}>By</Table.Th>
              <Table.Th aria-label="Actions" w={56} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.map((run) => (
              <RunRow key={run.importId} run={run} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}

function RunRow({ run }: { run: Import }) {
  const { label, color } = stateTexts[run.state]
  const { many } = importKindTexts[run.kind]
  return (
    <Table.Tr>
      <Table.Td>
        <Link
          to="/import/runs/$importId"
          params={{ importId: run.importId }}
          className={classes.historyLink}
        >
          {run.fileName}
        </Link>
        <Text size="xs" c="dimmed">
          {many} · <DateText value={run.startedAt} />
        </Text>
      </Table.Td>
      <Table.Td>
        <Stack gap={4}>
          <Group gap={6}>
            <Badge color={color}>{label}</Badge>
            {run.undo && run.undo.refused.length > 0 && (
              <Text size="xs" c="dimmed">
                {run.undo.refused.length.toLocaleString()} stayed
              </Text>
            )}
          </Group>
          {run.state === 'running' && (
            <Progress value={percentOf(run)} size="xs" aria-label="Imported" />
          )}
        </Stack>
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.wide}`}>
        {run.created.toLocaleString()}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.wide}`}>
        {run.updated.toLocaleString()}
      </Table.Td>
      <Table.Td className={`${classes.number} ${classes.wide}`}>
        {run.rejected.toLocaleString()}
      </Table.Td>
      <Table.Td className={classes.wide}>{run.user?.name ?? '–'}</Table.Td>
      <Table.Td className={classes.number}>
        <RunMenu run={run} />
      </Table.Td>
    </Table.Tr>
  )
}

function RunMenu({ run }: { run: Import }) {
  const { resume, askToUndo } = useRunActions(run)
  const download = useMutation({
    mutationFn: async () =>
      saveFile(await client.transfer.rejected({ importId: run.importId }), 'rejected.csv'),
  })
  const items = [
    canResume(run) && (
      <Menu.Item key="resume" leftSection={<IconPlayerPlay size={16} />} onClick={resume}>
        Go on with it
      </Menu.Item>
    ),
    canUndo(run) && (
      <Menu.Item key="undo" leftSection={<IconArrowBackUp size={16} />} onClick={askToUndo}>
        Undo the import
      </Menu.Item>
    ),
    run.rejected > 0 && (
      <Menu.Item
        key="rejected"
        leftSection={<IconDownload size={16} />}
        onClick={() => download.mutate()}
      >
        Download the rejected rows
      </Menu.Item>
    ),
  ].filter(Boolean)
  if (items.length === 0) return null
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${run.fileName}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{items}</Menu.Dropdown>
    </Menu>
  )
}
