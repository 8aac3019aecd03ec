/**
 * Turns typed text into a choice when a picker is left or Enter is pressed: at once where the
 * choices are there, else as soon as they are; a form that is saved meanwhile waits for it.
 */
import { useCombobox } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { bestIndex, isSameName, useChoices } from './referenceChoices'
import { findReferences, type ReferenceKind, type ReferenceOption } from './references'
import { waitFor } from './unresolved'

/** How far what was typed may be from the choice: left by the mouse only the same name counts. */
type Leaving = 'exact' | 'first' | 'enter'

export interface PickedByTyping {
  of: ReferenceKind
  /** Text in the field that is no choice; null while nothing is typed. */
  typed: string | null
  setTyped(typed: string | null): void
  only?: ((option: ReferenceOption) => boolean) | undefined
  onTake(option: ReferenceOption): void
  /** Enter was pressed where nothing matches. */
  onCreate?: (() => void) | undefined
}

export function usePickedByTyping(options: PickedByTyping) {
  const { of, typed, setTyped, only, onTake, onCreate } = options
  const cache = useQueryClient()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const text = (typed ?? '').trim()
  const found = useChoices(of, typed ?? '', combobox.dropdownOpened)
  const choices = only ? found.options.filter(only) : found.options
  const [isMissing, setMissing] = useState(false)
  const [isSettling, setSettling] = useState(false)
  const settlingFor = useRef<string | null>(null)
  const [activeId, setActiveId] = useState<string>()
  const now = useRef({ text, onTake, onCreate })
  useEffect(() => {
    now.current = { text, onTake, onCreate }
  })

  const readActive = () =>
    setActiveId(
      combobox.listId
        ? document.querySelector(`#${CSS.escape(combobox.listId)} [data-combobox-selected]`)?.id
        : undefined,
    )
  // What Enter and Tab would take is marked as soon as the choices are those of the text.
  const best = text !== '' && found.isCurrent && combobox.dropdownOpened
  const shown = JSON.stringify([best, text, choices.map(({ id }) => id)])
  const mark = useRef(() => {})
  useEffect(() => {
    mark.current = () => {
      if (best) combobox.selectOption(bestIndex(choices, text))
      else combobox.resetSelectedOption()
      readActive()
    }
  })
  useEffect(() => {
    if (shown) mark.current()
  }, [shown])

  function settle(leaving: Leaving, field: HTMLElement): void {
    const wanted = text
    if (settlingFor.current === wanted) return
    settlingFor.current = wanted
    setSettling(true)
    const settled = () => {
      settlingFor.current = null
      setSettling(false)
    }
    const take = (all: readonly ReferenceOption[]) => {
      settled()
      // Typed on since: the later text is what counts.
      if (now.current.text !== wanted) return
      const fitting = only ? all.filter(only) : all
      const exact = fitting.find(({ name }) => isSameName(name, wanted))
      const chosen = exact ?? (leaving === 'exact' ? undefined : fitting[0])
      if (chosen) now.current.onTake(chosen)
      else if (leaving === 'enter' && now.current.onCreate) now.current.onCreate()
      else setMissing(true)
    }
    const notFound = () => {
      settled()
      setMissing(true)
    }
    // Drawn before anybody hears of it: the form that waits, and the next key, find the field with its value.
    const lookedUp = cache.fetchQuery(findReferences(of, wanted)).then(
      (all) => flushSync(() => take(all)),
      () => flushSync(notFound),
    )
    waitFor(field, lookedUp)
  }

  return {
    combobox,
    choices,
    found,
    isMissing: isMissing && text !== '',
    isSettling,
    /** Attributes of the field; the list says which choice is marked. */
    aria: {
      role: 'combobox',
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-expanded': combobox.dropdownOpened,
      'aria-controls': combobox.dropdownOpened && combobox.listId ? combobox.listId : undefined,
      'aria-activedescendant': combobox.dropdownOpened ? activeId : undefined,
      'aria-busy': isSettling || undefined,
      // Esc closes the choices first, then what is around the field.
      'data-mantine-stop-propagation': combobox.dropdownOpened || undefined,
    },
    type(next: string) {
      setTyped(next)
      setMissing(false)
      combobox.openDropdown()
    },
    /** The form was to be saved: says what is missing. */
    tell: () => setMissing(true),
    onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setTimeout(readActive)
      if (text === '' || event.nativeEvent.isComposing) return
      const marked = combobox.getSelectedOptionIndex()
      const chosen = best ? choices[marked === -1 ? bestIndex(choices, text) : marked] : undefined
      if (event.key === 'Enter' && !(event.ctrlKey || event.metaKey)) {
        // The list takes what is marked in it, its row for a new one included.
        if (best && marked !== -1) return
        event.preventDefault()
        if (chosen) onTake(chosen)
        else settle('enter', event.currentTarget)
      }
      if (event.key === 'Tab') {
        if (chosen) onTake(chosen)
        else if (!best) settle('first', event.currentTarget)
      }
    },
    leave(field: HTMLElement): void {
      combobox.closeDropdown()
      if (text !== '') settle('exact', field)
    },
  }
}
