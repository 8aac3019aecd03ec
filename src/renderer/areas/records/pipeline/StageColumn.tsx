/** One unfolded stage: its heading, and its cards of which only those in sight are drawn. */
import { Loader } from '@mantine/core'
import { defaultRangeExtractor, type Range, type VirtualItem } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Card, Stage, StageTotals } from '../../../../contract/records/pipeline'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { countOf } from '../../../app/records'
import { useRowsInSight } from '../../../ui/useRowsInSight'
import type { Column } from './board'
import { useBoardActions } from './boardContext'
import { LeadCard } from './Card'
import { Celebration } from './Celebration'
import { ColumnHeader } from './ColumnHeader'
import type { ColumnHandle } from './dragging'
import { QuickAdd, quickAddKey } from './QuickAdd'
import classes from './StageColumn.module.css'
import { useColumnPlace } from './useColumnPlace'
import { useDrawingInTurns } from './useDrawingInTurns'
import { useSteadyScroll } from './useSteadyScroll'

/** Between cards, and beside them; pixels. */
const gap = 7
const margin = 4
/** How many cards before the end the next page is asked for. */
const ahead = 12

export interface StageColumnProps {
  stage: Stage
  /** Which of the columns it is, from 0. */
  turn: number
  column: Column
  totals: StageTotals
  mayWrite: boolean
  touch: boolean
  /** Undefined where columns cannot be folded. */
  onFold: ((stageId: string) => void) | undefined
}

export function StageColumn({
  stage,
  turn,
  column: { cards, nextCursor },
  totals,
  mayWrite,
  touch,
  onFold,
}: StageColumnProps) {
  const { columns, dragging, marks, ruler, loadMore } = useBoardActions()
  const scroller = useRef<HTMLDivElement>(null)
  const [adding, setAdding] = useState(false)
  useDraftRequest(
    (key) => mayWrite && key === quickAddKey(stage.id),
    () => setAdding(true),
  )
  const activeIndex = useStore(marks, ({ active }) => indexOf(cards, active))
  const draggedIndex = useStore(dragging.store, ({ card }) => indexOf(cards, card?.id))

  const drawing = useDrawingInTurns(turn)
  const { left, width } = useColumnPlace(scroller, stage.id)
  const layOut = (card: Card) => ruler.layOut(card, (width ?? 0) - 2 * margin)
  const { virtualizer, items, totalSize, places } = useRowsInSight<HTMLDivElement, HTMLLIElement>({
    // Cards are laid out once the width is known, and drawn once.
    count: width === undefined ? 0 : cards.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => cards[index]?.id ?? index,
    estimateSize: (index) => {
      const card = cards[index]
      return card ? layOut(card).height : 0
    },
    // The focused and the dragged card stay on the page wherever the column is scrolled to.
    rangeExtractor: (range) => withIndexes(range, [activeIndex, draggedIndex]),
    gap,
    paddingStart: 4,
    paddingEnd: 16,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 24,
    overscan: drawing === 'beyond' ? 4 : 0,
    ...(left && { initialRect: left, initialOffset: left.top }),
  })
  // Another width gives other heights.
  const laidOut = useRef(width)
  useLayoutEffect(() => {
    const before = laidOut.current
    laidOut.current = width
    if (before !== undefined && before !== width) virtualizer.measure()
  }, [virtualizer, width])
  useSteadyScroll(scroller, virtualizer, cards)

  const shownCards = useEffectEvent(() => cards)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const handle: ColumnHandle = {
      scroller: element,
      placeAt: (clientY) => {
        const height = clientY - element.getBoundingClientRect().top + element.scrollTop
        const places = virtualizer.measurementsCache
        return firstIndex(places.length, (index) => {
          const place = places[index]
          return place !== undefined && place.start + place.size / 2 > height
        })
      },
      cardAt: (clientY) => {
        const height = clientY - element.getBoundingClientRect().top + element.scrollTop
        const index = virtualizer.getVirtualItemForOffset(Math.max(0, height))?.index ?? 0
        return shownCards()[index]
      },
      focus: (id) => {
        marks.setState({ active: id })
        soon(() => {
          const index = indexOf(shownCards(), id)
          if (index !== -1) virtualizer.scrollToIndex(index, { align: 'auto' })
          const link = element.querySelector<HTMLElement>(`[data-card="${id}"] a`)
          link?.focus({ preventScroll: true })
          return link !== null
        })
      },
    }
    columns.set(stage.id, handle)
    return () => {
      columns.delete(stage.id)
    }
  }, [columns, stage.id, virtualizer, marks])

  const lastShown = items.at(-1)?.index ?? 0
  const near = nextCursor !== null && lastShown >= cards.length - ahead
  useEffect(() => {
    // Asked again for each further page while the end is in sight.
    if (near && cards.length > 0) loadMore(stage.id)
  }, [near, cards.length, loadMore, stage.id])

  return (
    <section
      className={classes.column}
      data-stage={stage.id}
      data-drop-stage={stage.id}
      aria-label={`${stage.name}, ${countOf('lead', totals.leads)}`}
    >
      <ColumnHeader
        stage={stage}
        totals={totals}
        onAdd={mayWrite ? () => setAdding(true) : undefined}
        onFold={onFold}
      />
      {adding && (
        <QuickAdd
          stage={stage}
          onAdded={() => scroller.current?.scrollTo({ top: 0 })}
          onClose={() => setAdding(false)}
        />
      )}
      <div ref={scroller} className={classes.scroller}>
        <ul className={classes.cards} style={{ height: totalSize }} aria-label={stage.name}>
          {drawing !== 'nothing' &&
            items.map((item) => {
              const card = cards[item.index]
              return (
                card && (
                  <li
                    key={item.key}
                    className={classes.place}
                    style={{ top: item.start, height: item.size }}
                    aria-setsize={totals.leads}
                    aria-posinset={item.index + 1}
                  >
                    <LeadCard
                      card={card}
                      titleLines={layOut(card).titleLines}
                      draggable={mayWrite}
                      touch={touch}
                    />
                  </li>
                )
              )
            })}
          <DropLine stageId={stage.id} cards={cards} places={places} />
        </ul>
        {cards.length === 0 && (
          <p className={classes.nothing}>{totals.leads === 0 ? 'No leads here' : 'Loading…'}</p>
        )}
        {near && cards.length > 0 && (
          <div className={classes.more}>
            <Loader size={14} color="gray" />
          </div>
        )}
      </div>
      <DropShade stageId={stage.id} />
      <Celebration stageId={stage.id} />
    </section>
  )
}

/** Where the dragged card would go. */
function DropLine({
  stageId,
  cards,
  places,
}: {
  stageId: string
  cards: readonly Card[]
  places: readonly VirtualItem[]
}) {
  const { dragging } = useBoardActions()
  const index = useStore(dragging.store, ({ card, target }) => {
    if (!card || target?.stageId !== stageId || target.index === null) return null
    const own = indexOf(cards, card.id)
    return own !== -1 && (target.index === own || target.index === own + 1) ? null : target.index
  })
  if (index === null) return null
  return <li aria-hidden className={classes.line} style={{ top: topOf(places, index) }} />
}

/** Shows that the card would come into this column. */
export function DropShade({ stageId }: { stageId: string }) {
  const { dragging } = useBoardActions()
  const over = useStore(
    dragging.store,
    ({ card, target }) => target?.stageId === stageId && card?.stageId !== stageId,
  )
  return over ? <div className={classes.shade} /> : null
}

function topOf(places: readonly VirtualItem[], index: number): number {
  const below = places[index]
  if (below) return below.start - gap / 2
  const last = places.at(-1)
  return last ? last.end + gap / 2 : gap
}

const indexOf = (cards: readonly Card[], id: string | null | undefined): number =>
  id ? cards.findIndex((card) => card.id === id) : -1

function withIndexes(range: Range, wanted: readonly number[]): number[] {
  const indexes = new Set(defaultRangeExtractor(range))
  for (const index of wanted) if (index >= 0 && index < range.count) indexes.add(index)
  return [...indexes].sort((one, other) => one - other)
}

/** The first index for which `holds`, else `count`; it must hold from some index on. */
function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** Tries at each frame until it worked; gives up after a second. */
function soon(attempt: () => boolean, triesLeft = 60) {
  if (!attempt() && triesLeft > 0) requestAnimationFrame(() => soon(attempt, triesLeft - 1))
}
