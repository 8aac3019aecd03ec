// npm run bench: builds the program and the benchmark (bench/bench.ts) as they ship, then runs it
// under Node 24. What follows `--` goes to the benchmark.
import { join } from 'node:path'
import { buildWhenNeeded } from './build.mjs'
import { findChromium } from './chromium.mjs'
import { installWhenNeeded } from './install.mjs'
import { root, run } from './node24.mjs'

process.chdir(root)
process.exitCode = await bench()

async function bench() {
  if (!(await installWhenNeeded()) || !(await buildWhenNeeded({ quiet: true }))) return 1
  // Bundled like the core itself, so that what is measured is what runs.
  const options = ['build', '--config', 'bench/vite.config.ts', '--logLevel', 'warn']
  const code = await run('vite', options)
  if (code !== 0) return code
  // In which the board is drawn.
  process.env.CHROMIUM ??= findChromium() ?? ''
  return await run(join('out', 'bench', 'bench.js'), process.argv.slice(2))
}
