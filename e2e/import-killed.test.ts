/** The program is killed in the middle of an import, again and again: it is gone on with, or taken back whole. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../src/testing-folder'
import { startWeb, type WebProgram } from './web'

const pipeline = readFileSync(
  join(import.meta.dirname, '../src/core/transfer/import/fixtures/maven-crm/sales_pipeline.csv'),
)

interface Run {
  state: string
  rows: number
  created: number
  rejected: number
}

const settled = { timeout: 90_000, interval: 300 }
const totalOf = async (program: WebProgram, list: string) =>
  (await program.api<{ total: number }>('GET', `/${list}?limit=1`)).total
const runOf = (program: WebProgram, id: string) => program.api<Run>('GET', `/import/${id}`)

test('an import that is killed many times ends as if it never had been', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-killed-'))
  onTestFinished(() => removeFolder(directory))
  let program = await startWeb({ directory })
  const form = new FormData()
  form.set('file', new File([pipeline], 'sales_pipeline.csv'))
  const { importId } = await program.api<{ importId: string }>('POST', '/import/leads', form)

  let kills = 0
  let doneBefore = 0
  while (kills < 6) {
    await wait(150 + Math.random() * 500)
    await program.kill()
    kills++
    program = await startWeb({ directory })
    const run = await runOf(program, importId)
    expect(await totalOf(program, 'leads')).toBe(run.created)
    expect(run.created).toBeGreaterThanOrEqual(doneBefore)
    doneBefore = run.created
    if (run.state === 'done') break
    expect(run.state).toBe('interrupted')
    await program.api('POST', `/import/${importId}/resume`)
  }
  await expect.poll(async () => (await runOf(program, importId)).state, settled).toBe('done')
  expect(await runOf(program, importId)).toMatchObject({ rows: 8800, created: 8800, rejected: 0 })
  const { stages } = await program.api<{
    stages: { leads: number; value: { amount: string }[] }[]
  }>('GET', '/pipeline/overview')
  expect(stages.find(({ leads }) => leads === 4238)?.value[0]?.amount).toBe('10005534.00')
  expect(stages.map(({ leads }) => leads)).toContain(2473)

  await program.api('POST', `/import/${importId}/undo`)
  await wait(100 + Math.random() * 300)
  await program.kill()
  program = await startWeb({ directory })
  await expect.poll(async () => (await runOf(program, importId)).state, settled).toBe('undone')
  for (const list of ['leads', 'companies', 'activities'])
    expect(await totalOf(program, list), list).toBe(0)
})
