/**
 * Memory that the core's thread shares with the thread of long reads: that one runs one call at a time, and hears of nothing
 * else meanwhile.
 */
/** Calls have numbers from 1. */
const fields = { running: 0, givenUp: 1, ended: 2, length: 3 } as const

export type CallMemory = Int32Array<SharedArrayBuffer>

export const createCallMemory = (): CallMemory =>
  new Int32Array(new SharedArrayBuffer(fields.length * 4))

/** Nobody waits for this call any more. One that does not run yet hears of it by its signal. */
export function giveUp(memory: CallMemory, call: number): void {
  if (Atomics.load(memory, fields.running) === call) Atomics.store(memory, fields.givenUp, call)
}

/** Whatever runs is given up, and nothing else begins. */
export function giveUpAll(memory: CallMemory): void {
  Atomics.store(memory, fields.ended, 1)
}

export class GivenUp extends Error {
  override name = 'AbortError'
  constructor() {
    super('Nobody waits for this any more.')
  }
}

export function beginCall(memory: CallMemory, call: number): void {
  Atomics.store(memory, fields.running, call)
}

/** To be called before each statement. @throws GivenUp */
export function continueCall(memory: CallMemory): void {
  const givenUp = Atomics.load(memory, fields.givenUp)
  const isOver = givenUp !== 0 && givenUp === Atomics.load(memory, fields.running)
  if (isOver || Atomics.load(memory, fields.ended) === 1) throw new GivenUp()
}
