// Checks the types of each side with what that side may use: Node without DOM, pages without Node.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './node24.mjs'

const sides = ['.', 'src/renderer', 'src/preload', 'e2e', 'bench']
const hasSources = (side) =>
  readdirSync(join(root, side), { recursive: true }).some((file) => /\.tsx?$/.test(file))

// What was found last time is kept, so that an unchanged side costs seconds and not half a minute.
const memory = (side) => [
  '--incremental',
  '--tsBuildInfoFile',
  join(root, 'node_modules', '.cache', 'types', `${side === '.' ? 'node' : side}.tsbuildinfo`),
]

let failed = 0
for (const side of sides) {
  if (side !== '.' && !hasSources(side)) continue
  const options = ['-p', join(root, side), ...memory(side), ...process.argv.slice(2)]
  if ((await run('tsc', options)) !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
