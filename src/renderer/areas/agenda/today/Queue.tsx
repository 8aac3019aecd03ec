/** The queue itself: only what is in sight is drawn, and every key works on it. */
import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { useApp } from '../../../app/actions'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useShortcuts } from '../../../app/keyboard'
import { useMay } from '../../../app/session'
import { nothing, rangeOf, type Selection, withRows } from '../../../ui/list/selection'
import { useTouch } from '../../../ui/useTouch'
import { wallTimeOf } from '../../../ui/when/times'
import { WhenDialog } from '../../../ui/when/WhenDialog'
import { type ItemActions, ItemRow } from './ItemRow'
import { aboutPath, itemPath } from './item'
import { LogDialog, logKey } from './LogDialog'
import classes from './Queue.module.css'
import { QueueBar } from './QueueBar'
import {
  type Action,
  type Agenda,
  itemAfter,
  keyOf,
  linesOf,
  type Section,
  wallTimeOfItem,
} from './queue'
import { useAct } from './useAgenda'

const rowHeight = 51
const headingHeight = 38

export interface QueueProps {
  agenda: Agenda
  /** Whose queue, where it is not one's own. */
  withUsers: boolean
  /** Where the rest of a part is seen. */
  onMore(section: Section): void
  /** Shown where nothing is due. */
  clear: ReactNode
  /** Shown below the last line. */
  end?: ReactNode
}

export function Queue({ agenda, withUsers, onMore, clear, end }: QueueProps) {
  const app = useApp()
  const act = useAct()
  const mayWrite = useMay('write')
  const touch = useTouch()
  const lines = useMemo(() => linesOf(agenda), [agenda])
  const items = useMemo(
    () => lines.flatMap((line) => (line.type === 'item' ? [line.item] : [])),
    [lines],
  )
  const keys = useMemo(() => items.map(keyOf), [items])
  const openKeys = useMemo(() => items.filter(({ doneAt }) => doneAt === null).map(keyOf), [items])
  const [active, setActive] = useState<string | null>(null)
  /** Raised where the active row is to take the focus, rather than has taken it. */
  const [calls, setCalls] = useState(0)
  const [selection, setSelection] = useState<Selection>(nothing)
  const [snoozing, setSnoozing] = useState<string | null>(null)
  const [rescheduling, setRescheduling] = useState<AgendaItem[] | null>(null)
  const [logging, setLogging] = useState<AgendaItem | null>(null)
  const loggedIn = (key: string) => items.find((item) => logKey(item) === key)
  useDraftRequest(
    (key) => mayWrite && loggedIn(key) !== undefined,
    (key) => setLogging(loggedIn(key) ?? null),
  )
  const anchor = useRef<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)

  // What somebody else took away leaves its place to the one that was next to it.
  const place = active === null ? -1 : keys.indexOf(active)
  const current = place === -1 ? undefined : items[place]
  const chosen = selection.all ? items : items.filter((item) => selection.ids.has(keyOf(item)))

  const goTo = (key: string | undefined) => {
    setActive(key ?? null)
    setCalls((count) => count + 1)
  }
  const step = (by: 1 | -1) => {
    const next = keys[Math.max(0, Math.min(keys.length - 1, place === -1 ? 0 : place + by))]
    goTo(next)
    return next
  }
  const run = (targets: readonly AgendaItem[], action: Action) => {
    const gone = new Set(targets.map(keyOf))
    goTo(itemAfter(openKeys, gone))
    setSelection(nothing)
    act(targets, action)
  }
  /** The chosen rows, or the active one. */
  const meant = (): AgendaItem[] => {
    if (chosen.length > 0) return chosen.filter(({ doneAt }) => doneAt === null)
    return current && current.doneAt === null ? [current] : []
  }
  const select = (key: string, on: boolean, range: boolean) => {
    const from = range ? anchor.current : null
    anchor.current = key
    setSelection((now) => withRows(now, from ? rangeOf(openKeys, from, key) : [key], on, openKeys))
  }
  const extend = (by: 1 | -1) => {
    const from = current && keyOf(current)
    const to = step(by)
    const both = [from, to].filter((key) => key !== undefined && openKeys.includes(key))
    setSelection((now) => withRows(now, both as string[], true, openKeys))
  }

  const latest = useRef({ run, select, setActive })
  useEffect(() => {
    latest.current = { run, select, setActive }
  })
  const actions = useMemo<ItemActions>(
    () => ({
      complete: (item) => latest.current.run([item], { type: 'complete' }),
      snooze: (item, until) => latest.current.run([item], { type: 'snooze', until }),
      remove: (item) => latest.current.run([item], { type: 'delete' }),
      reschedule: (item) => setRescheduling([item]),
      log: (item) => setLogging(item),
      openRecord: (item) => app.goTo(aboutPath(item)),
      activate: (item) => latest.current.setActive(keyOf(item)),
      select: (item, on, range) => latest.current.select(keyOf(item), on, range),
      menu: (item, opened) => setSnoozing(opened ? keyOf(item) : null),
    }),
    [app],
  )

  useShortcuts({
    nextRow: () => step(1),
    previousRow: () => step(-1),
    openRow: () => current && app.goTo(itemPath(current)),
    openItem: () => current && app.goTo(aboutPath(current)),
    ...(mayWrite
      ? {
          completeItem: () => run(meant(), { type: 'complete' }),
          deleteItem: () => run(meant(), { type: 'delete' }),
          rescheduleItem: () => setRescheduling(meant()),
          logItem: () => current && current.doneAt === null && setLogging(current),
          snoozeItem: () => {
            if (chosen.length > 0) setSnoozing('chosen')
            else if (current && current.doneAt === null) setSnoozing(keyOf(current))
          },
          selectRow: () => {
            if (!current || current.doneAt !== null) return
            const key = keyOf(current)
            select(key, !(selection.all || selection.ids.has(key)), false)
          },
          selectDown: () => extend(1),
          selectUp: () => extend(-1),
          selectAll: () => setSelection({ all: false, ids: new Set(openKeys) }),
        }
      : {}),
    ...(chosen.length > 0 ? { close: () => setSelection(nothing) } : {}),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (event.shiftKey) extend(by)
    else step(by)
  }

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.type === 'item' ? rowHeight : headingHeight),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  })
  const line = active === null ? -1 : lines.findIndex(({ key }) => key === active)
  const target = items[place]?.id
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

  const [first] = rescheduling ?? []
  return (
    <>
      <div ref={scroller} className={classes.scroller}>
        {/* The arrows walk through what is in it; the rows take the focus themselves. */}
        <ul
          className={classes.lines}
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtualizer.getVirtualItems().map((drawn) => {
            const shown = lines[drawn.index]
            if (!shown) return null
            return (
              <li
                key={drawn.key}
                ref={virtualizer.measureElement}
                data-index={drawn.index}
                className={classes.line}
                style={{ transform: `translateY(${drawn.start}px)` }}
              >
                {shown.type === 'clear' && clear}
                {shown.type === 'heading' && (
                  <h2 className={classes.heading} data-section={shown.section}>
                    {shown.text}
                    {shown.count !== null && (
                      <span className={classes.count}>{shown.count.toLocaleString()}</span>
                    )}
                  </h2>
                )}
                {shown.type === 'more' && (
                  <div className={classes.more}>
                    <Button variant="subtle" color="gray" onClick={() => onMore(shown.section)}>
                      {shown.hidden.toLocaleString()} more
                    </Button>
                  </div>
                )}
                {shown.type === 'item' && (
                  <ItemRow
                    item={shown.item}
                    section={shown.section}
                    active={shown.key === active || (active === null && shown.key === keys[0])}
                    selected={selection.all || selection.ids.has(shown.key)}
                    selecting={chosen.length > 0}
                    snoozing={snoozing === shown.key}
                    mayWrite={mayWrite}
                    withUser={withUsers}
                    swipes={touch && mayWrite && chosen.length === 0}
                    actions={actions}
                  />
                )}
              </li>
            )
          })}
        </ul>
        {end}
      </div>
      <QueueBar
        count={chosen.length}
        snoozing={snoozing === 'chosen'}
        onSnoozing={(opened) => setSnoozing(opened ? 'chosen' : null)}
        onComplete={() => run(meant(), { type: 'complete' })}
        onSnooze={(until) => run(meant(), { type: 'snooze', until })}
        onReschedule={() => setRescheduling(meant())}
        onDelete={() => run(chosen, { type: 'delete' })}
        onClear={() => setSelection(nothing)}
      />
      {rescheduling && first && (
        <WhenDialog
          title={rescheduling.length === 1 ? first.title : `Move ${rescheduling.length} items`}
          action="Move"
          initial={startOfMove(first, new Date())}
          dayAlone={rescheduling.every(({ kind }) => kind === 'task')}
          onClose={() => {
            setRescheduling(null)
            goTo(active ?? undefined)
          }}
          onChoose={(wallTime) => {
            setRescheduling(null)
            run(rescheduling, { type: 'reschedule', wallTime })
          }}
        />
      )}
      {logging && (
        <LogDialog
          item={logging}
          onClose={() => {
            setLogging(null)
            goTo(active ?? undefined)
          }}
          onComplete={() => run([logging], { type: 'complete' })}
        />
      )}
    </>
  )
}

/** Where the calendar begins: at the item's own time, for an overdue one at the same time today. */
function startOfMove(item: AgendaItem, now: Date): string {
  const own = wallTimeOfItem(item)
  if (new Date(item.at) >= now) return own
  return `${wallTimeOf(now.toISOString()).slice(0, 10)}${own.slice(10)}`
}
