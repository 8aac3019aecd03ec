/** A list of records with all that every list can do: views, search, filters, columns, bulk, keys. */
import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { IconDownload, IconPlus } from '@tabler/icons-react'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type * as z from 'zod'
import type { BulkResult } from '../../../contract/kernel/shapes'
import type { ExportNarrowing } from '../../../contract/transfer/export'
import { useApp } from '../../app/actions'
import type { CreatableKind } from '../../app/create'
import { useShortcuts } from '../../app/keyboard'
import { countOf, exportPathOf, kinds, recordPath } from '../../app/records'
import { useMay } from '../../app/session'
import { PageTitle } from '../PageTitle'
import { TooltipOnDemand } from '../TooltipOnDemand'
import { useNarrow } from '../useNarrow'
import { BulkActions } from './BulkActions'
import { BulkBar } from './BulkBar'
import { Cards } from './Cards'
import type { BulkAction, BulkTarget, ListDefinition, ListRow, PageOf } from './definition'
import { ListState as States } from './ListStates'
import classes from './RecordList.module.css'
import { countSelected, nothing, type Selection, withRows } from './selection'
import { sortOf } from './sort'
import type { ListStateStore } from './state'
import { Table } from './Table'
import { Toolbar } from './Toolbar'
import { useColumns } from './useColumns'
import { useExport } from './useExport'
import { Views } from './Views'

export interface RecordListProps<Row extends ListRow> {
  definition: ListDefinition<Row>
  store: ListStateStore
  pages: UseInfiniteQueryResult<InfiniteData<PageOf<Row>, unknown>>
  /** Without it rows can only be exported. */
  bulk?: (input: { target: BulkTarget; action: BulkAction }) => Promise<z.infer<typeof BulkResult>>
  /** Buttons for the selected rows, before those that areas add. */
  renderBulk?: (chosen: { target: BulkTarget; count: number; clear(): void }) => ReactNode
  /** The page around it has the heading. */
  untitled?: boolean
  /** Sort in force when the address names none. */
  defaultSort: string
  /** What a tab asks for besides the list's own search and filter, for exports. */
  narrowing?: ExportNarrowing
  /** Beside the count, e.g. the worth of all leads. */
  summary?: ReactNode
}

const noRows: never[] = []
const nothingInBulk: never[] = []

export function RecordList<Row extends ListRow>({
  definition,
  store,
  pages,
  bulk,
  renderBulk,
  untitled = false,
  defaultSort,
  narrowing,
  summary,
}: RecordListProps<Row>) {
  const { kind } = definition
  const { state, change } = store
  const app = useApp()
  const narrow = useNarrow()
  const mayWrite = useMay('write')
  const exportPath = exportPathOf(kind)
  const mayExport = useMay('export') && exportPath !== undefined
  const columns = useColumns(kinds[kind].path, definition.columns, state.columns)
  const exporting = useExport(exportPath, definition.columns, columns.shown)
  const search = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)

  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  // Memoised by hand: React Compiler would make new ones on every step, and every row would render again.
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? (noRows as Row[]), [data])
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const total = data?.pages[0]?.total ?? 0

  const [selection, setSelection] = useState<Selection>(nothing)
  const [active, setActive] = useState(-1)
  // Another question, other rows: what was chosen before is no longer in sight.
  const question = JSON.stringify([state.q, state.filter, state.tab])
  useEffect(() => {
    if (question) {
      setSelection(nothing)
      setActive(-1)
      scroller.current?.scrollTo({ top: 0 })
    }
  }, [question])

  const open = (row: Row) => app.goTo(recordPath(kind, row.id))
  const step = (by: 1 | -1) => setActive((now) => Math.max(0, Math.min(rows.length - 1, now + by)))
  const select = (chosen: readonly string[], on: boolean) =>
    setSelection((now) => withRows(now, chosen, on, ids))
  const activeRow = rows[active]
  const count = countSelected(selection, total)
  useShortcuts({
    focusSearch: () => search.current?.focus(),
    nextRow: () => step(1),
    previousRow: () => step(-1),
    openRow: () => activeRow && open(activeRow),
    selectRow: () =>
      activeRow && select([activeRow.id], !(selection.all || selection.ids.has(activeRow.id))),
    selectAll: () => setSelection({ all: false, ids: new Set(ids) }),
    ...(count > 0 ? { close: () => setSelection(nothing) } : {}),
  })

  const target: BulkTarget = selection.all
    ? { where: { q: state.q, filter: state.filter } }
    : { ids: [...selection.ids] }
  const filtered = Boolean(state.q || state.filter)
  const list = {
    definition,
    rows,
    active,
    setActive,
    selection,
    select,
    open,
    scroller,
    loadMore: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
    isLoadingMore: isFetchingNextPage,
  }
  return (
    <section className={classes.list} aria-label={kinds[kind].many}>
      <header className={classes.heading}>
        <Group gap={10} align="baseline" wrap="nowrap" miw={0}>
          {!untitled && <PageTitle title={capital(kinds[kind].many)} />}
          <Text size="sm" c="dimmed" className="tabular" truncate role="status">
            {data && countOf(kind, total)}
            {summary}
          </Text>
        </Group>
        <Group gap={6} wrap="nowrap">
          {mayExport && (
            <TooltipOnDemand label="Export these as CSV">
              <ActionIcon
                size="lg"
                aria-label="Export these as CSV"
                onClick={() =>
                  exporting.ask({ q: state.q, filter: state.filter, tasks: narrowing }, total)
                }
              >
                <IconDownload size={18} stroke={1.6} />
              </ActionIcon>
            </TooltipOnDemand>
          )}
          {mayWrite && !untitled && (
            <Button
              leftSection={<IconPlus size={15} />}
              onClick={() => app.create(kind as CreatableKind)}
            >
              {narrow ? 'New' : `New ${kinds[kind].one}`}
            </Button>
          )}
        </Group>
      </header>
      <Views list={kinds[kind].path} store={store} />
      <Toolbar
        definition={definition}
        store={store}
        columns={columns}
        search={search}
        defaultSort={defaultSort}
      />
      <div className={classes.body}>
        <States
          pages={pages}
          isEmpty={rows.length === 0}
          filtered={filtered}
          narrow={narrow}
          onClear={() => change({ q: undefined, filter: undefined, view: undefined })}
          kind={kind}
          text={definition.empty}
        >
          {narrow ? (
            <Cards {...list} />
          ) : (
            <Table
              {...list}
              columns={columns}
              total={total}
              sort={sortOf(state, defaultSort)}
              onSort={(sort) => change({ sort })}
              allLoadedSelected={
                ids.length > 0 && !selection.all && ids.every((id) => selection.ids.has(id))
              }
              onSelectAll={(on) => setSelection(on ? { all: false, ids: new Set(ids) } : nothing)}
            />
          )}
        </States>
      </div>
      <BulkBar
        kind={kind}
        fields={definition.bulk ?? nothingInBulk}
        count={count}
        total={total}
        everything={selection.all}
        onEverything={() => setSelection({ all: true })}
        onClear={() => setSelection(nothing)}
        onAct={bulk && ((action) => bulk({ target, action }))}
        more={
          <>
            {renderBulk?.({ target, count, clear: () => setSelection(nothing) })}
            <BulkActions
              kind={kind}
              target={target}
              count={count}
              onDone={() => setSelection(nothing)}
            />
          </>
        }
        onExport={
          mayExport
            ? () =>
                exporting.ask(
                  'ids' in target ? { ids: target.ids } : { ...target.where, tasks: narrowing },
                  count,
                )
            : undefined
        }
      />
      {exporting.dialog}
    </section>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
