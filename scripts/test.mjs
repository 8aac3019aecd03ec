// npm test: everything a reviewer would do, from a fresh clone too. Names of steps after `--` pick
// some of them. The last line is `N passed, N failed`: every test counts, and each other step as one.
// Must itself run on Node 20.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { build } from './build.mjs'
import { checks, quietly } from './checks.mjs'
import { findChromium, installChromium } from './chromium.mjs'
import { downloadElectron, findElectron, whyNoWindow } from './electron.mjs'
import { installWhenNeeded } from './install.mjs'
import { findNode, noNodeMessage, root, run } from './node24.mjs'

const wanted = process.argv.slice(2)
const rows = []
/** What went wrong, a line each: said again at the end, where it is found. */
const failures = []
process.chdir(root)
process.exitCode = await test()

async function test() {
  const began = Date.now()
  if (!(await installWhenNeeded())) return report([{ name: 'install', failed: 1 }])
  if (!findNode()) {
    console.error(noNodeMessage)
    return report([{ name: 'Node 24', failed: 1 }])
  }
  if (Date.now() - began > 2000) rows.push({ name: 'install', passed: 1, began, ended: Date.now() })

  // Side by side, as each waits a good part of its time.
  await Promise.all([
    ...checks.map(({ name, command, args }) =>
      step(name, async () => counted(await quietly(command, args))),
    ),
    step('build', async () => counted(await build({ quiet: true }))),
  ])
  // One after the other: each fills a small machine, and a browser that waits for its turn fails tests.
  await step('unit', () => vitest('unit'))
  await step('e2e', inBrowser)
  await step('electron', inElectron)
  return report(rows)
}

/** Runs one step unless others were asked for, and notes how it went. */
async function step(name, work) {
  if (wanted.length > 0 && !wanted.includes(name)) return
  const began = Date.now()
  const row = await work()
  rows.push({ name, began, ended: Date.now(), ...row })
}

function counted(worked) {
  return worked ? { passed: 1 } : { failed: 1 }
}

/** Runs one suite and counts its tests; a file that cannot be loaded counts as a failed test. */
async function vitest(project, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-test-'))
  try {
    const file = join(folder, 'report.json')
    const args = ['run', '--project', project, '--reporter=default', '--reporter=json']
    let obstacle
    const code = await run('vitest', [...args, `--outputFile.json=${file}`], {
      // Programs that tests start compile what they load once for all of them.
      environment: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled'), ...environment },
      onStart: (child) =>
        limit(child, file, (reason) => {
          obstacle = reason
        }),
    })
    if (!existsSync(file)) return { failed: 1, note: obstacle }
    const outcome = JSON.parse(readFileSync(file, 'utf8'))
    const counts = countTests(outcome)
    failures.push(...failuresOf(outcome))
    // Vitest also fails for what no test can name, such as an unhandled rejection.
    if (code !== 0 && counts.failed === 0) {
      counts.failed = 1
      failures.push(
        `${project}: ended with ${code} though no test failed; what it said stands above`,
      )
    }
    return { ...counts, note: obstacle ?? counts.note }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function countTests({ numPassedTests, numFailedTests, numPendingTests, testResults }) {
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    note: numPendingTests > 0 ? `${numPendingTests} skipped inside` : undefined,
  }
}

function failuresOf({ testResults }) {
  return testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relative(root, name)
      const failed = assertionResults.filter(({ status }) => status === 'failed')
      if (failed.length === 0) return [`${file}: ${firstLine(message)}`]
      return failed.map(
        ({ fullName, failureMessages }) =>
          `${file} > ${fullName}: ${firstLine(failureMessages[0])}`,
      )
    })
}

function firstLine(text = '') {
  return text.trim().split('\n', 1)[0].slice(0, 300)
}

/**
 * Ends a suite that does not end: one that takes too long, or one whose report is written but which
 * waits for a program that a test started and left running with its output.
 */
function limit(child, report, onEnd) {
  const began = Date.now()
  let reported
  const watch = setInterval(() => {
    if (existsSync(report)) reported ??= Date.now()
    const late = Date.now() - began > 30 * 60_000
    if (!late && !(reported && Date.now() - reported > 20_000)) return
    onEnd(late ? 'ended after 30 minutes' : 'a test left a program running')
    child.kill('SIGKILL')
  }, 1000)
  child.on('close', () => clearInterval(watch))
}

async function inBrowser() {
  if (buildFailed()) return { note: 'not run: the build failed' }
  const chromium = findChromium() ?? (await installChromium())
  if (!chromium)
    return { note: 'skipped: there is no Chromium or Chrome here (set CHROMIUM to one)' }
  return await vitest('e2e', { CHROMIUM: chromium })
}

async function inElectron() {
  if (buildFailed()) return { note: 'not run: the build failed' }
  const electron = findElectron() ?? (await downloadElectron())
  if (!electron) return { note: 'skipped: Electron could not be downloaded' }
  const obstacle = whyNoWindow()
  if (obstacle) return { note: `skipped: ${obstacle}` }
  return await vitest('electron', { ELECTRON: electron })
}

function buildFailed() {
  return rows.some(({ name, failed }) => name === 'build' && failed)
}

/** Prints the table and the last line; gives the exit code. */
function report(steps) {
  const sum = (key) => steps.reduce((total, row) => total + (row[key] ?? 0), 0)
  const cell = (text, width) => String(text).padStart(width)
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`)
  console.log(`\n${'step'.padEnd(10)}${cell('seconds', 9)}${cell('passed', 8)}${cell('failed', 8)}`)
  for (const { name, began, ended, passed = 0, failed = 0, note = '' } of steps) {
    const seconds = began === undefined ? '' : ((ended - began) / 1000).toFixed(1)
    console.log(
      `${name.padEnd(10)}${cell(seconds, 9)}${cell(passed, 8)}${cell(failed, 8)}${note && `  ${note}`}`,
    )
  }
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}
