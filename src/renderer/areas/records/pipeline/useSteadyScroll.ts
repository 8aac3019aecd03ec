/** Keeps what is read where it is while cards come and go above it. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Card } from '../../../../contract/records/pipeline'

/** The cards in sight and where they began, as last drawn. */
type Sight = ReadonlyMap<string, number>

export function useSteadyScroll(
  scroller: RefObject<HTMLDivElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, HTMLLIElement>,
  cards: readonly Card[],
): void {
  const sight = useRef<Sight>(new Map())
  const drawn = useRef(cards)
  useLayoutEffect(() => {
    const starts = virtualizer.measurementsCache
    // As the virtualizer knows them: asking the page would make it lay everything out at once.
    const scrollTop = virtualizer.scrollOffset ?? 0
    const height = virtualizer.scrollRect?.height ?? 0
    if (drawn.current !== cards) {
      drawn.current = cards
      const shift =
        scrollTop > 0 ? smallestShift(sight.current, cards, (index) => starts[index]?.start) : 0
      if (shift !== 0) scroller.current?.scrollBy({ top: shift })
    }
    const seen = new Map<string, number>()
    for (const { index, start, end } of virtualizer.getVirtualItems()) {
      const card = cards[index]
      if (card && end > scrollTop && start < scrollTop + height) seen.set(card.id, start)
    }
    sight.current = seen
  })
}

/** By how little the cards that stayed have moved: a card put between them is no reason to scroll. */
export function smallestShift(
  sight: Sight,
  cards: readonly Pick<Card, 'id'>[],
  startOf: (index: number) => number | undefined,
): number {
  let smallest = Number.POSITIVE_INFINITY
  for (const [index, { id }] of cards.entries()) {
    const before = sight.get(id)
    const after = before === undefined ? undefined : startOf(index)
    if (before === undefined || after === undefined) continue
    if (Math.abs(after - before) < Math.abs(smallest)) smallest = after - before
  }
  return Number.isFinite(smallest) ? smallest : 0
}
