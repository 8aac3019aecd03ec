/** The lines of the queue: only what is in sight is drawn, and the active row takes the focus when it is called. */
import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useRowsInSight } from '../../../ui/useRowsInSight'
import { type ItemActions, ItemRow, type ItemRowProps } from './ItemRow'
import classes from './Queue.module.css'
import type { Line, Section } from './queue'
import type { QueueRows } from './useQueueRows'

const rowHeight = 51
const headingHeight = 38

export interface QueueLinesProps extends Pick<ItemRowProps, 'mayWrite' | 'withUser' | 'swipes'> {
  lines: readonly Line[]
  rows: QueueRows
  /** The row whose menu of times is open. */
  snoozing: string | null
  actions: ItemActions
  onMore(section: Section): void
  clear: ReactNode
  end?: ReactNode
}

export function QueueLines(props: QueueLinesProps) {
  const { lines, rows, snoozing, actions, onMore, clear, end, ...ofRows } = props
  const { active, calls, current, keys, selected } = rows
  const scroller = useRef<HTMLDivElement>(null)
  const { virtualizer, items, totalSize } = useRowsInSight({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.type === 'item' ? rowHeight : headingHeight),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  })
  const line = active === null ? -1 : lines.findIndex(({ key }) => key === active)
  const target = current?.id
  useEffect(() => {
    if (calls === 0 || line === -1 || target === undefined) return
    virtualizer.scrollToIndex(line)
    // The row may be drawn only after the scroll.
    const frame = requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-item="${CSS.escape(target)}"]`)
        ?.focus({ preventScroll: true }),
    )
    return () => cancelAnimationFrame(frame)
    // Only a call moves the focus: what is typed elsewhere is not interrupted by a new answer.
  }, [calls, line, target, virtualizer])

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (event.shiftKey) rows.extend(by)
    else rows.step(by)
  }

  const contentOf = (shown: Line) => {
    switch (shown.type) {
      case 'clear':
        return clear
      case 'heading':
        return (
          <h2 className={classes.heading} data-section={shown.section}>
            {shown.text}
            {shown.count !== null && (
              <span className={classes.count}>{shown.count.toLocaleString()}</span>
            )}
          </h2>
        )
      case 'more':
        return (
          <div className={classes.more}>
            <Button variant="subtle" color="gray" onClick={() => onMore(shown.section)}>
              {shown.hidden.toLocaleString()} more
            </Button>
          </div>
        )
      case 'item':
        return (
          <ItemRow
            {...ofRows}
            item={shown.item}
            section={shown.section}
            active={shown.key === active || (active === null && shown.key === keys[0])}
            selected={rows.isSelected(shown.key)}
            selecting={selected.length > 0}
            snoozing={snoozing === shown.key}
            actions={actions}
          />
        )
    }
  }

  return (
    <div ref={scroller} className={classes.scroller}>
      {/* The arrows walk through what is in it; the rows take the focus themselves. */}
      <ul className={classes.lines} style={{ height: totalSize }} onKeyDown={onKeyDown}>
        {items.map((drawn) => {
          const shown = lines[drawn.index]
          return (
            shown && (
              <li
                key={drawn.key}
                ref={virtualizer.measureElement}
                data-index={drawn.index}
                className={classes.line}
                style={{ transform: `translateY(${drawn.start}px)` }}
              >
                {contentOf(shown)}
              </li>
            )
          )
        })}
      </ul>
      {end}
    </div>
  )
}
