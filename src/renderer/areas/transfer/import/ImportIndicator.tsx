/** In the top bar while an import runs: how far it is, and the way to it; tells its end elsewhere. */
import { Button, Group, RingProgress, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Import } from '../../../../contract/transfer/import'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useMay } from '../../../app/session'
import { countOfKind, importKindTexts } from './kinds'
import { percentOf, stateTexts } from './progress'

const pollEvery = 1000

export default function ImportIndicator() {
  const app = useApp()
  const mayImport = useMay('import')
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { data } = useQuery({
    ...api.transfer.history.queryOptions({ input: { limit: 5 } }),
    enabled: mayImport,
    refetchInterval: ({ state }) => (underWay(state.data?.items) ? pollEvery : false),
  })
  const run = underWay(data?.items)
  const watched = useRef<string | undefined>(undefined)
  useEffect(() => {
    const ended = data?.items.find(({ importId }) => importId === watched.current)
    watched.current = run?.importId
    // Its own page tells more.
    if (!ended || ended.importId === run?.importId || path === pageOf(ended)) return
    const open = (wanted: Import) => {
      notifications.hide(id)
      app.goTo(pageOf(wanted))
    }
    const id = notifications.show({
      withBorder: true,
      autoClose: 8000,
      message: <Ended run={ended} onOpen={() => open(ended)} />,
    })
  }, [data, run, path, app])
  if (!run || path === pageOf(run)) return null
  const percent = run.state === 'undoing' ? 100 : Math.round(percentOf(run))
  const label =
    run.state === 'undoing'
      ? `Taking back ${run.fileName}`
      : `Importing ${importKindTexts[run.kind].many}: ${percent} %`
  return (
    <Tooltip label={label}>
      <UnstyledButton
        onClick={() => app.goTo(pageOf(run))}
        aria-label={`${label}. Open the import`}
      >
        <RingProgress
          size={34}
          thickness={4}
          roundCaps
          sections={[{ value: Math.max(4, percent), color: 'juniper' }]}
        />
      </UnstyledButton>
    </Tooltip>
  )
}

function Ended({ run, onOpen }: { run: Import; onOpen(): void }) {
  const text =
    run.state === 'done'
      ? `${countOfKind(run.kind, run.created + run.updated)} imported from ${run.fileName}`
      : `${run.fileName}: ${stateTexts[run.state].label.toLowerCase()}`
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" lineClamp={2}>
        {text}
      </Text>
      <Button variant="light" size="compact-sm" flex="none" onClick={onOpen}>
        Open
      </Button>
    </Group>
  )
}

const pageOf = ({ importId }: Pick<Import, 'importId'>) => `/import/runs/${importId}`

const underWay = (runs: Import[] | undefined) =>
  runs?.find(({ state, dryRun }) => !dryRun && (state === 'running' || state === 'undoing'))
