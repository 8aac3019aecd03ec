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
import { type RefObject, useDeferredValue, useEffect, useRef, useState } from 'react'
import { type PageKind, recordPath } from '../../app/records'
import { useReadAhead } from '../../app/useReadAhead'
import { useRowsInSight } from '../useRowsInSight'
import { CheckCell } from './CheckCell'
import type { ListColumn, ListDefinition, ListRow } from './definition'
import { isSelected, rangeOf, type Selection } from './selection'
import { ariaSort, nextSort } from './sort'
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
/** Rows drawn beyond those in sight, which are there when the list is scrolled. */
const beyond = 12
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
  /** `field` or `-field`; undefined while the rows are in no column's order. */
  sort: string | undefined
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
  const readAhead = useReadAhead()

  const columnDefinitions = definition.columns.map((column) => ({
    id: column.id,
    header: column.label,
    size: column.width,
    minSize: 60,
  }))
  const columnVisibility = Object.fromEntries(
    definition.columns.map(({ id }) => [id, columns.shown.includes(id)]),
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
  const shownColumns = table.getVisibleLeafColumns().flatMap((shown) => {
    const column = definition.columns.find(({ id }) => id === shown.id)
    return column ? [{ column, width: shown.getSize() }] : []
  })
  // Those in sight first.
  const drawsBeyond = useDeferredValue(rows.length > 0, false)
  const { virtualizer, items, totalSize } = useRowsInSight({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    scrollPaddingStart: headHeight,
    overscan: drawsBeyond ? beyond : 0,
  })
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
  const onMark = (id: string, on: boolean, range: boolean) => {
    const from = range ? anchor.current : null
    anchor.current = id
    const ids = rows.map((row) => row.id)
    select(from ? rangeOf(ids, from, id) : [id], on)
  }
  const onOpen = (index: number) => {
    const row = rows[index]
    setActive(index)
    if (row) open(row)
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
        <tbody className={classes.rows} style={{ height: totalSize }}>
          {items.map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <TableRow
                key={row.id}
                row={row}
                index={item.index}
                start={item.start}
                kind={definition.kind}
                columns={shownColumns}
                name={definition.nameOf(row)}
                selected={isSelected(selection, row.id)}
                active={item.index === active}
                activeRow={activeRow}
                onMark={onMark}
                onOpen={onOpen}
                onNear={readAhead}
              />
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

interface ShownColumn<Row extends ListRow> {
  column: ListColumn<Row>
  width: number
}

interface TableRowProps<Row extends ListRow> {
  row: Row
  index: number
  /** Distance from the top of the list, in pixels. */
  start: number
  kind: PageKind
  columns: readonly ShownColumn<Row>[]
  name: string
  selected: boolean
  active: boolean
  activeRow: RefObject<HTMLTableRowElement | null>
  onMark(id: string, on: boolean, range: boolean): void
  onOpen(index: number): void
  /** With the address of the row that the pointer or the focus is on. */
  onNear(path: string | null): void
}

function TableRow<Row extends ListRow>(props: TableRowProps<Row>) {
  const { row, index, start, kind, columns, name, selected, active, activeRow, onMark, onOpen } =
    props
  const { onNear } = props
  const path = recordPath(kind, row.id)
  return (
    <tr
      ref={active ? activeRow : undefined}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      data-active={active || undefined}
      style={{ transform: `translateY(${start}px)`, height: rowHeight }}
      onMouseEnter={() => onNear(path)}
      onMouseLeave={() => onNear(null)}
      onFocus={() => onNear(path)}
      onClick={(event) => {
        if (!isHandled(event)) onOpen(index)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return
        event.preventDefault()
        onOpen(index)
      }}
    >
      <td className={classes.check}>
        <CheckCell
          label={`Select ${name}`}
          checked={selected}
          onChange={(on, range) => onMark(row.id, on, range)}
        />
      </td>
      {columns.map(({ column, width }, place) => (
        <td key={column.id} className={classes.cell} data-align={column.align} style={{ width }}>
          {place === 0 ? (
            <Link to={path as string} preload={false} className={classes.name}>
              {column.render(row)}
            </Link>
          ) : (
            column.render(row)
          )}
        </td>
      ))}
    </tr>
  )
}

interface SortButtonProps {
  label: string
  field: string
  sort: string | undefined
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

/** A click on something inside the row that acts by itself, or the end of marking text. */
function isHandled(event: React.MouseEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey) return true
  const target = event.target
  if (target instanceof Element && target.closest('a, button, input, label')) return true
  return (window.getSelection()?.toString() ?? '') !== ''
}
