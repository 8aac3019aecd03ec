/**
 * One drag at a time, whatever carries it: the mouse (by the browser's own drag and drop) and
 * fingers (see `touch.ts`) both tell where the pointer is; here it becomes a place on the board.
 */
import { getElementFromPointWithoutHoneypot } from '@atlaskit/pragmatic-drag-and-drop/get-element-from-point-without-honey-pot'
import { createStore } from 'zustand/vanilla'
import type { Card } from '../../../../contract/records/pipeline'

/** What a column tells about itself; heights are those of the window, in pixels. */
export interface ColumnHandle {
  scroller: HTMLElement
  /** The place among its cards that is nearest to a height: 0 above the first card. */
  placeAt(clientY: number): number
  /** The card at a height, or the nearest; undefined in an empty column. */
  cardAt(clientY: number): Card | undefined
  /** Scrolls a card into sight and gives it the focus. */
  focus(id: string): void
}

export interface DragTarget {
  stageId: string
  /** Counted with the dragged card in its column; null puts it on top. */
  index: number | null
}

interface DragState {
  card: Card | null
  target: DragTarget | null
}

export interface DraggingOptions {
  /** The unfolded columns by stage. */
  columns: ReadonlyMap<string, ColumnHandle>
  /** What scrolls sideways. */
  scroller(): HTMLElement | null
  /** Whether cards have an order of their own and can be put between others. */
  arranges(): boolean
  drop(card: Card, target: DragTarget): void
}

export type Dragging = ReturnType<typeof createDragging>

/** Marks what a card can be dropped on: `data-drop-stage` names the stage. */
const dropZone = '[data-drop-stage]'
/** Closer than this to an edge scrolls, the faster the closer; in pixels. */
const edge = 72
/** At the very edge, what is in sight goes by in this time, in milliseconds. */
const passing = 850

export function createDragging({ columns, scroller, arranges, drop }: DraggingOptions) {
  const store = createStore<DragState>(() => ({ card: null, target: null }))
  let point = { x: 0, y: 0 }
  let frame = 0
  let last = 0

  function start(card: Card, x: number, y: number) {
    point = { x, y }
    last = performance.now()
    store.setState({ card, target: null })
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(step)
  }

  function track(x: number, y: number) {
    point = { x, y }
    retarget()
  }

  /** @param commit false leaves the card where it was */
  function end(commit: boolean) {
    cancelAnimationFrame(frame)
    const { card, target } = store.getState()
    store.setState({ card: null, target: null })
    if (commit && card && target) drop(card, target)
  }

  function retarget() {
    const { card, target } = store.getState()
    if (!card) return
    const next = targetAt(card)
    if (next?.stageId !== target?.stageId || next?.index !== target?.index)
      store.setState({ target: next })
  }

  function targetAt(card: Card): DragTarget | null {
    const { x, y } = point
    const zone = getElementFromPointWithoutHoneypot({ x, y })?.closest<HTMLElement>(dropZone)
    const stageId = zone?.dataset.dropStage
    if (!zone || !stageId) return null
    const column = columns.get(stageId)
    const within = column && zone.contains(column.scroller)
    if (within && arranges()) return { stageId, index: column.placeAt(y) }
    return stageId === card.stageId ? null : { stageId, index: null }
  }

  function step(now: number) {
    const elapsed = Math.min(50, now - last)
    last = now
    const { target } = store.getState()
    const column = target ? columns.get(target.stageId)?.scroller : undefined
    const board = scroller()
    const moved = [
      column && scrollAlong(column, 'y', elapsed),
      board && scrollAlong(board, 'x', elapsed),
    ]
    if (moved.some(Boolean)) retarget()
    frame = requestAnimationFrame(step)
  }

  // Not pragmatic-drag-and-drop-auto-scroll: it follows the browser's own drags alone, and a finger's
  // drag is none.
  function scrollAlong(element: HTMLElement, axis: 'x' | 'y', elapsed: number): boolean {
    const box = element.getBoundingClientRect()
    const [at, from, to] =
      axis === 'x' ? [point.x, box.left, box.right] : [point.y, box.top, box.bottom]
    const zone = Math.min(edge, (to - from) / 5)
    const near = at < from + zone ? at - from - zone : at > to - zone ? at - to + zone : 0
    if (near === 0 || at < from - zone || at > to + zone) return false
    const by = Math.max(-1, Math.min(1, near / zone)) * ((to - from) / passing) * elapsed
    const before = axis === 'x' ? element.scrollLeft : element.scrollTop
    element.scrollBy(axis === 'x' ? by : 0, axis === 'x' ? 0 : by)
    return before !== (axis === 'x' ? element.scrollLeft : element.scrollTop)
  }

  return { store, start, track, end }
}
