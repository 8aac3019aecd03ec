/** How fast large files come in, with all checks on, and how fast they are taken back. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { removeFolder } from '../src/testing-folder'
import { open } from './database'
import { inProcess, throughHttp } from './doors'
import { limits } from './limits'
import { residentOf } from './load'
import type { Client } from './operation'
import { createRandom, createVocabulary, type Random } from './seeded'

export interface ImportRate {
  of: string
  rows: number
  rejected: number
  rowsPerSecond: number
  limit: number
  /** Microseconds of processor time for a row: what a busy machine changes least. */
  processor: number
  undoneRowsPerSecond: number
}

/** Imports each wanted kind of generated file into a new database, and undoes it. */
export async function measureImports(
  rows: number,
  wanted: (file: { name: string }) => boolean,
): Promise<ImportRate[]> {
  const rates: ImportRate[] = []
  for (const file of files)
    if (wanted({ name: file.of })) rates.push(await measureImport(file, rows))
  return rates
}

type GeneratedFile = (typeof files)[number]

async function measureImport(file: GeneratedFile, rows: number): Promise<ImportRate> {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-bench-import-'))
  // Rows of one transaction have one instant, and no two transactions the same.
  const core = await open(directory, Date)
  try {
    const client = inProcess(core)
    if (file.kind === 'activities') {
      const leads = new File([leadsAsCsv(leadsOfActivities)], 'leads.csv', { type: 'text/csv' })
      await settled(client, (await client.transfer.start({ kind: 'leads', file: leads })).importId)
    }
    const taken = await timed(client, async () => {
      const csv = new File([file.csv(rows)], 'records.csv', { type: 'text/csv' })
      return (await client.transfer.start({ kind: file.kind, file: csv })).importId
    })
    const { importId } = taken.run
    const undone = await timed(client, async () => {
      await client.transfer.undo({ importId })
      return importId
    })
    return {
      of: file.of,
      rows: taken.run.rows,
      rejected: taken.run.rejected,
      rowsPerSecond: Math.round(rows / taken.seconds),
      limit: file.limit,
      processor: Math.round(taken.processor / rows),
      undoneRowsPerSecond: Math.round(rows / undone.seconds),
    }
  } finally {
    await core.close()
    removeFolder(directory)
  }
}

/** Begins something with an import and waits for its end. Processor time in microseconds. */
async function timed(client: Client, begin: () => Promise<string>) {
  const began = performance.now()
  const used = process.cpuUsage()
  const importId = await begin()
  const run = await settled(client, importId)
  const { user, system } = process.cpuUsage(used)
  return { run, seconds: (performance.now() - began) / 1000, processor: user + system }
}

/** Waits for the end of what is done with an import. @throws where it failed */
export async function settled(client: Client, importId: string) {
  for (;;) {
    const run = await client.transfer.get({ importId })
    if (run.state === 'done' || run.state === 'undone') return run
    if (run.state !== 'running' && run.state !== 'undoing')
      throw new Error(`The import ended ${run.state}: ${run.message}`)
    await wait(50)
  }
}

/** The most megabytes that the web host takes while so many leads come in. */
export async function measureImportMemory(rows: number): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-bench-import-'))
  const http = await throughHttp(directory)
  let peak = 0
  const sampling = setInterval(() => {
    peak = Math.max(peak, residentOf(http.pid))
  }, 100)
  try {
    const file = new File([leadsAsCsv(rows)], 'leads.csv', { type: 'text/csv' })
    const { importId } = await http.client.transfer.start({ kind: 'leads', file })
    await settled(http.client, importId)
    return peak
  } finally {
    clearInterval(sampling)
    await http.close()
    removeFolder(directory)
  }
}

type Words = readonly string[]

/** A file of so many generated rows. */
function asCsv(
  header: readonly string[],
  rows: number,
  cells: (index: number, random: Random, words: Words) => string[],
): string {
  const random = createRandom(2)
  const words = createVocabulary(random)
  const lines = [header.join(',')]
  for (let index = 0; index < rows; index++) lines.push(cells(index, random, words).join(','))
  return `${lines.join('\n')}\n`
}

const leadColumns = [
  'Title',
  'Company',
  'Stage',
  'Value',
  'Source',
  'Priority',
  'Expected close date',
  'Tags',
  'External ID',
]

const leadCells = (index: number, random: Random, words: Words) => [
  `${random.pick(words)} ${random.pick(words)}`,
  `${random.pick(words)} ${random.below(50)}`,
  random.pick(['New', 'Qualified', 'Contacted', 'Proposal', 'Won', 'Lost']),
  (random.skewed(5_000_000) / 100).toFixed(2),
  random.pick(['Website', 'Referral', 'Partner']),
  random.pick(['low', 'medium', 'high']),
  `2026-12-${String(1 + random.below(28)).padStart(2, '0')}`,
  random.pick(['', 'Hot', 'Renewal']),
  `X-${index}`,
]

/** Leads with their companies. */
export const leadsAsCsv = (rows: number): string => asCsv(leadColumns, rows, leadCells)

/** So many are there before the activities. */
const leadsOfActivities = 1000

/** Columns that become custom fields: numbers, days, choices and text. */
const furtherColumns = Array.from({ length: 37 }, (_, index) => `Further ${index + 1}`)

function furtherCells(random: Random, words: Words): string[] {
  return furtherColumns.map((_, index) => {
    if (index % 4 === 0) return String(random.below(100_000))
    if (index % 4 === 1) return `2026-0${1 + random.below(9)}-${10 + random.below(18)}`
    if (index % 4 === 2) return random.pick(['North', 'South', 'East', 'West'])
    return `${random.pick(words)} ${random.pick(words)}`
  })
}

const files = [
  {
    of: 'leads with their companies',
    kind: 'leads',
    limit: limits.importedRowsPerSecond,
    csv: leadsAsCsv,
  },
  {
    of: 'leads with 37 custom columns',
    kind: 'leads',
    limit: limits.importedWideRowsPerSecond,
    csv: (rows) =>
      asCsv([...leadColumns, ...furtherColumns], rows, (index, random, words) => [
        ...leadCells(index, random, words),
        ...furtherCells(random, words),
      ]),
  },
  {
    of: 'contacts with their companies',
    kind: 'contacts',
    limit: limits.importedRowsPerSecond,
    csv: (rows) =>
      asCsv(
        ['First name', 'Last name', 'E-mail', 'Phone', 'Company', 'Job title'],
        rows,
        (index, random, words) => [
          random.pick(words),
          random.pick(words),
          `person${index}@example.com`,
          `+36 1 ${String(1_000_000 + random.below(8_999_999))}`,
          `${random.pick(words)} ${random.below(50)}`,
          random.pick(['Buyer', 'Director', 'Engineer']),
        ],
      ),
  },
  {
    of: 'activities of leads',
    kind: 'activities',
    limit: limits.importedRowsPerSecond,
    csv: (rows) =>
      asCsv(['Type', 'Subject', 'Happened at', 'Lead', 'Notes'], rows, (_index, random, words) => [
        random.pick(['Call', 'Note', 'Meeting', 'E-mail']),
        `${random.pick(words)} ${random.pick(words)}`,
        `2026-0${1 + random.below(9)}-${10 + random.below(18)}T1${random.below(10)}:30:00Z`,
        `X-${random.below(leadsOfActivities)}`,
        `${random.pick(words)} ${random.pick(words)} ${random.pick(words)}`,
      ]),
  },
] as const satisfies readonly {
  of: string
  kind: 'leads' | 'contacts' | 'activities'
  limit: number
  csv(rows: number): string
}[]

/** A table for people, in Markdown. */
export function printImports(rates: readonly ImportRate[], megabytes: number | undefined): void {
  const number = (value: number) => value.toLocaleString('en')
  console.log(`
| Import of | rows | limit | rows/s | processor, µs a row | undo, rows/s |
|---|--:|--:|--:|--:|--:|`)
  for (const { of, rows, rejected, limit, rowsPerSecond, processor, undoneRowsPerSecond } of rates)
    console.log(
      `| ${of}${rejected > 0 ? ` (${number(rejected)} rejected)` : ''} | ${number(rows)} | ${number(limit)}${rowsPerSecond < limit ? ' ✗' : ''} | ${number(rowsPerSecond)} | ${processor} | ${number(undoneRowsPerSecond)} |`,
    )
  if (megabytes !== undefined)
    console.log(
      `\nThe web host takes at most ${megabytes} MB while 100,000 leads come in (limit ${limits.memoryWhileImporting}${megabytes > limits.memoryWhileImporting ? ' ✗' : ''}).`,
    )
}
