/** Times calls one after another. */

export interface Times {
  /** Milliseconds. */
  first: number
  p50: number
  p99: number
  /** Processor time of the middle call: what a busy machine changes least. */
  cpu: number
}

export interface Effort {
  rounds: number
  /** Stops early when the calls take longer than this altogether. */
  seconds: number
  /** What each round needs to be there first; not timed. */
  prepare?: ((round: number) => unknown) | undefined
}

/** The first call is reported apart: it finds caches cold and statements unprepared. */
export async function measure(
  work: (round: number) => unknown,
  { rounds, seconds, prepare }: Effort,
): Promise<Times> {
  const timed = async (round: number) => {
    await prepare?.(round)
    const start = performance.now()
    const used = process.cpuUsage()
    await work(round)
    const { user, system } = process.cpuUsage(used)
    return { time: performance.now() - start, cpu: (user + system) / 1000 }
  }
  const first = await timed(0)
  let total = 0
  const times: number[] = []
  const cpus: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const { time, cpu } = await timed(round)
    times.push(time)
    cpus.push(cpu)
    total += time
    if (total > seconds * 1000 && times.length >= 3) break
  }
  const at = (values: number[], share: number) =>
    values.sort((one, other) => one - other)[
      Math.min(values.length - 1, Math.floor(values.length * share))
    ] ?? first.time
  return { first: first.time, p50: at(times, 0.5), p99: at(times, 0.99), cpu: at(cpus, 0.5) }
}
