/** Files as other programs write them, through the whole core: what is above the table, association cells, precisions, encodings. */
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { csv, fixture, importWell, openTestCore, undoImport } from '../testing'

type Client = Awaited<ReturnType<typeof openTestCore>>['client']
const contactsOf = async (client: Client) =>
  (await client.contacts.list({ limit: 500, sort: 'name' })).items
const leadsOf = async (client: Client) =>
  (await client.leads.list({ limit: 500, sort: 'title' })).items

describe('what is above the table is skipped', () => {
  test('in a LinkedIn file of connections', async () => {
    const { client } = await openTestCore()
    const found = await client.transfer.inspect({ file: fixture('linkedin-connections.csv') })
    expect(found).toMatchObject({ headerLine: 4, kind: 'contacts' })
    expect(found.firstLines[0]).toBe('Notes:')
    const done = await importWell(client, 'contacts', fixture('linkedin-connections.csv'))
    expect(done).toMatchObject({
      created: 2,
      rejected: 0,
      columns: expect.arrayContaining(['URL']),
    })
    expect(await contactsOf(client)).toMatchObject([
      {
        firstName: 'Eva',
        lastName: 'Lopes, PhD',
        email: 'eva@verde.example',
        jobTitle: 'CEO',
        company: { name: 'Verde, Lda' },
        linkedin: 'https://www.linkedin.com/in/evalopes',
      },
      { name: 'Nuno Faria', jobTitle: 'CTO', company: { name: 'Casa Verde' } },
    ])
  })

  const body = 'Name,E-mail,Company\nAda King,ada@a.example,Acme\nBob Stone,bob@a.example,Acme\n'
  test.each([
    ['a title and a blank line', `Contact report\n\n${body}`, 3],
    ['a date', `Exported on 2026-03-04 10:15\n${body}`, 2],
    ['lines filled up by a spreadsheet', `Contacts,,\nAs of,2026-03-04,\n,,\n${body}`, 4],
    ['a notice with quoted commas', `"Confidential, do not share, ever"\n\n\n${body}`, 4],
    ['a filter and a count', `Filter: owner = me\nRows: 2\n${body}`, 3],
    ['blank lines alone', `\n\n${body}`, 3],
  ])('%s', async (_, text, headerLine) => {
    const { client } = await openTestCore()
    expect(await client.transfer.inspect({ file: csv(text) })).toMatchObject({
      headerLine,
      columns: ['Name', 'E-mail', 'Company'],
    })
    const done = await importWell(client, 'contacts', csv(text))
    expect(done).toMatchObject({ created: 2, rejected: 0 })
    expect((await contactsOf(client)).map(({ name, email }) => [name, email])).toEqual([
      ['Ada King', 'ada@a.example'],
      ['Bob Stone', 'bob@a.example'],
    ])
  })

  test('and which line is the header can be selected', async () => {
    const { client } = await openTestCore()
    const text = 'Name,E-mail\nNAME,MAIL\nAda King,ada@a.example\n'
    const found = await client.transfer.inspect({ file: csv(text), headerLine: 2 })
    expect(found).toMatchObject({ headerLine: 2, columns: ['NAME', 'MAIL'] })
    const done = await importWell(client, 'contacts', csv(text), { headerLine: 2 })
    expect(done).toMatchObject({ created: 1, rejected: 0 })
  })
})

describe('money that its currency cannot hold', () => {
  test('is rejected with the reason, as the API does', async () => {
    const { client } = await openTestCore()
    const done = await importWell(client, 'leads', fixture('too-precise-money.csv'))
    expect(done).toMatchObject({ created: 0, rejected: 3 })
    expect(
      done.problems.map(({ line, column, value, message }) => [line, column, value, message]),
    ).toEqual([
      [2, 'value', '10.005', 'Value must have at most 2 decimals, as EUR has'],
      [3, 'value', '99.999', 'Value must have at most 2 decimals, as USD has'],
      [4, 'value', '12.50', 'Value must have no decimals, as JPY has'],
    ])
  })

  test.each([
    ['12.50', 'HUF', '12.50'],
    ['12.500', 'USD', '12.50'],
    ['0.30000000000000004', 'USD', '0.30'],
    ['1.005', 'KWD', '1.005'],
    ['1200.00', 'JPY', '1200'],
    ['1.2345', 'KWD', undefined],
    ['1.5', 'KRW', undefined],
    ['10.999', 'CHF', undefined],
  ])('%s %s becomes %s', async (value, currency, amount) => {
    const { client } = await openTestCore()
    const file = csv(`title,value,currency\nOther,10.25,EUR\nLead,${value},${currency}\n`)
    const done = await importWell(client, 'leads', file)
    expect(done.rejected).toBe(amount === undefined ? 1 : 0)
    const lead = (await leadsOf(client)).find(({ title }) => title === 'Lead')
    expect(lead?.value).toEqual(amount === undefined ? undefined : { amount, currency })
  })
})

describe('association cells', () => {
  test('name with address, and lists, find what is there', async () => {
    const { client } = await openTestCore()
    await importWell(
      client,
      'contacts',
      csv('first name,last name,email\nOlga,Pires,olga@pires.example\n'),
    )
    const done = await importWell(client, 'leads', fixture('hubspot-deals.csv'))
    expect(done).toMatchObject({
      created: 2,
      rejected: 0,
      references: [
        { field: 'company', linked: 1, created: 1, left: 0 },
        { field: 'owner', linked: 1, created: 1, left: 0 },
        { field: 'contact', linked: 1, created: 0, left: 0 },
      ],
    })
    expect(done.warnings.map(({ line, message }) => [line, message])).toEqual([
      [3, 'Company “Pires SA;Oficina Sol” is linked to “Pires SA” only, not to “Oficina Sol”'],
    ])
    expect((await contactsOf(client)).map(({ name }) => name)).toEqual(['Olga Pires'])
    expect(await leadsOf(client)).toMatchObject([
      { title: 'Janela', status: 'won', company: { name: 'Pires SA' }, contact: null },
      {
        title: 'Telhado novo',
        status: 'open',
        contact: { name: 'Olga Pires' },
        externalId: '9001',
      },
    ])
  })

  test.each([
    ['Olga Pires <olga@pires.example>', 'Olga Pires', 0],
    ['olga@pires.example', 'Olga Pires', 0],
    ['"Pires, Olga (OLGA@pires.example)"', 'Olga Pires', 0],
    ['Olga Pires (olga@pires.example);Rui Sá (rui@b.example)', 'Olga Pires', 1],
    ['Olga Pires ::: Rui Sá', 'Olga Pires', 1],
    ['Olga Pires', 'Olga Pires', 0],
  ])('contact %s', async (cell, name, warnings) => {
    const { client } = await openTestCore()
    await importWell(
      client,
      'contacts',
      csv('first name,last name,email\nOlga,Pires,olga@pires.example\n'),
    )
    const done = await importWell(
      client,
      'leads',
      csv(`Deal Name,Associated Contact\nTelhado,${cell}\n`),
    )
    expect(done).toMatchObject({ created: 1, rejected: 0 })
    expect(done.warnings).toHaveLength(warnings)
    expect((await leadsOf(client))[0]?.contact?.name).toBe(name)
    expect(await contactsOf(client)).toHaveLength(1)
  })
})

test('of several addresses of a lead’s contact the first finds the contact, and the others are named', async () => {
  const { client } = await openTestCore()
  await importWell(client, 'contacts', csv('last name,email\nPires,olga@pires.example\n'))
  const done = await importWell(
    client,
    'leads',
    csv('Deal Name,Contact e-mail\nTelhado,"olga@pires.example, rui@b.example"\n'),
  )
  expect(done).toMatchObject({
    created: 1,
    warnings: [
      { line: 2, message: 'Contact e-mail is “olga@pires.example” only, not “rui@b.example”' },
    ],
  })
  expect((await leadsOf(client))[0]?.contact?.name).toBe('Pires')
})

describe('a stage with its pipeline in brackets', () => {
  const stagesOf = async (client: Client) =>
    (await client.pipeline.stages.list({})).map(({ name }) => name)
  const initial = ['New', 'Qualified', 'Contacted', 'Proposal', 'Won', 'Lost']

  test('of HubSpot is made without it', async () => {
    const { client } = await openTestCore()
    const check = await importWell(client, 'leads', fixture('hubspot-deals.csv'), { dryRun: true })
    expect(check.unknownStages.map(({ value, rows }) => [value, rows])).toEqual([
      ['Appointment Scheduled', 1],
    ])
    await importWell(client, 'leads', fixture('hubspot-deals.csv'))
    const stages = await stagesOf(client)
    expect(stages).toContain('Appointment Scheduled')
    expect(stages).toHaveLength(initial.length + 1)
    const again = await importWell(client, 'leads', fixture('hubspot-deals.csv'))
    expect(again).toMatchObject({ created: 0, skipped: 2, unknownStages: [] })
  })

  test('is made without it in the pipeline that its column names', async () => {
    const { client } = await openTestCore()
    await client.pipeline.create({ name: 'Renewals' })
    await client.pipeline.create({ name: 'Big ones (EU)' })
    await importWell(
      client,
      'leads',
      csv(
        `Deal Name,Deal Stage,Pipeline
A,Pilot (Renewals),Renewals
B,Pilot (Big ones (EU)),Big ones (EU)
C,Legal check (Big ones (EU)),Big ones (EU)
D,Pilot (Sales pipeline),Sales pipeline
`,
      ),
    )
    const made = (await client.pipeline.list()).map(({ name, stages }) => [
      name,
      stages.map((stage) => stage.name).filter((stage) => !initial.includes(stage)),
    ])
    expect(made).toEqual([
      ['Sales pipeline', ['Pilot']],
      ['Renewals', ['Pilot']],
      ['Big ones (EU)', ['Pilot', 'Legal check']],
    ])
  })

  test.each([
    [
      'every stage of the file has the same one',
      'Deal Name,Deal Stage\nA,Pilot (Renewals)\nB,Proposal (renewals)\nC,Legal check (Renewals)\n',
      ['Pilot', 'Legal check'],
    ],
    ['it calls itself one', 'Deal Name,Deal Stage\nA,Pilot (Renewals pipeline)\n', ['Pilot']],
    [
      'not where it distinguishes stages',
      'Deal Name,Deal Stage\nA,Pilot (paid)\nB,Pilot (free)\nC,Proposal\n',
      ['Pilot (paid)', 'Pilot (free)'],
    ],
    ['nor behind a single stage', 'Deal Name,Deal Stage\nA,Pilot (paid)\n', ['Pilot (paid)']],
    [
      'nor where another column is about something else',
      'Deal Name,Deal Stage,Source\nA,Pilot (Fair),Fair\nB,Proposal,Fair\n',
      ['Pilot (Fair)'],
    ],
  ])('%s', async (_, text, made) => {
    const { client } = await openTestCore()
    const done = await importWell(client, 'leads', csv(text))
    expect(done.rejected).toBe(0)
    expect((await stagesOf(client)).filter((name) => !initial.includes(name)).toSorted()).toEqual(
      made.toSorted(),
    )
  })

  test('goes where somebody selected for it, by either name', async () => {
    for (const value of ['Appointment Scheduled', 'Appointment Scheduled (Sales Pipeline)']) {
      const { client } = await openTestCore()
      const [, qualified] = await client.pipeline.stages.list({})
      const stageMap = { [value]: { stageId: qualified?.id ?? '' } }
      await importWell(client, 'leads', fixture('hubspot-deals.csv'), { stageMap })
      expect(await stagesOf(client)).toEqual(initial)
      expect((await leadsOf(client)).find(({ status }) => status === 'open')?.stage.name).toBe(
        'Qualified',
      )
    }
  })

  test('that exists under the whole name keeps it', async () => {
    const { client } = await openTestCore()
    const [pipeline] = await client.pipeline.list()
    const name = 'Appointment Scheduled (Sales Pipeline)'
    await client.pipeline.stages.create({ pipelineId: pipeline?.id ?? '', name, kind: 'open' })
    await importWell(client, 'leads', fixture('hubspot-deals.csv'))
    expect((await stagesOf(client)).toSorted()).toEqual([...initial, name].toSorted())
  })
})

describe('pipelines that are not there', () => {
  const file = csv(
    `Deal Name,Pipeline,Deal Stage,Status
A,Partners,Intro,
B,partners,Signed off,Won
C,Renewals,,
D,Sales pipeline,Proposal,
`,
  )
  const shown = async (client: Client) =>
    (await client.pipeline.list()).slice(1).map(({ name, isDefault, stages }) => ({
      name,
      isDefault,
      stages: stages.map((stage) => `${stage.name} (${stage.kind})`),
    }))

  test('are made with the stages that the file names, and one of each kind', async () => {
    const { client } = await openTestCore()
    const check = await importWell(client, 'leads', file, { dryRun: true })
    expect(check.alsoCreated).toMatchObject({ pipelines: 2, stages: 6 })
    expect(await shown(client)).toEqual([])
    const done = await importWell(client, 'leads', file)
    expect(done).toMatchObject({ created: 4, rejected: 0, alsoCreated: check.alsoCreated })
    expect(await shown(client)).toEqual([
      {
        name: 'Partners',
        isDefault: false,
        stages: ['Intro (open)', 'Signed off (won)', 'Lost (lost)'],
      },
      { name: 'Renewals', isDefault: false, stages: ['New (open)', 'Won (won)', 'Lost (lost)'] },
    ])
    expect((await leadsOf(client)).map(({ title, stage }) => [title, stage.name])).toEqual(
      expect.arrayContaining([
        ['A', 'Intro'],
        ['B', 'Signed off'],
        ['C', 'New'],
        ['D', 'Proposal'],
      ]),
    )
    await undoImport(client, done.importId)
    expect(await shown(client)).toEqual([])
  })

  test('are refused where nobody may or wants to add them', async () => {
    const { client, addUser } = await openTestCore()
    const { client: rep } = await addUser('Kim', 'rep')
    for (const [who, options, message] of [
      [client, { createStages: false }, 'names no pipeline'],
      [rep, {}, 'names no pipeline, and you may not add one'],
    ] as const) {
      const check = await importWell(who, 'leads', file, { ...options, dryRun: true })
      expect(check).toMatchObject({ created: 1, rejected: 3 })
      expect(check.problems[0]?.message).toBe(`Pipeline “Partners” ${message}`)
    }
  })
})

describe('short files in old encodings', () => {
  test('Hungarian', async () => {
    const { client } = await openTestCore()
    await importWell(client, 'contacts', fixture('hungarian-cp1250.csv'))
    expect((await contactsOf(client)).map(({ name }) => name)).toEqual([
      'Erzsébet Kőszegi',
      'Győző Szűcs',
    ])
  })

  test.each([
    ['windows-1250', 'Łukasz', 'Wróbel', 'Łódź'],
    ['windows-1250', 'Jiří', 'Dvořák', 'Plzeň'],
    ['windows-1254', 'Ayşe', 'Yıldız', 'Şişli'],
    ['windows-1252', 'José', 'Muñoz', 'Málaga'],
    ['windows-1251', 'Иван', 'Петров', 'Москва'],
  ])('%s: %s %s', async (encoding, first, last, city) => {
    const { client } = await openTestCore()
    const text = `First Name,Last Name,City\n${first},${last},${city}\n`
    await importWell(client, 'contacts', csv(new Uint8Array(iconv.encode(text, encoding))))
    expect(await contactsOf(client)).toMatchObject([
      { firstName: first, lastName: last, custom: { city } },
    ])
  })
})
