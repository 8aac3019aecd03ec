import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ImportKind } from '../../../contract/transfer/words'
import { csv, dump, exportFile, fixture, importWell, openTestCore } from '../testing'

type Client = Awaited<ReturnType<typeof openTestCore>>['client']
type ExportInput = Parameters<Client['transfer']['export']>[0]

async function exported(client: Client, input: ExportInput) {
  const { file, status } = await exportFile(client, input)
  return { file, status, text: (await file.text()).replace(/^\uFEFF/, '') }
}

/** Records of every kind, with all that makes a file difficult. */
async function fill(client: Client) {
  await importWell(
    client,
    'companies',
    csv(`name,website,industry,employees,parent company,tags,notes,segment
Acme,acme.example,Anvils,1200,,"big; old","Says ""hi"",
twice",A
Acme East,,,,Acme,,,B
`),
  )
  await importWell(
    client,
    'contacts',
    csv(
      'first name,last name,email,company,phone\nAda,Lovelace,ada@acme.example,Acme,+1 22\nAda,Lovelace,,Acme East,',
    ),
  )
  await importWell(client, 'users', csv('name,email,manager,team\nRita,rita@x.example,Max,East'))
  await importWell(
    client,
    'leads',
    csv(`title,company,contact,owner,stage,value,currency,close date,lost reason,tags,notes,created,score card
=cmd|'x'!A1,Acme,Ada Lovelace,Rita,Proposal,1250.50,EUR,,,a,"-2 lines
here",2025-01-02,7
'quoted,Acme East,Ada Lovelace,,Won,10,JPY,2025-03-04,,,,2025-01-03,8
Twin,,,Rita,Lost,0.001,KWD,2025-03-05,Too dear,,,,
Twin,,,Rita,Lost,,,2025-03-06,,,,,
`),
    { onDuplicate: 'add' },
  )
  await importWell(
    client,
    'activities',
    csv(`type,subject,lead,contact,date,user,outcome,duration,due date,visible
call,Hello,'quoted,,2025-02-02 10:00,Rita,interested,5,,yes
meeting,Plan,,Ada Lovelace,,Rita,,,2027-01-01 09:00,no
`),
  )
}

describe('an export', () => {
  test('of every kind reads back to exactly what is there', async () => {
    const { client, directory } = await openTestCore()
    await fill(client)
    const before = dump(directory)
    for (const kind of ['companies', 'contacts', 'leads', 'activities', 'users'] as const) {
      const { file, status } = await exported(client, { kind })
      const inspected = await client.transfer.inspect({ file })
      expect(inspected.kind, kind).toBe(kind)
      const again = await importWell(client, kind, file, { onDuplicate: 'update' })
      expect(again, kind).toMatchObject({
        rows: status.rows,
        unchanged: status.rows,
        rejected: 0,
        matchedBy: { id: status.rows },
        batchId: null,
      })
    }
    expect(dump(directory)).toEqual(before)
  })

  test('moves to another database, and a second time changes nothing there', async () => {
    const from = await openTestCore()
    const to = await openTestCore()
    await fill(from.client)
    const kinds: ImportKind[] = ['users', 'companies', 'contacts', 'leads']
    for (let round = 0; round < 2; round++)
      for (const kind of kinds) {
        const { file, status } = await exported(from.client, { kind })
        const done = await importWell(to.client, kind, file, { onDuplicate: 'update' })
        expect(done.rejected, `${kind} ${done.problems[0]?.message}`).toBe(0)
        if (round === 1) expect(done, kind).toMatchObject({ unchanged: status.rows, created: 0 })
      }
    const facts = async (client: Client) =>
      (await client.leads.list({ sort: 'createdAt' })).items.map((lead) => [
        lead.title,
        lead.company?.name,
        lead.contact?.name,
        lead.owner?.name,
        lead.stage.name,
        lead.value,
        lead.closedAt,
        lead.lostReason,
        lead.custom,
        lead.createdAt,
      ])
    expect(await facts(to.client)).toEqual(await facts(from.client))
  })

  test('writes names, amounts and instants that people and spreadsheets read', async () => {
    const { client } = await openTestCore()
    await fill(client)
    const { text, file, status } = await exported(client, {
      kind: 'leads',
      columns: ['title', 'company', 'value', 'stage', 'closedAt', 'custom.score_card'],
    })
    expect(file.name).toBe('leads 2026-11-20.csv')
    expect(status).toMatchObject({ rows: 4, total: 4, kind: 'leads' })
    expect(status.bytes).toBe(file.size)
    expect(text.split('\r\n')).toEqual([
      'Title,Company,Value,Currency,Stage,Closed at,score card',
      `"'=cmd|'x'!A1",Acme,1250.50,EUR,Proposal,,7`,
      `"'quoted",Acme East,10,JPY,Won,2025-03-04T00:00:00.000Z,8`,
      'Twin,,0.001,KWD,Lost,2025-03-05T00:00:00.000Z,',
      'Twin,,,,Lost,2025-03-06T00:00:00.000Z,',
      '',
    ])
  })

  test('holds what its list shows: search, filter, selected records, own records', async () => {
    const { client, addUser } = await openTestCore()
    await fill(client)
    const titles = async (who: Client, input: Partial<ExportInput>) =>
      (await exported(who, { kind: 'leads', columns: ['title'], ...input })).text
        .trim()
        .split('\r\n')
        .slice(1)
    expect(await titles(client, { q: 'twin' })).toEqual(['Twin', 'Twin'])
    const lost = {
      all: [
        { field: 'stage', operator: 'is_not_empty' as const },
        { field: 'value', operator: 'greater_than' as const, value: 5 },
      ],
    }
    expect(await titles(client, { filter: lost })).toEqual([`"'=cmd|'x'!A1"`, `"'quoted"`])
    const [first] = (await client.leads.list({ q: 'quoted' })).items
    const gone = await client.leads.create({ title: 'Gone' })
    expect(await titles(client, { ids: [first?.id ?? '', gone.id] })).toEqual([`"'quoted"`, 'Gone'])
    const rita = (await client.users.list({ q: 'Rita' })).items.find((one) => one.name === 'Rita')
    const sam = await addUser('Sam', 'rep')
    await client.leads.update({ id: gone.id, ownerId: sam.id })
    expect(rita).toBeDefined()
    expect(await titles(sam.client, {})).toEqual(['Gone'])
    expect(await titles(sam.client, { ids: [first?.id ?? ''] })).toEqual([])
  })
})

describe('an export that is asked for in part', () => {
  test('of tasks holds what the tab shows', async () => {
    const { client } = await openTestCore()
    await client.tasks.create({ title: 'Late', dueAt: '2026-11-01T09:00:00Z' })
    await client.tasks.create({ title: 'Later', dueAt: '2026-12-01T09:00:00Z', priority: 'high' })
    const done = await client.tasks.create({ title: 'Done' })
    await client.tasks.complete({ id: done.id })
    const titles = async (tasks?: ExportInput['tasks']) =>
      (await exported(client, { kind: 'tasks', columns: ['title', 'priority'], tasks })).text
        .trim()
        .split('\r\n')
        .slice(1)
        .sort()
    expect(await titles()).toEqual(['Done,medium', 'Late,medium', 'Later,high'])
    expect(await titles({ due: 'overdue' })).toEqual(['Late,medium'])
    expect(await titles({ status: ['pending', 'in_progress'] })).toEqual([
      'Late,medium',
      'Later,high',
    ])
    await expect(
      client.transfer.export({ kind: 'leads', tasks: { due: 'done' } }),
    ).rejects.toMatchObject({ data: { issues: [{ path: 'tasks' }] } })
  })

  test('of customers and quotes is there, too', async () => {
    const { client } = await openTestCore()
    const lead = await client.leads.create({
      title: 'Big',
      value: { amount: '10.00', currency: 'USD' },
    })
    await client.quotes.create({
      title: 'Offer',
      leadId: lead.id,
      lines: [{ description: 'Pump', quantity: 2, unitPrice: '12.50', discount: 10 }],
    })
    await client.leads.convert({ id: lead.id })
    expect((await exported(client, { kind: 'customers' })).text).toContain('Big,,,,,Me,')
    const quotes = await exported(client, { kind: 'quotes' })
    expect(quotes.text).toContain(`Offer,Big,${lead.id},`)
    expect(quotes.text).toContain('Pump: 2 × 12.50 − 10 %')
  })

  test('of a wrong column or filter is refused at once', async () => {
    const { client } = await openTestCore()
    await expect(
      client.transfer.export({ kind: 'leads', columns: ['title', 'colour'] }),
    ).rejects.toMatchObject({ data: { issues: [{ path: 'columns' }] } })
    await expect(
      client.transfer.export({
        kind: 'leads',
        filter: { all: [{ field: 'nope', operator: 'equals', value: 1 }] },
      }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  test('shows its progress, can be stopped, belongs to whoever asked for it, and is removed at the next start', async () => {
    const first = await openTestCore()
    const { client, directory, addUser } = first
    await importWell(client, 'leads', fixture('maven-crm/sales_pipeline.csv'))
    const { exportId } = await client.transfer.export({ kind: 'leads' })
    expect(await client.transfer.exportStatus({ exportId })).toMatchObject({
      state: 'running',
      total: 8800,
    })
    await expect(client.transfer.exportFile({ exportId })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await client.transfer.exportCancel({ exportId })).state).toBe('cancelled')
    const sam = await addUser('Sam', 'admin')
    await expect(sam.client.transfer.exportStatus({ exportId })).rejects.toMatchObject({
      code: 'not_found',
    })
    const { status } = await exported(client, { kind: 'leads' })
    expect(status.rows).toBe(8800)
    expect(readdirSync(join(directory, 'exports'))).toHaveLength(1)
    await first.close()
    await openTestCore({ directory })
    expect(readdirSync(directory)).not.toContain('exports')
  }, 60_000)
})
