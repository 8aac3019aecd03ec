/** Times calls one after another. */

export interface Times {
  /** Milliseconds. */
  first: number
  p50: number
  p99: number
}

/**
 * The first call is told apart: it finds caches cold and statements unprepared.
 * @param seconds stops early when the calls take longer than this altogether
 */
export async function measure(
  work: (round: number) => unknown,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Times> {
  const began = performance.now()
  await work(0)
  const first = performance.now() - began
  const times: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const start = performance.now()
    await work(round)
    times.push(performance.now() - start)
    if (performance.now() - began > seconds * 1000 && times.length >= 3) break
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]
  return { first, p50: at(0.5) ?? first, p99: at(0.99) ?? first }
}
