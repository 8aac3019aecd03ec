/** Work that must not run twice at once, and must not miss what came while it ran. */

export interface OneAtATime {
  /** Resolves when all that was there at the call is done: a call while it works is answered by one more run, which all such calls share. */
  run(): Promise<void>
  /** Resolves when nothing of it is under way. */
  settled(): Promise<void>
}

export function oneAtATime(work: () => Promise<void>): OneAtATime {
  let current: Promise<void> | undefined
  let following: Promise<void> | undefined

  function run(): Promise<void> {
    if (!current) {
      current = work().finally(() => {
        current = undefined
      })
      return current
    }
    following ??= current
      .catch(() => {})
      .then(() => {
        following = undefined
        return run()
      })
    return following
  }

  return {
    run,
    async settled() {
      await Promise.allSettled([current, following])
    },
  }
}
