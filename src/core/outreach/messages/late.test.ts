import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

const hour = 3_600_000

async function openWithMessage(more: Record<string, unknown> = {}, account = {}) {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create({ ...accountAt(office), ...account })
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const write = () =>
    client.outbox.create({
      contactId: jane.id,
      subject: 'Hello Jane',
      body: 'See you at noon?',
      next: 'approve',
      ...more,
    })
  return { ...core, office, write }
}

test('A message approved for a day asks first when Rapport was closed until a day later', async () => {
  const { client, clock, office, write } = await openWithMessage({
    sendAfter: '2026-11-24T09:00:00Z',
  })
  const { id } = await write()
  clock.set('2026-11-26T14:00:00Z')
  await client.outbox.send({})
  expect(office.letters).toEqual([])
  expect(await client.outbox.get({ id })).toMatchObject({
    state: 'late',
    error:
      'It was due on Tuesday 24 November, 09:00, and has not gone out. Send it now, pick another time, or cancel it.',
  })
  expect((await client.outbox.status()).counts.late).toBe(1)
  await client.outbox.send({})
  expect(office.letters).toEqual([])
  await client.outbox.approve({ id, now: true })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
  expect(await client.outbox.get({ id })).toMatchObject({ state: 'sent', error: null })
})

test('A late message is rescheduled and goes out then, or is cancelled and does not', async () => {
  const { client, clock, office, write } = await openWithMessage()
  await client.outbox.stop({})
  const first = await write()
  const second = await write()
  clock.advance(25 * hour)
  await client.outbox.resume({})
  await client.outbox.send({})
  expect((await client.outbox.status()).counts).toMatchObject({ late: 2, approved: 0, sent: 0 })
  await expect(
    client.outbox.reschedule({ id: first.id, sendAfter: '2026-11-21T10:00:00Z' }),
  ).rejects.toThrow('future')
  expect(
    await client.outbox.reschedule({ id: first.id, sendAfter: '2026-11-23T09:00:00Z' }),
  ).toMatchObject({ state: 'approved', error: null })
  await client.outbox.cancel({ id: second.id })
  await client.outbox.send({})
  expect(office.letters).toEqual([])
  clock.set('2026-11-23T09:00:00Z')
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
})

test('Nobody is written to late who has opted out meanwhile', async () => {
  const { client, clock, office, write } = await openWithMessage()
  await client.outbox.stop({})
  const { id } = await write()
  clock.advance(25 * hour)
  await client.outbox.resume({})
  await client.outbox.send({})
  await client.optOuts.add({ address: 'jane@acme.example' })
  await expect(client.outbox.approve({ id, now: true })).rejects.toThrow('not to be written to')
  await expect(client.outbox.reschedule({ id, sendAfter: '2026-11-25T09:00:00Z' })).rejects.toThrow(
    'not to be written to',
  )
  await client.outbox.send({})
  expect(office.letters).toEqual([])
})

test('The hours after which it asks are a rule of the workspace', async () => {
  const { client, clock, office, write } = await openWithMessage()
  await client.outbox.settings({ lateHours: 72 })
  await client.outbox.stop({})
  await write()
  clock.advance(71 * hour)
  await client.outbox.resume({})
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
})

test('What waits only because its account sends no faster, or for quiet hours, is not asked about', async () => {
  const { client, clock, office, write } = await openWithMessage(
    {},
    { perDay: 1, quietHours: { on: true, from: '20:00', to: '08:00', days: [6, 7] } },
  )
  const messages = [await write(), await write(), await write(), await write()]
  for (let hours = 0; hours < 24 * 9; hours++) {
    await client.outbox.send({})
    clock.advance(hour)
  }
  expect(office.letters).toHaveLength(messages.length)
})
