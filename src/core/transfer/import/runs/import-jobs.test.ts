import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import {
  countOf,
  csv,
  dump,
  importFile,
  importWell,
  listOf,
  openTestCore,
  settled,
  undoImport,
} from '../../testing'

/** So many that an import of them takes several transactions. */
const manyLeads = (count: number, prefix = 'Lead') =>
  csv(
    `id,title,company,owner,stage,value,segment\n${Array.from(
      { length: count },
      (_, index) =>
        `${index},${prefix} ${index},Company ${index % 40},Rep ${index % 5},${['New', 'Demo', 'Won', 'Lost'][index % 4]},${index},S${index % 3}`,
    ).join('\n')}`,
    'many.csv',
  )

type Client = Awaited<ReturnType<typeof openTestCore>>['client']

/** Starts an import and waits until some of it is in the database, but not all. */
async function startedImport(client: Client, file: File, options = {}) {
  const { importId } = await client.transfer.start({ kind: 'leads', file, ...options })
  await expect
    .poll(async () => (await client.transfer.get({ importId })).rows, { interval: 1 })
    .toBeGreaterThan(0)
  return importId
}

describe('an import under way', () => {
  test('shows its progress, and is one action in the end', async () => {
    const { client } = await openTestCore()
    const seen: number[] = []
    const { importId } = await client.transfer.start({ kind: 'leads', file: manyLeads(3000) })
    for (;;) {
      const state = await client.transfer.get({ importId })
      seen.push(state.rows)
      if (state.state !== 'running') break
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(seen.at(-1)).toBe(3000)
    expect(new Set(seen).size).toBeGreaterThan(5)
    expect([...seen].sort((a, b) => a - b)).toEqual(seen)
    const [batch] = await client.changes.batches({})
    expect(batch).toMatchObject({
      kind: 'import',
      label: 'Import 3,000 leads from many.csv',
      undoable: true,
    })
    expect(await client.transfer.get({ importId })).toMatchObject({
      batchId: batch?.id,
      rowsPerSecond: expect.any(Number),
      user: { name: 'Me' },
    })
  })

  test('lets others work, and what they change meanwhile stays', async () => {
    const { client, stage } = await openTestCore()
    const kept = await client.leads.create({ title: 'Kept' })
    const importId = await startedImport(client, manyLeads(3000))
    const fresh = (await stage('New')).id
    const [card] = (await client.pipeline.stages.leads({ id: fresh, limit: 1 })).items
    await client.leads.update({ id: card?.id ?? '', title: 'Renamed by hand' })
    await client.leads.moveStage({ id: kept.id, stageId: fresh, position: 1 })
    const company = (await client.companies.list({ q: 'Company 7' })).items[0]
    await client.companies.update({ id: company?.id ?? '', name: 'Company Seven' })
    const [demo] = (await client.pipeline.stages.list({})).filter((one) => one.name === 'Demo')
    await client.pipeline.stages.update({ id: demo?.id ?? '', name: 'Demo' })
    const done = await settled(client, importId)
    expect(done).toMatchObject({ state: 'done', created: 3000, rejected: 0 })
    expect((await client.leads.get({ id: card?.id ?? '' })).title).toBe('Renamed by hand')
    // From then on rows that say “Company 7” mean a company that is not there any more.
    const names = (await client.companies.list({ limit: 100 })).items.map((one) => one.name)
    expect(names).toContain('Company 7')
    expect(names).toContain('Company Seven')
    const column = await client.pipeline.stages.leads({ id: fresh, limit: 500 })
    expect(column.items.map((one) => one.title).indexOf('Kept')).toBeGreaterThan(0)

    const undone = await undoImport(client, importId)
    expect(undone.undo?.refused).toContainEqual(
      expect.objectContaining({ name: 'Renamed by hand', reason: 'changed since by Me' }),
    )
    expect(undone.undo?.refused).toContainEqual(
      expect.objectContaining({ name: 'Company Seven', reason: 'changed since by Me' }),
    )
    expect((await client.leads.list({ limit: 500 })).items.map((one) => one.title).sort()).toEqual([
      'Kept',
      'Renamed by hand',
    ])
  })

  test('waits for the one before it', async () => {
    const { client } = await openTestCore()
    const first = await client.transfer.start({ kind: 'leads', file: manyLeads(1000) })
    const second = await client.transfer.start({
      kind: 'leads',
      file: manyLeads(1000),
      onDuplicate: 'skip',
    })
    expect(await settled(client, second.importId)).toMatchObject({ created: 0, skipped: 1000 })
    expect(await settled(client, first.importId)).toMatchObject({ created: 1000 })
  })

  test('cannot be undone by the way before it is done', async () => {
    const { client } = await openTestCore()
    const importId = await startedImport(client, manyLeads(3000))
    await expect(client.transfer.undo({ importId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(client.changes.undo({})).rejects.toMatchObject({
      code: 'conflict',
      message: 'This import is still at work. Cancel it first.',
    })
    expect(await settled(client, importId)).toMatchObject({ state: 'done', created: 3000 })
  })
})

describe('an import that is cancelled', () => {
  test('stops between two transactions, and continues where it stopped', async () => {
    const { client, directory } = await openTestCore()
    const whole = await openTestCore()
    await importWell(whole.client, 'leads', manyLeads(3000))

    const importId = await startedImport(client, manyLeads(3000))
    const cancelled = await client.transfer.cancel({ importId })
    expect(cancelled).toMatchObject({ state: 'cancelled', message: null })
    expect(cancelled.rows).toBeLessThan(3000)
    expect(cancelled.created).toBe(cancelled.rows)
    expect((await client.leads.list({ limit: 1 })).total).toBe(cancelled.created)
    await expect(client.transfer.cancel({ importId })).rejects.toMatchObject({ code: 'conflict' })

    await client.transfer.resume({ importId })
    const done = await settled(client, importId)
    expect(done).toMatchObject({ state: 'done', created: 3000, rows: 3000 })
    expect(done.batchId).toBe(cancelled.batchId)
    expect(contentOf(directory)).toEqual(contentOf(whole.directory))
    await expect(client.transfer.resume({ importId })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('can be undone as far as it came', async () => {
    const { client, directory } = await openTestCore()
    const before = dump(directory)
    const importId = await startedImport(client, manyLeads(3000))
    await client.transfer.cancel({ importId })
    expect(await undoImport(client, importId)).toMatchObject({ state: 'undone' })
    expect(dump(directory)).toEqual(before)
    await expect(client.transfer.resume({ importId })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('and a check that is, leave nothing', async () => {
    const { client, directory } = await openTestCore()
    const before = dump(directory)
    const { importId } = await client.transfer.start({
      kind: 'leads',
      file: manyLeads(5000),
      dryRun: true,
    })
    expect(await client.transfer.cancel({ importId })).toMatchObject({ state: 'cancelled' })
    expect(dump(directory)).toEqual(before)
    await expect(client.transfer.resume({ importId })).rejects.toMatchObject({ code: 'conflict' })
  })
})

/** What is in the database, without ids and instants that differ from one import to another. */
function contentOf(directory: string) {
  const connection = `select json_array(lead.title, company.name, owner.name, stage.name, lead.status,
      lead.value_minor, lead.custom, lead.external_id, lead.position)`
  return {
    leads: countOf(directory, 'select count(*) from lead'),
    rows: listOf(
      directory,
      `${connection} from lead join stage on stage.id = stage_id join user owner on owner.id = lead.owner_id
       join company on company.id = company_id order by lead.external_id`,
    ),
    stages: listOf(
      directory,
      `select json_array(name, kind, position) from stage order by position`,
    ),
    fields: listOf(directory, `select json_array(table_name, key, type) from custom_field`),
    users: listOf(directory, `select name from user order by name`),
  }
}

describe('a core that closes', () => {
  test('leaves an import that can continue', async () => {
    const first = await openTestCore()
    const { directory } = first
    const importId = await startedImport(first.client, manyLeads(3000))
    await first.close()
    const { client } = await openTestCore({ directory })
    const found = await client.transfer.get({ importId })
    expect(found).toMatchObject({
      state: 'interrupted',
      message: 'Rapport was closed before the import was done.',
    })
    expect(found.rows).toBeLessThan(3000)
    await client.transfer.resume({ importId })
    expect(await settled(client, importId)).toMatchObject({ state: 'done', created: 3000 })
  })

  test('makes a pipeline once, however often it was cut short', async () => {
    const first = await openTestCore()
    const { directory } = first
    const rows = Array.from({ length: 3000 }, (_, index) => `Lead ${index},Partners`)
    const importId = await startedImport(
      first.client,
      csv(`Title,Pipeline\n${rows.join('\n')}\nOne more,Renewals\n`),
    )
    await first.close()
    const { client } = await openTestCore({ directory })
    expect((await client.transfer.get({ importId })).rows).toBeGreaterThan(0)
    await client.transfer.resume({ importId })
    expect(await settled(client, importId)).toMatchObject({
      state: 'done',
      created: 3001,
      alsoCreated: { pipelines: 2, stages: 6 },
    })
    const pipelines = (await client.pipeline.list()).slice(1)
    expect(pipelines.map(({ name, stages }) => [name, stages.map((stage) => stage.name)])).toEqual([
      ['Partners', ['New', 'Won', 'Lost']],
      ['Renewals', ['New', 'Won', 'Lost']],
    ])
  })

  test('leaves one to a later version, which counts more than this one', async () => {
    const first = await openTestCore()
    const { directory } = first
    const importId = await startedImport(first.client, manyLeads(3000))
    await first.close()
    const connection = new BetterSqlite3(join(directory, 'rapport.db'))
    connection
      .prepare(
        `update import_run set progress = json_remove(progress, '$.made', '$.optOuts', '$.unknowns.fields',
           '$.state.stagePlans', '$.state.madePipelines')`,
      )
      .run()
    connection.close()
    const { client } = await openTestCore({ directory })
    await client.transfer.resume({ importId })
    expect(await settled(client, importId)).toMatchObject({ state: 'done', created: 3000 })
  })

  test('continues an undo by itself when it opens again', async () => {
    const first = await openTestCore()
    const { directory } = first
    const before = dump(directory)
    const { importId } = await importWell(first.client, 'leads', manyLeads(3000))
    await first.client.transfer.undo({ importId })
    await first.close()
    expect(countOf(directory, 'select count(*) from lead')).toBeGreaterThan(0)
    const { client } = await openTestCore({ directory })
    expect(await settled(client, importId)).toMatchObject({
      state: 'undone',
      undo: { refused: [] },
    })
    expect(dump(directory)).toEqual(before)
  })
})

describe('undo of an import', () => {
  test('is the same from wherever it is asked, and redo does it again', async () => {
    const { client, directory } = await openTestCore()
    const before = dump(directory)
    const done = await importWell(client, 'leads', manyLeads(2500))
    const after = dump(directory)
    const result = await client.changes.undo({})
    expect(result).toMatchObject({ batchId: done.batchId, refused: [] })
    expect(dump(directory)).toEqual(before)
    expect(await client.transfer.get({ importId: done.importId })).toMatchObject({
      state: 'undone',
      undo: { undone: result.undone },
    })
    await expect(client.transfer.undo({ importId: done.importId })).rejects.toMatchObject({
      code: 'conflict',
    })
    await client.changes.redo({})
    expect(dump(directory)).toEqual(after)
    expect((await client.transfer.get({ importId: done.importId })).state).toBe('done')
  })

  test('takes back what it updated, too, row for row', async () => {
    const { client, directory } = await openTestCore()
    await importWell(client, 'leads', manyLeads(600))
    await importWell(client, 'leads', csv('title\nUnnumbered'))
    const before = dump(directory)
    const file = manyLeads(900, 'Other')
    const done = await importWell(client, 'leads', file, { onDuplicate: 'update' })
    expect(done).toMatchObject({ created: 300, updated: 600 })
    expect(await undoImport(client, done.importId)).toMatchObject({ undo: { refused: [] } })
    expect(dump(directory)).toEqual(before)
    expect((await client.leads.list({ q: 'Other' })).total).toBe(0)
    expect((await client.leads.list({ q: 'Lead' })).total).toBe(600)
  })

  test('keeps what somebody has come to use', async () => {
    const { client } = await openTestCore()
    const done = await importWell(client, 'leads', manyLeads(10))
    const lead = (await client.leads.list({ q: '"Lead 3"' })).items.find(
      (one) => one.title === 'Lead 3',
    )
    await client.activities.create({ type: 'call', leadId: lead?.id ?? '' })
    const undone = await undoImport(client, done.importId)
    expect(undone.state).toBe('undone')
    expect(undone.undo?.refused.map(({ name, reason }) => [name, reason])).toContainEqual([
      'Lead 3',
      'in use since (activity)',
    ])
    expect((await client.leads.list({})).items.map((one) => one.title)).toEqual(['Lead 3'])
    // What the lead needs to exist stays with it.
    expect(await client.leads.get({ id: lead?.id ?? '' })).toMatchObject({
      company: { name: 'Company 3' },
      owner: { name: 'Rep 3' },
      stage: { name: 'Lost' },
    })
    const timeline = await client.activities.timelines.lead({ id: lead?.id ?? '' })
    expect(timeline.items.map((entry) => entry.type)).toEqual(['call', 'lead_created'])
  })
})

test('a long import can be undone as soon as it is done', async () => {
  const { client } = await openTestCore()
  const rows = Array.from({ length: 5001 }, (_, index) => `Ada ${index}`)
  const { importId } = await client.transfer.start({
    kind: 'contacts',
    file: csv(`Last name\n${rows.join('\n')}`),
  })
  while ((await client.transfer.get({ importId })).state === 'running')
    await new Promise((resolve) => setImmediate(resolve))
  expect(await undoImport(client, importId)).toMatchObject({ state: 'undone' })
})

test('rejected rows come back as a file that, corrected, imports', async () => {
  const { client } = await openTestCore()
  const done = await importFile(
    client,
    'leads',
    csv('title,value,notes\nfine,1,\nbad,ten,"two\nlines"\n"=1+1",-5,\nragged\n', 'deals.csv'),
  )
  expect(done).toMatchObject({ created: 1, rejected: 3 })
  const file = await client.transfer.rejected({ importId: done.importId })
  expect(file.name).toBe('deals rejected.csv')
  const text = (await file.text()).replace(/^\uFEFF/, '')
  expect(text).toBe(
    [
      'Rejected because,Line in the file,title,value,notes',
      'Value must be an amount of money,3,bad,ten,"two\nlines"',
      `Value must not be negative,5,"'=1+1",-5,`,
      '"The row has 1 cell, but the file has 3 columns",6,ragged',
      '',
    ].join('\r\n'),
  )
  const corrected = csv(
    text.replace(',ten,', ',10,').replace(',-5,', ',5,').replace(',ragged', ',ragged,,'),
  )
  const { fileId } = await client.transfer.inspect({ file: corrected })
  expect(await client.transfer.suggestMapping({ fileId, kind: 'leads' })).toMatchObject({
    remembered: true,
    mapping: { title: ['title'], value: ['value'], description: ['notes'] },
  })
  expect(await importWell(client, 'leads', corrected)).toMatchObject({ created: 3, rejected: 0 })
  const { items } = await client.leads.list({ sort: 'title' })
  expect(items.map((lead) => [lead.title, lead.description])).toEqual([
    ['=1+1', null],
    ['bad', 'two\nlines'],
    ['fine', null],
    ['ragged', null],
  ])
})

test('downloads at the same time are whole, and the next replaces none that is still read', async () => {
  const { client, clock, directory } = await openTestCore()
  const { importId } = await importFile(client, 'leads', csv('title,value\nbad,ten'))
  const files = await Promise.all(
    Array.from({ length: 4 }, () => [
      client.transfer.rejected({ importId }),
      client.transfer.template({ for: 'leads' }),
    ]).flat(),
  )
  const later = await client.transfer.rejected({ importId })
  const texts = new Set(await Promise.all(files.map((file) => file.text())))
  expect(texts.size).toBe(2)
  expect(texts).toContain(await later.text())
  clock.advance(2 * 3_600_000)
  await client.transfer.rejected({ importId })
  expect(readdirSync(join(directory, 'exports'))).toHaveLength(1)
})

test('a template has a header that the import knows', async () => {
  const { client } = await openTestCore()
  for (const kind of ['companies', 'contacts', 'leads', 'activities', 'users'] as const) {
    const template = await client.transfer.template({ for: kind })
    const fields = await client.transfer.fields({ kind })
    const filled = csv(
      `${await template.text()}${fields.map(() => 'x').join(',')}\n`.replace(/,x\n/, '\n'),
    )
    const inspected = await client.transfer.inspect({ file: filled, hasHeader: true })
    expect(inspected.kind, kind).toBe(kind)
    const { mapping } = await client.transfer.suggestMapping({ fileId: inspected.fileId, kind })
    for (const field of fields)
      if (field.required)
        expect(mapping[field.name], `${kind} ${field.name}`).toEqual([field.label])
  }
})

test('A rep’s import is taken back as far as the leads are still its own', async () => {
  const { client, addUser } = await openTestCore()
  const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
  const leads = csv(
    `title\n${Array.from({ length: 300 }, (_, index) => `Lead ${index}`).join('\n')}`,
  )
  const done = await importWell(rita.client, 'leads', leads)
  const given = (await client.leads.list({ limit: 100 })).items.slice(0, 3)
  await client.leads.bulk({
    target: { ids: given.map(({ id }) => id) },
    action: { type: 'update', patch: { ownerId: rob.id } },
  })
  const undone = await undoImport(rita.client, done.importId)
  expect(undone.undo?.refused).toHaveLength(3)
  expect(undone.undo?.refused.map(({ reason }) => reason)).toEqual(Array(3).fill('belongs to Rob'))
  expect((await client.leads.list({})).items.map(({ owner }) => owner?.name)).toEqual(
    Array(3).fill('Rob'),
  )
})
