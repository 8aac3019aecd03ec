/**
 * npm run bench -- [--size small|full] [--only TEXT] [--json] [--explain]
 * With --only just the operations whose name contains it; it may be given several times.
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
import { type BoardTimes, type Frames, measureBoard } from './board'
import { copyOfDatabase, open } from './database'
import { inProcess, throughHttp, throughWorker } from './doors'
import { createExplainer } from './explain'
import { type ImportRate, measureImport } from './import'
import { measureLoad } from './load'
import { measure, type Times } from './measure'
import type { Operation } from './operation'
import { createOperations } from './operations'
import { createRaw } from './raw'
import { type SizeName, sizes } from './sizes'

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: 'full' },
    only: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
    /** Measures start and memory of a core that does nothing else, in this process. */
    probe: { type: 'string' },
    /** Only the memory of the host while twelve people work for so many seconds. */
    load: { type: 'string' },
  },
})

interface Others {
  fresh: Probe & { checked: number }
  bytes: number
  megabytes: number
  imported: ImportRate
  board: BoardTimes | undefined
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

if (options.probe) console.log(JSON.stringify(await probe(options.probe)))
else if (options.load) await load(Number(options.load), options.size === 'small' ? 'small' : 'full')
else if (options.explain) await explain(options.size === 'small' ? 'small' : 'full')
else await run(options.size === 'small' ? 'small' : 'full')

async function run(size: SizeName) {
  const directory = await copyOfDatabase(size)
  try {
    // Before anything is written to it.
    const atRest = options.only ? undefined : measureAtRest(directory)
    const lines = await measureCore(directory, size)
    const worker = await throughWorker(directory)
    await addDoor(lines, 'worker', worker.client, size)
    await worker.close()
    const http = await throughHttp(directory)
    await addDoor(lines, 'http', http.client, size)
    const board = options.only ? undefined : await drawBoard(http)
    await http.close()
    const others = atRest && {
      ...atRest,
      imported: await measureImport(size === 'full' ? 10_000 : 2_000),
      board,
    }
    if (options.json) console.log(JSON.stringify({ size, lines, ...others }, null, 2))
    else print(size, lines, others)
  } finally {
    removeFolder(directory)
  }
}

async function load(seconds: number, size: SizeName) {
  const directory = await copyOfDatabase(size)
  try {
    const http = await throughHttp(directory)
    const found = await measureLoad(http, { seconds, leads: sizes[size].leads })
    await http.close()
    console.log(JSON.stringify(found, null, 2))
  } finally {
    removeFolder(directory)
  }
}

function measureAtRest(directory: string) {
  // The first time the copy is checked from end to end, as a file that came from elsewhere is.
  const unknown = probeApart(directory)
  return {
    fresh: { ...probeApart(directory), checked: unknown.open },
    bytes: bytesPerThousandActivities(directory),
    megabytes: Math.round(statSync(join(directory, 'rapport.db')).size / 1e6),
  }
}

async function drawBoard(
  http: Awaited<ReturnType<typeof throughHttp>>,
): Promise<BoardTimes | undefined> {
  const chromium = process.env.CHROMIUM
  if (!chromium) return undefined
  // The board rather than the welcome is what the program opens with.
  await http.client.settings.updateWorkspace({ onboarded: true })
  return await measureBoard(chromium, http).catch((error) => void console.error(error))
}

function probeApart(directory: string): Probe {
  const nodeArguments = ['--expose-gc', process.argv[1] ?? '', '--probe', directory]
  return JSON.parse(execFileSync(process.execPath, nodeArguments, { encoding: 'utf8' }))
}

function wanted(operation: Operation): boolean {
  return !options.only || options.only.some((text) => operation.name.includes(text))
}

function effort(kind: Operation['kind']) {
  return kind === 'read' || kind === 'write'
    ? { rounds: 100, seconds: 2 }
    : { rounds: 5, seconds: 6 }
}

async function measureCore(directory: string, size: SizeName): Promise<Line[]> {
  const statements = watchStatements()
  const core = await open(directory)
  const raw = createRaw(directory)
  const lines: Line[] = []
  const operations: Operation[] = [
    // No procedure of the contract: the timer asks it by itself.
    { name: 'what is due', kind: 'read', run: () => core.tick() },
    ...(await createOperations(inProcess(core), sizes[size].leads)),
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
  size: SizeName,
) {
  for (const operation of await createOperations(client, sizes[size].leads)) {
    const line = lines.find((each) => each.operation === operation.name)
    if (!line || operation.kind === 'bulk' || operation.kind === 'report') continue
    line[door] = await measure(operation.run, { rounds: 30, seconds: 1 })
  }
}

async function explain(size: SizeName) {
  const directory = await copyOfDatabase(size)
  const statements = watchStatements()
  const core = await open(directory)
  const explainer = createExplainer(directory)
  try {
    for (const operation of await createOperations(inProcess(core), sizes[size].leads)) {
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
  /** Megabytes of the process: after the board, and after every read once. */
  memoryAtStart: number
  memory: number
}

async function probe(directory: string): Promise<Probe> {
  const rss = () => {
    globalThis.gc?.()
    return Math.round(process.memoryUsage().rss / 1e6)
  }
  const began = performance.now()
  const core = await open(directory)
  const opened = performance.now() - began
  const client = inProcess(core)
  await client.pipeline.board({})
  const board = performance.now() - began
  const memoryAtStart = rss()
  for (const { kind, run } of await createOperations(client, 10_000))
    if (kind === 'read') for (let round = 0; round < 5; round++) await run(round)
  const memory = rss()
  await core.close()
  return { open: opened, board, memoryAtStart, memory }
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

function print(size: SizeName, lines: Line[], others: Others | undefined) {
  const both = (times: Times | undefined) => (times ? `${ms(times.p50)} / ${ms(times.p99)}` : '–')
  const held = Object.entries(sizes[size]).map(([kind, count]) => `${number(count)} ${kind}`)
  console.log(
    `${held.join(', ')}${others ? ` (${others.megabytes} MB)` : ''}; Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB\n`,
  )
  console.log('Milliseconds, p50 / p99.\n')
  console.log(
    '| Operation | first | core | processor | same SQL alone | core ÷ SQL | thread | HTTP |',
  )
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|')
  for (const { operation, core, raw, worker, http } of lines)
    console.log(
      `| ${operation} | ${ms(core.first)} | ${both(core)} | ${ms(core.cpu)} | ${ms(raw)} | ${raw ? (core.p50 / raw).toFixed(2) : '–'} | ${both(worker)} | ${both(http)} |`,
    )
  if (others) printOthers(size, others)
}

function printOthers(size: SizeName, { fresh, bytes, imported, board }: Others) {
  console.log(`
| | |
|---|--:|
| open a database closed whole | ${ms(fresh.open)} ms |
| open one that must be checked | ${ms(fresh.checked)} ms |
| open one closed whole, and answer the board | ${ms(fresh.board)} ms |
| memory of the process after that (Node itself 45 MB) | ${fresh.memoryAtStart} MB |
| memory after every kind of read | ${fresh.memory} MB |
| table and indexes of 1,000 activities | ${number(Math.round(bytes / 1000))} kB |
| import of ${number(imported.rows)} leads with their companies, ${imported.rejected} rejected | ${number(imported.rowsPerSecond)} rows/s |`)
  if (!board)
    return console.log(
      '\nThe board was not drawn: there is no Chromium (scripts/bench.mjs looks for one).',
    )
  const frames = ({ p50, p99, longest, over50 }: Frames) =>
    `${ms(p50)} / ${ms(p99)}, longest ${ms(longest)}, ${over50} over 50 ms`
  console.log(`
| The board in Chromium, ${number(Math.round(sizes[size].leads / 10))} open leads | |
|---|--:|
| first screen after the data | ${ms(board.firstScreen)} ms |
| frames while scrolling a column | ${frames(board.scrolling)} |
| frames while dragging a card | ${frames(board.dragging)} |`)
}
