/** Whether somebody looks at Rapport, in this page or in another of this browser. */
import { useEffect } from 'react'

const lock = 'rapport.in-front'

/** This page has the keyboard and can be seen. */
export const isInFront = (): boolean =>
  document.visibilityState === 'visible' && document.hasFocus()

/** While this page is in front it says so to the others, by holding a lock. */
export function useTellInFront(): void {
  useEffect(() => {
    let giveUp: (() => void) | undefined
    const update = () => {
      if (isInFront() && !giveUp) {
        const leaving = new AbortController()
        giveUp = () => leaving.abort()
        void navigator.locks
          .request(lock, { mode: 'shared', signal: leaving.signal }, () => aborted(leaving.signal))
          .catch(() => {})
      } else if (!isInFront() && giveUp) {
        giveUp()
        giveUp = undefined
      }
    }
    update()
    for (const name of ['focus', 'blur'] as const) window.addEventListener(name, update)
    document.addEventListener('visibilitychange', update)
    return () => {
      giveUp?.()
      for (const name of ['focus', 'blur'] as const) window.removeEventListener(name, update)
      document.removeEventListener('visibilitychange', update)
    }
  }, [])
}

/** Whether any page of Rapport in this browser is in front. */
export async function isAnyInFront(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lock)
}

/** Resolves once the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
