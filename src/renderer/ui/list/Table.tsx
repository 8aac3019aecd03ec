/** The rows of a list as a table that only draws what is in sight. */
import { Checkbox, Loader } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { recordPath } from '../../app/records'
import type { ListDefinition, ListRow } from './definition'
import { isSelected, rangeOf, type Selection } from './selection'
import classes from './Table.module.css'
import type { Columns } from './useColumns'

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
})
const rowHeight = 37
const headHeight = 34
const checkWidth = 40
/** Rows left below the last one drawn when the next page is asked for. */
const ahead = 20

export interface RowsProps<Row extends ListRow> {
  definition: ListDefinition<Row>
  rows: readonly Row[]
  active: number
  setActive(index: number): void
  selection: Selection
  select(ids: readonly string[], on: boolean): void
  open(row: Row): void
  scroller: RefObject<HTMLDivElement | null>
  loadMore(): void
  isLoadingMore: boolean
}

export interface TableProps<Row extends ListRow> extends RowsProps<Row> {
  columns: Columns
  total: number
  /** `field` or `-field`. */
  sort: string
  onSort(sort: string | undefined): void
  allLoadedSelected: boolean
  onSelectAll(on: boolean): void
}

export function Table<Row extends ListRow>(props: TableProps<Row>) {
  const { definition, rows, active, setActive, selection, select, open, scroller } = props
  const { columns, total, sort, onSort, allLoadedSelected, onSelectAll, loadMore } = props
  const [widths, setWidths] = useState(columns.widths)
  const widthsNow = useRef(widths)
  const anchor = useRef<string | null>(null)
  const activeRow = useRef<HTMLTableRowElement>(null)

  const columnDefinitions = useMemo(
    () =>
      definition.columns.map((column) => ({
        id: column.id,
        header: column.label,
        size: column.width,
        minSize: 60,
        cell: ({ row }: { row: { original: Row } }) => column.render(row.original),
      })),
    [definition.columns],
  )
  const columnVisibility = useMemo(
    () => Object.fromEntries(definition.columns.map(({ id }) => [id, columns.shown.includes(id)])),
    [definition.columns, columns.shown],
  )
  const table = useTable<typeof features, Row>({
    features,
    columns: columnDefinitions,
    data: rows as Row[],
    getRowId: (row) => row.id,
    columnResizeMode: 'onChange',
    state: { columnVisibility, columnOrder: columns.shown, columnSizing: widths },
    onColumnSizingChange: (update) =>
      setWidths((now) => {
        widthsNow.current = typeof update === 'function' ? update(now) : update
        return widthsNow.current
      }),
  })
  const modelRows = table.getRowModel().rows
  const virtualizer = useVirtualizer({
    count: modelRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => modelRows[index]?.id ?? index,
    scrollPaddingStart: headHeight,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= rows.length - ahead) loadMore()
  }, [last, rows.length, loadMore])
  useEffect(() => {
    if (active < 0) return
    virtualizer.scrollToIndex(active)
    // The row may be drawn only after the scroll.
    const frame = requestAnimationFrame(() => activeRow.current?.focus({ preventScroll: true }))
    return () => cancelAnimationFrame(frame)
  }, [active, virtualizer])

  const width = checkWidth + table.getTotalSize()
  const mark = (id: string, on: boolean, range: boolean) => {
    const ids =
      range && anchor.current
        ? rangeOf(
            rows.map((row) => row.id),
            anchor.current,
            id,
          )
        : [id]
    anchor.current = id
    select(ids, on)
  }
  const remember = () => columns.setWidths(widthsNow.current)
  return (
    <div ref={scroller} className={classes.scroller}>
      <table className={classes.table} aria-rowcount={total + 1} style={{ minWidth: width }}>
        <thead className={classes.head}>
          <tr aria-rowindex={1} className={classes.headRow}>
            <th className={classes.check}>
              <Checkbox
                aria-label="Select all that are loaded"
                checked={selection.all || allLoadedSelected}
                indeterminate={!selection.all && !allLoadedSelected && selection.ids.size > 0}
                onChange={(event) => onSelectAll(event.currentTarget.checked)}
              />
            </th>
            {table.getHeaderGroups()[0]?.headers.map((header) => {
              const column = definition.columns.find(({ id }) => id === header.column.id)
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={ariaSort(column?.sort, sort)}
                  className={classes.headCell}
                  data-align={column?.align}
                  style={{ width: header.getSize() }}
                >
                  {column?.sort ? (
                    <SortButton
                      label={column.label}
                      field={column.sort}
                      sort={sort}
                      onSort={onSort}
                    />
                  ) : (
                    column?.label
                  )}
                  <ResizeHandle start={header.getResizeHandler()} onEnd={remember} />
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = modelRows[item.index]
            if (!row) return null
            const selected = isSelected(selection, row.id)
            const isActive = item.index === active
            return (
              <tr
                key={row.id}
                ref={isActive ? activeRow : undefined}
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                aria-selected={selected}
                className={classes.row}
                data-active={isActive || undefined}
                style={{ transform: `translateY(${item.start}px)`, height: rowHeight }}
                onClick={(event) => {
                  if (isHandled(event)) return
                  setActive(item.index)
                  open(row.original)
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || event.target !== event.currentTarget) return
                  event.preventDefault()
                  open(row.original)
                }}
              >
                <td className={classes.check}>
                  <Checkbox
                    aria-label={`Select ${definition.nameOf(row.original)}`}
                    checked={selected}
                    onChange={(event) =>
                      mark(row.id, event.currentTarget.checked, isShiftHeld(event.nativeEvent))
                    }
                  />
                </td>
                {row.getVisibleCells().map((cell, index) => (
                  <td
                    key={cell.id}
                    className={classes.cell}
                    data-align={definition.columns.find(({ id }) => id === cell.column.id)?.align}
                    style={{ width: cell.column.getSize() }}
                  >
                    {index === 0 ? (
                      <Link
                        to={recordPath(definition.kind, row.id) as string}
                        className={classes.name}
                      >
                        <table.FlexRender cell={cell} />
                      </Link>
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {props.isLoadingMore && (
        <div className={classes.more}>
          <Loader size="xs" type="dots" aria-label="Loading more" />
        </div>
      )}
    </div>
  )
}

interface SortButtonProps {
  label: string
  field: string
  sort: string
  onSort(sort: string | undefined): void
}

function SortButton({ label, field, sort, onSort }: SortButtonProps) {
  return (
    <button type="button" className={classes.sort} onClick={() => onSort(nextSort(field, sort))}>
      {label}
      {sort === field && <IconArrowUp size={13} stroke={2.2} aria-hidden />}
      {sort === `-${field}` && <IconArrowDown size={13} stroke={2.2} aria-hidden />}
    </button>
  )
}

/** A pointer's way to the width; the keyboard needs none, since cells show their text in full. */
function ResizeHandle({ start, onEnd }: { start(event: unknown): void; onEnd(): void }) {
  const begin = (event: React.MouseEvent | React.TouchEvent, endEvent: 'mouseup' | 'touchend') => {
    start(event)
    // The table takes its last move in at the same event.
    document.addEventListener(endEvent, () => setTimeout(onEnd), { once: true })
  }
  return (
    <span
      aria-hidden
      className={classes.resize}
      onMouseDown={(event) => begin(event, 'mouseup')}
      onTouchStart={(event) => begin(event, 'touchend')}
    />
  )
}

function ariaSort(field: string | undefined, sort: string) {
  if (field === undefined) return undefined
  if (field === sort) return 'ascending'
  return `-${field}` === sort ? 'descending' : 'none'
}

const isShiftHeld = (event: Event) => event instanceof MouseEvent && event.shiftKey

/** Ascending, then descending, then the list's own order. */
function nextSort(field: string, sort: string): string | undefined {
  if (sort === field) return `-${field}`
  return sort === `-${field}` ? undefined : field
}

/** A click on something inside the row that acts by itself, or the end of marking text. */
function isHandled(event: React.MouseEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey) return true
  const target = event.target
  if (target instanceof Element && target.closest('a, button, input, label')) return true
  return (window.getSelection()?.toString() ?? '') !== ''
}
