/** Accounts that cannot send for a while: nothing is lost, and a wrong password is not tried all the time. */
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

const minute = 60_000
const day = 24 * 60 * minute

async function openWithQueue(settings: object, options: { password?: string } = {}) {
  const office = await openPostOffice(options)
  const core = await openTestCore()
  const { client } = core
  const account = await client.mail.accounts.create({ ...accountAt(office), ...settings })
  for (const firstName of ['Ada', 'Bob', 'Cy']) {
    const { id } = await client.contacts.create({ firstName, email: `${firstName}@acme.example` })
    await client.outbox.create({
      contactId: id,
      subject: `For ${firstName}`,
      body: 'x',
      next: 'now',
    })
  }
  const states = async () => (await client.outbox.list({})).items.map(({ state }) => state)
  return { ...core, office, account, states }
}

const waiting = ['approved', 'approved', 'approved']

test('a night without a network costs no message an attempt, and all go out in the morning', async () => {
  const { client, clock, office, account, states } = await openWithQueue({ port: 1 })
  for (let hours = 0; hours < 12; hours++) {
    clock.advance(60 * minute)
    await client.outbox.send({})
    expect(await states()).toEqual(waiting)
  }
  const { items } = await client.outbox.list({})
  expect(items.map(({ attempts }) => attempts)).toEqual([0, 0, 0])
  expect(items.some(({ failure }) => failure === 'connection')).toBe(true)
  expect((await client.mail.accounts.get({ id: account.id })).sentLastDay).toBe(0)
  expect((await client.outbox.status()).held).toMatchObject([{ account: { id: account.id } }])
  await client.mail.accounts.update({ id: account.id, port: office.port })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(3)
  expect((await client.outbox.status()).held).toEqual([])
})

test('a password that is refused pauses the account until it is put right', async () => {
  const { client, clock, office, account, states } = await openWithQueue(
    { username: 'ada', password: 'wrong' },
    { password: 'right' },
  )
  await client.outbox.send({})
  expect(await states()).toEqual(waiting)
  expect((await client.outbox.list({})).items.map(({ failure }) => failure)).toContain('account')
  clock.advance(minute)
  await client.mail.accounts.update({ id: account.id, password: 'right' })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(3)
})

test('refused for good and not taken for now are kept apart', async () => {
  const { client, clock, office, states } = await openWithQueue({})
  const failures = async () => (await client.outbox.list({})).items.map((one) => one.failure)
  office.trouble = 'busy'
  await client.outbox.send({})
  expect(await states()).toEqual(waiting)
  expect(await failures()).toEqual(['busy', 'busy', 'busy'])
  office.trouble = 'refuses_recipient'
  clock.advance(day)
  await client.outbox.send({})
  expect(await failures()).toEqual(['address', 'address', 'address'])
  office.trouble = 'refuses_message'
  for (const { id } of (await client.outbox.list({})).items)
    await client.outbox.resolve({ id, as: 'send_again' })
  await client.outbox.send({})
  expect(await failures()).toEqual(['refused', 'refused', 'refused'])
})
