/** Gives the focus back to where it was before a dialog: to the button of a menu, where the dialog came from one. */
import { useEffect, useRef } from 'react'
import { isDialogOpen, useDialogOpen } from './dialogs'

/** What hangs above the page, and is gone when the dialog closes. */
const passing = '[role="dialog"], [role="menu"], [role="listbox"]'
/** In milliseconds; who gives the focus somewhere else has done so by then. */
const patience = 50
/** A closing dialog keeps the focus until it is gone, on a busy machine for long: so often it is waited for. */
const mostTries = 40

export function useFocusAfterDialogs(): void {
  const last = useRef<HTMLElement>(null)
  const opened = useDialogOpen()
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !isDialogOpen() && !target.closest(passing))
        last.current = target
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [])
  useEffect(() => {
    if (opened) return
    let tries = 0
    const timer = setInterval(() => {
      const { activeElement } = document
      if (activeElement === document.body) last.current?.focus({ preventScroll: true })
      const isClosing = activeElement?.closest(passing) != null
      tries += 1
      if (!isClosing || tries === mostTries) clearInterval(timer)
    }, patience)
    return () => clearInterval(timer)
  }, [opened])
}
