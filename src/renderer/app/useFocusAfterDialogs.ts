/** Gives the focus back to where it was before a dialog: to the button of a menu, where the dialog came from one. */
import { useEffect, useRef } from 'react'
import { isDialogOpen, useDialogOpen } from './dialogs'

/** What hangs above the page, and is gone when the dialog closes. */
const passing = '[role="dialog"], [role="menu"], [role="listbox"]'
/** In milliseconds; who gives the focus somewhere else has done so by then. */
const patience = 50

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
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) last.current?.focus({ preventScroll: true })
    }, patience)
    return () => clearTimeout(timer)
  }, [opened])
}
