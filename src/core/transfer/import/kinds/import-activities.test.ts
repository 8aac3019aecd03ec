import { describe, expect, test } from 'vitest'
import { csv, dump, importWell, openTestCore, undoImport } from '../../testing'

/** The table of the old program, as its database gives it out. */
const oldTable = (bd = 'bd_in_charge') =>
  csv(`activity_id,lead_id,customer_uid,activity_type,activity_category,description,metadata,date_created,${bd},created_by,is_visible_to_bd,campaign
1,77,NULL,call,manual,"Spoke with Ada,
she will call back","{""duration"": 12, ""channel"": ""phone""}",2024-03-01 10:15:00,John,John,true,Spring
2,77,NULL,status_changed,system,New to contacted,"{""old"": ""new"", ""new"": ""contacted""}",2024-03-01 10:16:00,,system,true,
3,NULL,900,trading_activity,automated,Deposit,{},2024-03-02 08:00:00,,platform,false,
4,999,NULL,LinkedIn Connect,manual,Sent a request,,2024-03-03 09:00:00,Jane,Jane,true,
5,77,NULL,email,manual,,not json,2024-03-04 09:00:00,John,John,f,Spring
`)

describe('an old activity table', () => {
  test('comes in with nothing lost, twice without doubling', async () => {
    for (const bd of ['bd_in_charge', 'bd']) {
      const { client, directory } = await openTestCore()
      const lead = await client.leads.create({ title: 'Acme', externalId: '77' })
      const customer = await client.customers.create({ name: 'Big', externalId: '900' })
      const first = await importWell(client, 'activities', oldTable(bd))
      expect(first).toMatchObject({ created: 5, rejected: 0 })
      expect(first.warnings.map(({ line, message }) => [line, message])).toEqual([
        [6, 'Lead “999” names no lead: it is kept among the details'],
      ])
      const rows = (await client.activities.list({ sort: 'at', limit: 100 })).items.filter(
        (row) => row.externalId !== null,
      )
      expect(rows).toMatchObject([
        {
          externalId: '1',
          category: 'manual',
          type: 'call',
          lead: { id: lead.id },
          description: 'Spoke with Ada,\nshe will call back',
          occurredAt: '2024-03-01T10:15:00.000Z',
          user: { name: 'John' },
          visibleToRep: true,
          createdBy: { name: 'John' },
          metadata: { duration: 12, channel: 'phone', campaign: 'Spring' },
        },
        {
          externalId: '2',
          category: 'system',
          type: 'status_changed',
          user: null,
          metadata: { old: 'new', new: 'contacted', created_by: 'system' },
        },
        {
          category: 'automated',
          type: 'trading_activity',
          customer: { id: customer.id },
          visibleToRep: false,
          metadata: { created_by: 'platform' },
        },
        { type: 'linkedin_connect', lead: null, metadata: { lead_id: '999' } },
        { type: 'email', visibleToRep: false, metadata: { metadata: 'not json' } },
      ])
      expect((await client.activities.types.list()).map((type) => type.name)).toContain(
        'linkedin_connect',
      )
      const after = dump(directory)
      for (const onDuplicate of ['skip', 'update'] as const) {
        const again = await importWell(client, 'activities', oldTable(bd), { onDuplicate })
        expect(again).toMatchObject({ created: 0, updated: 0, matchedBy: { externalId: 5 } })
      }
      expect(dump(directory)).toEqual(after)
    }
  })

  test('without ids is recognised by the contents of its rows', async () => {
    const { client } = await openTestCore()
    const file = (more = '') =>
      csv(`type,subject,date,user\nCall,Hello,2024-03-01,Me\nCall,Hello,2024-03-02,Me\n${more}`)
    expect(await importWell(client, 'activities', file())).toMatchObject({ created: 2 })
    expect(await importWell(client, 'activities', file('Note,New,2024-03-03,\n'))).toMatchObject({
      created: 1,
      skipped: 2,
      matchedBy: { content: 2 },
    })
    // In another order of columns, and with a row twice.
    const turned = csv(
      'subject,type,user,date\nHello,Call,Me,2024-03-01\nNew,Note,,2024-03-03\nNew,Note,,2024-03-03',
    )
    expect(await importWell(client, 'activities', turned)).toMatchObject({ created: 0, skipped: 3 })
  })

  test('finds its leads when they come later', async () => {
    const { client } = await openTestCore()
    await importWell(client, 'activities', oldTable())
    await importWell(client, 'leads', csv('id,title\n77,Acme\n999,Other'))
    const again = await importWell(client, 'activities', oldTable(), { onDuplicate: 'update' })
    expect(again).toMatchObject({
      updated: 4,
      unchanged: 1,
      warnings: [{ column: 'customer_uid' }],
    })
    const [acme] = (await client.leads.list({ q: 'Acme' })).items
    const timeline = await client.activities.timelines.lead({ id: acme?.id ?? '' })
    expect(timeline.items.map((entry) => entry.type)).toEqual([
      'lead_created',
      'email',
      'status_changed',
      'call',
    ])
    expect(acme?.lastActivityAt).toBe('2024-03-04T09:00:00.000Z')
  })
})

test('planned activities stay open, done ones are done', async () => {
  const { client, directory } = await openTestCore()
  const lead = await client.leads.create({ title: 'Acme', companyId: null })
  const before = dump(directory)
  const done = await importWell(
    client,
    'activities',
    csv(`type,subject,lead,scheduled_at,completed_at,is_completed,duration_minutes,outcome,created_at
Meeting,Plan,Acme,2026-12-01 10:00,,false,60,,2026-01-01
Call,Past,Acme,2026-02-01 10:00,2026-02-01 11:00,true,5,Voicemail Left,2026-01-01
E-mail,Sent,acme,,,true,,Thrilled,2026-01-03 08:00
`),
  )
  expect(done).toMatchObject({ created: 3, warnings: [] })
  const pending = (await client.activities.pending({})).items
  expect(pending).toMatchObject([
    {
      subject: 'Plan',
      scheduledAt: '2026-12-01T10:00:00.000Z',
      occurredAt: null,
      completedAt: null,
    },
  ])
  const sent = (await client.activities.list({ q: 'Sent' })).items[0]
  expect(sent).toMatchObject({
    type: 'email',
    occurredAt: '2026-01-03T08:00:00.000Z',
    outcome: 'thrilled',
  })
  const past = (await client.activities.list({ q: 'Past' })).items[0]
  expect(past).toMatchObject({ outcome: 'voicemail_left', completedAt: '2026-02-01T11:00:00.000Z' })
  expect(await client.leads.get({ id: lead.id })).toMatchObject({
    nextStepAt: '2026-12-01T10:00:00.000Z',
  })
  await undoImport(client, done.importId)
  expect(dump(directory)).toEqual(before)
})

test('a rep logs on its own leads only', async () => {
  const { client, addUser } = await openTestCore()
  const rita = await addUser('Rita', 'rep')
  await client.leads.create({ title: 'Hers', ownerId: rita.id })
  await client.leads.create({ title: 'Not hers' })
  const done = await importWell(
    rita.client,
    'activities',
    csv('type,subject,lead,user\ncall,a,Hers,\ncall,b,Not hers,\ncall,c,,Me\nodd,d,,'),
  )
  expect(done).toMatchObject({ created: 1, rejected: 3 })
  expect(done.problems.map((problem) => problem.message)).toEqual([
    'Lead “Not hers” belongs to somebody else',
    'Person “Me” must be you: you can import only what is yours',
    'Type “odd” is not known, and you may not add it',
  ])
})

test('what a file says to happen later is planned for then, and refused where it is said to be done', async () => {
  const { client } = await openTestCore()
  await client.leads.create({ title: 'Acme' })
  const done = await importWell(
    client,
    'activities',
    csv(`type,subject,lead,occurred_at,is_completed
Call,Ahead,Acme,2030-05-01 09:00,
Call,Odd,Acme,2030-05-01 09:00,true
Call,Past,Acme,2026-05-01 09:00,true
`),
  )
  expect(done).toMatchObject({ created: 2, rejected: 1 })
  expect(done.problems[0]?.message).toMatch(/must not lie in the future/)
  expect((await client.activities.list({ q: 'Ahead' })).items[0]).toMatchObject({
    occurredAt: null,
    scheduledAt: '2030-05-01T09:00:00.000Z',
  })
  expect((await client.leads.list({})).items[0]).toMatchObject({
    lastActivityAt: '2026-05-01T09:00:00.000Z',
    nextStepAt: '2030-05-01T09:00:00.000Z',
  })
})

test.each([
  ['True', 'False'],
  ['Yes', 'No'],
  ['1', '0'],
  ['x', '-'],
  ['ja', 'nein'],
])('completed: %s is done and %s is open, also after an update', async (yes, no) => {
  const { client } = await openTestCore()
  const file = (first: string, second: string) =>
    csv(`Activity ID,Type,Subject,Due date,Completed
1,call,First,2026-01-05,${first}
2,call,Second,2026-01-06,${second}
`)
  const done = async () =>
    (await client.activities.list({ limit: 10 })).items
      .filter(({ category, completedAt }) => category === 'manual' && completedAt !== null)
      .map(({ subject }) => subject)
  expect(await importWell(client, 'activities', file(yes, no))).toMatchObject({ created: 2 })
  expect(await done()).toEqual(['First'])
  await importWell(client, 'activities', file(yes, yes), { onDuplicate: 'update' })
  expect((await done()).sort()).toEqual(['First', 'Second'])
})

test('a move of another program that does not say from where is no stay', async () => {
  const { client } = await openTestCore()
  for (const externalId of ['7', '8']) await client.leads.create({ title: 'Acme', externalId })
  const before = await client.pipeline.conversionRates({})
  await importWell(
    client,
    'activities',
    csv(
      `activity_id,lead_id,activity_type,activity_category,metadata,date_created
1,7,stage_change,system,,2024-03-01
2,7,stage_changed,system,"{""new"": ""Won""}",2024-03-02
3,8,stage_changed,system,"{""old"": ""New"", ""new"": ""Won""}",2024-03-03`,
    ),
  )
  expect((await client.activities.list({ type: ['stage_changed'] })).total).toBe(3)
  expect(await client.pipeline.conversionRates({})).toEqual(before)
})

test('what is planned ahead and said to be done was done by now', async () => {
  const { client, clock } = await openTestCore()
  const at = '2026-11-27T09:00:00.000Z'
  const file = (done: string) =>
    csv(`id,type,subject,scheduled at,completed\n7,meeting,Visit,${at},${done}`)
  await importWell(client, 'activities', file('no'))
  await importWell(client, 'activities', file('yes'), { onDuplicate: 'update' })
  const [visit] = (await client.activities.list({})).items
  expect(visit?.completedAt).toBe(new Date(clock.now()).toISOString())
})
