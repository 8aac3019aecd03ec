// Builds the program into out/: node scripts/build.mjs [--when-needed]
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, run } from './node24.mjs'

const stamp = join(root, 'out', '.sources')
const results = [
  'main/index.js',
  'main/web.js',
  'main/worker.js',
  'main/reading.js',
  'preload/index.cjs',
  'renderer/index.html',
]

/** Builds; resolves with whether it worked. `quiet` shows the builder's output only on failure. */
export async function build({ quiet = false } = {}) {
  const sources = fingerprint()
  rmSync(stamp, { force: true })
  const output = []
  const code = await run('electron-vite', ['build'], {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    onStart: (child) => {
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (text) => output.push(text))
    },
  })
  if (code === 0) writeFileSync(stamp, sources)
  else process.stderr.write(Buffer.concat(output))
  return code === 0
}

/** Builds where out/ is missing or made from other sources than the present ones. */
export async function buildWhenNeeded({ quiet = false } = {}) {
  if (isBuilt()) return true
  if (quiet) console.error('Building …')
  return await build({ quiet })
}

function isBuilt() {
  return (
    results.every((file) => existsSync(join(root, 'out', file))) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint()
  )
}

/** One hash over everything that goes into out/. */
function fingerprint() {
  const hash = createHash('sha256')
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
  const settings = ['package.json', 'package-lock.json', 'electron.vite.config.ts'].map((file) =>
    join(root, file),
  )
  for (const file of [...sources, ...settings])
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const needed = process.argv.includes('--when-needed')
  process.exitCode = (await (needed ? buildWhenNeeded() : build())) ? 0 : 1
}
