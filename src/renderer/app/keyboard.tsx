/** Binds the shortcut registry to the screens: the screen opened last answers first. */
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
} from 'react'
import { advance, chordOf, type ShortcutName, shortcuts } from './shortcuts'

export type ShortcutHandlers = Partial<Record<ShortcutName, () => void>>

type Place = 'on top' | 'behind'

interface Keyboard {
  /** Adds a screen's handlers, on top unless they are behind all others; the answer takes them away again. */
  bind(read: () => ShortcutHandlers, place: Place): () => void
  press(name: ShortcutName): boolean
}

const KeyboardContext = createContext<Keyboard | null>(null)
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const sequencePause = 1200
const walking = new Set(['j', 'k', 'shift+j', 'shift+k'])

function createKeyboard(): Keyboard {
  let screens: (() => ShortcutHandlers)[] = []
  return {
    bind(read, place) {
      screens = place === 'behind' ? [read, ...screens] : [...screens, read]
      return () => {
        screens = screens.filter((other) => other !== read)
      }
    },
    press(name) {
      const handler = screens.findLast((read) => read()[name] !== undefined)?.()[name]
      handler?.()
      return handler !== undefined
    },
  }
}

export function KeyboardProvider({ children }: { children: ReactNode }) {
  const [keyboard] = useState(createKeyboard)

  useEffect(() => {
    let pending = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const chord = chordOf(event, isMac)
      if (chord === null) return
      // Held keys walk through lists; nothing else happens twice by holding.
      if (event.repeat && !walking.has(chord)) return
      clearTimeout(timer)
      const bound = Object.keys(shortcuts) as ShortcutName[]
      const held = isHeld(event.target)
      const allowed = held ? bound.filter((name) => shortcuts[name].always) : bound
      // Enter on a button or link is that button's, not the list's.
      if (chord === 'Enter' && isControl(event.target)) return
      const next = advance(pending, chord, allowed)
      pending = next.pending
      if (pending) timer = setTimeout(() => (pending = ''), sequencePause)
      // What the screen in front answers goes before what the same key does everywhere.
      const inOrder = next.complete.toSorted(
        (one, other) => Number(isEverywhere(one)) - Number(isEverywhere(other)),
      )
      for (const name of inOrder) {
        if (keyboard.press(name)) {
          event.preventDefault()
          return
        }
      }
    }
    document.addEventListener('keydown', onKeyDown)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [keyboard])

  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>
}

function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext)
  if (!keyboard) throw new Error('shortcuts need the KeyboardProvider around them')
  return keyboard
}

/**
 * While the component is shown, these handlers answer their shortcuts.
 * @param place the frame's are behind those of every screen, whichever of the two is there first
 */
export function useShortcuts(handlers: ShortcutHandlers, place: Place = 'on top'): void {
  const keyboard = useKeyboard()
  const read = useEffectEvent(() => handlers)
  useEffect(() => keyboard.bind(() => read(), place), [keyboard, place])
}

/** The same keys while something is waited for: they do nothing, here or on the screens behind. */
export const heldBack = (handlers: ShortcutHandlers): ShortcutHandlers =>
  Object.fromEntries(Object.keys(handlers).map((name) => [name, () => {}]))

/** Runs a shortcut's handler as if its keys were pressed; false where no screen has one. */
export const usePress = (): Keyboard['press'] => useKeyboard().press

/** Whether a key belongs to a text field or an open dialog, and is no shortcut. */
export const isHeld = (target: EventTarget | null) => isTyping(target) || isDialogOpen()

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range', 'color'].includes(target.type)
  )
}

const isEverywhere = (name: ShortcutName) => shortcuts[name].group === 'Everywhere'

const isControl = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('a, button, [role="menuitem"], summary') !== null

const isDialogOpen = () =>
  document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]') !== null
