import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestCore, type TestCore } from '../../testing/testing'

const words = ['Zebulon', 'Quackenbush', 'zq@quack.example', '5557654321', 'Sasquatchia']

/** Which words are anywhere in the database's files, as anybody with an editor would find them. */
function foundIn(directory: string): string[] {
  const bytes = ['rapport.db', 'rapport.db-wal']
    .map((name) => join(directory, name))
    .filter(existsSync)
    .map((file) => readFileSync(file).toString('latin1').toLowerCase())
  return words.filter((word) => bytes.some((text) => text.includes(word.toLowerCase())))
}

async function addPerson({ client }: TestCore) {
  const contact = await client.contacts.create({
    firstName: 'Zebulon',
    lastName: 'Quackenbush',
    email: 'zq@quack.example',
    phone: '+1 5557654321',
    description: 'Likes Sasquatchia',
  })
  const lead = await client.leads.create({
    title: 'Renewal for Zebulon Quackenbush',
    contactId: contact.id,
  })
  const call = await client.activities.create({
    type: 'call',
    subject: 'Call with Zebulon',
    description: 'Zebulon wants to be reached at zq@quack.example',
    contactId: contact.id,
    leadId: lead.id,
    occurredAt: '2026-11-20T08:00:00Z',
  })
  const task = await client.tasks.create({ title: 'Ask about ZQ@quack.example again' })
  await client.contacts.update({
    id: contact.id,
    jobTitle: 'Head of Sasquatchia',
    lastName: 'Quackenbush-Old',
  })
  await client.contacts.update({ id: contact.id, lastName: 'Quackenbush' })
  return { contact, lead, call, task }
}

test('a contact that is erased is gone from records, log, search and the file itself', async () => {
  const opened = await openTestCore()
  const { client, directory, owner } = opened
  const { contact, lead, call, task } = await addPerson(opened)
  expect(foundIn(directory)).toEqual(words)
  const result = await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect(result).toMatchObject({ erased: 1, quarantined: [] })
  expect(result.entries).toBeGreaterThan(3)

  await expect(client.contacts.get({ id: contact.id })).rejects.toThrow('does not exist')
  expect((await client.leads.get({ id: lead.id })).title).toBe('Renewal for [erased]')
  expect(await client.activities.get({ id: call.id })).toMatchObject({
    subject: 'Call with [erased]',
    description: '[erased] wants to be reached at [erased]',
    contact: null,
  })
  expect((await client.tasks.get({ id: task.id })).title).toBe('Ask about [erased] again')
  const log = await client.changes.list({ rowId: contact.id, limit: 500 })
  expect(log.items.length).toBeGreaterThan(3)
  const text = JSON.stringify([
    log,
    await client.changes.list({ limit: 500 }),
    await client.changes.batches({ limit: 200, mine: false }),
    await client.search({ q: 'quackenbush' }),
  ]).toLowerCase()
  for (const word of words) expect(text).not.toContain(word.toLowerCase())
  expect(foundIn(directory)).toEqual([])

  // That it happened is on record.
  expect((await client.erasures.list()).items).toMatchObject([
    { by: { id: owner.userId }, reason: 'asked', entries: result.entries },
  ])
  expect(await client.changes.batches({ limit: 1 })).toMatchObject([
    { label: 'Erase the personal data of a contact', undoable: false },
  ])
})

test('a phone number is erased in its other spellings, too', async () => {
  const { client, directory } = await openTestCore()
  const person = { lastName: 'Zq', phone: '+351 912 345 678' }
  const { id } = await client.contacts.create(person)
  const task = await client.tasks.create({ title: 'Call +351912345678, or 912345678' })
  const shared = await client.contacts.create({ lastName: 'Desk', phone: '+49 (0)30 2223334' })
  await client.contacts.update({ id, mobile: '030 2223334' })
  await client.contacts.update({ id, mobile: '+49 30 22 23-334' })
  await client.erasures.eraseContact({ id, confirm: true })
  expect((await client.tasks.get({ id: task.id })).title).toBe('Call [erased], or [erased]')
  const bytes = ['rapport.db', 'rapport.db-wal']
    .map((name) => join(directory, name))
    .filter(existsSync)
    .map((file) => readFileSync(file).toString('latin1'))
    .join()
  expect(bytes.includes('912345678')).toBe(false)
  expect(bytes.includes('912 345 678')).toBe(false)
  expect((await client.contacts.get({ id: shared.id })).phoneNumber).toBe('+49302223334')
})

test('whoever is erased gets no copy of an e-mail that waits, and is in none that went', async () => {
  const opened = await openTestCore()
  const { client, directory } = opened
  const { contact } = await addPerson(opened)
  const other = await client.contacts.create({ firstName: 'Tom', email: 'tom@acme.example' })
  const draft = (contactId: string, copies: { cc?: string[]; bcc?: string[] }) =>
    client.outbox.create({ contactId, subject: 'Hi', body: 'Hi', ...copies })
  const [seen, hidden, own] = [
    await draft(other.id, { cc: ['ZQ@quack.example', 'ann@acme.example'] }),
    await draft(other.id, { bcc: ['zq@quack.example'] }),
    await draft(contact.id, { cc: ['ann@acme.example'] }),
  ]
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect(await client.outbox.get({ id: seen.id })).toMatchObject({ cc: ['ann@acme.example'] })
  expect(await client.outbox.get({ id: hidden.id })).toMatchObject({ bcc: [] })
  expect(await client.outbox.get({ id: own.id })).toMatchObject({ state: 'cancelled', cc: [] })
  expect(foundIn(directory)).toEqual([])
})

test('what was erased is not brought back by undo, and the refusal says why', async () => {
  const opened = await openTestCore()
  const { client } = opened
  const { contact } = await addPerson(opened)
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  const batches = await client.changes.batches({ limit: 50 })
  const change = batches.find(({ label }) => label === 'Change contact “[erased]”')
  await expect(client.changes.undo({ batchId: change?.id ?? '' })).rejects.toThrow(
    'its data were erased for good',
  )
})

test('names that others have, too, stay with the others', async () => {
  const { client } = await openTestCore()
  const bob = await client.contacts.create({ firstName: 'Bob', lastName: 'Mill' })
  const other = await client.contacts.create({
    firstName: 'Bob',
    lastName: 'Mill',
    email: 'b@x.example',
  })
  const note = await client.tasks.create({
    title: 'Tell Bob Mill of Bob’s Burgers',
    contactId: other.id,
  })
  const own = await client.tasks.create({ title: 'Ask Bob about bobsleds', contactId: bob.id })
  await client.erasures.eraseContact({ id: bob.id, confirm: true })
  expect((await client.tasks.get({ id: note.id })).title).toBe('Tell Bob Mill of Bob’s Burgers')
  expect((await client.tasks.get({ id: own.id })).title).toBe('Ask [erased] about bobsleds')
  expect((await client.contacts.get({ id: other.id })).name).toBe('Bob Mill')
})

test('deleting for good from the trash erases, and so does the end of its days there', async () => {
  const opened = await openTestCore()
  const { client, directory, clock } = opened
  const first = await addPerson(opened)
  await client.contacts.remove({ id: first.contact.id })
  const { changed } = await client.trash.purge({
    items: [{ kind: 'contact', id: first.contact.id }],
  })
  expect(changed).toBe(1)
  expect(foundIn(directory)).toEqual([])

  const second = await addPerson(opened)
  await client.contacts.remove({ id: second.contact.id })
  await client.database.backUp({})
  clock.advance(31 * 86_400_000)
  await client.jobs.run({ name: 'clean_up' })
  await expect.poll(async () => (await client.erasures.list()).items.length).toBe(2)
  await expect.poll(() => foundIn(directory)).toEqual([])
  expect((await client.erasures.list()).items[0]).toMatchObject({ reason: 'expired' })
})

test('other records deleted for good leave no words in the log either', async () => {
  const { client } = await openTestCore()
  const lead = await client.leads.create({ title: 'Sasquatchia tower', description: 'secret' })
  await client.leads.remove({ id: lead.id })
  await client.trash.purge({ items: [{ kind: 'lead', id: lead.id }] })
  const { items } = await client.changes.list({ rowId: lead.id })
  expect(items.length).toBeGreaterThan(1)
  expect(JSON.stringify(items.map(({ fields }) => fields))).not.toMatch(/Sasquatchia|secret/)
})

test('backups that still hold the person are named, and can be deleted', async () => {
  const opened = await openTestCore()
  const { client, directory, clock } = opened
  clock.advance(2 * 86_400_000)
  const { contact } = await addPerson(opened)
  const backup = await client.database.backUp({})
  const { backups } = await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect(backups.map(({ name }) => name)).toContain(backup.name)
  expect((await client.erasures.list()).backups.map(({ name }) => name)).toContain(backup.name)
  const { removed } = await client.erasures.removeBackups({
    names: [backup.name, '../rapport.db', 'nothing.db'],
  })
  expect(removed).toBe(1)
  expect(existsSync(join(directory, 'rapport.db'))).toBe(true)
  expect((await client.database.backups()).map(({ name }) => name)).not.toContain(backup.name)
})

test('a backup of before is erased again as soon as it is restored', async () => {
  const opened = await openTestCore()
  const { client, directory, core, clock } = opened
  const { contact, lead } = await addPerson(opened)
  const backup = await client.database.backUp({})
  clock.advance(60_000)
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  await client.leads.remove({ id: lead.id })
  await client.trash.purge({ items: [{ kind: 'lead', id: lead.id }] })
  await client.database.restore({ name: backup.name })
  expect(core.localActor('test').role).toBe('admin')
  const gone = (work: Promise<unknown>) => work.catch((error: Error) => error.message)
  await expect.poll(() => gone(client.contacts.get({ id: contact.id }))).toContain('does not exist')
  await expect.poll(() => gone(client.leads.get({ id: lead.id }))).toContain('does not exist')
  await expect.poll(() => foundIn(directory)).toEqual([])
  expect((await client.erasures.list()).items).toHaveLength(1)
})

test('files that were taken in for import and name the person are removed', async () => {
  const opened = await openTestCore()
  const { client, directory } = opened
  const { contact } = await addPerson(opened)
  const upload = (name: string, text: string) =>
    client.transfer.inspect({ file: new File([text], name, { type: 'text/csv' }) })
  await upload('with.csv', 'Name,Email\nZebulon,zq@quack.example\n')
  await upload('without.csv', 'Name,Email\nAnn,ann@x.example\n')
  const folder = join(directory, 'imports')
  expect(readdirSync(folder)).toHaveLength(2)
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect(readdirSync(folder)).toHaveLength(1)
})

test('reps erase nobody, and managers delete no backups', async () => {
  const { client, addUser } = await openTestCore()
  const contact = await client.contacts.create({ firstName: 'Ann' })
  const rep = await addUser('Rep', 'rep')
  const manager = await addUser('Manager', 'manager')
  await expect(
    rep.client.erasures.eraseContact({ id: contact.id, confirm: true }),
  ).rejects.toMatchObject({ status: 403 })
  await expect(rep.client.erasures.list()).rejects.toMatchObject({ status: 403 })
  await expect(manager.client.erasures.removeBackups({ names: ['x'] })).rejects.toMatchObject({
    status: 403,
  })
  expect(
    await manager.client.erasures.eraseContact({ id: contact.id, confirm: true }),
  ).toMatchObject({ erased: 1 })
})
