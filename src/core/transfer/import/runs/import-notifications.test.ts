/** Notifications about the records of an import go with them when it is undone. */
import { expect, test } from 'vitest'
import { countOf, csv, importWell, openTestCore, undoImport } from '../../testing'

const titlesOf = async ({ client }: Awaited<ReturnType<typeof openTestCore>>) =>
  (await client.notifications.list({ limit: 50 })).items.map(({ title }) => title)

const activities = (count: number, day = '2026-11-19', time = '08:00') =>
  csv(
    `Type,Subject,Due at,External ID\n${Array.from({ length: count }, (_, row) => `Call,Call ${row},${day}T${time}:00Z,c${row}`).join('\n')}\n`,
  )

test('a digest of a hundred things goes, beyond those it names', async () => {
  const core = await openTestCore()
  const { importId } = await importWell(core.client, 'activities', activities(120))
  core.clock.set('2026-11-20T11:00:00Z')
  await core.core.tick()
  expect((await titlesOf(core)).some((title) => title.startsWith('120 things'))).toBe(true)
  await undoImport(core.client, importId)
  expect((await titlesOf(core)).filter((title) => /things|Call/.test(title))).toEqual([])
})

test('a digest that is about other things as well counts those alone', async () => {
  const core = await openTestCore()
  const { client } = core
  for (const title of ['Mine', 'Mine too'])
    await client.tasks.create({ title, dueAt: '2026-11-20T09:45:00Z' })
  const { importId } = await importWell(client, 'activities', activities(80))
  core.clock.set('2026-11-20T10:00:00Z')
  await core.core.tick()
  expect((await titlesOf(core)).some((title) => title.startsWith('82 things'))).toBe(true)
  await undoImport(client, importId)
  const { items, unread } = await client.notifications.list({ limit: 50 })
  const digest = items.find(({ title }) => title.includes('things'))
  expect(digest?.title).toMatch(/^2 things/)
  expect(digest?.items.map(({ title }) => title).sort()).toEqual(['Mine', 'Mine too'])
  expect(digest?.body.split('\n').sort()).toEqual(['Mine', 'Mine too'])
  expect(unread).toBeGreaterThan(0)
})

test('what was notified one by one goes, with what still waits to be sent', async () => {
  const core = await openTestCore()
  const { client } = core
  await client.tasks.create({ title: 'Mine', dueAt: '2026-11-20T10:00:00Z' })
  const { importId } = await importWell(client, 'activities', activities(1, '2026-11-20', '10:00'))
  core.clock.set('2026-11-20T10:00:00Z')
  await core.core.tick()
  expect(await titlesOf(core)).toContain('Call 0')
  await undoImport(client, importId)
  expect(await titlesOf(core)).not.toContain('Call 0')
  expect(await titlesOf(core)).toContain('Mine')
  expect(
    countOf(
      core.directory,
      'select count(*) from delivery where notification_id not in (select id from notification)',
    ),
  ).toBe(0)
})

test('the summary of the day is made again without them', async () => {
  const core = await openTestCore()
  const { client } = core
  await core.core.tick()
  const { importId } = await importWell(client, 'activities', activities(5, '2026-11-20'))
  await client.tasks.create({ title: 'Mine', dueAt: '2026-11-21T15:00:00Z' })
  core.clock.set('2026-11-21T08:30:00Z')
  await core.core.tick()
  const summary = async () => (await titlesOf(core)).filter((title) => title.startsWith('Your day'))
  expect(await summary()).toEqual(['Your day: 5 overdue, 1 due today'])
  await undoImport(client, importId)
  expect(await summary()).toEqual(['Your day: 1 due today'])
})

test('what has nothing to do with the import stays', async () => {
  const core = await openTestCore()
  const { client } = core
  const { importId } = await importWell(client, 'companies', csv('Name\nAcme\n'))
  await client.tasks.create({ title: 'Mine', dueAt: '2026-11-20T09:45:00Z' })
  core.clock.set('2026-11-20T10:00:00Z')
  await core.core.tick()
  const before = await titlesOf(core)
  expect(before).toContain('Mine')
  await undoImport(client, importId)
  expect(await titlesOf(core)).toEqual(before)
})
