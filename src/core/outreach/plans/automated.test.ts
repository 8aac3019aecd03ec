/** Steps that Rapport does by itself: e-mails written when due, sent once, and the plan that continues with them. */
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

const day = 24 * 3_600_000

/** A plan that waits at an automated e-mail, due now, before a call three days later. */
async function openAtEmail({ approvalFirst = true } = {}) {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  await client.outbox.settings({ approvalFirst })
  const contact = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const lead = await client.leads.create({ title: 'Renewal', contactId: contact.id })
  const plan = await client.plans.create({
    leadId: lead.id,
    name: 'Outreach',
    settings: { workingTimeOnly: false },
    steps: [
      {
        type: 'email',
        automated: true,
        subject: 'For {{ contact.first_name }}',
        body: 'Hello {{ contact.first_name }}',
      },
      { type: 'call', delay: 3, delayUnit: 'days' },
    ],
  })
  const work = () => client.jobs.run({ name: 'plan_steps' })
  const messages = async () => (await client.outbox.list({})).items
  const planNow = () => client.plans.get({ id: plan.id })
  return { ...core, office, contact, lead, plan, work, messages, planNow }
}

test('an e-mail that is due is written, waits for approval, is sent, and brings the plan on', async () => {
  const { client, office, work, messages, planNow } = await openAtEmail()
  expect((await client.plans.due({})).total).toBe(0)
  await work()
  const [message] = await messages()
  expect(message).toMatchObject({ state: 'drafted', subject: 'For Jane', body: 'Hello Jane' })
  expect(await planNow()).toMatchObject({ step: { state: 'queued', automated: true } })
  await client.outbox.approve({ id: message?.id ?? '' })
  await client.outbox.send({})
  expect(office.letters.map(({ subject }) => subject)).toEqual(['For Jane'])
  expect(await planNow()).toMatchObject({
    nextStepDueAt: '2026-11-23T09:30:00.000Z',
    steps: [
      { state: 'done', type: 'email' },
      { state: 'open', type: 'call' },
    ],
  })
})

test('while its plan pauses an e-mail is taken back, and written again once the plan continues', async () => {
  const { client, clock, office, plan, work, messages, planNow } = await openAtEmail()
  for (let round = 0; round < 3; round++) {
    await work()
    expect((await messages()).filter(({ state }) => state === 'drafted')).toHaveLength(1)
    await client.plans.pause({ id: plan.id })
    expect((await messages()).every(({ state }) => state === 'cancelled')).toBe(true)
    clock.advance(day)
    await client.plans.resume({ id: plan.id })
  }
  await work()
  const drafts = (await messages()).filter(({ state }) => state === 'drafted')
  await client.outbox.approveMany({ ids: drafts.map(({ id }) => id) })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
  expect((await planNow()).step?.type).toBe('call')
})

test('undoing a pause puts the e-mail back into the outbox', async () => {
  const { client, plan, work, messages, planNow } = await openAtEmail()
  await work()
  await client.plans.pause({ id: plan.id })
  await client.changes.undo({})
  expect((await messages()).map(({ state }) => state)).toEqual(['drafted'])
  expect((await planNow()).step?.state).toBe('queued')
})

test('what somebody does by hand is not sent once more', async () => {
  const { client, office, plan, work, messages } = await openAtEmail()
  await work()
  await client.plans.completeStep({ id: plan.id })
  expect((await messages()).map(({ state }) => state)).toEqual(['cancelled'])
  await client.outbox.send({})
  expect(office.letters).toEqual([])
})

test('an e-mail that fails is handed to a person', async () => {
  const { client, office, work, messages, planNow } = await openAtEmail({ approvalFirst: false })
  office.trouble = 'refuses_recipient'
  await work()
  await client.outbox.send({})
  expect((await messages()).map(({ state }) => state)).toEqual(['failed'])
  expect(await planNow()).toMatchObject({ step: { state: 'open', automated: false } })
  expect((await client.plans.due({})).total).toBe(1)
})

test('what was being sent as its plan was paused counts, and the plan pauses at the next step', async () => {
  const { client, clock, office, plan, work, messages, planNow } = await openAtEmail({
    approvalFirst: false,
  })
  office.trouble = 'hangs_up_after_data'
  await work()
  await client.outbox.send({})
  const [message] = await messages()
  expect(message?.state).toBe('unknown')
  await client.plans.pause({ id: plan.id })
  clock.advance(day)
  await client.outbox.resolve({ id: message?.id ?? '', as: 'sent' })
  expect(await planNow()).toMatchObject({ state: 'paused', step: { type: 'call' } })
})

test('while nobody knows whether an e-mail went out, its step is not written again', async () => {
  const { client, office, plan, work, messages, planNow } = await openAtEmail({
    approvalFirst: false,
  })
  office.trouble = 'hangs_up_after_data'
  await work()
  await client.outbox.send({})
  await client.plans.pause({ id: plan.id })
  await client.plans.resume({ id: plan.id })
  await work()
  const [message, ...others] = await messages()
  expect([message?.state, others]).toEqual(['unknown', []])
  await client.outbox.resolve({ id: message?.id ?? '', as: 'sent' })
  expect((await planNow()).step?.type).toBe('call')
})

test("a user's own account is enough, and without any the step is a person's", async () => {
  const { client, addUser, lead, work } = await openAtEmail()
  const accounts = await client.mail.accounts.list()
  for (const { id } of accounts) await client.mail.accounts.remove({ id })
  const rep = await addUser('Rep', 'rep')
  await rep.client.mail.accounts.create({ ...accountAt({ port: 1 }), shared: false })
  const source = {
    leadId: lead.id,
    settings: { workingTimeOnly: false },
    steps: [{ type: 'email', automated: true, subject: 'S', body: 'B' }],
  }
  const theirs = await client.plans.create({ ...source, userId: rep.id })
  const mine = await client.plans.create(source)
  await work()
  expect((await client.plans.get({ id: theirs.id })).step?.state).toBe('queued')
  expect((await client.plans.get({ id: mine.id })).step).toMatchObject({
    state: 'open',
    automated: false,
  })
})

test('a plan that ends with its lead, or as the lead is given away, takes its e-mail along', async () => {
  const { client, addUser, stage, lead, work, messages } = await openAtEmail()
  await work()
  await client.leads.moveStage({ id: lead.id, stageId: (await stage('Won')).id })
  expect((await messages()).map(({ state }) => state)).toEqual(['cancelled'])
  await client.changes.undo({})
  expect((await messages()).map(({ state }) => state)).toEqual(['drafted'])

  const rep = await addUser('Rep', 'rep')
  const other = await client.leads.create({ title: 'Other', contactId: lead.contact?.id ?? '' })
  await client.plans.create({
    leadId: other.id,
    settings: { workingTimeOnly: false, onOwnerChange: 'end' },
    steps: [{ type: 'email', automated: true, subject: 'S', body: 'For Jane' }],
  })
  await work()
  await client.leads.update({ id: other.id, ownerId: rep.id })
  const ofOther = (await messages()).filter((message) => message.lead?.id === other.id)
  expect(ofOther.map(({ state }) => state)).toEqual(['cancelled'])
})

test('an e-mail of which nobody knows is not sent again once its plan is over', async () => {
  const { client, office, plan, work, messages } = await openAtEmail({ approvalFirst: false })
  office.trouble = 'hangs_up_after_data'
  await work()
  await client.outbox.send({})
  office.trouble = 'none'
  await client.plans.abort({ id: plan.id })
  const [message] = await messages()
  await client.outbox.resolve({ id: message?.id ?? '', as: 'send_again' })
  await client.outbox.send({})
  expect((await messages()).map(({ state, error }) => [state, error])).toEqual([
    ['cancelled', 'The plan was stopped.'],
  ])
  expect(office.letters).toHaveLength(1)
})

test('the e-mail of a step that was due two days ago asks before it goes out', async () => {
  const { client, clock, office, work, messages } = await openAtEmail({ approvalFirst: false })
  clock.advance(2 * day)
  await work()
  await client.outbox.send({})
  expect(office.letters).toEqual([])
  const [message] = await messages()
  expect(message).toMatchObject({
    state: 'late',
    error: expect.stringContaining('It was due on Friday 20 November, 09:30'),
  })
  await client.outbox.approve({ id: message?.id ?? '' })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
})
