import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

async function openWithAccount(settings: Record<string, unknown> = {}) {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  const account = await client.mail.accounts.create({ ...accountAt(office), ...settings })
  const company = await client.companies.create({ name: 'Acme' })
  const addContact = (firstName: string, email = `${firstName.toLowerCase()}@acme.example`) =>
    client.contacts.create({ firstName, email, companyId: company.id })
  const jane = await addContact('Jane')
  const lead = await client.leads.create({
    title: 'Renewal',
    companyId: company.id,
    contactId: jane.id,
  })
  const draft = (contactId = jane.id, more: Record<string, unknown> = {}) =>
    client.outbox.create({
      contactId,
      subject: 'Hello {{ contact.first_name }}',
      body: 'Dear {{ contact.first_name }}, how are you?',
      ...more,
    })
  const send = () => client.outbox.send({})
  return { ...core, office, account, company, addContact, jane, lead, draft, send }
}

test('an approved message arrives as approved, once, and is on every timeline', async () => {
  const { client, office, lead, jane, company, draft, send } = await openWithAccount()
  const message = await draft(jane.id, {
    leadId: lead.id,
    html: '<p>Dear {{ contact.first_name }}, <b>how</b> are you?</p>',
  })
  expect(message.state).toBe('drafted')
  await send()
  expect(office.letters).toEqual([])
  const edited = await client.outbox.update({ id: message.id, subject: 'Good day, Jane' })
  expect(edited.state).toBe('drafted')
  await client.outbox.approve({ id: message.id })
  await send()
  await send()
  expect(office.letters).toHaveLength(1)
  const [letter] = office.letters
  expect(letter).toMatchObject({
    messageId: `<${message.messageId}>`,
    subject: 'Good day, Jane',
    to: [{ name: 'Jane', address: 'jane@acme.example' }],
    html: expect.stringContaining('<b>how</b>'),
    text: expect.stringContaining('Dear Jane, how are you?'),
  })
  expect(letter?.headers).toContainEqual(
    expect.objectContaining({
      key: 'list-unsubscribe',
      value: '<mailto:ada@rapport.example?subject=unsubscribe>',
    }),
  )
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    state: 'sent',
    sentAt: '2026-11-20T09:30:00.000Z',
  })
  for (const timeline of [
    client.activities.timelines.lead({ id: lead.id, category: 'automated' }),
    client.activities.timelines.contact({ id: jane.id, category: 'automated' }),
    client.activities.timelines.company({ id: company.id, category: 'automated' }),
  ])
    expect((await timeline).items).toMatchObject([
      {
        type: 'email_sent',
        subject: 'Good day, Jane',
        direction: 'outbound',
        metadata: { messageId: message.messageId, to: 'jane@acme.example' },
      },
    ])
})

test('whoever has opted out gets nothing, however the message came into the outbox', async () => {
  const { client, office, jane, draft, send, addContact } = await openWithAccount()
  const waiting = await draft(jane.id)
  await client.outbox.stop({})
  await client.outbox.approve({ id: waiting.id })
  await client.optOuts.add({ address: 'JANE+news@Acme.example' })
  await client.outbox.resume({})
  await send()
  expect(await client.outbox.get({ id: waiting.id })).toMatchObject({
    state: 'cancelled',
    error: 'jane@acme.example has asked not to be written to.',
  })
  // A new message, to a new contact, at once.
  const again = await addContact('Jane', 'Jane+x@acme.example')
  expect(again.optedOut).toBe(true)
  const blocked = await draft(again.id, { next: 'now' })
  expect(blocked).toMatchObject({ state: 'drafted', problems: [{ kind: 'opted_out' }] })
  await expect(client.outbox.approve({ id: blocked.id, now: true })).rejects.toThrow(
    'has asked not to be written to',
  )
  expect(await client.outbox.approveMany({ ids: [blocked.id] })).toMatchObject({ changed: 0 })
  await send()
  expect(office.letters).toEqual([])
})

test('copies reach their recipients, and nobody sees the hidden ones', async () => {
  const { client, office, lead, draft, send } = await openWithAccount()
  const message = await draft(undefined, {
    leadId: lead.id,
    contactId: undefined,
    cc: ['tom@acme.example', 'JANE@acme.example', 'tom@acme.example'],
    bcc: ['Boss@rapport.example', 'tom@acme.example'],
    next: 'now',
  })
  // Whoever is named already gets it once.
  expect(message).toMatchObject({ cc: ['tom@acme.example'], bcc: ['Boss@rapport.example'] })
  await send()
  const [letter] = office.letters
  expect(letter?.from).toEqual({ name: 'Ada Rep', address: 'ada@rapport.example' })
  expect(letter?.to).toEqual([{ name: 'Jane', address: 'jane@acme.example' }])
  expect(letter?.cc).toEqual([{ name: '', address: 'tom@acme.example' }])
  expect(letter?.headers.some(({ key }) => key === 'bcc')).toBe(false)
  expect(JSON.stringify(letter)).not.toMatch(/boss@/i)
  expect(office.envelopes[0]?.to.map((one) => one.toLowerCase()).sort()).toEqual([
    'boss@rapport.example',
    'jane@acme.example',
    'tom@acme.example',
  ])
  const [logged] = (await client.activities.timelines.lead({ id: lead.id, category: 'automated' }))
    .items
  expect(logged?.metadata).toMatchObject({
    to: 'jane@acme.example',
    cc: ['tom@acme.example'],
    bcc: ['Boss@rapport.example'],
  })
})

test('copies are addresses, can be changed until it goes, and come back with an undo', async () => {
  const { client, jane, draft, send } = await openWithAccount()
  await expect(draft(jane.id, { cc: ['nobody'] })).rejects.toMatchObject({ status: 400 })
  const message = await draft(jane.id, { cc: ['tom@acme.example'] })
  const changed = await client.outbox.update({ id: message.id, cc: [], bcc: ['ann@b.example'] })
  expect(changed).toMatchObject({ cc: [], bcc: ['ann@b.example'], state: 'drafted' })
  const [batch] = await client.changes.batches({ limit: 1 })
  await client.changes.undo({ batchId: batch?.id ?? '' })
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    cc: ['tom@acme.example'],
    bcc: [],
  })
  // To whoever the address is moved gets it once.
  expect(
    await client.outbox.update({ id: message.id, toAddress: 'Tom@acme.example' }),
  ).toMatchObject({ cc: [], toAddress: 'Tom@acme.example' })
  await send()
})

test('nobody who has opted out gets a copy either', async () => {
  const { client, office, jane, draft, send } = await openWithAccount()
  await client.optOuts.add({ address: 'tom@acme.example' })
  const blocked = await draft(jane.id, { cc: ['Tom+x@acme.example'], next: 'now' })
  expect(blocked).toMatchObject({
    state: 'drafted',
    problems: [
      { kind: 'opted_out', message: 'Tom+x@acme.example has asked not to be written to.' },
    ],
  })
  expect(
    (await client.outbox.preview({ contactId: jane.id, bcc: ['tom@acme.example'] })).problems,
  ).toContainEqual(expect.objectContaining({ kind: 'opted_out' }))
  // Somebody opts out while it waits: a person decides who gets it then.
  await client.outbox.stop({})
  const waiting = await draft(jane.id, { bcc: ['ann@b.example'], next: 'now' })
  await client.optOuts.add({ address: 'ann@b.example' })
  await client.outbox.resume({})
  await send()
  expect(await client.outbox.get({ id: waiting.id })).toMatchObject({
    state: 'drafted',
    problems: [{ kind: 'opted_out' }],
  })
  expect(office.letters).toEqual([])
})

test('an address that the server does not take keeps it from nobody else, and is named', async () => {
  const { client, office, jane, draft, send } = await openWithAccount()
  office.refused.add('gone@acme.example')
  const message = await draft(jane.id, { cc: ['gone@acme.example'], next: 'now' })
  await send()
  expect(office.envelopes[0]?.to).toEqual(['jane@acme.example'])
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    state: 'sent',
    error: 'The server did not take it for gone@acme.example; everybody else has it.',
  })
})

test('an e-mail about a lead in the trash is held, and goes once the lead is back', async () => {
  const { client, clock, office, lead, draft, send } = await openWithAccount()
  const message = await draft(undefined, {
    contactId: undefined,
    leadId: lead.id,
    next: 'approve',
    sendAfter: '2026-11-20T12:00:00.000Z',
  })
  expect(message.state).toBe('approved')
  await client.leads.remove({ id: lead.id })
  const problems = [{ kind: 'lead_deleted', message: 'The lead “Renewal” was deleted.' }]
  expect(await client.outbox.get({ id: message.id })).toMatchObject({ problems })
  clock.set('2026-11-20T12:30:00.000Z')
  await send()
  expect(await client.outbox.get({ id: message.id })).toMatchObject({ state: 'drafted', problems })
  await expect(client.outbox.approve({ id: message.id })).rejects.toThrow('was deleted')
  expect(office.letters).toEqual([])
  await client.leads.restore({ id: lead.id })
  expect(await client.outbox.get({ id: message.id })).toMatchObject({ problems: [] })
  await client.outbox.approve({ id: message.id })
  await send()
  expect(office.letters).toHaveLength(1)
})

test('a preview says by which account it goes', async () => {
  const { client, account, jane } = await openWithAccount()
  const look = (accountId?: string) =>
    client.outbox.preview({ contactId: jane.id, ...(accountId && { accountId }) })
  expect((await look()).from).toEqual({
    accountId: account.id,
    name: 'Ada Rep',
    address: 'ada@rapport.example',
  })
  const own = await client.mail.accounts.create({
    ...accountAt({ port: 1 }),
    name: 'Mine',
    fromName: null,
    shared: false,
  })
  expect((await look()).from).toMatchObject({ accountId: own.id, name: null })
  expect((await look(account.id)).from).toMatchObject({ accountId: account.id })
})

test('an opt-out outlives the contact, and cannot be undone', async () => {
  const { client, jane } = await openWithAccount()
  await client.optOuts.import({ text: 'email;name\njane@acme.example;Jane\nnot@an@address;x' })
  expect(await client.optOuts.import({ text: '<Jane@ACME.example>, new@b.example' })).toEqual({
    added: 1,
    known: 1,
    unread: [],
  })
  const batches = await client.changes.batches({ limit: 5 })
  const batch = batches.find(({ label }) => label.startsWith('Opt out'))
  await expect(client.changes.undo({ batchId: batch?.id ?? '' })).rejects.toThrow()
  await client.contacts.remove({ id: jane.id })
  await client.trash.purge({ items: [{ kind: 'contact', id: jane.id }] })
  expect((await client.optOuts.list({ q: 'jane' })).total).toBe(1)
})

test('messages that are not personal stay drafts and say why', async () => {
  const { client, addContact, draft } = await openWithAccount()
  const stranger = await client.contacts.create({ email: 'nobody@acme.example' })
  expect((await draft(stranger.id, { next: 'now' })).problems).toEqual([
    { kind: 'blank', message: 'Nothing is known for contact.first_name.' },
  ])
  const tom = await addContact('Tom')
  const problemsOf = async (more: Record<string, unknown>) =>
    (await draft(tom.id, { final: true, subject: 'Hi Tom', body: 'Hi Tom', ...more })).problems.map(
      ({ kind }) => kind,
    )
  expect(await problemsOf({})).toEqual([])
  expect(await problemsOf({ subject: '' })).toEqual(['empty'])
  expect(await problemsOf({ body: 'Hi Tom {{ company' })).toEqual(['unresolved'])
  expect(await problemsOf({ subject: 'Hi', body: 'Hi' })).toEqual(['nameless'])
  await client.outbox.settings({ nameRequired: false })
  for (let index = 0; index < 5; index++) {
    const other = await addContact('Ann', `ann${index}@acme.example`)
    const { problems } = await draft(other.id, { final: true, subject: 'Offer', body: 'Buy!' })
    expect(problems).toEqual([])
  }
  expect(await problemsOf({ subject: 'offer', body: 'BUY! ' })).toEqual(['identical'])
  expect(await problemsOf({ subject: 'Offer', body: 'Buy!', allowIdentical: true })).toEqual([])
})

test('the stop button halts everything at once, whoever presses it', async () => {
  const { client, office, addUser, draft, send } = await openWithAccount()
  const rep = await addUser('Rep', 'rep')
  expect(await rep.client.outbox.stop({})).toMatchObject({
    stopped: true,
    stoppedBy: { name: 'Rep' },
  })
  await draft(undefined, { next: 'now' })
  await send()
  expect(office.letters).toEqual([])
  await expect(rep.client.outbox.resume({})).rejects.toThrow()
  await client.outbox.resume({})
  await send()
  expect(office.letters).toHaveLength(1)
})

test('limits by the hour and by the day, and the pause in between, hold', async () => {
  const { client, clock, office, addContact, draft, send } = await openWithAccount({
    perHour: 3,
    perDay: 5,
    spacingSeconds: 60,
  })
  for (let index = 0; index < 7; index++) {
    const contact = await addContact(`Person${index}`)
    await draft(contact.id, { next: 'approve' })
  }
  const counts: number[] = []
  for (const seconds of [0, 59, 1, 60, 60, 3419, 1, 60, 24 * 3600 - 3780, 180, 60, 3600]) {
    clock.advance(seconds * 1000)
    await send()
    counts.push(office.letters.length)
  }
  expect(counts).toEqual([1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 7, 7])
  expect((await client.mail.accounts.list())[0]?.sentLastDay).toBeLessThanOrEqual(5)
})

test('nobody is written to in the night of where they are, unless by hand', async () => {
  const { client, clock, office, jane, draft, send } = await openWithAccount({
    quietHours: { on: true, from: '20:00', to: '08:00', days: [6, 7] },
  })
  // Friday 09:30 in London is 18:30 in Tokyo… and Saturday comes there first.
  await client.contacts.update({ id: jane.id, timezone: 'Asia/Tokyo' })
  clock.set('2026-11-20T11:30:00.000Z')
  const message = await draft(jane.id, { next: 'approve' })
  await send()
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    state: 'approved',
    nextAttemptAt: '2026-11-22T23:00:00.000Z',
    error: 'It waits until quiet hours are over where the recipient is.',
  })
  await draft(jane.id, { next: 'now', subject: 'Urgent, {{ contact.first_name }}' })
  await send()
  expect(office.letters.map(({ subject }) => subject)).toEqual(['Urgent, Jane'])
  clock.set('2026-11-22T23:00:00.000Z')
  await send()
  expect(office.letters).toHaveLength(2)
})

test('what the server never had is tried again, later and later, then given up', async () => {
  const { client, clock, office, draft, send } = await openWithAccount()
  office.trouble = 'busy'
  const message = await draft(undefined, { next: 'now' })
  const waits: number[] = []
  for (let attempt = 0; attempt < 6; attempt++) {
    await send()
    const { nextAttemptAt, state } = await client.outbox.get({ id: message.id })
    if (state !== 'approved') break
    waits.push((Date.parse(nextAttemptAt ?? '') - clock.now()) / 60_000)
    clock.set(nextAttemptAt ?? '')
  }
  expect(waits).toEqual([1, 5, 15, 60, 240])
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    state: 'failed',
    attempts: 6,
  })
  office.trouble = 'none'
  await client.outbox.resolve({ id: message.id, as: 'send_again' })
  await send()
  expect(office.letters).toHaveLength(1)
})

test('a server that refuses is believed at once', async () => {
  const { client, office, draft, send } = await openWithAccount()
  for (const trouble of ['refuses_recipient', 'refuses_message'] as const) {
    office.trouble = trouble
    const message = await draft(undefined, {
      next: 'now',
      subject: `{{ contact.name }} ${trouble}`,
    })
    await send()
    expect(await client.outbox.get({ id: message.id })).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/No such person|spam/),
    })
  }
})

test('a connection lost before the message was handed over is tried again; after it nobody knows', async () => {
  const { client, clock, office, draft, send } = await openWithAccount()
  office.trouble = 'hangs_up_before_data'
  const first = await draft(undefined, { next: 'now' })
  await send()
  expect((await client.outbox.get({ id: first.id })).state).toBe('approved')
  office.trouble = 'hangs_up_after_data'
  clock.advance(3_600_000)
  await send()
  expect((await client.outbox.get({ id: first.id })).state).toBe('unknown')
  office.trouble = 'none'
  clock.advance(24 * 3_600_000)
  await send()
  expect(office.letters).toHaveLength(1)
  await client.outbox.resolve({ id: first.id, as: 'sent' })
  expect((await client.outbox.get({ id: first.id })).state).toBe('sent')
  await expect(client.outbox.resolve({ id: first.id, as: 'send_again' })).rejects.toThrow(
    'nothing to decide',
  )
})

test('approval can be undone until the message has gone, and never brings it back after', async () => {
  const { client, clock, draft, send, office } = await openWithAccount()
  const later = new Date(clock.now() + 3_600_000).toISOString()
  const message = await draft(undefined, { sendAfter: later })
  await client.outbox.approve({ id: message.id })
  await client.changes.undo({})
  expect((await client.outbox.get({ id: message.id })).state).toBe('drafted')
  await client.outbox.approve({ id: message.id })
  clock.advance(3_600_000)
  await send()
  const batches = await client.changes.batches({ limit: 20 })
  for (const { id, undoable } of batches)
    if (undoable) await client.changes.undo({ batchId: id }).catch(() => undefined)
  await send()
  expect((await client.outbox.get({ id: message.id })).state).toBe('sent')
  expect(office.letters).toHaveLength(1)
})

test('a rep sees and approves its own messages only', async () => {
  const { client, addUser, draft, lead } = await openWithAccount()
  const message = await draft()
  const rep = await addUser('Rep', 'rep')
  expect((await rep.client.outbox.list({})).total).toBe(0)
  await expect(rep.client.outbox.approve({ id: message.id })).rejects.toThrow('does not exist')
  await expect(
    rep.client.outbox.create({ leadId: lead.id, subject: 'x', body: 'x' }),
  ).rejects.toThrow('does not exist')
  expect((await client.outbox.list({ state: 'drafted,sent' as never })).total).toBe(1)
})
