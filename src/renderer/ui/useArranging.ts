/** Arranging a short list by its grips: with mouse or finger by dragging, with arrow keys. */
import { announce } from '@atlaskit/pragmatic-drag-and-drop-live-region'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'

interface Drag {
  id: string
  from: number
  to: number
  /** How far the row follows the pointer, in pixels. */
  by: number
  /** Height of the dragged row. */
  height: number
}

/** @param arrange called with the new order when the item is dropped */
export function useArranging(ids: readonly string[], arrange: (ids: string[]) => void) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])

  function begin(event: PointerEvent<HTMLButtonElement>, id: string) {
    const row = event.currentTarget.closest('li')
    const rows = [...(row?.parentElement?.children ?? [])]
    if (event.button !== 0 || !row) return
    event.preventDefault()
    event.currentTarget.focus()
    const from = ids.indexOf(id)
    const boxes = rows.map((one) => one.getBoundingClientRect())
    const { height } = row.getBoundingClientRect()
    const { clientY: start, pointerId } = event
    let now: Drag = { id, from, to: from, by: 0, height }
    setDrag(now)
    const follow = (moved: globalThis.PointerEvent) => {
      if (moved.pointerId !== pointerId) return
      const by = moved.clientY - start
      const own = boxes[from]
      const middle = own ? own.top + own.height / 2 + by : moved.clientY
      const to = boxes.filter((box, index) => {
        const centre = box.top + box.height / 2
        return index !== from && (index < from ? centre < middle : centre <= middle)
      }).length
      now = { ...now, by, to }
      setDrag(now)
    }
    const finish = (commit: boolean) => {
      listening.abort()
      stop.current = undefined
      setDrag(null)
      if (commit && now.to !== now.from) arrange(moveTo(ids, now.from, now.to))
    }
    const listening = new AbortController()
    const { signal } = listening
    window.addEventListener('pointermove', follow, { signal })
    window.addEventListener('pointerup', () => finish(true), { signal })
    window.addEventListener('pointercancel', () => finish(false), { signal })
    window.addEventListener('keydown', (key) => key.key === 'Escape' && finish(false), { signal })
    stop.current = () => listening.abort()
  }

  function step(event: KeyboardEvent<HTMLButtonElement>, id: string, name: string) {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const from = ids.indexOf(id)
    const to = from + by
    if (by === 0 || to < 0 || to >= ids.length) return
    event.preventDefault()
    arrange(moveTo(ids, from, to))
    announce(`${name} is now ${to + 1} of ${ids.length}.`)
  }

  return {
    /** The row that is being dragged. */
    moved: drag?.id,
    /** How far a row is from its place while another is dragged, in pixels. */
    shiftOf(id: string): number {
      if (!drag) return 0
      if (drag.id === id) return drag.by
      const index = ids.indexOf(id)
      if (index > drag.from && index <= drag.to) return -drag.height
      if (index < drag.from && index >= drag.to) return drag.height
      return 0
    },
    gripOf: (id: string, name: string) => ({
      'aria-label': `Move ${name}: drag, or arrow keys`,
      onPointerDown: (event: PointerEvent<HTMLButtonElement>) => begin(event, id),
      onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => step(event, id, name),
    }),
  }
}

function moveTo(ids: readonly string[], from: number, to: number): string[] {
  const order = ids.filter((_, index) => index !== from)
  return order.toSpliced(to, 0, ...ids.slice(from, from + 1))
}
