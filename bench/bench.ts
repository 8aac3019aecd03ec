/**
 * npm run bench -- [--size small|full] [--only TEXT] [--json] [--explain] [--against CHECKOUT] [--browser] [--memory] [--imports] [--waiting [--rows N]]
 * With --only just the operations whose name contains it; it may be given several times.
 * --against measures another installed checkout as well, taking turns with it, and shows both.
 * --browser shows only what a person waits for in Chromium, --memory only what the web host takes after all reads.
 * --imports shows only how fast files come in and are taken back, --rows of each.
 * --waiting shows only how long a call waits behind what the core does by itself, --rows of its import.
 * --load SECONDS shows the memory of the host while twelve people work at once.
 * --explain shows the queries of each read and report with their plans instead.
 *
 * Prints how long the core takes for everything the screens ask of it, in process, through its
 * thread and over HTTP, and how that compares to the same SQL run alone. Never fails on a figure.
 */
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { watchStatements } from '../src/core/kernel/database/recorder'
import { removeFolder } from '../src/testing-folder'
import { answerTurns, type Comparison, compare } from './against'
import { type BrowserFigure, measureBrowser } from './browser'
import { copyOfDatabase, open } from './database'
import { inProcess, throughHttp, throughWorker } from './doors'
import { createExplainer } from './explain'
import { type ImportRate, measureImportMemory, measureImports, printImports } from './import'
import { limitOf, limits } from './limits'
import { measureLoad, residentOf } from './load'
import { measure, type Times } from './measure'
import type { Operation } from './operation'
import { createOperations } from './operations'
import { createRaw } from './raw'
import { type SizeName, sizes } from './sizes'
import { measureWaiting, printWaiting, type Waiting } from './waiting'

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: 'full' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
    /** Measures the start of a core that does nothing else, in this process. */
    probe: { type: 'string' },
    against: { type: 'string' },
    browser: { type: 'boolean', default: false },
    memory: { type: 'boolean', default: false },
    waiting: { type: 'boolean', default: false },
    imports: { type: 'boolean', default: false },
    /** Of the import that calls wait behind, or of each import. */
    rows: { type: 'string' },
    /** Measures what it is asked for line by line; `--against` starts two of these. */
    turns: { type: 'boolean', default: false },
    /** Only the memory of the host while twelve people work for so many seconds. */
    load: { type: 'string' },
  },
})

interface Others {
  fresh: Probe & { checked: number }
  memory: Memory
  bytes: number
  megabytes: number
  imported: ImportRate[]
  importMemory: number | undefined
  browser: BrowserFigure[] | undefined
  waiting: Waiting[]
}

interface Line {
  operation: string
  kind: Operation['kind']
  core: Times
  /** Median of the same SQL alone. */
  raw?: number
  worker?: Times
  http?: Times
}

const size: SizeName = options.size === 'small' ? 'small' : 'full'
if (options.probe) console.log(JSON.stringify(await probe(options.probe)))
else if (options.turns) await answerTurns(size)
else if (options.against) printComparison(await compare(options.against, size, wanted))
else if (options.browser) await browserAlone()
else if (options.memory) await memoryAlone()
else if (options.imports) await importsAlone()
else if (options.waiting) await waitingAlone()
else if (options.load) await load(Number(options.load))
else if (options.explain) await explain()
else await run()

async function run() {
  const directory = await copyOfDatabase(size)
  try {
    // Before anything is written to it.
    const atRest = options.only ? undefined : await measureAtRest(directory)
    const lines = await measureCore(directory)
    const worker = await throughWorker(directory)
    await addDoor(lines, 'worker', worker.client)
    await worker.close()
    const http = await throughHttp(directory)
    await addDoor(lines, 'http', http.client)
    const browser = options.only ? undefined : await inBrowser(http)
    await http.close()
    const others = atRest && {
      ...atRest,
      ...(await imports()),
      browser,
      waiting: await waiting(),
    }
    if (options.json) console.log(JSON.stringify({ size, lines, ...others }, null, 2))
    else print(lines, others)
  } finally {
    removeFolder(directory)
  }
}

/** On a copy of its own: in it everything is still to be done. */
async function waiting(): Promise<Waiting[]> {
  const directory = await copyOfDatabase(size, 'waiting')
  try {
    const rows = Number(options.rows ?? (size === 'full' ? 100_000 : 10_000))
    return await measureWaiting(directory, { rows })
  } finally {
    removeFolder(directory)
  }
}

async function waitingAlone() {
  const found = await waiting()
  if (options.json) console.log(JSON.stringify(found, null, 2))
  else printWaiting(found)
}

async function imports(): Promise<Pick<Others, 'imported' | 'importMemory'>> {
  const full = size === 'full'
  return {
    imported: await measureImports(Number(options.rows ?? (full ? 10_000 : 2_000)), wanted),
    importMemory: options.only ? undefined : await measureImportMemory(full ? 100_000 : 10_000),
  }
}

async function importsAlone() {
  const found = await imports()
  if (options.json) console.log(JSON.stringify(found, null, 2))
  else printImports(found.imported, found.importMemory)
}

async function load(seconds: number) {
  const directory = await copyOfDatabase(size)
  try {
    const http = await throughHttp(directory)
    const found = await measureLoad(http, { seconds, size: sizes[size] })
    await http.close()
    console.log(JSON.stringify(found, null, 2))
  } finally {
    removeFolder(directory)
  }
}

async function measureAtRest(directory: string) {
  // The first time the copy is checked from end to end, as a file that came from elsewhere is.
  const unknown = probeApart(directory)
  return {
    fresh: { ...probeApart(directory), checked: unknown.open },
    bytes: bytesPerThousandActivities(directory),
    memory: await measureMemory(directory),
    megabytes: Math.round(statSync(join(directory, 'rapport.db')).size / 1e6),
  }
}

async function memoryAlone() {
  const directory = await copyOfDatabase(size)
  try {
    console.log(JSON.stringify(await measureMemory(directory)))
  } finally {
    removeFolder(directory)
  }
}

async function browserAlone() {
  const directory = await copyOfDatabase(size)
  try {
    const http = await throughHttp(directory)
    const figures = await inBrowser(http)
    await http.close()
    if (options.json) console.log(JSON.stringify(figures, null, 2))
    else printBrowser(figures)
  } finally {
    removeFolder(directory)
  }
}

async function inBrowser(
  http: Awaited<ReturnType<typeof throughHttp>>,
): Promise<BrowserFigure[] | undefined> {
  const chromium = process.env.CHROMIUM
  if (!chromium) return undefined
  // The board rather than the welcome is what the program opens with.
  await http.client.settings.updateWorkspace({ onboarded: true })
  return await measureBrowser(chromium, http).catch((error) => void console.error(error))
}

function probeApart(directory: string): Probe {
  const nodeArguments = [process.argv[1] ?? '', '--size', size, '--probe', directory]
  return JSON.parse(execFileSync(process.execPath, nodeArguments, { encoding: 'utf8' }))
}

function wanted(operation: Pick<Operation, 'name'>): boolean {
  return !options.only || options.only.some((text) => operation.name.includes(text))
}

function effort(kind: Operation['kind']) {
  return kind === 'read' || kind === 'write'
    ? { rounds: 100, seconds: 2 }
    : { rounds: 5, seconds: 6 }
}

async function measureCore(directory: string): Promise<Line[]> {
  const statements = watchStatements()
  const core = await open(directory)
  const raw = createRaw(directory)
  const lines: Line[] = []
  const operations: Operation[] = [
    // No procedure of the contract: the timer asks it by itself.
    { name: 'what is due', kind: 'read', run: () => core.tick() },
    ...(await createOperations(inProcess(core), sizes[size])),
  ]
  for (const operation of operations) {
    if (!wanted(operation)) continue
    const times = await measure(operation.run, {
      ...effort(operation.kind),
      prepare: operation.prepare,
    })
    const line: Line = { operation: operation.name, kind: operation.kind, core: times }
    if (operation.kind === 'read' || operation.kind === 'report') {
      // A round of its own, so that nothing it asks for is in memory already.
      const queries = await statements.record(() => operation.run(5001))
      line.raw = (await measure(raw.replay(queries), effort(operation.kind))).p50
    }
    lines.push(line)
  }
  raw.close()
  await core.close()
  statements.restore()
  return lines
}

async function addDoor(
  lines: Line[],
  door: 'worker' | 'http',
  client: Parameters<typeof createOperations>[0],
) {
  for (const operation of await createOperations(client, sizes[size])) {
    const line = lines.find((each) => each.operation === operation.name)
    if (!line || operation.kind === 'bulk' || operation.kind === 'report') continue
    line[door] = await measure(operation.run, { rounds: 30, seconds: 1 })
  }
}

async function explain() {
  const directory = await copyOfDatabase(size)
  const statements = watchStatements()
  const core = await open(directory)
  const explainer = createExplainer(directory)
  try {
    for (const operation of await createOperations(inProcess(core), sizes[size])) {
      if (!wanted(operation) || operation.kind === 'write' || operation.kind === 'bulk') continue
      console.log(`\n${operation.name}`)
      explainer.print(await statements.record(() => operation.run(5001)))
    }
  } finally {
    explainer.close()
    await core.close()
    statements.restore()
    removeFolder(directory)
  }
}

interface Probe {
  /** Milliseconds until the core is open, and until it has answered the board. */
  open: number
  board: number
}

interface Memory {
  atStart: number
  afterReads: number
}

async function probe(directory: string): Promise<Probe> {
  const began = performance.now()
  const core = await open(directory)
  const opened = performance.now() - began
  const client = inProcess(core)
  await client.pipeline.board({})
  const board = performance.now() - began
  await core.close()
  return { open: opened, board }
}

/** Megabytes of the whole web host, as it ships: after the board, and after every read five times. */
async function measureMemory(directory: string): Promise<Memory> {
  const http = await throughHttp(directory)
  try {
    await http.client.pipeline.board({})
    const atStart = residentOf(http.pid)
    for (const { kind, run } of await createOperations(http.client, sizes[size]))
      if (kind === 'read') for (let round = 0; round < 5; round++) await run(round)
    return { atStart, afterReads: residentOf(http.pid) }
  } finally {
    await http.close()
  }
}

/** Table and indexes of activities, without what they take in the full-text index. */
function bytesPerThousandActivities(directory: string): number {
  const connection = new Database(join(directory, 'rapport.db'), { readonly: true })
  try {
    const bytes = connection
      .prepare(
        `select sum(pgsize) from dbstat where aggregate = true
           and name in (select name from sqlite_schema where tbl_name = 'activity')`,
      )
      .pluck()
      .get()
    const rows = connection.prepare('select count(*) from activity').pluck().get()
    return Math.round(Number(bytes) / (Number(rows) / 1000))
  } finally {
    connection.close()
  }
}

function ms(value: number | undefined): string {
  return value === undefined ? '–' : value < 10 ? value.toFixed(2) : value.toFixed(0)
}
function number(value: number): string {
  return value.toLocaleString('en')
}

function print(lines: Line[], others: Others | undefined) {
  const both = (times: Times | undefined) => (times ? `${ms(times.p50)} / ${ms(times.p99)}` : '–')
  const there = Object.entries(sizes[size]).map(([kind, count]) => `${number(count)} ${kind}`)
  console.log(
    `${there.join(', ')}${others ? ` (${others.megabytes} MB)` : ''}; Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB\n`,
  )
  console.log('Milliseconds, p50 / p99.\n')
  console.log(
    '| Operation | limit at p99 | first | core | processor | same SQL alone | core ÷ SQL | thread | HTTP |',
  )
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|')
  for (const { operation, kind, core, raw, worker, http } of lines)
    console.log(
      `| ${operation} | ${held(core.p99, limitOf({ name: operation, kind }))} | ${ms(core.first)} | ${both(core)} | ${ms(core.cpu)} | ${ms(raw)} | ${raw ? (core.p50 / raw).toFixed(2) : '–'} | ${both(worker)} | ${both(http)} |`,
    )
  if (others) printOthers(others)
}

function printOthers({ fresh, memory, bytes, imported, importMemory, browser, waiting }: Others) {
  console.log(`
| | limit | |
|---|--:|--:|
| open a database closed whole | | ${ms(fresh.open)} ms |
| open one that must be checked | | ${ms(fresh.checked)} ms |
| open one closed whole, and answer the board | | ${ms(fresh.board)} ms |
| memory of the web host after the board | | ${memory.atStart} MB |
| memory of the web host after every kind of read | ${held(memory.afterReads, limits.memoryAfterReads)} | ${memory.afterReads} MB |
| table and indexes of 1,000 activities | | ${number(Math.round(bytes / 1000))} kB |`)
  printImports(imported, importMemory)
  printBrowser(browser)
  printWaiting(waiting)
}

function printBrowser(figures: BrowserFigure[] | undefined) {
  if (!figures)
    return console.log(
      '\nNothing was drawn: there is no Chromium (scripts/bench.mjs looks for one).',
    )
  console.log(`
| In Chromium, ${number(Math.round(sizes[size].leads / 10))} open leads | limit, ms | ms |
|---|--:|--:|`)
  for (const { name, limit, value } of figures)
    console.log(`| ${name} | ${held(value, limit)} | ${ms(value)} |`)
}

function printComparison(found: Comparison[]) {
  const both = ({ p50, p99 }: Comparison['ours']) => `${ms(p50)} / ${ms(p99)}`
  console.log('Milliseconds in the core, p50 / p99; the other build and this one took turns.\n')
  console.log('| Operation | limit at p99 | other | this | this ÷ other |')
  console.log('|---|--:|--:|--:|--:|')
  for (const { name, limit, theirs, ours } of found)
    console.log(
      `| ${name} | ${held(ours.p99, limit)} | ${both(theirs)} | ${both(ours)} | ${(ours.p50 / theirs.p50).toFixed(2)} |`,
    )
}

/** A limit, marked where it is not held. */
function held(found: number, limit: number): string {
  return `${number(Math.abs(limit))}${found > limit ? ' ✗' : ''}`
}
