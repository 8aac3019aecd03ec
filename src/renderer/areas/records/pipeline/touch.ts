/**
 * Dragging with a finger: held still on a card it lifts the card, moved before that it scrolls.
 * Browsers on phones offer drag and drop of their own late, differently, or not at all.
 */
import type { Card } from '../../../../contract/records/pipeline'
import classes from './Card.module.css'
import type { Dragging } from './dragging'

/** How long a finger rests until it lifts, and how far it may tremble meanwhile. */
const hold = 260
const tremble = 9

export interface TouchOptions {
  dragging: Dragging
  /** The card an element belongs to, and the element that shows it. */
  find(target: Element): { card: Card; element: HTMLElement } | undefined
}

/** Listens within an element; the answer stops it. */
export function followTouches(root: HTMLElement, { dragging, find }: TouchOptions): () => void {
  let cancel: (() => void) | undefined

  function onTouchStart(event: TouchEvent) {
    cancel?.()
    const [touch, ...more] = event.touches
    if (!touch || more.length > 0 || !(event.target instanceof Element)) return
    // A button on the card is pressed, not lifted.
    if (event.target.closest('button')) return
    const found = find(event.target)
    if (found) cancel = watch(event.target, touch, found.card, found.element)
  }

  /** One finger from its touch to its end. */
  function watch(target: Element, first: Touch, card: Card, element: HTMLElement) {
    let at = { x: first.clientX, y: first.clientY }
    const began = at
    let preview: Preview | undefined
    // The browser's own drag would begin at the same hold.
    element.draggable = false
    const timer = setTimeout(() => {
      preview = createPreview(element, began)
      element.dataset.dragging = ''
      navigator.vibrate?.(12)
      dragging.start(card, at.x, at.y)
      dragging.track(at.x, at.y)
    }, hold)

    const onMove = (event: Event) => {
      const touch = event instanceof TouchEvent ? event.touches[0] : undefined
      if (!touch) return
      at = { x: touch.clientX, y: touch.clientY }
      if (preview) {
        event.preventDefault()
        preview.move(at)
        dragging.track(at.x, at.y)
      } else if (Math.hypot(at.x - began.x, at.y - began.y) > tremble) finish(false)
    }
    const onEnd = (event: Event) => {
      // Otherwise a click follows and opens the lead.
      if (preview && event.cancelable) event.preventDefault()
      finish(event.type === 'touchend')
    }
    const onMenu = (event: Event) => event.preventDefault()
    const finish = (commit: boolean) => {
      clearTimeout(timer)
      cancel = undefined
      element.draggable = true
      delete element.dataset.dragging
      for (const type of ['touchmove', 'touchend', 'touchcancel'])
        target.removeEventListener(type, type === 'touchmove' ? onMove : onEnd)
      root.removeEventListener('contextmenu', onMenu, true)
      if (!preview) return
      preview.remove()
      preview = undefined
      dragging.end(commit)
    }
    // On the touched element itself: it gets the events even after scrolling took it off the page.
    target.addEventListener('touchmove', onMove, { passive: false })
    target.addEventListener('touchend', onEnd, { passive: false })
    target.addEventListener('touchcancel', onEnd)
    root.addEventListener('contextmenu', onMenu, true)
    return () => finish(false)
  }

  // Safari heeds a touchmove listener that came after the touch only if there was one before.
  const nothing = () => {}
  root.addEventListener('touchstart', onTouchStart, { passive: true })
  root.addEventListener('touchmove', nothing, { passive: false })
  return () => {
    cancel?.()
    root.removeEventListener('touchstart', onTouchStart)
    root.removeEventListener('touchmove', nothing)
  }
}

interface Preview {
  move(to: { x: number; y: number }): void
  remove(): void
}

/** The card under the finger. */
function createPreview(element: HTMLElement, grip: { x: number; y: number }): Preview {
  const box = element.getBoundingClientRect()
  const preview = element.cloneNode(true) as HTMLElement
  preview.classList.add(classes.lifted ?? '')
  preview.setAttribute('aria-hidden', 'true')
  preview.removeAttribute('data-card')
  preview.style.width = `${box.width}px`
  preview.style.height = `${box.height}px`
  preview.style.left = `${box.left}px`
  preview.style.top = `${box.top}px`
  document.body.append(preview)
  return {
    move({ x, y }) {
      preview.style.translate = `${x - grip.x}px ${y - grip.y}px`
    },
    remove: () => preview.remove(),
  }
}
