/** Times calls one after another. */

export interface Times {
  /** Milliseconds. */
  first: number
  p50: number
  p99: number
}

export interface Effort {
  rounds: number
  /** Stops early when the calls take longer than this altogether. */
  seconds: number
  /** What each round needs to be there first; not timed. */
  prepare?: ((round: number) => unknown) | undefined
}

/** The first call is told apart: it finds caches cold and statements unprepared. */
export async function measure(
  work: (round: number) => unknown,
  { rounds, seconds, prepare }: Effort,
): Promise<Times> {
  const timed = async (round: number) => {
    await prepare?.(round)
    const start = performance.now()
    await work(round)
    return performance.now() - start
  }
  const first = await timed(0)
  let total = first
  const times: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const time = await timed(round)
    times.push(time)
    total += time
    if (total > seconds * 1000 && times.length >= 3) break
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
  return { first, p50: at(0.5) ?? first, p99: at(0.99) ?? first }
}
