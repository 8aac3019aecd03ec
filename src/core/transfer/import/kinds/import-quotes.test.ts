/** Quotes of a file over those that are there. */
import { expect, test } from 'vitest'
import { csv, importWell, openTestCore } from '../../testing'

test('a quote goes from draft to sent to accepted or declined, and never back', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Roof' })
  const lines = [{ description: 'Pump', quantity: 1, unitPrice: '10.00' }]
  const made = async () => (await client.quotes.create({ title: 'Q', leadId: lead.id, lines })).id
  const ids = [await made(), await made(), await made(), await made()]
  for (const id of ids.slice(1)) await client.quotes.send({ id })
  await client.quotes.accept({ id: ids[2]! })
  await client.quotes.decline({ id: ids[3]! })
  const statuses = async () =>
    await Promise.all(ids.map(async (id) => (await client.quotes.get({ id })).status))

  const imported = async (status: string) => {
    const rows = ids.map((_, index) => `Q-000${index + 1},Q,Roof,${status}`)
    const file = csv(`Number,Title,Lead,Status\n${rows.join('\n')}`)
    const { problems } = await importWell(client, 'quotes', file, { onDuplicate: 'update' })
    return problems.map(({ line, column, message }) => [line, column, message])
  }
  expect(await imported('Open')).toEqual([
    [3, 'Status', 'Status of Q-0002 cannot change to draft: it was sent already'],
    [4, 'Status', 'Status of Q-0003 cannot change to draft: it was accepted already'],
    [5, 'Status', 'Status of Q-0004 cannot change to draft: it was declined already'],
  ])
  expect(await imported('Declined')).toEqual([
    [4, 'Status', 'Status of Q-0003 cannot change to declined: it was accepted already'],
  ])
  expect(await statuses()).toEqual(['declined', 'declined', 'accepted', 'declined'])
})

test('the lines of a sent quote stay, whatever status the row gives', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Roof' })
  const lines = [{ description: 'Pump', quantity: 1, unitPrice: '10.00' }]
  const { id } = await client.quotes.create({ title: 'Q', leadId: lead.id, lines })
  await client.quotes.send({ id })
  for (const row of ['draft', 'draft,Pump: 9 × 1']) {
    const file = csv(`Number,Title,Lead,Status,Lines\nQ-0001,Q,Roof,${row}`)
    await importWell(client, 'quotes', file, { onDuplicate: 'update' })
  }
  expect(await client.quotes.get({ id })).toMatchObject({
    status: 'sent',
    total: { amount: '10.00' },
  })
})
