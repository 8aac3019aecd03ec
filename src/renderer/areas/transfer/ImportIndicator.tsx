/** In the top bar while an import runs: how far it is, and the way to it. */
import { RingProgress, Tooltip, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { api } from '../../api'
import { useApp } from '../../app/actions'
import { useMay } from '../../app/session'
import { importKindTexts } from './kinds'
import { percentOf } from './progress'

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
  if (!run) return null
  const to = `/import/runs/${run.importId}`
  // Its own page shows more.
  if (path === to) return null
  const percent = run.state === 'undoing' ? 100 : Math.round(percentOf(run))
  const label =
    run.state === 'undoing'
      ? `Taking back ${run.fileName}`
      : `Importing ${importKindTexts[run.kind].many}: ${percent} %`
  return (
    <Tooltip label={label}>
      <UnstyledButton
        onClick={() => app.goTo(to)}
        aria-label={`${label}. Open the import`}
        role="status"
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

const underWay = <Run extends { state: string; dryRun: boolean }>(runs: Run[] | undefined) =>
  runs?.find(({ state, dryRun }) => !dryRun && (state === 'running' || state === 'undoing'))
