/** Measures work in processor time, which a busy machine changes far less than the clock on the wall. */

/** In milliseconds, of everything that this process does meanwhile. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
