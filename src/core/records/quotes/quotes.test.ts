import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'
import { quoteTotals } from './quotes'

describe('a quote', () => {
  test('adds up, is sent, accepted, and says so on the lead’s timeline', async () => {
    const { client } = await openTestCore()
    const lead = await client.leads.create({ title: 'Deal' })
    const draft = await client.quotes.create({
      title: 'Offer',
      leadId: lead.id,
      taxRate: 21,
      lines: [
        { description: 'Licence', quantity: 3, unitPrice: '19.99', discount: 10 },
        { description: 'Set-up', quantity: 1, unitPrice: '100' },
      ],
    })
    expect(draft).toMatchObject({
      number: 'Q-0001',
      status: 'draft',
      subtotal: { amount: '153.97' },
      tax: { amount: '32.33' },
      total: { amount: '186.30' },
    })
    await expect(client.quotes.accept({ id: draft.id })).rejects.toMatchObject({ code: 'conflict' })
    expect((await client.quotes.send({ id: draft.id })).status).toBe('sent')
    await expect(client.quotes.update({ id: draft.id, taxRate: 0 })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await client.quotes.accept({ id: draft.id })).status).toBe('accepted')
    const types = (
      await client.activities.timelines.lead({ id: lead.id, category: ['manual'] })
    ).items.map((entry) => entry.subject)
    expect(types).toEqual(['Quote Q-0001 accepted', 'Quote Q-0001 sent'])
  })

  test('without lines is not sent; a declined one keeps the reason', async () => {
    const { client } = await openTestCore()
    const lead = await client.leads.create({ title: 'Deal' })
    const { id } = await client.quotes.create({ title: 'Offer', leadId: lead.id })
    await expect(client.quotes.send({ id })).rejects.toMatchObject({ code: 'conflict' })
    await client.quotes.update({ id, lines: [{ description: 'x', quantity: 1, unitPrice: '1' }] })
    await client.quotes.send({ id })
    expect(await client.quotes.decline({ id, reason: 'Too late' })).toMatchObject({
      status: 'declined',
      declineReason: 'Too late',
    })
  })

  test('totals are whole minor units and never depend on the order of lines', () => {
    const line = fc.record({
      description: fc.constant('x'),
      quantity: fc.integer({ min: 0, max: 1000 }),
      unitPrice: fc.integer({ min: 0, max: 1_000_000 }).map((cents) => (cents / 100).toFixed(2)),
      discount: fc.integer({ min: 0, max: 100 }),
    })
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 10 }),
        fc.integer({ min: 0, max: 30 }),
        (lines, tax) => {
          const totals = quoteTotals(lines, tax, 'EUR')
          const whole = lines.reduce((sum, each) => {
            const cents =
              BigInt(each.quantity) *
              BigInt(Math.round(Number(each.unitPrice) * 100)) *
              BigInt(100 - each.discount)
            return sum + (cents * 2n + 100n) / 200n
          }, 0n)
          expect(BigInt(totals.subtotalMinor)).toBe(whole)
          expect(quoteTotals([...lines].reverse(), tax, 'EUR')).toEqual(totals)
          expect(totals.totalMinor).toBe(totals.subtotalMinor + totals.taxMinor)
        },
      ),
    )
  })
})

test('Quotes of own leads are changed in bulk by a rep, by ids and by conditions; others are skipped', async () => {
  const { client, addUser } = await openTestCore()
  const rita = await addUser('Rita', 'rep')
  const own = await rita.client.leads.create({ title: 'Own' })
  const other = await client.leads.create({ title: 'Other' })
  const mine = await rita.client.quotes.create({ title: 'Mine', leadId: own.id })
  const others = await client.quotes.create({ title: 'Others', leadId: other.id })
  const action = { type: 'update', patch: { notes: 'Soon' } } as const
  const ids = [mine.id, others.id]
  expect(await rita.client.quotes.bulk({ target: { ids }, action })).toMatchObject({
    changed: 1,
    skipped: 1,
  })
  await rita.client.quotes.bulk({ target: { where: {} }, action: { type: 'delete' } })
  expect((await client.quotes.list({})).items).toMatchObject([{ title: 'Others', notes: null }])
})

test('An accepted quote wins its lead where that is asked, with its total, a customer, and one undo', async () => {
  const { client, clock } = await openTestCore()
  const company = await client.companies.create({ name: 'Acme' })
  const contact = await client.contacts.create({ lastName: 'Lind', companyId: company.id })
  // A lead of a contact is one of its company.
  const lead = await client.leads.create({ title: 'Deal', contactId: contact.id })
  expect(lead.company?.id).toBe(company.id)
  const { id } = await client.quotes.create({
    title: 'Offer',
    leadId: lead.id,
    currency: 'JPY',
    taxRate: 10,
    validUntil: '2026-11-20',
    lines: [{ description: 'x', quantity: 2, unitPrice: '500' }],
  })
  await client.quotes.send({ id })
  clock.set('2026-11-21T10:00:00Z')
  await expect(client.quotes.accept({ id })).rejects.toThrow('was valid until 2026-11-20')
  expect((await client.quotes.get({ id })).status).toBe('sent')
  await client.quotes.accept({ id, winLead: true, evenIfExpired: true })
  expect(await client.leads.get({ id: lead.id })).toMatchObject({
    status: 'won',
    value: { amount: '1100', currency: 'JPY' },
    closedAt: '2026-11-21T10:00:00.000Z',
    customer: { name: 'Acme' },
  })
  expect((await client.changes.undo({})).refused).toEqual([])
  expect(await client.leads.get({ id: lead.id })).toMatchObject({ status: 'open', customer: null })
  expect((await client.quotes.get({ id })).status).toBe('sent')
  await client.quotes.accept({ id, evenIfExpired: true })
  expect((await client.leads.get({ id: lead.id })).status).toBe('open')
})
