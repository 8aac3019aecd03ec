/** How fast a large file comes in, with all checks on. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { removeFolder } from '../src/testing-folder'
import { open } from './database'
import { inProcess } from './doors'
import { createRandom, createVocabulary } from './seeded'

export interface ImportRate {
  rows: number
  rejected: number
  rowsPerSecond: number
}

/** Imports generated leads into a new database. */
export async function measureImport(rows: number): Promise<ImportRate> {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-bench-import-'))
  const core = await open(directory)
  try {
    const client = inProcess(core)
    const file = new File([leadsAsCsv(rows)], 'leads.csv', { type: 'text/csv' })
    const began = performance.now()
    const { importId } = await client.transfer.start({ kind: 'leads', file })
    let state = await client.transfer.get({ importId })
    while (state.state === 'running' || state.state === 'checking') {
      await wait(50)
      state = await client.transfer.get({ importId })
    }
    if (state.state !== 'done') throw new Error(`The import ended ${state.state}: ${state.message}`)
    return {
      rows: state.rows,
      rejected: state.rejected,
      rowsPerSecond: Math.round(state.rows / ((performance.now() - began) / 1000)),
    }
  } finally {
    await core.close()
    removeFolder(directory)
  }
}

/** A file of leads with their companies. */
export function leadsAsCsv(rows: number): string {
  const random = createRandom(2)
  const words = createVocabulary(random)
  const lines = ['Title,Company,Stage,Value,Source,Priority,Expected close date,Tags,External ID']
  for (let index = 0; index < rows; index++)
    lines.push(
      [
        `${random.pick(words)} ${random.pick(words)}`,
        `${random.pick(words)} ${random.below(50)}`,
        random.pick(['New', 'Qualified', 'Contacted', 'Proposal', 'Won', 'Lost']),
        (random.skewed(5_000_000) / 100).toFixed(2),
        random.pick(['Website', 'Referral', 'Partner']),
        random.pick(['low', 'medium', 'high']),
        `2026-12-${String(1 + random.below(28)).padStart(2, '0')}`,
        random.pick(['', 'Hot', 'Renewal']),
        `X-${index}`,
      ].join(','),
    )
  return `${lines.join('\n')}\n`
}
