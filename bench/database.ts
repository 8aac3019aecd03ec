/** A generated database, kept in the temporary directory until its seed, size or schema changes. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { triggersFingerprint } from '../src/core/assembly/triggers-and-views'
import { openCore } from '../src/core/core'
import { flushFile } from '../src/core/kernel/file/layout'
import type { Host } from '../src/core/kernel/host/host'
import { removeFolder } from '../src/testing-folder'
import { generate } from './generate'
import { type SizeName, sizes } from './sizes'

const seed = 1
const start = Date.parse('2026-11-20T09:30:00Z')
let now = start
/** All generated dates are near the instant that the benchmark's clock starts at. */
export const clock = {
  now: () => now,
  passDays: (days: number) => {
    now += days * 86_400_000
  },
}
export const migrations = resolve('drizzle')
export const bareHost: Host = {
  notify: async () => false,
  showCounts: async () => {},
  openExternal: async () => {},
  secrets: {
    isAvailable: async () => false,
    get: async () => undefined,
    set: async () => {},
    remove: async () => {},
  },
}

export const open = (directory: string, time: { now(): number } = clock) =>
  openCore({ directory, migrations, clock: time, host: bareHost, door: 'test', ticks: false })

/** A fresh copy to write into, of this name in this run; the caller removes it. */
export async function copyOfDatabase(size: SizeName, name = 'run'): Promise<string> {
  const kept = await keptDatabase(size)
  const directory = join(tmpdir(), `rapport-bench-${name}-${process.pid}`)
  removeFolder(directory)
  cpSync(kept, directory, { recursive: true, preserveTimestamps: true })
  // Else the first checkpoint of a save would wait until all of the copy is on the disk.
  flushFile(join(directory, 'rapport.db'))
  return directory
}

async function keptDatabase(size: SizeName): Promise<string> {
  const schema = createHash('sha256').update(triggersFingerprint())
  for (const name of readdirSync(migrations).filter((file) => file.endsWith('.sql')))
    schema.update(readFileSync(join(migrations, name)))
  for (const name of ['generate', 'generate-records', 'generate-work', 'seeded', 'sizes'])
    schema.update(readFileSync(join('bench', `${name}.ts`)))
  const kept = join(tmpdir(), `rapport-bench-${size}-${seed}-${schema.digest('hex').slice(0, 12)}`)
  if (existsSync(kept)) return kept
  const making = `${kept}.making`
  removeFolder(making)
  mkdirSync(making, { recursive: true })
  await (await open(making)).close()
  const began = performance.now()
  generate(join(making, 'rapport.db'), { size: sizes[size], seed, now: start })
  console.error(
    `Generated the ${size} database in ${Math.round((performance.now() - began) / 1000)} s.`,
  )
  // Checked and closed whole once, as a database in use is.
  await (await open(making)).close()
  renameSync(making, kept)
  return kept
}
