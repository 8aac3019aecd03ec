/** The power goes at any moment of an import or of its undo. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../../../testing-folder'
import { buildProcess, startProcess } from '../../../kernel/file/testing'
import { migrations, openTestCore } from '../../../testing/testing'
import { csv, dump, importWell, settled } from '../../testing'

/** Set KILLS for a longer run, e.g. five hundred before a release. */
const kills = Number(process.env.KILLS ?? 10)

/** The killed program runs under the system's clock: another one beside it would be a jump. */
const now = () => new Date().toISOString()

let processToKill: Awaited<ReturnType<typeof buildProcess>>
beforeAll(async () => {
  processToKill = await buildProcess(new URL('./process-to-kill.ts', import.meta.url))
}, 60_000)
afterAll(() => processToKill.remove())

const rows = 3000
const text = `id,title,company,owner,stage,value,segment\n${Array.from(
  { length: rows },
  (_, index) =>
    `${index},Deal ${index},Company ${index % 60},Rep ${index % 7},${['New', 'Demo', 'Won', 'Lost'][index % 4]},${index % 9 === 0 ? 'x' : index},S${index % 3}`,
).join('\n')}`

/** A database with some leads that the import changes and some it leaves alone. */
async function prepare() {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
  onTestFinished(() => removeFolder(directory))
  const core = await openTestCore({ directory, start: now() })
  await importWell(
    core.client,
    'leads',
    csv('id,title,value\n5,Old five,5\n50,Old fifty,1\n2999,Old last,1\nother,Other,7'),
  )
  await core.close()
  const file = join(directory, 'leads.csv')
  writeFileSync(file, text)
  return { directory, file }
}

const copyOf = (directory: string) => {
  const copy = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
  onTestFinished(() => removeFolder(copy))
  cpSync(directory, copy, { recursive: true })
  return copy
}

/** Starts the program, lets it work for a moment and kills it. Answers the import it was at, if it came so far. */
async function strike(task: string, directory: string, given: string, longest: number) {
  const program = startProcess(processToKill.program, [task, directory, migrations, given])
  if (Math.random() < 0.8) await program.spoken
  await wait(Math.random() * longest)
  await program.kill()
  return program.lines()
}

/** What must be true whenever the program dies. */
function expectSound(directory: string) {
  const connection = new BetterSqlite3(join(directory, 'rapport.db'))
  try {
    const value = (sql: string) => connection.prepare(sql).pluck().get()
    expect(connection.pragma('quick_check', { simple: true })).toBe('ok')
    expect(connection.pragma('foreign_key_check')).toEqual([])
    // Each lead, its word in the log and its entry on the timeline are there together or not at all.
    const lacking = (from: string) =>
      value(
        `select count(*) from lead where not exists (select 1 from ${from} where ${from === 'change' ? 'row_id' : 'lead_id'} = lead.id)`,
      )
    expect(lacking('change')).toBe(0)
    expect(lacking('activity')).toBe(0)
    // What the import says it has done is what is there.
    const run = connection
      .prepare(
        `select state, records_done, progress, batch_id from import_run order by started_at desc limit 1`,
      )
      .get() as { state: string; records_done: number; progress: string; batch_id: string }
    const progress = JSON.parse(run.progress)
    const counted = progress.created + progress.updated + progress.unchanged + progress.rejected
    expect(counted).toBe(run.records_done)
    if (run.state === 'running' || run.state === 'interrupted') {
      expect(
        value(
          `select count(*) from change where batch_id = '${run.batch_id}' and table_name = 'lead' and operation = 'insert'`,
        ),
      ).toBe(progress.created)
    }
    return { state: run.state, done: run.records_done }
  } finally {
    connection.close()
  }
}

/** Everything but ids and instants. */
function contentOf(directory: string) {
  const connection = new BetterSqlite3(join(directory, 'rapport.db'))
  try {
    const list = (sql: string) => connection.prepare(sql).pluck().all()
    return {
      leads: list(
        `select json_array(lead.external_id, lead.title, company.name, owner.name, stage.name, lead.status,
           lead.value_minor, lead.custom, lead.position) from lead join stage on stage.id = stage_id
         left join company on company.id = company_id left join user owner on owner.id = lead.owner_id
         order by lead.external_id`,
      ),
      stages: list(
        'select json_array(name, kind, position, probability) from stage order by position',
      ),
      people: list('select json_array(name, role) from user order by name'),
      companies: list('select name from company order by name'),
      fields: list('select json_array(table_name, key, label, type) from custom_field'),
      timeline: list(
        'select json_array(type, subject, count(*)) from activity group by type, subject order by type, subject',
      ),
      rejected: list('select json_array(line, cells, reason) from import_rejection order by line'),
    }
  } finally {
    connection.close()
  }
}

test(
  `an import killed at ${kills} random moments continues to the same end, or back to the beginning`,
  async () => {
    const { directory, file } = await prepare()
    const before = dump(directory)
    const untouched = copyOf(directory)
    await startProcess(processToKill.program, [
      'import',
      untouched,
      migrations,
      join(untouched, 'leads.csv'),
    ]).ended
    const reference = contentOf(untouched)
    expect(reference.leads.length).toBeGreaterThan(rows * 0.8)

    let struck = 0
    let ends = 0
    let returns = 0
    while (struck < kills) {
      const data = copyOf(directory)
      // Until some of it is in the database.
      let importId = ''
      while (importId === '') {
        const lines = await strike('import', data, file, 400)
        struck++
        importId = lines[0] ?? ''
      }
      let { state } = expectSound(data)
      const back = Math.random() < 0.4
      for (; !back && state !== 'done' && struck < kills * 2; struck++) {
        await strike('resume', data, importId, 300)
        state = expectSound(data).state
      }
      for (let undoing = true; back && undoing; struck++) {
        const lines = await strike('undo', data, importId, 300)
        expectSound(data)
        undoing = lines[1] === undefined && struck < kills * 2
      }
      const core = await openTestCore({ directory: data, start: now() })
      if (back) {
        const found = await settled(core.client, importId)
        // Killed before its first transaction, it has nothing to take back.
        if (found.state !== 'undone' && found.batchId !== null)
          await core.client.transfer.undo({ importId })
        expect((await settled(core.client, importId)).undo?.refused ?? []).toEqual([])
        await core.close()
        expect(dump(data)).toEqual(before)
        returns++
      } else {
        const { state: found } = await core.client.transfer.get({ importId })
        if (found !== 'done') await core.client.transfer.resume({ importId })
        expect(await settled(core.client, importId)).toMatchObject({ state: 'done', rows })
        await core.close()
        expect(contentOf(data)).toEqual(reference)
        ends++
      }
    }
    expect(ends + returns).toBeGreaterThan(0)
  },
  120_000 + kills * 20_000,
)
