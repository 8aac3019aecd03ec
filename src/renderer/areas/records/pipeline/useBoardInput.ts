/** Follows mouse, fingers and keys for all cards of the board at once. */

import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect } from 'react'
import type { Card } from '../../../../contract/records/pipeline'
import type { BoardActions } from './boardContext'
import { followTouches } from './touch'

/** A column that has not moved for so long does not scroll any more; milliseconds. */
const restsAfter = 120

export interface BoardInputOptions {
  root: RefObject<HTMLElement | null>
  actions: BoardActions
  mayWrite: boolean
  cardOf(id: string): Card | undefined
  /** A key pressed on a card; answers whether it meant something. */
  onKey(card: Card, event: KeyboardEvent): boolean
}

export function useBoardInput({ root, actions, mayWrite, cardOf, onKey }: BoardInputOptions) {
  useEffect(() => {
    const element = root.current
    if (!element) return
    const listening = new AbortController()
    const listen = <Type extends keyof HTMLElementEventMap>(
      type: Type,
      listener: (event: HTMLElementEventMap[Type]) => void,
    ) => element.addEventListener(type, listener, { signal: listening.signal })
    const { marks, dragging } = actions

    // A card that passes under the mouse while its column scrolls is not pointed at: it would get its quick
    // actions for a frame.
    let over: string | null = null
    let scrolling: ReturnType<typeof setTimeout> | undefined
    const point = (hovered: string | null) => {
      if (marks.getState().hovered !== hovered) marks.setState({ hovered })
    }
    listen('pointerover', (event) => {
      if (event.pointerType !== 'mouse') return
      over = shownCard(event.target)?.dataset.card ?? null
      if (scrolling === undefined) point(over)
    })
    listen('pointerleave', () => {
      over = null
      point(null)
    })
    element.addEventListener(
      'scroll',
      () => {
        point(null)
        clearTimeout(scrolling)
        scrolling = setTimeout(() => {
          scrolling = undefined
          point(over)
        }, restsAfter)
      },
      { capture: true, passive: true, signal: listening.signal },
    )
    listen('focusin', (event) => {
      const focused = shownCard(event.target)?.dataset.card ?? null
      marks.setState(focused ? { focused, active: focused } : { focused })
    })
    listen('focusout', (event) => {
      if (!shownCard(event.relatedTarget)) marks.setState({ focused: null })
    })
    listen('click', (event) => {
      const shown = shownCard(event.target)
      const card = shown && cardOf(shown.dataset.card ?? '')
      if (!card || !(event.target instanceof Element)) return
      if (event.target.closest('[data-menu]')) {
        const box = event.target.getBoundingClientRect()
        actions.openMenu(card, { x: box.left, y: box.bottom })
        return
      }
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
      if (!event.target.closest('a') || elsewhere) return
      event.preventDefault()
      actions.open(card)
    })
    listen('contextmenu', (event) => {
      const shown = shownCard(event.target)
      const card = shown && cardOf(shown.dataset.card ?? '')
      if (!card) return
      event.preventDefault()
      // The menu key has no place of its own: the menu opens at the card.
      const box = shown.getBoundingClientRect()
      const byKey = event.button !== 2
      actions.openMenu(
        card,
        byKey ? { x: box.left + 12, y: box.bottom } : { x: event.clientX, y: event.clientY },
      )
    })
    listen('keydown', (event) => {
      const shown = shownCard(event.target)
      const card = shown && cardOf(shown.dataset.card ?? '')
      if (!card || !(event.target instanceof Element)) return
      if (event.key === 'Escape' && event.target.closest('button')) {
        shown.querySelector('a')?.focus()
        event.preventDefault()
      } else if (event.target.closest('a') && onKey(card, event)) event.preventDefault()
    })

    const stopDragging = mayWrite
      ? combine(
          dropTargetForElements({ element }),
          monitorForElements({
            canMonitor: ({ source }) => source.element.dataset.card !== undefined,
            onDragStart: ({ source, location }) => {
              const card = cardOf(source.element.dataset.card ?? '')
              if (!card) return
              source.element.dataset.dragging = ''
              const { clientX, clientY } = location.current.input
              dragging.start(card, clientX, clientY)
            },
            onDrag: ({ location }) => {
              const { clientX, clientY } = location.current.input
              dragging.track(clientX, clientY)
            },
            onDrop: ({ source, location }) => {
              delete source.element.dataset.dragging
              const { clientX, clientY } = location.current.input
              // Esc, or let go outside: no target is left.
              const within = location.current.dropTargets.length > 0
              if (within) dragging.track(clientX, clientY)
              dragging.end(within)
            },
          }),
          followTouches(element, {
            dragging,
            find: (target) => {
              const shown = shownCard(target)
              const card = shown && cardOf(shown.dataset.card ?? '')
              return card ? { card, element: shown } : undefined
            },
          }),
        )
      : () => {}
    return () => {
      listening.abort()
      clearTimeout(scrolling)
      stopDragging()
    }
  }, [root, actions, mayWrite, cardOf, onKey])
}

function shownCard(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null
}
