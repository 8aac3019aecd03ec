/** The program's home: the leads of a pipeline on a board. */
import { ActionIcon, Button, Group, Menu, Text, UnstyledButton } from '@mantine/core'
import { IconChartFunnel, IconChevronDown, IconPlus, IconSettings } from '@tabler/icons-react'
import { type QueryClient, useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useShortcuts } from '../../../app/keyboard'
import { lazyPart } from '../../../app/parts'
import { readAll, readOf } from '../../../app/reads'
import { countOf } from '../../../app/records'
import { useMay } from '../../../app/session'
import { Later } from '../../../ui/Later'
import { Views } from '../../../ui/list/Views'
import { MoneyText } from '../../../ui/MoneyText'
import { PageTitle } from '../../../ui/PageTitle'
import { TooltipOnDemand } from '../../../ui/TooltipOnDemand'
import { useNarrow } from '../../../ui/useNarrow'
import { Board } from './Board'
import { BoardBroken, BoardWaiting, NoLeadsYet, NothingMatches } from './BoardStates'
import { type Board as Data, leadsOn, openTotals } from './board'
import { withAmount } from './ColumnHeader'
import { Filters } from './Filters'
import classes from './PipelinePage.module.css'
import {
  type BoardStateStore,
  isFiltered,
  queryOf,
  readBoardState,
  useBoardState,
  viewStoreOf,
  withoutFilters,
} from './state'
import { boardQuery, useBoard } from './useBoard'
import { useMoves } from './useMoves'

const Conversion = lazyPart(() => import('./Conversion'))

/** Reads what the board at such an address shows. */
export const readBoard = (cache: QueryClient, search: unknown) =>
  readAll(cache, [
    readOf(boardQuery(cache, queryOf(readBoardState(search)))),
    readOf(api.pipeline.list.queryOptions()),
    readOf(api.settings.views.list.queryOptions({ input: { list: 'board' } })),
  ])

export default function PipelinePage() {
  const store = useBoardState()
  const { state, replace } = store
  const query = queryOf(state)
  const { data, error, key, loadMore, refetch, isPlaceholderData } = useBoard(query)
  const { board, move } = useMoves(data, key, query.sort)
  const search = useRef<HTMLInputElement>(null)
  const viewStore = viewStoreOf(store)
  useShortcuts({ focusSearch: () => search.current?.focus() })
  const narrow = useNarrow()
  const filtered = isFiltered(state)
  const views =
    useQuery(api.settings.views.list.queryOptions({ input: { list: 'board' } })).data ?? []
  const empty = board !== undefined && leadsOn(board) === 0
  return (
    <div className={classes.page}>
      <Heading board={board} store={store} />
      {(!narrow || views.length > 0 || filtered || state.sort) && (
        <Views list="board" store={viewStore} />
      )}
      <Filters store={store} search={search} />
      {error && !board ? (
        <BoardBroken error={error} onRetry={() => void refetch()} onReset={() => replace({})} />
      ) : !board ? (
        <BoardWaiting />
      ) : empty && filtered && !isPlaceholderData ? (
        <NothingMatches onClear={() => replace(withoutFilters(state))} />
      ) : (
        <>
          {empty && !filtered && <NoLeadsYet stage={board.pipeline.stages[0]} />}
          <InTurn>
            <Board
              key={board.pipeline.id}
              board={board}
              arranges={query.sort === 'position'}
              send={move}
              loadMore={loadMore}
            />
          </InTurn>
        </>
      )}
    </div>
  )
}

/** After the heading and the filters, so that no frame is long; at once where the program opens with the board. */
function InTurn({ children }: { children: ReactNode }) {
  const router = useRouter()
  const [isOpening] = useState(() => router.state.resolvedLocation === undefined)
  return isOpening ? children : <Later>{children}</Later>
}

function Heading({ board, store }: { board: Data | undefined; store: BoardStateStore }) {
  const app = useApp()
  const narrow = useNarrow()
  const mayWrite = useMay('write')
  const mayConfigure = useMay('configure')
  const [comparing, setComparing] = useState(false)
  const totals = board && openTotals(board)
  return (
    <header className={classes.heading}>
      <div className={classes.name}>
        <PipelineSwitcher board={board} store={store} />
        {totals && (
          <Text className={classes.summary} size="sm" c="dimmed" role="status">
            {countOf('lead', totals.leads)} open
            {totals.value.length > 0 && (
              <>
                {' · '}
                <MoneyText value={withAmount(totals.value)} compact empty="no value" />
                {!narrow && (
                  <>
                    {' · '}
                    <MoneyText value={withAmount(totals.weighted)} compact empty="0" /> weighted
                  </>
                )}
              </>
            )}
          </Text>
        )}
      </div>
      <Group gap={4} wrap="nowrap">
        <TooltipOnDemand label="Conversion rates">
          <ActionIcon
            size="lg"
            aria-label="Conversion rates"
            disabled={!board}
            onClick={() => setComparing(true)}
          >
            <IconChartFunnel size={18} stroke={1.6} />
          </ActionIcon>
        </TooltipOnDemand>
        {mayConfigure && (
          <TooltipOnDemand label="Pipelines and stages">
            <ActionIcon
              size="lg"
              aria-label="Pipelines and stages"
              onClick={() =>
                app.goTo(`/settings/pipelines${board ? `?pipeline=${board.pipeline.id}` : ''}`)
              }
            >
              <IconSettings size={18} stroke={1.6} />
            </ActionIcon>
          </TooltipOnDemand>
        )}
        {mayWrite && !narrow && (
          <Button
            leftSection={<IconPlus size={15} />}
            onClick={() => {
              const first = board?.pipeline.stages[0]
              app.create('lead', {
                initial: { stageId: first ? { id: first.id, name: first.name } : null },
                onCreated: () => {},
              })
            }}
          >
            New lead
          </Button>
        )}
      </Group>
      {comparing && board && (
        <Suspense fallback={null}>
          <Conversion pipeline={board.pipeline} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </header>
  )
}

function PipelineSwitcher({ board, store }: { board: Data | undefined; store: BoardStateStore }) {
  const app = useApp()
  const mayConfigure = useMay('configure')
  const pipelines = useQuery(api.pipeline.list.queryOptions()).data ?? []
  const title = <PageTitle title={board?.pipeline.name ?? 'Pipeline'} className={classes.title} />
  if (pipelines.length < 2) return title
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.switcher} aria-label="Choose a pipeline">
          {title}
          <IconChevronDown size={17} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={board?.pipeline.id ?? null}
          onChange={(id) => {
            const { pipeline: _left, view: _view, ...kept } = store.state
            const isDefault = pipelines.some((one) => one.id === id && one.isDefault)
            store.replace(isDefault ? kept : { ...kept, pipeline: id })
          }}
        >
          {pipelines.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {mayConfigure && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconSettings size={15} />}
              onClick={() => app.goTo('/settings/pipelines')}
            >
              Pipelines and stages
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
