/** E-mails of plans, asked for by whoever runs plans, and two programs at one outbox. */
import { expect, test } from 'vitest'
import type { Actor } from '../../kernel/actor'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openSecondProgram } from '../../testing/second'
import { openTestCore } from '../../testing/testing'

async function openTwo() {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const lead = await client.leads.create({ title: 'Renewal', contactId: jane.id })
  const areas = openSecondProgram(core)
  const actor: Actor = core.owner
  return { ...core, office, areas, actor, lead }
}

test('a step is sent once, after approval or by itself, and follows up the one before', async () => {
  const { client, areas, office, clock, lead } = await openTwo()
  const step = (number: number) => ({
    type: 'email',
    automated: true,
    subject: `Step ${number} for {{ contact.first_name }}`,
    body: `Hello {{ contact.first_name }}, this is number ${number}.`,
  })
  await client.plans.create({
    leadId: lead.id,
    settings: { workingTimeOnly: false },
    steps: [step(1), { ...step(2), delay: 1, delayUnit: 'days' }],
  })
  await client.jobs.run({ name: 'plan_steps' })
  const [first] = (await client.outbox.list({})).items
  expect(first?.state).toBe('drafted')
  await client.outbox.approve({ id: first?.id ?? '', now: true })
  await client.outbox.send({})
  await areas.outbox.sendDue()
  await client.outbox.settings({ approvalFirst: false })
  clock.advance(24 * 3_600_000)
  await client.jobs.run({ name: 'plan_steps' })
  await areas.outbox.sendDue()
  await client.outbox.send({})
  expect(office.letters.map(({ subject }) => subject)).toEqual([
    'Step 1 for Jane',
    'Step 2 for Jane',
  ])
  const [one, two] = office.letters
  expect(two?.inReplyTo).toBe(one?.messageId)
  expect(two?.references).toBe(one?.messageId)
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
