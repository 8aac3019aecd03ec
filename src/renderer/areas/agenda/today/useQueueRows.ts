/** Where one is in the queue and what is selected, as keys and pointer move it. */
import { useMemo, useRef, useState } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { nothing, rangeOf, type Selection, withRows } from '../../../ui/list/selection'
import { itemAfter, keyOf, type Line } from './queue'

export function useQueueRows(lines: readonly Line[]) {
  // Memoised by hand: React Compiler would make new ones on every step, and every row would render again.
  const { items, keys, openKeys } = useMemo(() => {
    const items = lines.flatMap((line) => (line.type === 'item' ? [line.item] : []))
    const open = items.filter(({ doneAt }) => doneAt === null)
    return { items, keys: items.map(keyOf), openKeys: open.map(keyOf) }
  }, [lines])
  const [active, setActive] = useState<string | null>(null)
  /** Raised where the active row is to take the focus, rather than has taken it. */
  const [calls, setCalls] = useState(0)
  const [selection, setSelection] = useState<Selection>(nothing)
  const anchor = useRef<string | null>(null)

  // What somebody else took away leaves its place to the one that was next to it.
  const place = active === null ? -1 : keys.indexOf(active)
  const current = place === -1 ? undefined : items[place]
  const selected = selection.all ? items : items.filter((item) => selection.ids.has(keyOf(item)))
  const isSelected = (key: string) => selection.all || selection.ids.has(key)

  const goTo = (key: string | undefined) => {
    setActive(key ?? null)
    setCalls((count) => count + 1)
  }
  const step = (by: 1 | -1) => {
    const next = keys[Math.max(0, Math.min(keys.length - 1, place === -1 ? 0 : place + by))]
    goTo(next)
    return next
  }
  const select = (key: string, on: boolean, range: boolean) => {
    const from = range ? anchor.current : null
    anchor.current = key
    setSelection((now) => withRows(now, from ? rangeOf(openKeys, from, key) : [key], on, openKeys))
  }

  return {
    keys,
    active,
    setActive,
    calls,
    current,
    selected,
    isSelected,
    goTo,
    step,
    select,
    items,
    clear: () => setSelection(nothing),
    selectAll: () => setSelection({ all: false, ids: new Set(openKeys) }),
    /** Selects the active row and the one above or below it, which becomes active. */
    extend: (by: 1 | -1) => {
      const from = current && keyOf(current)
      const to = step(by)
      const both = [from, to].filter((key) => key !== undefined && openKeys.includes(key))
      setSelection((now) => withRows(now, both as string[], true, openKeys))
    },
    toggleCurrent: () => {
      if (!current || current.doneAt !== null) return
      const key = keyOf(current)
      select(key, !isSelected(key), false)
    },
    /** What an action is for: the selected rows, or the active one. */
    targets: (): AgendaItem[] => {
      if (selected.length > 0) return selected.filter(({ doneAt }) => doneAt === null)
      return current && current.doneAt === null ? [current] : []
    },
    /** Goes to the row that takes the place of those acted on, and selects nothing any more. */
    leave: (targets: readonly AgendaItem[]) => {
      goTo(itemAfter(openKeys, new Set(targets.map(keyOf))))
      setSelection(nothing)
    },
  }
}

export type QueueRows = ReturnType<typeof useQueueRows>
