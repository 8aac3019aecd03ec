/** An e-mail of a cadence goes out only while its plan asks for it, whichever of two programs sends. */
import { describe, expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openSecondProgram } from '../../testing/second'
import { openTestCore } from '../../testing/testing'

/** A lead in a cadence whose first step, an e-mail, is in the outbox. */
async function openWithEmail({ approvalFirst = true } = {}) {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  await client.outbox.settings({ approvalFirst })
  const cadence = await client.cadences.create({
    name: 'Outreach',
    state: 'active',
    steps: [
      {
        type: 'email',
        automated: true,
        subject: 'For {{ contact.first_name }}',
        body: 'Hello {{ contact.first_name }}, a word about {{ lead.title }}?',
      },
      { type: 'call', delay: 2 },
    ],
  })
  const enrol = async (firstName: string) => {
    const contact = await client.contacts.create({
      firstName,
      email: `${firstName.toLowerCase()}@acme.example`,
    })
    const lead = await client.leads.create({
      title: `Renewal of ${firstName}`,
      contactId: contact.id,
    })
    const plan = await client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
    return { contact, lead, plan }
  }
  const runPlanning = () => client.jobs.run({ name: 'plan_steps' })
  const { contact, lead, plan } = await enrol('Jane')
  await client.outbox.stop({})
  await runPlanning()
  const find = async () => (await client.outbox.list({ contactId: contact.id })).items[0]
  const message = await find()
  if (!message) throw new Error('The step is not in the outbox.')
  /** Lets mail go out again, and sends what may. */
  const send = async () => {
    await client.outbox.resume({})
    await client.outbox.send({})
  }
  return { ...core, office, cadence, contact, lead, plan, message, enrol, runPlanning, find, send }
}

type Opened = Awaited<ReturnType<typeof openWithEmail>>

const stops: [string, (opened: Opened) => Promise<unknown>, RegExp][] = [
  ['was stopped', ({ client, plan }) => client.plans.abort({ id: plan.id }), /was stopped/],
  ['is paused', ({ client, plan }) => client.plans.pause({ id: plan.id }), /is paused/],
  ['was answered', ({ client, plan }) => client.plans.replied({ id: plan.id }), /have answered/],
  [
    'was answered by mail',
    ({ client, lead }) =>
      client.activities.create({
        category: 'automated',
        type: 'email_received',
        leadId: lead.id,
        direction: 'inbound',
      }),
    /have answered/,
  ],
  ['skips the step', ({ client, plan }) => client.plans.skip({ id: plan.id }), /was skipped/],
  [
    'has a lead that was won',
    async ({ client, lead, stage }) =>
      client.leads.moveStage({ id: lead.id, stageId: (await stage('Won')).id }),
    /lead is won/,
  ],
  [
    'has a lead that was deleted',
    ({ client, lead }) => client.leads.remove({ id: lead.id }),
    /lead was deleted/,
  ],
  [
    'has a contact that opted out',
    ({ client }) => client.optOuts.add({ address: 'Jane+x@ACME.example' }),
    /asked not to be written to/,
  ],
  [
    'has a contact that was deleted',
    ({ client, contact }) => client.contacts.remove({ id: contact.id }),
    /contact was deleted/,
  ],
]

describe.each(stops)('the e-mail of a plan that %s', (_, stop, reason) => {
  test('that went out by itself is cancelled, and says why', async () => {
    const opened = await openWithEmail({ approvalFirst: false })
    expect(opened.message.state).toBe('approved')
    await stop(opened)
    await opened.send()
    expect(opened.office.letters).toEqual([])
    expect(await opened.client.outbox.get({ id: opened.message.id })).toMatchObject({
      state: 'cancelled',
      error: expect.stringMatching(reason),
    })
  })

  test('that waits for approval cannot be approved any more', async () => {
    const opened = await openWithEmail()
    expect(opened.message.state).toBe('drafted')
    await stop(opened)
    await opened.client.outbox.approve({ id: opened.message.id, now: true }).catch(() => undefined)
    await opened.send()
    expect(opened.office.letters).toEqual([])
    const { state, error, problems } = await opened.client.outbox.get({ id: opened.message.id })
    expect(['cancelled', 'drafted']).toContain(state)
    expect([error, ...problems.map(({ message }) => message)].join(' ')).toMatch(reason)
  })
})

test('a plan that pauses and continues sends its e-mail once', async () => {
  const { client, plan, message, runPlanning, find, send, office, clock } = await openWithEmail({
    approvalFirst: false,
  })
  await client.plans.pause({ id: plan.id })
  await client.plans.resume({ id: plan.id })
  await runPlanning()
  expect((await client.outbox.get({ id: message.id })).state).toBe('cancelled')
  expect(await find()).toMatchObject({ state: 'approved', error: null })
  await send()
  expect(office.letters).toHaveLength(1)
  clock.advance(60_000)
  await runPlanning()
  await send()
  expect(office.letters).toHaveLength(1)
  expect(await client.plans.get({ id: plan.id })).toMatchObject({ step: { position: 1 } })
})

test('undo of a pause brings its e-mail back, and undo of a close does', async () => {
  const { client, plan, lead, message, stage } = await openWithEmail({ approvalFirst: false })
  const stateOf = async () => (await client.outbox.get({ id: message.id })).state
  await client.plans.pause({ id: plan.id })
  expect(await stateOf()).toBe('cancelled')
  await client.changes.undo({})
  expect(await stateOf()).toBe('approved')
  await client.leads.moveStage({ id: lead.id, stageId: (await stage('Won')).id })
  expect(await stateOf()).toBe('cancelled')
  await client.changes.undo({})
  expect(await stateOf()).toBe('approved')
})

test('an opt-out while the e-mail waits ends the plan', async () => {
  const { client, plan, send } = await openWithEmail({ approvalFirst: false })
  await client.optOuts.add({ address: 'jane@acme.example' })
  await send()
  expect(await client.plans.get({ id: plan.id })).toMatchObject({
    state: 'aborted',
    ending: 'opted_out',
  })
})

test('what the server refused may be done by hand; the step then sends nothing more', async () => {
  const { client, plan, message, send, office } = await openWithEmail({ approvalFirst: false })
  office.trouble = 'refuses_recipient'
  await send()
  expect((await client.outbox.get({ id: message.id })).state).toBe('failed')
  await client.plans.completeStep({ id: plan.id })
  office.trouble = 'none'
  await client.outbox.resolve({ id: message.id, as: 'send_again' })
  await client.outbox.send({})
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    state: 'cancelled',
    error: 'The plan has gone on without it.',
  })
  expect(office.letters).toEqual([])
})

test('one program stops plans while the other sends: nothing goes out after its plan was stopped', async () => {
  const opened = await openWithEmail({ approvalFirst: false })
  const { client, office, enrol, runPlanning, owner } = opened
  const plans = [opened]
  for (let index = 0; index < 24; index++)
    plans.push({ ...opened, ...(await enrol(`Person${index}`)) })
  await runPlanning()
  const other = openSecondProgram(opened)
  await client.outbox.resume({})
  const sending = Promise.all([client.outbox.send({}), other.outbox.sendDue()])
  const stopped: string[] = []
  for (const [index, { plan, contact }] of plans.toReversed().entries()) {
    const before = (await client.outbox.list({ contactId: contact.id })).items[0]
    // One or the other program stops it: what had not been taken by then must never arrive.
    if (index % 2) await client.plans.abort({ id: plan.id })
    else other.plans.abort(owner, plan.id)
    const after = (await client.outbox.list({ contactId: contact.id })).items[0]
    if (before?.state === 'approved' && after?.state === 'cancelled')
      stopped.push(contact.email ?? '')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await sending
  await client.outbox.send({})
  const received = office.envelopes.map(({ to }) => to[0] ?? '')
  expect(new Set(received).size).toBe(received.length)
  for (const address of stopped) expect(received).not.toContain(address)
  const { items } = await client.outbox.list({ limit: 100 })
  expect(
    items
      .filter(({ state }) => state === 'sent')
      .map(({ toAddress }) => toAddress)
      .sort(),
  ).toEqual(received.toSorted())
  expect(items.every(({ state }) => state === 'sent' || state === 'cancelled')).toBe(true)
})
