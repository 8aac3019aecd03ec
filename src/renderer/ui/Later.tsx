/** What is drawn after everything around it, in slices between frames: nothing else waits for it. */
import { type ReactNode, useDeferredValue } from 'react'

export function Later({ children }: { children: ReactNode }) {
  const isTurn = useDeferredValue(true, false)
  return isTurn ? children : null
}
