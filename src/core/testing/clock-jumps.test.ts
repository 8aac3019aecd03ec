/** What happens under a clock that was wrong for a while: by years, or by the hour that a dual boot takes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from './mail'
import { openTestCore } from './testing'

const day = 86_400_000
const years = 365 * day
const jumps = [-70 * years, -3_600_000, 3_600_000, 70 * years]

test('Undo takes back the latest action, and lists begin with it, whatever the clock said in between', async () => {
  const { client, clock } = await openTestCore()
  const company = await client.companies.create({ name: 'Acme' })
  for (const jump of jumps) {
    const right = clock.now()
    clock.set(right + jump)
    await client.companies.update({ id: company.id, name: 'Under a wrong clock' })
    clock.set(right + 1000)
    await client.companies.update({ id: company.id, name: 'Latest' })
    const [latest, before] = await client.changes.batches({ mine: true })
    expect([latest?.label, before?.label]).toEqual([
      expect.stringContaining('Under a wrong clock'),
      expect.stringContaining('Acme'),
    ])
    expect((await client.changes.undo({})).batchId).toBe(latest?.id)
    expect((await client.companies.get({ id: company.id })).name).toBe('Under a wrong clock')
    await client.changes.redo({})
    expect((await client.companies.get({ id: company.id })).name).toBe('Latest')
    const { items } = await client.changes.list({ rowId: company.id, limit: 3 })
    expect(items.map(({ fields }) => fields[0]?.after)).toEqual([
      'Latest',
      'Under a wrong clock',
      'Latest',
    ])
    await client.companies.update({ id: company.id, name: 'Acme' })
  }
})

test('The notification centre and the runs of a job begin with the last one, and page on from it', async () => {
  const { client, clock, core } = await openTestCore()
  const told: string[] = []
  for (const jump of [70 * years, 0, -1_800_000, 0]) {
    const right = clock.now()
    clock.set(right + jump)
    const title = `Task ${told.length}`
    await client.tasks.create({ title, dueAt: new Date(clock.now() - 1000).toISOString() })
    if ((await client.holds.status()).holds.length > 0) await client.holds.clockIsRight({})
    await core.tick()
    await client.jobs.run({ name: 'clean_up' })
    told.unshift(title)
    clock.set(right + 1000)
  }
  const pages: string[] = []
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await client.notifications.list({ kind: ['task_due'], limit: 1, cursor })
    pages.push(...page.items.map(({ title }) => title))
    cursor = page.nextCursor ?? undefined
    more = cursor !== undefined
  }
  expect(pages).toEqual(told)
  const [latest] = await client.jobs.runs({ name: 'clean_up' })
  expect(latest?.startedAt.slice(0, 4)).toBe('2026')
})

test('After a start under a clock decades ahead, e-mail goes out again, and limits count what is past', async () => {
  const office = await openPostOffice()
  const { client, clock } = await openTestCore()
  const account = await client.mail.accounts.create({ ...accountAt(office), perHour: 2 })
  const send = async (name: string) => {
    const contact = await client.contacts.create({ firstName: name, email: `${name}@acme.example` })
    const { id } = await client.outbox.create({
      contactId: contact.id,
      subject: `Hello ${name}`,
      body: 'How are you?',
      next: 'approve',
    })
    await client.outbox.send({})
    return (await client.outbox.get({ id })).state
  }
  const trust = async () => {
    expect((await client.holds.status()).holds).toMatchObject([{ reason: 'clock' }])
    await client.holds.clockIsRight({})
  }
  const right = clock.now()
  clock.set(right + 70 * years)
  // Somebody took it for right, as it was all there was to go by.
  await trust()
  expect([await send('A'), await send('B'), await send('C')]).toEqual(['sent', 'sent', 'approved'])
  clock.set(right)
  await trust()
  await client.outbox.send({})
  expect(office.letters).toHaveLength(3)
  expect(await client.mail.accounts.get({ id: account.id })).toMatchObject({
    sentLastHour: 1,
    sentLastDay: 1,
  })
  expect([await send('D'), await send('E')]).toEqual(['sent', 'approved'])
  clock.advance(3_600_000)
  await client.outbox.send({})
  expect(office.letters).toHaveLength(5)
})

/** Set CLOCKS for a longer run. */
const runs = Number(process.env.CLOCKS ?? 25)
const anyJump = fc.oneof(
  fc.constantFrom(...jumps, -day, day, 200 * day, -2 * day),
  fc.integer({ min: -70 * years, max: 70 * years }),
  fc.integer({ min: -2 * day, max: 2 * day }),
)

test(`Under clocks that leap about, undo and redo follow the order of what was done, in ${runs} histories`, async () => {
  const { client, clock } = await openTestCore()
  const right = clock.now()
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant('rename' as const) },
    { weight: 2, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
    { weight: 3, arbitrary: anyJump },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      clock.set(right)
      const { id } = await client.companies.create({ name: 'Name 0' })
      const done = ['Name 0']
      const undone: string[] = []
      let names = 0
      for (const one of steps) {
        if (typeof one === 'number') clock.set(Math.max(0, right + one))
        else if (one === 'rename') {
          done.push(`Name ${++names}`)
          undone.length = 0
          await client.companies.update({ id, name: done.at(-1) ?? '' })
        } else if (one === 'undo' && done.length > 1) {
          undone.push(done.pop() ?? '')
          await client.changes.undo({})
        } else if (one === 'redo' && undone.length > 0) {
          done.push(undone.pop() ?? '')
          await client.changes.redo({})
        } else continue
        expect((await client.companies.get({ id })).name).toBe(done.at(-1))
        const { items } = await client.changes.list({ rowId: id, limit: 1 })
        const name = items[0]?.fields.find(({ field }) => field === 'name')
        if (typeof one !== 'number') expect(name?.after).toBe(done.at(-1))
      }
    }),
    { numRuns: runs, endOnFailure: true },
  )
})

test(
  `Whatever a clock said before, once it is right every message goes out once, within the limits, or asks, in ${runs} histories`,
  async () => {
    const office = await openPostOffice()
    const { client, clock, core } = await openTestCore()
    const step = fc.oneof(
      fc.constantFrom('write' as const, 'send' as const, 'tick' as const, 'trust' as const),
      anyJump,
    )
    let right = clock.now()
    const trust = async () => {
      if ((await client.holds.status()).holds.length > 0) await client.holds.clockIsRight({})
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
        const account = await client.mail.accounts.create({ ...accountAt(office), perHour: 2 })
        const { id: contactId } = await client.contacts.create({
          firstName: 'Jane',
          email: 'jane@acme.example',
        })
        const ids: string[] = []
        for (const one of steps) {
          if (typeof one === 'number') clock.set(Math.max(0, right + one))
          else if (one === 'send') await client.outbox.send({})
          else if (one === 'tick') await core.tick()
          else if (one === 'trust') await trust()
          else {
            const message = await client.outbox.create({
              contactId,
              accountId: account.id,
              subject: `Hello Jane ${right}.${ids.length}`,
              body: 'How are you?',
              next: 'approve',
            })
            ids.push(message.id)
          }
        }
        // What is under way counts for the clock that it began under.
        await client.outbox.send({})
        clock.set(right)
        await trust()
        for (let hours = 0; hours <= ids.length; hours++) {
          const before = office.letters.length
          await client.outbox.send({})
          expect(office.letters.length - before).toBeLessThanOrEqual(2)
          clock.advance(3_600_001)
        }
        const states = await Promise.all(
          ids.map(async (id) => (await client.outbox.get({ id })).state),
        )
        for (const state of states) expect(['sent', 'late']).toContain(state)
        const sent = states.filter((state) => state === 'sent').length
        const own = office.letters.filter(({ subject }) =>
          subject?.startsWith(`Hello Jane ${right}.`),
        )
        expect(own).toHaveLength(sent)
        right = clock.now()
      }),
      { numRuns: runs, endOnFailure: true },
    )
  },
  120_000 + runs * 2000,
)
