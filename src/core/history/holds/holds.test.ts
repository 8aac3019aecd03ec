import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

const day = 86_400_000

async function openWithMail() {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const approve = () =>
    client.outbox.create({
      contactId: jane.id,
      subject: 'Hello Jane',
      body: 'How are you, Jane?',
      final: true,
      next: 'now',
    })
  return { ...core, office, jane, approve }
}

const farAway = [
  ['seventy years ahead', 70 * 365 * day],
  ['a year ahead', 366 * day],
  ['two days back', -2 * day],
  ['forty years back', -40 * 365 * day],
] as const

test.each(farAway)(
  'a clock set %s holds all e-mail until somebody says that it is right',
  async (_, jump) => {
    const { client, clock, office, approve } = await openWithMail()
    clock.advance(jump)
    const message = await approve()
    expect(message.state).toBe('approved')
    expect(await client.outbox.send({})).toMatchObject({ sent: 0 })
    expect(office.letters).toEqual([])
    const { holds, waiting } = await client.holds.status()
    expect(holds).toMatchObject([{ reason: 'clock', lastSeen: '2026-11-20T09:30:00.000Z' }])
    expect(waiting).toBe(1)
    expect(await client.holds.clockIsRight({})).toMatchObject({ holds: [] })
    await client.outbox.send({})
    expect(office.letters).toHaveLength(1)
  },
)

test('a clock that is put right again needs no answer', async () => {
  const { client, clock, office, approve } = await openWithMail()
  clock.advance(70 * 365 * day)
  await approve()
  await client.outbox.send({})
  expect(office.letters).toEqual([])
  clock.advance(-70 * 365 * day)
  expect(await client.holds.status()).toMatchObject({ holds: [] })
})

test('a machine that was off for weeks, or corrected by hours, is not asked about its clock', async () => {
  const { client, clock, core } = await openWithMail()
  clock.advance(150 * day)
  await core.tick()
  expect(await client.holds.status()).toMatchObject({ holds: [] })
  clock.advance(-13 * 3_600_000)
  await core.tick()
  expect(await client.holds.status()).toMatchObject({ holds: [] })
})
