/** What is proposed for a column whose name says little: ids, stages, decimals. */
import { describe, expect, test } from 'vitest'
import type { ImportKind } from '../../../../contract/transfer/words'
import { csv, importWell, openTestCore } from '../../testing'

type Client = Awaited<ReturnType<typeof openTestCore>>['client']
async function mappingOf(client: Client, kind: ImportKind, text: string) {
  const { fileId } = await client.transfer.inspect({ file: csv(text), hasHeader: true })
  return (await client.transfer.suggestMapping({ fileId, kind })).mapping
}
const leadsOf = async (client: Client) =>
  (await client.leads.list({ limit: 500, sort: 'title' })).items

describe('ids of the other program', () => {
  test.each<[string, ImportKind, string]>([
    ['ID', 'leads', 'ID,Deal Name\n1,A\n2,B\n'],
    ['Record ID', 'companies', 'Record ID,Company name\n501,A\n502,B\n'],
    ['Lead Id', 'leads', 'Lead Id,Title\nL1,A\nL2,B\n'],
    ['opportunity_id', 'leads', 'opportunity_id,account\nZX01AA,A\nZX01AB,B\n'],
    ['Deal - ID', 'leads', 'Deal - ID,Deal - Title\n7,A\n8,B\n'],
    ['Contact ID', 'contacts', 'Contact ID,Last name\n7,A\n8,B\n'],
    ['Deal No.', 'leads', 'Title,Deal No.\nA,7\nB,8\n'],
    ['Account Number', 'companies', 'Name,Account Number\nA,AN-7\nB,AN-8\n'],
    ['GUID', 'companies', 'Name,GUID\nA,01935fd0-7d1c-7000-8000-000000000000\n'],
    ['Legacy code', 'contacts', 'Last name,Legacy code\nA,x7\nB,x8\n'],
    ['Lead #', 'leads', 'Lead #,Company,Stage\n17,Acme,New\n18,Acme,New\n'],
    ['Account #', 'companies', 'Name,Account #\nA,7\nB,8\n'],
    ['N° contact', 'contacts', 'N° contact,Last name\n7,A\n8,B\n'],
    ['Salesforce ID', 'leads', 'Title,Salesforce ID\nA,0065g00000A\nB,0065g00000B\n'],
    ['Nummer', 'leads', 'Nummer,Titel\nOPP-001,A\nOPP-002,B\nOPP-003,C\n'],
  ])('%s of %s', async (column, kind, text) => {
    const { client } = await openTestCore()
    expect((await mappingOf(client, kind, text)).externalId).toEqual([column])
  })

  test.each<[string, ImportKind, string]>([
    ['the same value twice', 'leads', 'Title,Code\nA,7\nB,7\n'],
    ['ids of others', 'leads', 'Title,Customer number\nA,7\nB,8\n'],
    ['numbers of something', 'companies', 'Name,VAT number\nA,DE7\nB,DE8\n'],
    ['sentences', 'leads', 'Title,Reference code\nA,by phone\nB,at the fair\n'],
    ['how many of them', 'companies', 'Name,# of Employees\nA,7\nB,8\n'],
    ['amounts', 'leads', 'Title,Value\nA,100\nB,200\nC,300\n'],
    ['titles', 'leads', 'Deal,Value\nRoof,100\nDoor,200\nSill,300\n'],
  ])('but not %s', async (_, kind, text) => {
    const { client } = await openTestCore()
    expect((await mappingOf(client, kind, text)).externalId).toBeUndefined()
  })
})

describe('a status that says how far a lead has come', () => {
  test.each([
    ['Status', 'negotiation proposal qualified'],
    ['Lead status', 'New Qualified Lost'],
    ['State', 'prospecting demo closed_won'],
    ['Deal Status', 'Open Proposal Won'],
    ['Progress', 'discovery negotiation signed'],
  ])('%s: %s', async (column, values) => {
    const { client } = await openTestCore()
    const rows = values.split(' ').map((value, index) => `Lead ${index},${value}`)
    const text = `Title,${column}\n${rows.join('\n')}\n`
    expect(await mappingOf(client, 'leads', text)).toMatchObject({ stage: [column] })
  })

  test.each([
    ['open, won and lost are a status', 'Title,Status\nA,Open\nB,Won\nC,Lost\n', 'status'],
    ['a stage is there', 'Title,Status,Stage\nA,Open,Proposal\nB,Won,Won\n', 'status'],
    [
      'other words are kept as they are',
      'Title,Order state\nA,Paid\nB,Sent\n',
      'custom.order_state',
    ],
  ])('%s', async (_, text, field) => {
    const { client } = await openTestCore()
    const mapping = await mappingOf(client, 'leads', text)
    expect(mapping[field]).toBeDefined()
    expect(mapping[field]).not.toEqual(mapping.stage)
  })

  test('Closed Won is Won, and Closed Lost is Lost, however they are spelt', async () => {
    const { client } = await openTestCore()
    const spelt = ['Closed Won', 'closedwon', 'CLOSED_WON', 'Closed Won (Sales)', 'Won']
    const rows = spelt.map((stage, index) => `${index},Deal ${index},${stage}`)
    const done = await importWell(
      client,
      'leads',
      csv(`ID,Deal,Status\n${rows.join('\n')}\n8,Deal 8,Closed Lost\n9,Deal 9,negotiation\n`),
    )
    expect(done).toMatchObject({ created: 7, rejected: 0 })
    expect(done.mapping).toMatchObject({ externalId: ['ID'], stage: ['Status'] })
    expect(done.unknownStages.map(({ value }) => value)).not.toContain('Closed Won')
    const leads = await leadsOf(client)
    expect(leads.slice(0, 3).map(({ stage, status }) => [stage.name, status])).toEqual(
      Array(3).fill(['Won', 'won']),
    )
    expect(leads.slice(4).map(({ stage }) => stage.name.toLowerCase())).toEqual([
      'won',
      'lost',
      'negotiation',
    ])
  })
})

describe('10.005', () => {
  const rejected = 'Value must have at most 2 decimals, as USD has'
  test.each([
    [
      'another column has a decimal point',
      'Title,Value,Weight\nA,10.005,1.5\nB,20.125,2.25\n',
      [rejected, rejected],
    ],
    ['another column has a decimal comma', 'Title;Value;Weight\nA;10.005;1,5\nB;20.125;2,25\n', []],
    ['its own column has', 'Title,Value\nA,10.005\nB,2.5\n', [rejected]],
  ])('%s', async (_, text, messages) => {
    const { client } = await openTestCore()
    for (const mapping of [undefined, { title: ['Title'], value: ['Value'] }]) {
      const done = await importWell(client, 'leads', csv(text), {
        dryRun: true,
        ...(mapping && { mapping }),
      })
      expect(done.problems.map(({ message }) => message)).toEqual(messages)
      expect(done.warnings).toEqual([])
    }
  })

  test('is reported once where nothing says what it is', async () => {
    const { client } = await openTestCore()
    const text = 'Title,Value\nA,10.005\nB,20.125\nC,7\n'
    const done = await importWell(client, 'leads', csv(text))
    expect(done).toMatchObject({
      created: 3,
      warnings: [
        {
          line: 2,
          column: 'Value',
          value: '10.005',
          message:
            'Value “10.005” is read as 10005, in thousands, like the others of its column: select the decimal separator if that is wrong',
        },
      ],
    })
    const mapped = await importWell(client, 'leads', csv(text), {
      dryRun: true,
      decimalSeparator: ',',
    })
    expect(mapped.warnings).toEqual([])
    const english = await importWell(client, 'leads', csv('Title,Value\nA,"10,005"\n'), {
      dryRun: true,
    })
    expect(english).toMatchObject({ rejected: 0, warnings: [] })
  })
})
