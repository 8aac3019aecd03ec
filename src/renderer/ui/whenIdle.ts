/** Milliseconds that stand for it in Safari, which cannot say when nothing is to be done. */
const aMoment = 50

/**
 * Calls back while nothing else is to be done.
 * @param patience milliseconds after which it is called anyway; without, it may wait for ever
 * @returns what calls it off
 */
export function whenIdle(work: () => void, patience?: number): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, aMoment)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(
    () => work(),
    patience === undefined ? {} : { timeout: patience },
  )
  return () => cancelIdleCallback(idle)
}
