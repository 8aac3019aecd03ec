/** Whether a dialog has the screen: as Mantine marks it, which keeps the page behind it from scrolling. */
import { useSyncExternalStore } from 'react'

const lock = 'data-scroll-locked'

export const isDialogOpen = (): boolean => document.body.hasAttribute(lock)

export const useDialogOpen = (): boolean => useSyncExternalStore(follow, isDialogOpen)

function follow(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.body, { attributeFilter: [lock] })
  return () => observer.disconnect()
}
