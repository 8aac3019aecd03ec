/** Tasks of a file over those that are there. */
import { describe, expect, test } from 'vitest'
import {
  csv,
  exportFile,
  importWell,
  openTestCore,
  type TestClient,
  undoImport,
} from '../../testing'

const tasks = async (client: TestClient) =>
  (await client.tasks.list({ sort: 'dueAt', limit: 100 })).items.map(
    ({ title, status, wallTime, reminders }) => ({ title, status, wallTime, reminders }),
  )

describe('a weekly task that a file says is done', () => {
  const weekly = async (client: TestClient) =>
    await client.tasks.create({
      title: 'Call Ada',
      wallTime: '2026-11-23T09:00',
      zone: 'UTC',
      recurrence: 'FREQ=WEEKLY',
      reminderMinutes: [30],
    })

  test('is followed by the next one, with its reminders; a check makes none', async () => {
    const { client } = await openTestCore()
    const { id } = await weekly(client)
    const file = csv(`Title,Status,Rapport ID\nCall Ada,completed,${id}`)
    const both = [
      { title: 'Call Ada', status: 'completed', wallTime: '2026-11-23T09:00', reminders: 0 },
      { title: 'Call Ada', status: 'pending', wallTime: '2026-11-30T09:00', reminders: 1 },
    ]
    await importWell(client, 'tasks', file, { onDuplicate: 'update', dryRun: true })
    expect(await tasks(client)).toHaveLength(1)
    const done = await importWell(client, 'tasks', file, { onDuplicate: 'update' })
    expect(done).toMatchObject({ updated: 1, created: 0 })
    expect(await tasks(client)).toMatchObject(both)
    await importWell(client, 'tasks', file, { onDuplicate: 'update' })
    expect(await tasks(client)).toMatchObject(both)
    await undoImport(client, done.importId)
    expect(await tasks(client)).toMatchObject([{ status: 'pending', reminders: 1 }])
  })

  test('and not by a second one where the file brings it in itself', async () => {
    const { client } = await openTestCore()
    const other = await openTestCore()
    const { id } = await weekly(client)
    const moved = async () =>
      await importWell(other.client, 'tasks', (await exportFile(client, { kind: 'tasks' })).file, {
        onDuplicate: 'update',
      })
    await moved()
    await client.tasks.complete({ id })
    await moved()
    expect(await tasks(other.client)).toMatchObject([
      { status: 'completed', wallTime: '2026-11-23T09:00' },
      { status: 'pending', wallTime: '2026-11-30T09:00' },
    ])
  })
})
