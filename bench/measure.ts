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

/** One call, in milliseconds. */
export interface Timed {
  time: number
  cpu: number
}

type Work = (round: number) => unknown

/** The first call is reported apart: it finds caches cold and statements unprepared. */
export async function measure(work: Work, effort: Effort): Promise<Times> {
  const [first] = await timeCalls(work, { ...effort, rounds: 0 })
  const calls = await timeCalls(work, effort, 1)
  return { first: first?.time ?? Number.NaN, ...summarise(calls) }
}

/** Calls with the rounds from `from` to `rounds`, at least three of them where there are as many. */
export async function timeCalls(
  work: Work,
  { rounds, seconds, prepare }: Effort,
  from = 0,
): Promise<Timed[]> {
  let total = 0
  const calls: Timed[] = []
  for (let round = from; round <= rounds; round++) {
    await prepare?.(round)
    const start = performance.now()
    const used = process.cpuUsage()
    await work(round)
    const { user, system } = process.cpuUsage(used)
    const time = performance.now() - start
    calls.push({ time, cpu: (user + system) / 1000 })
    total += time
    if (total > seconds * 1000 && calls.length >= 3) break
  }
  return calls
}

export function summarise(calls: readonly Timed[]): Omit<Times, 'first'> {
  const at = (values: number[], share: number) =>
    values.sort((one, other) => one - other)[
      Math.min(values.length - 1, Math.floor(values.length * share))
    ] ?? Number.NaN
  const times = calls.map(({ time }) => time)
  const cpus = calls.map(({ cpu }) => cpu)
  return { p50: at(times, 0.5), p99: at(times, 0.99), cpu: at(cpus, 0.5) }
}
