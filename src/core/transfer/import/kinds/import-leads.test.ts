import { describe, expect, test } from 'vitest'
import { csv, importFile, importWell, openTestCore, undoImport } from '../../testing'

const titles = async (client: Awaited<ReturnType<typeof openTestCore>>['client']) =>
  (await client.leads.list({ sort: 'title', limit: 500 })).items.map((lead) => lead.title)

describe('leads of a file', () => {
  test('become leads with all they have', async () => {
    const { client, owner } = await openTestCore()
    const done = await importWell(
      client,
      'leads',
      csv(`Deal Name,Account Name,Contact,Contact email,Stage,Amount,Currency,Probability,Expected close date,Lead source,Priority,Tags,Notes,Created,Deal ID,Region
Acme renewal,Acme,Ada Lovelace,ada@acme.example,Proposal,"1,250.50",EUR,40%,2026-12-31,Referral,High,"big; urgent","First line
second line",2026-01-15 09:30,D-1,North
`),
    )
    expect(done).toMatchObject({ created: 1, rejected: 0, unknownCompanies: 1 })
    const [lead] = (await client.leads.list({})).items
    expect(lead).toMatchObject({
      title: 'Acme renewal',
      company: { name: 'Acme' },
      contact: { name: 'Ada Lovelace' },
      owner: { id: owner.userId },
      stage: { name: 'Proposal' },
      status: 'open',
      value: { amount: '1250.50', currency: 'EUR' },
      probability: 40,
      expectedCloseDate: '2026-12-31',
      source: 'Referral',
      priority: 'high',
      tags: ['big', 'urgent'],
      description: 'First line\nsecond line',
      createdAt: '2026-01-15T09:30:00.000Z',
      stageEnteredAt: '2026-01-15T09:30:00.000Z',
      closedAt: null,
      externalId: 'D-1',
      custom: { region: 'North' },
    })
    expect(await client.settings.customFields.list({})).toMatchObject([
      { table: 'lead', key: 'region', label: 'Region', type: 'text' },
    ])
    const [contact] = (await client.contacts.list({})).items
    expect(contact).toMatchObject({
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@acme.example',
      company: { name: 'Acme' },
    })
    const timeline = await client.activities.timelines.lead({ id: lead?.id ?? '' })
    expect(timeline.items.map((entry) => [entry.type, entry.occurredAt])).toEqual([
      ['lead_created', '2026-01-15T09:30:00.000Z'],
    ])
  })

  test('stand above those of their stage, in the order of the file', async () => {
    const { client, stage } = await openTestCore()
    const stageId = (await stage('New')).id
    await client.leads.create({ title: 'there' })
    await client.leads.create({ title: 'before' })
    const rows = Array.from({ length: 450 }, (_, index) => `Lead ${index}`)
    await importWell(client, 'leads', csv(`title\n${rows.join('\n')}`))
    await importWell(client, 'leads', csv('title\nlater 1\nlater 2'))
    const column: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.pipeline.stages.leads({ id: stageId, limit: 200, cursor })
      column.push(...page.items.map((card) => card.title))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(column).toEqual(['later 1', 'later 2', ...rows, 'before', 'there'])
  })

  test('that are won or lost count from when they were closed', async () => {
    const { client } = await openTestCore()
    await importWell(
      client,
      'leads',
      csv(`title,stage,status,close date,lost reason,created
a,Won,,2026-03-01,,2026-01-01
b,Proposal,Lost,2026-04-01,Too expensive,2026-01-01
c,Proposal,Open,2026-12-01,,2026-01-01
d,,won,,,
`),
    )
    const { items } = await client.leads.list({ sort: 'title' })
    expect(items).toMatchObject([
      { status: 'won', stage: { name: 'Won' }, closedAt: '2026-03-01T00:00:00.000Z' },
      {
        status: 'lost',
        stage: { name: 'Lost' },
        closedAt: '2026-04-01T00:00:00.000Z',
        stageEnteredAt: '2026-04-01T00:00:00.000Z',
        lostReason: 'Too expensive',
      },
      // Of an open lead it is when it is expected to close.
      { status: 'open', closedAt: null, expectedCloseDate: '2026-12-01' },
      { status: 'won', closedAt: '2026-11-20T09:30:00.000Z' },
    ])
  })

  test('with a wrong value are rejected with the reason, and the others come in', async () => {
    const { client } = await openTestCore()
    const done = await importWell(
      client,
      'leads',
      csv(`Title,Value,Probability,Expected close date,Contact email,Priority
good,100,50,2026-01-01,a@b.example,low
,100,,,,
bad money,ten,,,,
negative,-5,,,,
bad probability,1,140,,,
bad date,1,,31.02.2026,,
bad email,1,,,nobody,
bad word,1,,,,whenever
${'x'.repeat(256)},1,,,,
`),
    )
    expect(done).toMatchObject({ created: 1, rejected: 8, rows: 9 })
    expect(done.problems.map(({ line, column, message }) => [line, column, message])).toEqual([
      [3, 'Title', 'Title must not be blank'],
      [4, 'Value', 'Value must be an amount of money'],
      [5, 'Value', 'Value must not be negative'],
      [6, 'Probability', 'Probability must be between 0 and 100'],
      [7, 'Expected close date', 'Expected close date must be a date that exists'],
      [8, 'Contact email', 'Contact e-mail must be an e-mail address'],
      [9, 'Priority', 'Priority must be one of low, medium, high, urgent'],
      [10, 'Title', 'Title must have at most 255 characters'],
    ])
    expect(await titles(client)).toEqual(['good'])
  })
})

describe('a lead that is there already', () => {
  const first = csv('id,title,company,value\n1,One,Acme,100\n2,Two,Acme,200', 'first.csv')
  const second = csv(
    'id,title,company,value\n1,One again,Acme,150\n3,Three,Acme,\n2,Two,,',
    'b.csv',
  )

  test('is skipped, updated or added once more, as selected', async () => {
    for (const [onDuplicate, counts, found] of [
      ['skip', { created: 1, skipped: 2 }, ['One', 'Three', 'Two']],
      ['update', { created: 1, updated: 1, unchanged: 1 }, ['One again', 'Three', 'Two']],
      ['add', { created: 3 }, ['One', 'One again', 'Three', 'Two', 'Two']],
    ] as const) {
      const { client } = await openTestCore()
      await importWell(client, 'leads', first)
      const done = await importWell(client, 'leads', second, { onDuplicate })
      expect(done).toMatchObject({ skipped: 0, updated: 0, unchanged: 0, ...counts })
      if (onDuplicate !== 'add') expect(done.matchedBy).toEqual({ externalId: 2 })
      expect(await titles(client)).toEqual(found)
      // Blank cells erase nothing.
      const two = (await client.leads.list({ q: 'Two' })).items.at(-1)
      expect(two).toMatchObject({ value: { amount: '200.00' }, company: { name: 'Acme' } })
    }
  })

  test('is known by title and company where there is no id', async () => {
    const { client } = await openTestCore()
    const acme = await client.companies.create({ name: 'Acme' })
    await client.leads.create({ title: 'Škoda fleet', companyId: acme.id })
    await client.leads.create({ title: 'Škoda fleet' })
    const done = await importWell(
      client,
      'leads',
      csv('title,company,value\n ŠKODA  FLEET ,acme,5\nŠkoda fleet,Other,6\nŠkoda fleet,,7'),
      { onDuplicate: 'update' },
    )
    expect(done).toMatchObject({ updated: 2, created: 1, matchedBy: { title: 2 } })
  })

  test('with another external id is another lead, whatever its title', async () => {
    const { client } = await openTestCore()
    const file = csv('id,title,company\n1,GTX,Acme\n2,GTX,Acme\n3,GTX,Acme')
    expect(await importWell(client, 'leads', file)).toMatchObject({ created: 3 })
    // One without an id is taken for the oldest, one with a new id only for those without.
    const more = csv('id,title,company,source\n,GTX,Acme,x\n4,GTX,Acme,x')
    const done = await importWell(client, 'leads', more, { onDuplicate: 'update' })
    expect(done).toMatchObject({ updated: 1, created: 1 })
  })

  test('further up in the same file is recognised, too', async () => {
    const { client } = await openTestCore()
    const file = csv('id,title,value\n1,One,1\n2,Two,2\n1,One,3\n1,One,3')
    const done = await importWell(client, 'leads', file, { onDuplicate: 'update' })
    expect(done).toMatchObject({ created: 2, updated: 1, unchanged: 1 })
    expect((await client.leads.list({ q: 'One' })).items[0]?.value?.amount).toBe('3.00')
    const other = await openTestCore()
    expect(await importWell(other.client, 'leads', file)).toMatchObject({ created: 2, skipped: 2 })
  })

  test('but in the trash is neither doubled nor brought back', async () => {
    const { client } = await openTestCore()
    await importWell(client, 'leads', first)
    const [one] = (await client.leads.list({ q: 'One' })).items
    await client.leads.remove({ id: one?.id ?? '' })
    for (const onDuplicate of ['skip', 'update'] as const) {
      const done = await importWell(client, 'leads', first, { onDuplicate })
      expect(done).toMatchObject({ created: 0, rejected: 1 })
      expect(done.problems[0]?.message).toBe('This lead is in the trash: restore it or purge it')
    }
  })

  test('moves to the stage the file says and says so on its timeline', async () => {
    const { client } = await openTestCore()
    await importWell(client, 'leads', first)
    const { importId } = await importWell(client, 'leads', csv('id,title,stage\n1,One,Won'), {
      onDuplicate: 'update',
    })
    const [one] = (await client.leads.list({ q: 'One' })).items
    expect(one).toMatchObject({ status: 'won', stage: { name: 'Won' } })
    const timeline = await client.activities.timelines.lead({ id: one?.id ?? '' })
    expect(timeline.items.map((entry) => entry.type)).toContain('stage_changed')
    await undoImport(client, importId)
    expect((await client.leads.list({ q: 'One' })).items[0]).toMatchObject({
      status: 'open',
      stage: { name: 'New' },
      closedAt: null,
    })
  })
})

test('an amount keeps its currency where a row gives a currency alone', async () => {
  const { client } = await openTestCore()
  const file = (rows: string) => csv(`Deal ID,Title,Amount,Currency\n${rows}`)
  await importWell(client, 'leads', file('D-1,Deal,1000.00,USD\nD-2,Other,,USD'))
  const done = await importWell(client, 'leads', file('D-1,Deal,,JPY\nD-2,Other,,JPY'), {
    onDuplicate: 'update',
  })
  expect(done.warnings.map(({ line, message }) => [line, message])).toEqual([
    [2, 'Currency stays USD, as the row has no value'],
  ])
  const [deal] = (await client.leads.list({ sort: 'title' })).items
  expect(deal?.value).toEqual({ amount: '1000.00', currency: 'USD' })
  await importWell(client, 'leads', file('D-1,Deal,70,JPY'), { onDuplicate: 'update' })
  expect((await client.leads.get({ id: deal?.id ?? '' })).value).toEqual({
    amount: '70',
    currency: 'JPY',
  })
})

describe('owners the database does not know', () => {
  const file = () => csv('title,owner\na,Ann Lee\nb,ann  LEE\nc,Bob\nd,')

  test('are counted by a check and made into users by the import', async () => {
    const { client } = await openTestCore()
    const check = await importWell(client, 'leads', file(), { dryRun: true })
    expect(check).toMatchObject({ created: 4, rejected: 0 })
    expect(check.unknownOwners).toContainEqual({ value: 'Bob', rows: 1 })
    expect((await client.users.list({})).total).toBe(1)
    await importWell(client, 'leads', file())
    const users = (await client.users.list({})).items
    expect(users.map(({ name, role, openLeads }) => [name, role, openLeads])).toEqual([
      ['Ann Lee', 'rep', 2],
      ['Bob', 'rep', 1],
      ['Me', 'admin', 0],
    ])
  })

  test('are mapped to users, or their rows are rejected', async () => {
    const { client, addUser } = await openTestCore()
    const rita = await addUser('Rita', 'rep')
    const done = await importWell(client, 'leads', file(), {
      createOwners: false,
      ownerMap: { 'Ann Lee': rita.id },
    })
    expect(done).toMatchObject({ created: 2, rejected: 2 })
    expect(done.problems[0]?.message).toBe(
      'Owner “ann LEE” names nobody: choose a user for this name',
    )
    expect((await client.leads.list({ ownerId: [rita.id] })).total).toBe(1)
  })
})

describe('stages the pipeline does not have', () => {
  const file = csv('title,stage\na,Discovery\nb,discovery\nc,Closed Won\nd,Disqualified\ne,Won')

  test('are listed with the kind their name suggests', async () => {
    const { client } = await openTestCore()
    const check = await importWell(client, 'leads', file, { dryRun: true })
    expect(check.unknownStages).toEqual([
      { value: 'Discovery', rows: 1, suggestedKind: 'open' },
      { value: 'discovery', rows: 1, suggestedKind: 'open' },
      { value: 'Disqualified', rows: 1, suggestedKind: 'lost' },
    ])
  })

  test('are made where they belong, mapped to others, or their rows rejected', async () => {
    const { client, stage } = await openTestCore()
    const won = await stage('Won')
    const done = await importWell(client, 'leads', file, {
      stageMap: { 'Closed Won': { stageId: won.id }, Disqualified: { create: 'open' } },
    })
    expect(done).toMatchObject({ created: 5, rejected: 0 })
    const stages = await client.pipeline.stages.list({})
    expect(stages.map(({ name, kind, leads }) => [name, kind, leads])).toEqual([
      ['New', 'open', 0],
      ['Qualified', 'open', 0],
      ['Contacted', 'open', 0],
      ['Discovery', 'open', 2],
      ['Proposal', 'open', 0],
      ['Disqualified', 'open', 1],
      ['Won', 'won', 2],
      ['Lost', 'lost', 0],
    ])
    const other = await openTestCore()
    const refused = await importWell(other.client, 'leads', file, { createStages: false })
    expect(refused).toMatchObject({ created: 2, rejected: 3 })
    expect(refused.problems[0]?.message).toBe(
      'Stage “Discovery” names no stage: choose a stage for this name',
    )
  })
})

test('closed won is won, with the name of the pipeline behind it or without', async () => {
  const { client } = await openTestCore()
  const done = await importWell(
    client,
    'leads',
    csv(`title,stage
a,Closed Won (Sales pipeline)
b,closedlost
c,Proposal (Sales pipeline)
d,Closed-Won
`),
  )
  expect(done).toMatchObject({ created: 4, unknownStages: [] })
  const leads = (await client.leads.list({ sort: 'title' })).items
  expect(leads.map(({ stage }) => stage.name)).toEqual(['Won', 'Lost', 'Proposal', 'Won'])
})

test('yes and no beside the dates say which leads are won, lost and open', async () => {
  const { client } = await openTestCore()
  const done = await importWell(
    client,
    'leads',
    csv(`Opportunity Name,Won,Closed,Close date
a,True,True,2026-03-01
b,False,True,2026-03-02
c,no,no,2026-12-01
d,ja,x,2026-03-03
e,0,1,2026-03-04
`),
  )
  expect(done).toMatchObject({ created: 5, rejected: 0 })
  const leads = (await client.leads.list({ sort: 'title' })).items
  expect(leads.map(({ status }) => status)).toEqual(['won', 'lost', 'open', 'won', 'lost'])
})

describe('a rep', () => {
  test('imports leads of its own and nobody else’s', async () => {
    const { client, addUser } = await openTestCore()
    const rita = await addUser('Rita', 'rep')
    const theirs = await client.leads.create({ title: 'Theirs', externalId: '9' })
    const done = await importWell(
      rita.client,
      'leads',
      csv(
        'id,title,owner,stage\n1,mine,Rita,New\n2,mine too,,New\n3,not mine,Me,New\n4,new stage,,Odd\n9,taken,,New',
      ),
      { onDuplicate: 'update' },
    )
    expect(done).toMatchObject({ created: 2, rejected: 3 })
    expect(done.problems.map((problem) => problem.message)).toEqual([
      'Owner “Me” must be you: you can import only what is yours',
      'Stage “Odd” names no stage, and you may not add one: choose a stage for this name',
      'This lead is here already and belongs to somebody else',
    ])
    expect(await titles(rita.client)).toEqual(['mine', 'mine too'])
    expect((await client.leads.get({ id: theirs.id })).title).toBe('Theirs')
    await expect(
      rita.client.transfer.start({
        kind: 'leads',
        file: csv('title,colour\na,red'),
        mapping: { title: ['title'], 'custom.colour': ['colour'] },
      }),
    ).rejects.toMatchObject({
      code: 'invalid',
      data: { issues: [{ path: 'mapping.custom.colour' }] },
    })
    await expect(
      rita.client.transfer.start({ kind: 'users', file: csv('name\nBob') }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    const others = await importWell(client, 'leads', csv('title\nx'))
    await expect(rita.client.transfer.get({ importId: others.importId })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await rita.client.transfer.history({})).items).toHaveLength(1)
  })
})

test('a mapping that cannot be is refused before anything is read', async () => {
  const { client } = await openTestCore()
  const start = (mapping: Record<string, string[]>) =>
    importFile(client, 'leads', csv('title,x\na,b'), { mapping })
  await expect(start({ title: ['nope'] })).rejects.toMatchObject({
    data: { issues: [{ path: 'mapping.title', message: 'the file has no column “nope”' }] },
  })
  await expect(start({ title: ['title'], colour: ['x'] })).rejects.toMatchObject({
    data: { issues: [{ path: 'mapping.colour' }] },
  })
  await expect(start({ source: ['x'] })).rejects.toMatchObject({
    data: { issues: [{ path: 'mapping.title', message: 'choose the column for Title' }] },
  })
  expect((await client.transfer.history({})).items).toEqual([])
})

test('one column feeds several fields, and several columns one', async () => {
  const { client } = await openTestCore()
  await importWell(client, 'leads', csv('who,what,when\nAcme,Pump,2026-05-01\nAcme,,2026-06-01'), {
    mapping: {
      title: ['who', 'what'],
      company: ['who'],
      expectedCloseDate: ['when'],
      createdAt: ['when'],
    },
  })
  expect((await client.leads.list({ sort: 'title' })).items).toMatchObject([
    { title: 'Acme', company: { name: 'Acme' }, expectedCloseDate: '2026-06-01' },
    { title: 'Acme – Pump', createdAt: '2026-05-01T00:00:00.000Z' },
  ])
})

test('a mapping that worked is remembered for the same header', async () => {
  const { client } = await openTestCore()
  const mapping = { title: ['b'], source: ['a'] }
  await importWell(client, 'leads', csv('a,b\nx,y'), { mapping })
  const { fileId } = await client.transfer.inspect({ file: csv('a,b\nother,rows') })
  expect(await client.transfer.suggestMapping({ fileId, kind: 'leads' })).toEqual({
    mapping,
    remembered: true,
  })
  const { fileId: another } = await client.transfer.inspect({ file: csv('b,a\nother,rows') })
  expect(await client.transfer.suggestMapping({ fileId: another, kind: 'leads' })).toMatchObject({
    remembered: false,
  })
})

test('a stay in a stage is never negative, whatever dates a file has', async () => {
  const { client, stage, clock } = await openTestCore()
  const file = (closed: string) =>
    csv(`Title,Deal ID,Stage,Created,Closed at,In stage since
Won once,D-1,Won,2024-01-01,${closed},
Entered after closing,D-2,Won,2024-01-01,2025-05-20,2026-11-19
Entered ahead,D-3,Proposal,2024-01-01,,2030-01-01
Made ahead,D-4,New,2030-01-01,,
`)
  await client.leads.create({
    title: 'Won once',
    externalId: 'D-1',
    stageId: (await stage('Won')).id,
  })
  await importFile(client, 'leads', file('2025-05-21'), { onDuplicate: 'update' })
  const { items } = await client.leads.list({ sort: 'title' })
  expect(items.map(({ closedAt }) => closedAt?.slice(0, 10))).toEqual([
    '2025-05-20',
    undefined,
    undefined,
    '2025-05-21',
  ])
  for (const lead of items) {
    const left = lead.closedAt === null ? clock.now() : Date.parse(lead.closedAt)
    expect([lead.title, left - Date.parse(lead.stageEnteredAt)]).toEqual([lead.title, 0])
  }
  for (const { averageDays } of await client.pipeline.conversionRates({}))
    expect(averageDays ?? 0).toBe(0)
})
