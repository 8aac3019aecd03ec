/** What of a person is taken out where: a name may be an ordinary word of other people's notes. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { watchStatements } from '../../kernel/database/recorder'
import { openTestCore, type TestCore } from '../../testing/testing'

const day = 86_400_000

/** A contact that is called like a place, and texts that say its name: not all of them mean it. */
async function addMainOffice({ client }: TestCore) {
  const company = await client.companies.create({ name: 'Acme' })
  const contact = await client.contacts.create({
    firstName: 'Main',
    lastName: 'Office',
    email: 'main.office@junk.example',
    companyId: company.id,
  })
  const lead = await client.leads.create({ title: 'Roof', contactId: contact.id })
  const task = (title: string, about: Record<string, string> = {}) =>
    client.tasks.create({ title, ...about })
  const tasks = [
    await task('Paint the main office'),
    await task('Ask main.office@junk.example of the Main Office', {
      description: 'Main Office: closed',
    }),
    // Done, so that it stays when the contact goes to the trash.
    await task('Call Main Office', { contactId: contact.id, status: 'completed' }),
    await task('Main Office moves', { companyId: company.id }),
    await task('Roof of Main Office', { leadId: lead.id }),
  ]
  const titles = async () =>
    (await Promise.all(tasks.map(({ id }) => client.tasks.get({ id })))).map(({ title }) => title)
  return { contact, company, lead, tasks, titles }
}

const keepsNames = [
  'Paint the main office',
  'Ask [erased] of the Main Office',
  'Call [erased]',
  'Main Office moves',
  'Roof of [erased]',
]

test('a contact that nobody asked to erase takes its name only out of what is linked to it', async () => {
  const opened = await openTestCore()
  const { client, clock } = opened
  const expiring = await addMainOffice(opened)
  await client.tasks.update({ id: expiring.tasks[0]!.id, title: 'Paint the main office blue' })
  await client.contacts.remove({ id: expiring.contact.id })
  await client.database.backUp({})
  clock.advance(31 * day)
  await client.jobs.run({ name: 'clean_up' })
  await expect.poll(async () => (await client.erasures.list()).items.length).toBe(1)
  expect(await expiring.titles()).toEqual(['Paint the main office blue', ...keepsNames.slice(1)])
  // Nothing of what others wrote is gone, so it can be taken back as ever.
  await client.changes.undo({
    batchId: (await client.changes.batches({ limit: 200 })).find(
      ({ label }) => label === 'Change task “Paint the main office”',
    )!.id,
  })
  expect((await expiring.titles())[0]).toBe('Paint the main office')

  const purged = await addMainOffice(opened)
  await client.contacts.remove({ id: purged.contact.id })
  await client.trash.purge({ items: [{ kind: 'contact', id: purged.contact.id }] })
  expect(await purged.titles()).toEqual(keepsNames)
})

test('who asks to be erased is taken out where a text is about the person', async () => {
  const opened = await openTestCore()
  const { client } = opened
  const { contact, tasks, titles } = await addMainOffice(opened)
  await client.tasks.update({
    id: tasks[1]!.id,
    priority: 'high',
    title: 'Ask main.office@junk.example',
  })
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect(await titles()).toEqual([
    'Paint the main office',
    'Ask [erased]',
    'Call [erased]',
    '[erased] moves',
    'Roof of [erased]',
  ])
  expect((await client.tasks.get({ id: tasks[1]!.id })).description).toBe('[erased]: closed')
  const log = JSON.stringify(
    await Promise.all(
      tasks.slice(1).map(({ id }) => client.changes.list({ rowId: id, limit: 100 })),
    ),
  )
  expect(log).not.toMatch(/main office/i)
  const labels = (await client.changes.batches({ limit: 200 })).map(({ label }) => label)
  expect(labels.filter((label) => /main office/i.test(label))).toEqual([
    'Create task “Paint the main office”',
  ])
})

test('a restored backup has it erased again as thoroughly as before', async () => {
  const opened = await openTestCore()
  const { client, clock } = opened
  const { contact, titles } = await addMainOffice(opened)
  await client.contacts.remove({ id: contact.id })
  const backup = await client.database.backUp({})
  clock.advance(60_000)
  await client.trash.purge({ items: [{ kind: 'contact', id: contact.id }] })
  await client.database.restore({ name: backup.name })
  await expect.poll(titles).toEqual(keepsNames)
})

test('what the system wrote of a lead names nobody who was erased, also where another has come', async () => {
  const opened = await openTestCore()
  const { client } = opened
  const contact = await client.contacts.create({ firstName: 'Zebulon', lastName: 'Quackenbush' })
  const other = await client.contacts.create({ firstName: 'Ann', lastName: 'Other' })
  const lead = await client.leads.create({ title: 'Roof', contactId: contact.id })
  await client.leads.update({ id: lead.id, contactId: other.id })
  await client.contacts.remove({ id: contact.id })
  await client.trash.purge({ items: [{ kind: 'contact', id: contact.id }] })
  const timeline = JSON.stringify(await client.activities.list({ leadId: lead.id }))
  expect(timeline).toContain('Ann Other')
  expect(timeline).not.toContain('Quackenbush')
})

test('a name at the beginning of a line is found in the history, too', async () => {
  const { client, directory } = await openTestCore()
  const contact = await client.contacts.create({ firstName: 'Zebulon', lastName: 'Quackenbush' })
  const task = await client.tasks.create({
    title: 'Note',
    contactId: contact.id,
    description: 'People:\nZebulon Quackenbush\nZebulon\tQuackenbush',
  })
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect((await client.tasks.get({ id: task.id })).description).toBe('People:\n[erased]\n[erased]')
  const bytes = ['rapport.db', 'rapport.db-wal']
    .map((name) => join(directory, name))
    .filter(existsSync)
    .map((file) => readFileSync(file).toString('latin1'))
  expect(bytes.join().includes('Quackenbush')).toBe(false)
})

test('an e-mail that waits because its time passed is called off with the rest', async () => {
  const { client, directory } = await openTestCore()
  const contact = await client.contacts.create({ lastName: 'Zq', email: 'zq@quack.example' })
  const { id } = await client.outbox.create({ contactId: contact.id, subject: 'Hi', body: 'Hi' })
  const file = new Database(join(directory, 'rapport.db'))
  file.prepare(`update email_message set state = 'late' where id = ?`).run(id)
  file.close()
  await client.erasures.eraseContact({ id: contact.id, confirm: true })
  expect((await client.outbox.get({ id })).state).toBe('cancelled')
})

test('many are erased in one walk through the database', async () => {
  const watched = watchStatements()
  onTestFinished(watched.restore)
  const { client } = await openTestCore()
  /** How often the tasks are gone through while so many contacts are erased. */
  const walks = async (count: number) => {
    const items: { kind: 'contact'; id: string }[] = []
    for (let index = 0; index < count; index++) {
      const { id } = await client.contacts.create({
        lastName: `Person ${index}`,
        email: `person${index}@quack.example`,
        phone: `+1 555765${1000 + index}`,
      })
      await client.tasks.create({ title: `Ask person${index}@quack.example` })
      await client.contacts.remove({ id })
      items.push({ kind: 'contact', id })
    }
    const queries = await watched.record(async () => {
      expect(await client.trash.purge({ items })).toMatchObject({ changed: count, skipped: 0 })
    })
    return queries.filter(({ sql }) => sql.includes('concat_ws') && sql.includes('from "task"'))
      .length
  }
  const once = await walks(1)
  expect(once).toBeGreaterThan(0)
  expect(await walks(30)).toBe(once)
  const left = await client.tasks.list({ limit: 100 })
  expect(left.items.filter(({ title }) => title !== 'Ask [erased]')).toEqual([])
  expect((await client.erasures.list()).items).toHaveLength(31)
  expect((await client.changes.batches({ limit: 1 }))[0]?.label).toBe(
    'Erase the personal data of 30 contacts',
  )
})

test('whoever is gone already, or was taken out of the trash, holds up nobody', async () => {
  const { client } = await openTestCore()
  const add = async (lastName: string) => {
    const { id } = await client.contacts.create({ lastName })
    await client.contacts.remove({ id })
    return { kind: 'contact' as const, id }
  }
  const [first, second, third] = [await add('A'), await add('B'), await add('C')]
  const both = Promise.all([
    client.trash.purge({ items: [first] }),
    client.trash.purge({ items: [first, second, third] }),
  ])
  await client.contacts.restore({ id: third.id })
  expect((await both).map(({ changed }) => changed)).toEqual([1, 1])
  expect((await client.contacts.get({ id: third.id })).deletedAt).toBeNull()
  await expect(client.erasures.eraseContact({ id: first.id, confirm: true })).rejects.toMatchObject(
    { code: 'not_found' },
  )
})
