/** Who sees and does what: a rep its own plans, queue, suggestions and e-mails, a manager all of them. */
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

/** Two reps, each with a lead in the same cadence, due now, and with an e-mail in the outbox. */
async function openTwoReps() {
  const core = await openTestCore()
  const cadence = await core.client.cadences.create({
    name: 'Outreach',
    state: 'active',
    settings: { workingTimeOnly: false },
    steps: [{ type: 'call' }, { type: 'call', delay: 1, delayUnit: 'days' }],
  })
  const settle = async (name: string) => {
    const rep = await core.addUser(name, 'rep')
    const contact = await rep.client.contacts.create({
      firstName: name,
      email: `${name.toLowerCase()}@acme.example`,
    })
    const lead = await rep.client.leads.create({
      title: `Lead of ${name}`,
      contactId: contact.id,
      ownerId: rep.id,
    })
    const plan = await rep.client.plans.create({ cadenceId: cadence.id, leadId: lead.id })
    const idle = await rep.client.leads.create({ title: `Idle of ${name}`, ownerId: rep.id })
    const message = await rep.client.outbox.create({ leadId: lead.id, subject: name, body: 'x' })
    return { ...rep, lead, idle, plan, message }
  }
  return { ...core, cadence, ada: await settle('Ada'), bob: await settle('Bob') }
}

test('a rep sees the plans, queue and figures of its own work, a manager those of all', async () => {
  const { client, cadence, ada, bob } = await openTwoReps()
  const plansOf = async (of: typeof client) => (await of.plans.list({})).items.map(({ id }) => id)
  expect(await plansOf(ada.client)).toEqual([ada.plan.id])
  expect((await plansOf(client)).sort()).toEqual([ada.plan.id, bob.plan.id].sort())
  await expect(ada.client.plans.get({ id: bob.plan.id })).rejects.toMatchObject({ status: 404 })

  const due = await ada.client.plans.due({})
  expect(due.items.map(({ plan }) => plan.id)).toEqual([ada.plan.id])
  await expect(ada.client.plans.due({ userId: bob.id })).rejects.toMatchObject({ status: 403 })
  expect((await client.plans.due({ userId: bob.id })).total).toBe(1)

  const figures = async (of: typeof client) =>
    await of.cadences.analytics({ id: cadence.id, userId: [bob.id] })
  expect((await figures(ada.client)).enrolled).toBe(0)
  expect((await figures(client)).enrolled).toBe(1)
})

test('a rep changes no plan of another in any way', async () => {
  const { client, cadence, ada, bob } = await openTwoReps()
  const before = await client.plans.get({ id: bob.plan.id })
  const { plans } = ada.client
  const id = bob.plan.id
  for (const attempt of [
    () => plans.pause({ id }),
    () => plans.skip({ id }),
    () => plans.completeStep({ id }),
    () => plans.abort({ id }),
    () => plans.replied({ id }),
    () => plans.reassign({ id, userId: ada.id }),
  ])
    await expect(attempt()).rejects.toMatchObject({ status: 404 })
  expect(await plans.bulk({ ids: [id], action: { type: 'abort' } })).toMatchObject({
    changed: 0,
    skipped: 1,
  })
  // Nor by its reminder, or by a lead that is not its own.
  const [reminder] = (await bob.client.reminders.list({})).items
  await expect(ada.client.reminders.complete({ id: reminder?.id ?? '' })).rejects.toMatchObject({
    status: 404,
  })
  expect(
    await plans.createMany({ cadenceId: cadence.id, target: { leadIds: [bob.idle.id] } }),
  ).toMatchObject({
    changed: 0,
    refused: [{ reason: 'NOT_FOUND', lead: { id: bob.idle.id, name: '' } }],
  })
  expect(await client.plans.get({ id })).toEqual(before)
})

test('a rep gives plans to nobody else, and changes only the cadences it made', async () => {
  const { client, cadence, ada, bob } = await openTwoReps()
  const forbidden = { status: 403 }
  const { plans, cadences } = ada.client
  await expect(plans.reassign({ id: ada.plan.id, userId: bob.id })).rejects.toMatchObject(forbidden)
  await expect(
    plans.create({ cadenceId: cadence.id, leadId: ada.idle.id, userId: bob.id }),
  ).rejects.toMatchObject(forbidden)
  await expect(
    cadences.setSteps({ id: cadence.id, steps: [{ type: 'email' }], updatePlans: 'move' }),
  ).rejects.toMatchObject(forbidden)
  await expect(cadences.update({ id: cadence.id, state: 'archived' })).rejects.toMatchObject(
    forbidden,
  )
  await expect(cadences.remove({ id: cadence.id })).rejects.toMatchObject(forbidden)
  const own = await cadences.duplicate({ id: cadence.id })
  await cadences.setSteps({ id: own.id, steps: [{ type: 'email' }] })
  // A draft is its author's alone.
  await expect(bob.client.cadences.remove({ id: own.id })).rejects.toMatchObject({ status: 404 })
  await client.cadences.remove({ id: own.id })
})

test('a rep is given suggestions for its own leads, and takes none of others', async () => {
  const { client, ada, bob } = await openTwoReps()
  const leadsOf = async (of: typeof client, userId?: string) =>
    (await of.suggestions.list(userId ? { userId } : {})).map(({ lead }) => lead.id)
  expect(await leadsOf(ada.client)).toEqual([ada.idle.id])
  expect(await leadsOf(client, bob.id)).toEqual([bob.idle.id])
  await expect(ada.client.suggestions.list({ userId: bob.id })).rejects.toMatchObject({
    status: 403,
  })
  const id = `no_next_step.${bob.idle.id}`
  await expect(ada.client.suggestions.accept({ id })).rejects.toMatchObject({ status: 404 })
  await expect(ada.client.suggestions.dismiss({ id })).rejects.toMatchObject({ status: 404 })
  expect(await leadsOf(bob.client)).toEqual([bob.idle.id])
})

test('a rep sees and decides on its own e-mails in the outbox', async () => {
  const { client, ada, bob } = await openTwoReps()
  const messages = async (of: typeof client) =>
    (await of.outbox.list({})).items.map(({ subject }) => subject).sort()
  expect(await messages(ada.client)).toEqual(['Ada'])
  expect(await messages(client)).toEqual(['Ada', 'Bob'])
  expect((await ada.client.outbox.status()).counts.drafted).toBe(1)
  const { outbox } = ada.client
  const id = bob.message.id
  for (const attempt of [
    () => outbox.get({ id }),
    () => outbox.update({ id, subject: 'Mine' }),
    () => outbox.approve({ id }),
    () => outbox.approveMany({ ids: [id] }),
    () => outbox.cancel({ id }),
    () => outbox.resolve({ id, as: 'cancelled' }),
    () => outbox.create({ leadId: bob.lead.id, subject: 'x', body: 'y' }),
  ])
    await expect(attempt()).rejects.toMatchObject({ status: 404 })
  expect(await client.outbox.get({ id })).toMatchObject({ subject: 'Bob', state: 'drafted' })
})
