// npm run quick: types, lint, imports, and the unit tests that can break by what changed since main, in less than two
// minutes. Where more can break than that, it says so and takes the tests nearest to the change.
import { relative } from 'node:path'
import { createVitest } from 'vitest/node'
import { changedFiles, nearest, unseen } from './affected.ts'
import { checks, quietly } from './checks.mjs'
import { root, run } from './node24.mjs'

process.chdir(root)
const began = Date.now()
const { since, files } = changedFiles(root)
const [affected, ...worked] = await Promise.all([
  affectedTests(),
  ...checks.map(({ command, args }) => quietly(command, args)),
])
const failed = checks.filter((_, index) => !worked[index]).map(({ name }) => name)
const tests = nearest(affected, files)
if (tests.length > 0 && (await run('vitest', ['run', '--project', 'unit', ...tests])) !== 0)
  failed.push('unit')

console.log(`\n${files.length} files changed ${since}; ${tests.length} test files ran.`)
if (tests.length < affected.length)
  console.log(
    `${affected.length} test files can break by it: the ${tests.length} nearest ran, npm run unit runs the other ${affected.length - tests.length} too.`,
  )
const others = unseen(files)
if (others.length > 0)
  console.log(
    `No unit test imports these, npm test runs what uses them: ${others.slice(0, 10).join(', ')}${others.length > 10 ? ` and ${others.length - 10} more` : ''}.`,
  )
console.log(
  `${failed.length > 0 ? `Failed: ${failed.join(', ')}` : 'All passed'}, ${Math.round((Date.now() - began) / 1000)} seconds.`,
)
process.exitCode = failed.length > 0 ? 1 : 0

/** Paths from the root of the test files that come to a changed one by their imports. */
async function affectedTests() {
  if (files.length === 0) return []
  const vitest = await createVitest('test', { project: ['unit'], related: files, watch: false })
  // The new database that each run makes comes of the whole core: by that, everything could break by everything.
  for (const { config } of vitest.projects) config.globalSetup = []
  try {
    const specifications = await vitest.getRelevantTestSpecifications()
    return specifications.map(({ moduleId }) => relative(root, moduleId).replaceAll('\\', '/'))
  } finally {
    await vitest.close()
  }
}
