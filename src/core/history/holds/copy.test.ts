/** A data folder on a second machine: nothing goes out from both. */
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

const hour = 3_600_000

async function openOffice() {
  const office = await openPostOffice()
  const directory = mkdtempSync(join(tmpdir(), 'rapport-home-'))
  onTestFinished(() => removeFolder(directory))
  const core = await openTestCore({ directory, machine: 'office' })
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  await client.outbox.settings({ approvalFirst: false })
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const lead = await client.leads.create({ title: 'Renewal', contactId: jane.id })
  const step = (number: number) => ({
    type: 'email',
    automated: true,
    subject: `Step ${number} for Jane`,
    body: `Hello Jane, this is number ${number}.`,
    delay: number - 1,
    delayUnit: 'days' as const,
  })
  await client.plans.create({
    leadId: lead.id,
    settings: { workingTimeOnly: false },
    steps: [step(1), step(2)],
  })
  await client.outbox.stop({})
  const message = await client.outbox.create({
    contactId: jane.id,
    subject: 'Hello Jane',
    body: 'How are you, Jane?',
    final: true,
    next: 'approve',
  })
  await core.close()
  const start = new Date(core.clock.now() + hour).toISOString()
  const openAt = async (machine: string, at: string) => {
    const opened = await openTestCore({ directory: at, machine, start })
    const own = opened.as(opened.core.localActor('test'))
    return {
      ...opened,
      own,
      async work() {
        await own.outbox.resume({})
        await own.jobs.run({ name: 'plan_steps' })
        await own.outbox.send({})
      },
    }
  }
  const copy = () => {
    const other = mkdtempSync(join(tmpdir(), 'rapport-copy-'))
    onTestFinished(() => removeFolder(other))
    cpSync(directory, other, { recursive: true })
    return other
  }
  return { office, directory, openAt, copy, message }
}

test('a copy on another machine sends nothing before and after somebody says that it is one', async () => {
  const { office, directory, openAt, copy, message } = await openOffice()
  const laptop = await openAt('laptop', copy())
  await laptop.work()
  expect(office.letters).toEqual([])
  expect((await laptop.own.holds.status()).holds).toMatchObject([
    { reason: 'copied', answer: null },
  ])
  const answered = await laptop.own.holds.place({ answer: 'copied' })
  expect(answered.holds).toMatchObject([
    { reason: 'copied', answer: 'copied', unknown: 1, paused: 1 },
  ])
  await laptop.work()
  expect(office.letters).toEqual([])

  const original = await openAt('office', directory)
  expect((await original.own.holds.status()).holds).toEqual([])
  await original.work()
  expect(office.letters.map(({ subject }) => subject).sort()).toEqual([
    'Hello Jane',
    'Step 1 for Jane',
  ])

  await laptop.own.holds.sendFromCopy({})
  laptop.clock.advance(48 * hour)
  await laptop.work()
  await laptop.work()
  expect(office.letters).toHaveLength(2)
  expect((await laptop.own.outbox.get({ id: message.id })).state).toBe('unknown')
  const [jane] = (await laptop.own.contacts.list({})).items
  await laptop.own.outbox.create({
    contactId: jane?.id ?? '',
    subject: 'From the copy, Jane',
    body: 'Hello',
    final: true,
    next: 'now',
  })
  await laptop.own.outbox.send({})
  expect(office.letters.at(-1)?.subject).toBe('From the copy, Jane')
})

test('a database that was moved works as before', async () => {
  const { office, openAt, copy } = await openOffice()
  const there = copy()
  const laptop = await openAt('laptop', there)
  await laptop.own.holds.place({ answer: 'moved' })
  await laptop.work()
  expect(office.letters).toHaveLength(2)
  await laptop.close()
  const again = await openAt('laptop', there)
  expect((await again.own.holds.status()).holds).toEqual([])
})

test('a copy in another folder of the same machine asks, too', async () => {
  const { office, directory, openAt, copy } = await openOffice()
  const other = await openAt('office', copy())
  await other.work()
  expect(office.letters).toEqual([])
  expect((await other.own.holds.status()).holds).toMatchObject([{ reason: 'copied' }])
  const home = await openAt('office', directory)
  expect((await home.own.holds.status()).holds).toEqual([])
})

test('a database that comes back to where it was, before anybody answered, is not asked about', async () => {
  const { directory, openAt } = await openOffice()
  const elsewhere = await openAt('laptop', directory)
  expect((await elsewhere.own.holds.status()).holds).toMatchObject([{ reason: 'copied' }])
  await elsewhere.close()
  const home = await openAt('office', directory)
  expect((await home.own.holds.status()).holds).toEqual([])
})

test('only an administrator says whether it was moved or copied', async () => {
  const { openAt, copy } = await openOffice()
  const laptop = await openAt('laptop', copy())
  const { client: rep } = await laptop.addUser('Riley', 'rep')
  await expect(rep.holds.place({ answer: 'moved' })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(laptop.own.holds.sendFromCopy({})).rejects.toMatchObject({ code: 'conflict' })
})
