/**
 * Long work on the core's one thread is done in portions of a few milliseconds, one portion a turn of the loop, whatever is
 * under way at once: between two of them whoever waits is answered. Jobs, imports, undos and reactions all use these, so
 * that only this file knows how long a portion is.
 */

/** After so many milliseconds the thread is given back: with its commit a portion stays below ten. */
export const portionLength = 6
/**
 * For work that is a transaction of many rows: each commit has a price of its own, some ten to twenty milliseconds however
 * few rows there are, so that shorter ones take several times as long in all. With it no call waits fifty.
 */
export const writingLength = 20

/** Of units whose length is not known yet. */
const firstUnits = 20

/** The time that one portion has. */
export interface Portion {
  /** Asked after each unit of the work: whether the next one is for the next portion. */
  isOver(): boolean
}

/** Does work in portions, under the name of what it is part of. */
export type InPortions = (work: (portion: Portion) => boolean) => Promise<void>

export interface Portions {
  /**
   * Calls `work` for one portion after the other, until it answers that nothing is left. It does at least one unit,
   * and as many more as the portion has time for; what belongs together is one transaction within one portion.
   * @param length of a portion of this work, in milliseconds
   * @throws the signal's reason, between two portions
   */
  run(work: (portion: Portion) => boolean, signal?: AbortSignal, length?: number): Promise<void>
  /** For a loop that waits for other things, too; to be awaited after each unit. Undefined while the portion lasts. */
  pause(): Promise<void> | undefined
  /** Gives the thread back at once; resolves when it is this work's turn again. */
  giveBack(): Promise<void>
  /**
   * For units that cannot be stopped in between, such as rows that are written together.
   * @param length of a portion, in milliseconds
   * @param least units, however long they take
   */
  learn(most: number, length?: number, least?: number): Learned
}

/** How many units a portion has time for, as learned from how long the last ones took. */
export interface Learned {
  units(): number
  /** Does so many of them; without what takes as long however many there are, such as the commit. */
  time<Result>(units: number, work: () => Result): Result
}

/** @param now milliseconds of a clock that is never set; tests give one that counts units */
export function createPortions(now: () => number = () => performance.now()): Portions {
  /** What all work of this turn of the loop shares. */
  let current: Portion | undefined
  /** Whoever waits for a turn: each has one, in this order. */
  const waiting: (() => void)[] = []

  function begin(length = portionLength): Portion {
    const until = now() + length
    const portion = { isOver: () => now() >= until }
    current = portion
    // The loop has turned by then.
    setImmediate(() => {
      if (current === portion) current = undefined
    })
    return portion
  }

  function giveBack(): Promise<void> {
    return new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === 1) setImmediate(takeTurns)
    })
  }

  function takeTurns() {
    current = undefined
    waiting.shift()?.()
    // Messages that came meanwhile are read before the next turn.
    if (waiting.length > 0) setImmediate(takeTurns)
  }

  return {
    async run(work, signal, length = portionLength) {
      signal?.throwIfAborted()
      for (;;) {
        while (current?.isOver()) {
          await giveBack()
          signal?.throwIfAborted()
        }
        const portion = length === portionLength ? (current ?? begin()) : begin(length)
        if (!work(portion)) return
        await giveBack()
        signal?.throwIfAborted()
      }
    },
    pause: () => ((current ?? begin()).isOver() ? giveBack() : undefined),
    giveBack,
    learn(most, length = portionLength, least = 1) {
      let units = Math.min(Math.max(firstUnits, least), most)
      return {
        units: () => units,
        time(done, work) {
          const began = now()
          const result = work()
          const took = Math.max(now() - began, 0.1)
          const fitting = Math.floor((done * length) / took)
          // One that happened to be quick says little of the next; one that was slow is not repeated.
          units = Math.max(least, Math.min(fitting, units * 2, most))
          return result
        },
      }
    },
  }
}

/** All that is read page by page, as many pages a portion as it has time for. */
export async function gather<T>(inPortions: InPortions, pages: Iterator<T[]>): Promise<T[]> {
  const all: T[] = []
  await inPortions((portion) => {
    for (let page = pages.next(); !page.done; page = pages.next()) {
      all.push(...page.value)
      if (portion.isOver()) return true
    }
    return false
  })
  return all
}
