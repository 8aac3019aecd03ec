/** The data of a real company, from files to a worked pipeline and back. */
import { describe, expect, test } from 'vitest'
import { countOf, dump, fixture, importMaven, openTestCore, undoImport } from '../testing'

describe('the Maven files', () => {
  test('need no hand: what they hold and which column is which is found', async () => {
    const { client } = await openTestCore()
    const suggest = async (name: string) => {
      const file = await client.transfer.inspect({ file: fixture(`maven-crm/${name}.csv`) })
      const { fileId, kind } = file
      return { kind, ...(await client.transfer.suggestMapping({ fileId, kind })) }
    }
    expect(await suggest('accounts')).toEqual({
      kind: 'companies',
      remembered: false,
      mapping: {
        name: ['account'],
        industry: ['sector'],
        employees: ['employees'],
        country: ['office_location'],
        parent: ['subsidiary_of'],
        'custom.year_established': ['year_established'],
        'custom.revenue': ['revenue'],
      },
    })
    expect(await suggest('sales_teams')).toEqual({
      kind: 'users',
      remembered: false,
      mapping: { name: ['sales_agent'], manager: ['manager'], team: ['regional_office'] },
    })
    expect(await suggest('sales_pipeline')).toEqual({
      kind: 'leads',
      remembered: false,
      mapping: {
        title: ['account', 'product'],
        company: ['account'],
        owner: ['sales_agent'],
        stage: ['deal_stage'],
        value: ['close_value'],
        closedAt: ['close_date'],
        createdAt: ['engage_date'],
        externalId: ['opportunity_id'],
        'custom.product': ['product'],
      },
    })
  })

  test('give the numbers that are in them', async () => {
    const { client } = await openTestCore()
    const { companies, users, leads } = await importMaven(client)
    expect(companies).toMatchObject({ created: 85, rejected: 0, rows: 85 })
    expect(users).toMatchObject({ created: 35, rejected: 0, rows: 35 })
    expect(leads).toMatchObject({ created: 8800, rejected: 0, rows: 8800, unknownOwners: [] })
    const total = async (filter: object[]) =>
      (await client.leads.list({ limit: 1, filter: { all: filter as never } })).total
    const status = (value: string) => ({ field: 'status', operator: 'equals', value })
    expect(await total([status('won')])).toBe(4238)
    expect(await total([status('lost')])).toBe(2473)
    expect(await total([status('open')])).toBe(2089)
    expect(await total([{ field: 'company', operator: 'is_empty' }])).toBe(1425)
    expect((await client.companies.list({ limit: 1 })).total).toBe(85)
    const { stages } = await client.pipeline.overview({})
    const won = await client.pipeline.stages.list({})
    expect(won.map((stage) => stage.name)).toEqual(
      'New Prospecting Qualified Engaging Contacted Proposal Won Lost'.split(' '),
    )
    const wonId = won.find((stage) => stage.name === 'Won')?.id
    expect(stages.find((one) => one.stageId === wonId)?.value).toEqual([
      { amount: '10005534.00', currency: 'USD' },
    ])
  })

  test('imported again with "update" change nothing, and undone leave nothing', async () => {
    const { client, directory } = await openTestCore()
    // Something that was there before, so that undo has something to spare.
    const acme = await client.companies.create({ name: 'acme corporation', industry: 'Anvils' })
    const kept = await client.leads.create({ title: 'Kept', companyId: acme.id })
    await client.activities.create({ type: 'call', leadId: kept.id })
    const before = dump(directory)
    const found = await client.search({ q: 'Cancity' })

    const first = await importMaven(client, { onDuplicate: 'update' })
    expect(first.companies).toMatchObject({ created: 84, updated: 1, matchedBy: { name: 1 } })
    const after = dump(directory)
    const changes = countOf(directory, 'select count(*) from change')

    const again = await importMaven(client, { onDuplicate: 'update' })
    expect(again.companies).toMatchObject({ created: 0, updated: 0, unchanged: 85, batchId: null })
    expect(again.users).toMatchObject({ created: 0, updated: 0, unchanged: 35 })
    expect(again.leads).toMatchObject({ created: 0, updated: 0, unchanged: 8800 })
    expect(again.leads.matchedBy).toEqual({ externalId: 8800 })
    expect(countOf(directory, 'select count(*) from change')).toBe(changes)
    expect(dump(directory)).toEqual(after)

    for (const { importId } of [first.leads, first.users, first.companies])
      expect(await undoImport(client, importId)).toMatchObject({
        state: 'undone',
        undo: { refused: [] },
      })
    expect(dump(directory)).toEqual(before)
    expect(await client.search({ q: 'Cancity' })).toEqual(found)
  })
})
