/** What went out stays out, whichever file takes the database's place. */
import { copyFileSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import {
  createTriggersAndViews,
  dropTriggersAndViews,
  triggersFingerprint,
} from '../../assembly/triggers-and-views'
import { readMigrations } from '../../kernel/file/migrate'
import { openFile } from '../../kernel/file/open-file'
import { prepareRestore } from '../../kernel/file/restore'
import { accountAt, openPostOffice } from '../../testing/mail'
import { migrations, openTestCore } from '../../testing/testing'

const hour = 3_600_000

async function openWithMail() {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  await client.outbox.settings({ approvalFirst: false })
  const addContact = (firstName: string) =>
    client.contacts.create({ firstName, email: `${firstName.toLowerCase()}@acme.example` })
  const write = (contactId: string, next: 'draft' | 'approve' | 'now' = 'approve') =>
    client.outbox.create({
      contactId,
      subject: 'Hello {{ contact.first_name }}',
      body: 'How are you, {{ contact.first_name }}?',
      next,
    })
  const addresses = () => office.letters.map(({ to }) => to?.[0]?.address)
  const restored = async () => {
    const [hold] = (await client.holds.status()).holds
    if (hold?.reason !== 'restored') throw new Error('Nothing is on hold after a restore.')
    return hold
  }
  return { ...core, office, addContact, write, addresses, restored }
}

test('an e-mail that went out after the backup does not go out again, and sending waits for a person', async () => {
  const { client, clock, addContact, write, addresses, restored } = await openWithMail()
  const jane = await addContact('Jane')
  const bob = await addContact('Bob')
  const noon = new Date(clock.now() + 3 * hour).toISOString()
  const toJane = await client.outbox.create({
    contactId: jane.id,
    subject: 'Hello Jane',
    body: 'At noon, Jane.',
    final: true,
    next: 'approve',
    sendAfter: noon,
  })
  const toBob = await write(bob.id, 'draft')
  const backup = await client.database.backUp({})
  clock.advance(3 * hour)
  await client.outbox.send({})
  await client.outbox.approve({ id: toBob.id })
  await client.outbox.send({})
  expect(addresses()).toEqual(['jane@acme.example', 'bob@acme.example'])
  clock.advance(hour)

  await client.database.restore({ name: backup.name })
  expect(await restored()).toMatchObject({
    from: 'backup',
    backupAt: backup.at,
    replaced: 'read',
    carried: { sent: 2, unknown: 0 },
  })
  expect(await client.outbox.get({ id: toJane.id })).toMatchObject({ state: 'sent', sentAt: noon })
  expect(await client.outbox.get({ id: toBob.id })).toMatchObject({ state: 'sent' })
  const timeline = await client.activities.list({ contactId: jane.id })
  expect(timeline.items.filter(({ type }) => type === 'email_sent')).toHaveLength(1)

  const carol = await addContact('Carol')
  const toCarol = await write(carol.id, 'now')
  expect(toCarol.state).toBe('approved')
  await client.outbox.send({})
  expect(addresses()).toHaveLength(2)
  await client.holds.resume({})
  await client.outbox.send({})
  expect(addresses()).toEqual(['jane@acme.example', 'bob@acme.example', 'carol@acme.example'])
})

test('an automated step that went out is not sent again, and its plan continues from there', async () => {
  const { client, clock, office, addContact } = await openWithMail()
  const jane = await addContact('Jane')
  const lead = await client.leads.create({ title: 'Renewal', contactId: jane.id })
  const step = (number: number) => ({
    type: 'email',
    automated: true,
    subject: `Step ${number} for {{ contact.first_name }}`,
    body: `Hello {{ contact.first_name }}, this is number ${number}.`,
    delay: number === 1 ? 0 : 1,
    delayUnit: 'days' as const,
  })
  await client.plans.create({
    leadId: lead.id,
    settings: { workingTimeOnly: false },
    steps: [step(1), step(2), step(3)],
  })
  const backup = await client.database.backUp({})
  const work = async () => {
    await client.jobs.run({ name: 'plan_steps' })
    await client.outbox.send({})
  }
  await work()
  clock.advance(24 * hour)
  await work()
  expect(office.letters).toHaveLength(2)

  await client.database.restore({ name: backup.name })
  await work()
  await client.holds.resume({})
  await work()
  expect(office.letters).toHaveLength(2)
  clock.advance(24 * hour)
  await work()
  await work()
  expect(office.letters.map(({ subject }) => subject)).toEqual([
    'Step 1 for Jane',
    'Step 2 for Jane',
    'Step 3 for Jane',
  ])
})

test('whoever opted out after the backup stays opted out', async () => {
  const { client, addContact, write, addresses, restored } = await openWithMail()
  const jane = await addContact('Jane')
  await client.outbox.stop({})
  await write(jane.id)
  const backup = await client.database.backUp({})
  await client.optOuts.add({ address: 'jane@acme.example' })
  await client.database.restore({ name: backup.name })
  expect((await restored()).carried.optOuts).toBe(1)
  await client.outbox.resume({})
  await client.holds.resume({})
  await client.outbox.send({})
  expect(addresses()).toEqual([])
})

test('an e-mail taken back after the backup waits for approval again', async () => {
  const { client, clock, addContact, write, restored } = await openWithMail()
  const jane = await addContact('Jane')
  await client.outbox.stop({})
  const message = await write(jane.id)
  const backup = await client.database.backUp({})
  clock.advance(hour)
  await client.outbox.cancel({ id: message.id })
  await client.database.restore({ name: backup.name })
  expect((await restored()).carried.takenBack).toBe(1)
  expect((await client.outbox.get({ id: message.id })).state).toBe('drafted')
})

test('nobody is notified of the same thing twice, by no channel', async () => {
  const { client, core, clock, office, owner } = await openWithMail()
  await client.users.update({ id: owner.userId, email: 'me@rapport.example' })
  await client.notifications.settings.update({
    channels: { reminder_due: { native: false, browser: false, email: true } },
  })
  await client.reminders.create({
    notes: 'Call Jane',
    remindAt: new Date(clock.now() + hour).toISOString(),
  })
  const backup = await client.database.backUp({})
  clock.advance(hour)
  await core.tick()
  expect(office.letters).toHaveLength(1)
  const before = (await client.notifications.list({})).items
  clock.advance(hour)
  await client.database.restore({ name: backup.name })
  await client.holds.resume({})
  await core.tick()
  await core.tick()
  expect(office.letters).toHaveLength(1)
  expect((await client.notifications.list({})).items.map(({ title }) => title)).toEqual(
    before.map(({ title }) => title),
  )
})

test('going back and forth sends nothing twice, whichever of the files sent it', async () => {
  const { client, clock, addContact, write, addresses } = await openWithMail()
  const jane = await addContact('Jane')
  const bob = await addContact('Bob')
  await client.outbox.stop({})
  await write(jane.id)
  const toBob = await write(bob.id)
  const early = await client.database.backUp({})
  clock.advance(hour)
  await client.database.restore({ name: early.name })
  await client.holds.resume({})
  await client.outbox.resume({})
  await client.outbox.send({})
  expect(addresses().sort()).toEqual(['bob@acme.example', 'jane@acme.example'])
  const before = (await client.database.backups()).find(({ reason }) => reason === 'restore')
  clock.advance(hour)
  await client.database.restore({ name: before?.name ?? '' })
  await client.holds.resume({})
  await client.outbox.resume({})
  await client.outbox.send({})
  expect(addresses()).toHaveLength(2)
  expect((await client.outbox.get({ id: toBob.id })).state).toBe('sent')
})

test('where the replaced database cannot be read, everything that was due is asked', async () => {
  const { client, clock, directory, close, addContact, write, office, addresses } =
    await openWithMail()
  const jane = await addContact('Jane')
  const lead = await client.leads.create({ title: 'Renewal', contactId: jane.id })
  await client.outbox.stop({})
  const message = await write(jane.id)
  await client.plans.create({
    leadId: lead.id,
    settings: { workingTimeOnly: false },
    steps: [{ type: 'email', automated: true, subject: 'For Jane', body: 'Hello Jane' }],
  })
  const backup = await client.database.backUp({})
  await client.outbox.resume({})
  await client.jobs.run({ name: 'plan_steps' })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(2)
  await close()
  truncateSync(join(directory, 'rapport.db'), 5000)

  const again = await openTestCore({
    directory,
    start: new Date(clock.now() + hour).toISOString(),
    prepare: false,
  })
  await again.client.database.restore({ name: backup.name })
  const owner = again.as(again.core.localActor('test'))
  const [hold] = (await owner.holds.status()).holds
  expect(hold).toMatchObject({ reason: 'restored', carried: { unknown: 1 } })
  expect(hold).not.toMatchObject({ replaced: 'read' })
  await owner.outbox.resume({})
  await owner.holds.resume({})
  await owner.jobs.run({ name: 'plan_steps' })
  await owner.outbox.send({})
  expect(office.letters).toHaveLength(2)
  const unknown = await owner.outbox.list({ state: ['unknown'] })
  expect(unknown.total).toBe(2)
  expect((await owner.outbox.get({ id: message.id })).state).toBe('unknown')
  for (const { id } of unknown.items) await owner.outbox.resolve({ id, as: 'sent' })
  await owner.outbox.send({})
  expect(addresses()).toHaveLength(2)
})

test('an older file put in place by hand is noticed, and nothing goes out again by itself', async () => {
  const { client, clock, directory, close, addContact, write, office } = await openWithMail()
  const jane = await addContact('Jane')
  await client.outbox.stop({})
  const message = await write(jane.id)
  await client.database.backUp({})
  await client.outbox.resume({})
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
  await close()
  const backups = join(directory, 'backups')
  const [name = ''] = readdirSync(backups)
  for (const file of ['rapport.db-wal', 'rapport.db-shm'])
    rmSync(join(directory, file), { force: true })
  copyFileSync(join(backups, name), join(directory, 'rapport.db'))

  const again = await openTestCore({ directory, start: new Date(clock.now() + hour).toISOString() })
  await again.client.outbox.resume({})
  await again.client.outbox.send({})
  expect(office.letters).toHaveLength(1)
  expect((await again.client.holds.status()).holds).toMatchObject([
    { reason: 'restored', from: 'file', replaced: 'in_part' },
  ])
  expect((await again.client.outbox.get({ id: message.id })).state).toBe('unknown')
  await again.close()
  const third = await openTestCore({
    directory,
    start: new Date(clock.now() + 2 * hour).toISOString(),
  })
  await third.client.holds.resume({})
  expect((await third.client.holds.status()).holds).toEqual([])
})

test('a program killed between the exchange of the files and the carrying over does it at the next start', async () => {
  const { client, clock, directory, close, addContact, write, office } = await openWithMail()
  const jane = await addContact('Jane')
  await client.outbox.stop({})
  const message = await write(jane.id)
  const { name } = await client.database.backUp({})
  await client.outbox.resume({})
  await client.outbox.send({})
  await client.optOuts.add({ address: 'bob@acme.example' })
  await close()
  // As far as a restore comes before the program dies.
  await prepareRestore({ directory, known: readMigrations(migrations), name })
  const opened = await openFile({
    directory,
    migrations,
    clock,
    beforeMigration: dropTriggersAndViews,
    afterMigration: createTriggersAndViews,
    triggersFingerprint: triggersFingerprint(),
  })
  if (opened.state !== 'ready') throw new Error(opened.message)
  expect(opened.connection.prepare('select state from email_message').pluck().get()).toBe(
    'approved',
  )
  opened.connection.close()
  opened.lock.release()

  const again = await openTestCore({ directory, start: new Date(clock.now() + hour).toISOString() })
  expect((await again.client.holds.status()).holds).toMatchObject([
    { reason: 'restored', replaced: 'read', carried: { sent: 1, optOuts: 1 } },
  ])
  await again.client.outbox.resume({})
  await again.client.holds.resume({})
  await again.client.outbox.send({})
  expect(office.letters).toHaveLength(1)
  expect((await again.client.outbox.get({ id: message.id })).state).toBe('sent')
})

test('an empty database begins with the opt-outs of the damaged one, and on hold', async () => {
  const { client, clock, directory, close } = await openWithMail()
  await client.optOuts.add({ address: 'bob@acme.example' })
  await client.database.backUp({})
  await close()
  truncateSync(join(directory, 'rapport.db'), 5000)
  const start = new Date(clock.now() + hour).toISOString()
  const again = await openTestCore({ directory, start, prepare: false })
  await again.client.database.startEmpty({})
  const owner = again.as(again.core.localActor('test'))
  expect((await owner.optOuts.list({})).items.map(({ address }) => address)).toEqual([
    'bob@acme.example',
  ])
  expect((await owner.holds.status()).holds).toMatchObject([{ reason: 'restored', from: 'empty' }])
})

test('whatever was saved while a restore began is in the backup made before it', async () => {
  const { client } = await openWithMail()
  const backup = await client.database.backUp({})
  const saved: string[] = []
  let refused = 0
  let restoring = true
  const writing = (async () => {
    while (restoring)
      try {
        saved.push((await client.companies.create({ name: `Company ${saved.length}` })).id)
        await new Promise((resolve) => setImmediate(resolve))
      } catch {
        refused++
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
  })()
  await client.database.restore({ name: backup.name })
  const savedBefore = [...saved]
  restoring = false
  await writing
  expect(savedBefore.length).toBeGreaterThan(0)
  expect(refused).toBeGreaterThan(0)
  const kept = new Set<string>()
  for (const id of saved)
    await client.companies.get({ id }).then(
      () => kept.add(id),
      () => {},
    )
  const [before] = (await client.database.backups()).filter(({ reason }) => reason === 'restore')
  await client.database.restore({ name: before?.name ?? '' })
  for (const id of saved) if (!kept.has(id)) await client.companies.get({ id })
})

test('access that was taken away after the backup stays taken away', async () => {
  const { client, core, addUser, clock } = await openTestCore()
  const ann = await addUser('Ann', 'manager')
  const bob = await addUser('Bob', 'rep')
  const kept = await client.users.createToken({ id: ann.id, name: 'Kept' })
  const revoked = await client.users.createToken({ id: ann.id, name: 'Revoked' })
  const backup = await client.database.backUp({})
  clock.advance(hour)
  await client.users.revokeToken({ id: ann.id, tokenId: revoked.id })
  await client.users.update({ id: ann.id, role: 'rep' })
  await client.users.update({ id: bob.id, active: false })

  await client.database.restore({ name: backup.name })
  expect(core.actorForToken(kept.token)).toMatchObject({ userId: ann.id, role: 'rep' })
  expect(core.actorForToken(revoked.token)).toBeUndefined()
  expect(await client.users.get({ id: bob.id })).toMatchObject({ active: false })

  // Going forward again keeps what was given since, and the tokens made since.
  await client.users.update({ id: bob.id, active: true })
  const later = await client.users.createToken({ id: bob.id, name: 'Later' })
  const forward = await client.database.backUp({})
  await client.database.restore({ name: backup.name })
  await client.database.restore({ name: forward.name })
  expect(await client.users.get({ id: bob.id })).toMatchObject({ active: true })
  expect(core.actorForToken(later.token)).toMatchObject({ userId: bob.id })
})

test('what was typed and not saved is still there after a restore', async () => {
  const { client } = await openTestCore()
  const backup = await client.database.backUp({})
  await client.drafts.save({
    key: 'note.1',
    title: 'Note',
    place: { path: '/today' },
    content: { text: 'Called twice' },
  })
  await client.database.restore({ name: backup.name })
  expect(await client.drafts.list({})).toMatchObject([{ content: { text: 'Called twice' } }])
})

test('a digest that was sent after the backup still knows all that it gathers', async () => {
  const { client, clock, core, directory } = await openTestCore()
  for (let index = 0; index < 20; index++)
    await client.reminders.create({
      notes: `Call ${index}`,
      remindAt: new Date(clock.now() + hour).toISOString(),
    })
  const backup = await client.database.backUp({})
  clock.advance(2 * hour)
  await core.tick()
  const gathered = () => {
    const connection = new BetterSqlite3(join(directory, 'rapport.db'), { readonly: true })
    const lists = connection
      .prepare('select gathered from notification order by seq')
      .pluck()
      .all() as string[]
    connection.close()
    return lists.map((list) => JSON.parse(list).length)
  }
  const before = gathered()
  expect(before).toContain(20)
  await client.database.restore({ name: backup.name })
  expect(gathered()).toEqual(before)
})
