/** E-mails of plans, asked for by whoever runs plans, and two programs at one outbox. */

import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { createAreas } from '../areas'
import type { Actor } from '../kernel/actor'
import { createLive } from '../kernel/live'
import { openTestCore, silentHost } from '../testing'
import { accountAt, openPostOffice } from '../testing-mail'

async function openTwo() {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client, clock, directory } = core
  await client.mail.accounts.create(accountAt(office))
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const lead = await client.leads.create({ title: 'Renewal', contactId: jane.id })
  /** A second program on the same file, past the lock that keeps it out. */
  const connection = new BetterSqlite3(join(directory, 'rapport.db'))
  connection.pragma('busy_timeout = 5000')
  connection.pragma('foreign_keys = on')
  const areas = createAreas(connection, {
    clock,
    live: createLive(),
    directory,
    host: silentHost,
    popups: { native: false, browser: false },
  })
  onTestFinished(async () => {
    await areas.outbox.close()
    connection.close()
  })
  const actor: Actor = core.owner
  const enqueue = (planStepId: string, more: object = {}) =>
    areas.ground.database.act(actor, { label: 'Queue', kind: 'system' }, (writer) =>
      areas.outbox.enqueue(writer, {
        planId: '01a1f84a-95c0-7270-89bb-c474d8009228',
        planStepId,
        leadId: lead.id,
        contactId: jane.id,
        userId: actor.userId,
        email: 'jane@acme.example',
        subject: 'Step for {{ contact.first_name }}',
        body: `Hello {{ contact.first_name }}, this is ${planStepId}.`,
        ...more,
      }),
    )
  return { ...core, office, areas, actor, enqueue, jane, lead }
}

test('a step is sent once, after approval or by itself, and follows up the one before', async () => {
  const { client, areas, office, enqueue, clock } = await openTwo()
  const first = enqueue('one')
  expect((await client.outbox.get({ id: first })).state).toBe('drafted')
  expect(() => enqueue('one')).toThrow()
  await client.outbox.approve({ id: first, now: true })
  await client.outbox.send({})
  await client.outbox.settings({ approvalFirst: false })
  clock.advance(1000)
  enqueue('two')
  await areas.outbox.sendDue()
  const [one, two] = office.letters
  expect(two?.inReplyTo).toBe(one?.messageId)
  expect(two?.references).toBe(one?.messageId)
})

test('a step is withdrawn with its plan, and does not go out for a lead that is closed', async () => {
  const { client, areas, actor, office, enqueue, lead, stage } = await openTwo()
  await client.outbox.settings({ approvalFirst: false })
  const withdrawn = enqueue('one')
  areas.ground.database.act(actor, { label: 'Stop', kind: 'system' }, (writer) => {
    expect(areas.outbox.withdraw(writer, 'one')).toBe(true)
  })
  const closed = enqueue('two')
  await client.leads.moveStage({ id: lead.id, stageId: (await stage('Won')).id })
  await client.outbox.send({})
  expect((await client.outbox.get({ id: withdrawn })).state).toBe('cancelled')
  expect(await client.outbox.get({ id: closed })).toMatchObject({
    state: 'cancelled',
    error: 'The lead is not open any more.',
  })
  expect(office.letters).toEqual([])
})

test('two programs at one outbox send each message once, and nothing after an opt-out', async () => {
  const { client, areas, actor, office } = await openTwo()
  const ids: string[] = []
  await client.outbox.stop({})
  for (let index = 0; index < 30; index++) {
    const contact = await client.contacts.create({
      firstName: `Person${index}`,
      email: `person${index}@acme.example`,
    })
    const message = await client.outbox.create({
      contactId: contact.id,
      subject: 'For {{ contact.first_name }}',
      body: 'x',
      next: 'approve',
    })
    ids.push(message.id)
  }
  await client.outbox.resume({})
  const sending = Promise.all([client.outbox.send({}), areas.outbox.sendDue()])
  // Each opt-out is said by the one program while the other may be sending.
  const handedOver: number[] = []
  for (let index = 29; index >= 0; index--) {
    const address = `person${index}@acme.example`
    const program = index % 2 ? areas.optOuts : undefined
    if (program) program.add(actor, { address, reason: null, source: 'manual' })
    else await client.optOuts.add({ address })
    const { state } = await client.outbox.get({ id: ids[index] ?? '' })
    if (state === 'approved') handedOver.push(index)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await sending
  await client.outbox.send({})
  const received = office.envelopes.map(({ to }) => to[0] ?? '')
  expect(new Set(received).size).toBe(received.length)
  // Whatever still waited when its opt-out was said has not gone out after it.
  for (const index of handedOver) expect(received).not.toContain(`person${index}@acme.example`)
  const { items } = await client.outbox.list({ limit: 100 })
  expect(items.filter(({ state }) => state === 'sent')).toHaveLength(received.length)
  expect(items.every(({ state }) => state === 'sent' || state === 'cancelled')).toBe(true)
})
