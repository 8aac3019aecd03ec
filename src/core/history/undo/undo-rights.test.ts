import { describe, expect, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { writeRights } from '../../assembly/write-rights'
import { openTestCore, type TestCore } from '../../testing/testing'

const latestBatch = async (client: TestCore['client']) => {
  const [batch] = await client.changes.batches({})
  if (!batch) throw new Error('Nothing was done yet.')
  return batch
}

describe('undo and redo need the right to make the change now', () => {
  test('an admin who made himself a rep does not become admin again', async () => {
    const { client, as, owner, addUser } = await openTestCore()
    await addUser('Ada', 'admin')
    await client.users.update({ id: owner.userId, role: 'rep' })
    const batch = await latestBatch(client)
    for (const role of ['rep', 'admin'] as const) {
      // Also a session that was opened while he was admin.
      const demoted = as({ ...owner, role })
      for (const input of [{}, { batchId: batch.id }])
        await expect(demoted.changes.undo(input)).rejects.toMatchObject({
          status: 403,
          message: expect.stringContaining('Me (your role does not allow this change)'),
          data: { refused: [{ table: 'user', name: 'Me' }] },
        })
    }
    expect((await as({ ...owner, role: 'rep' }).changes.batches({}))[0]?.undoable).toBe(false)
    expect((await client.users.get({ id: owner.userId })).role).toBe('rep')
  })

  test('nobody undoes away the last admin', async () => {
    const { client, as, owner, addUser } = await openTestCore()
    const ada = await addUser('Ada', 'rep')
    await client.users.update({ id: ada.id, role: 'admin' })
    const batch = await latestBatch(client)
    await client.users.update({ id: owner.userId, role: 'manager' })
    const admin = as({ userId: ada.id, role: 'admin', door: 'test' })
    await expect(admin.changes.undo({ batchId: batch.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await client.users.get({ id: ada.id })).role).toBe('admin')
  })

  test('a rep does not undo an old edit of a lead that is somebody else’s now, nor learn its new title', async () => {
    const { client, addUser } = await openTestCore()
    const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
    const lead = await rita.client.leads.create({ title: 'Acme' })
    await rita.client.leads.update({ id: lead.id, priority: 'urgent' })
    const batch = await latestBatch(rita.client)
    await client.leads.update({ id: lead.id, ownerId: rob.id, title: 'Secret' })
    await expect(rita.client.changes.undo({ batchId: batch.id })).rejects.toMatchObject({
      status: 403,
      data: { refused: [{ table: 'lead', name: 'Acme', reason: 'belongs to Rob' }] },
    })
    expect((await client.leads.get({ id: lead.id })).priority).toBe('urgent')
    expect((await latestBatch(rita.client)).undoable).toBe(false)
  })

  test('what a rep gave away does not come back by undo, and what it undid does not come again by redo', async () => {
    const { client, addUser } = await openTestCore()
    const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
    const { id } = await rita.client.leads.create({ title: 'Acme' })
    await rita.client.leads.update({ id, title: 'Acme Corp' })
    await rita.client.changes.undo({})
    await client.leads.update({ id, ownerId: rob.id })
    await expect(rita.client.changes.redo({})).rejects.toMatchObject({ status: 403 })
    await client.leads.update({ id, ownerId: rita.id })
    await rita.client.leads.update({ id, ownerId: rob.id })
    await expect(rita.client.changes.undo({})).rejects.toMatchObject({ status: 403 })
    expect((await client.leads.get({ id })).owner?.name).toBe('Rob')
  })

  test('of a bulk edit a rep takes back its own rows, and the others are named', async () => {
    const { client, addUser } = await openTestCore()
    const [rita, rob] = [await addUser('Rita', 'rep'), await addUser('Rob', 'rep')]
    const a = await rita.client.leads.create({ title: 'A' })
    const b = await rita.client.leads.create({ title: 'B' })
    const { batchId } = await rita.client.leads.bulk({
      target: { ids: [a.id, b.id] },
      action: { type: 'update', patch: { priority: 'urgent' } },
    })
    await client.leads.update({ id: b.id, ownerId: rob.id })
    const result = await rita.client.changes.undo({ batchId: batchId ?? '' })
    expect(result.refused).toMatchObject([{ name: 'B', reason: 'belongs to Rob' }])
    expect((await client.leads.get({ id: a.id })).priority).toBe('medium')
    expect((await client.leads.get({ id: b.id })).priority).toBe('urgent')
  })
})

describe('undo and redo by role', () => {
  test('a manager does not undo what takes an admin, and settings need their permission still', async () => {
    const { client, as, owner, addUser } = await openTestCore()
    const manager = await addUser('Mia', 'manager')
    await addUser('Rita', 'rep')
    const batch = await latestBatch(client)
    await expect(manager.client.changes.undo({ batchId: batch.id })).rejects.toMatchObject({
      status: 403,
    })
    await manager.client.settings.updateWorkspace({ name: 'Ours' })
    await client.users.update({ id: manager.id, role: 'rep' })
    const demoted = as({ ...owner, userId: manager.id, role: 'rep' })
    await expect(demoted.changes.undo({})).rejects.toMatchObject({ status: 403 })
    expect((await client.settings.workspace()).name).toBe('Ours')
  })

  test('a rep still undoes its own work together with what followed from it', async () => {
    const { client, addUser, stage } = await openTestCore()
    const rita = await addUser('Rita', 'rep')
    const { id } = await rita.client.leads.create({ title: 'Acme' })
    // A reminder of the manager's that goes to the trash with the lead.
    const reminder = await client.reminders.create({
      leadId: id,
      remindAt: '2026-11-23T09:00:00Z',
    })
    await rita.client.leads.remove({ id })
    expect((await client.reminders.get({ id: reminder.id })).deletedAt).not.toBeNull()
    expect((await rita.client.changes.undo({})).refused).toEqual([])
    expect((await client.reminders.get({ id: reminder.id })).deletedAt).toBeNull()
    await rita.client.leads.moveStage({ id, stageId: (await stage('Won')).id })
    expect((await rita.client.changes.undo({})).refused).toEqual([])
    expect((await rita.client.changes.redo({})).refused).toEqual([])
    await rita.client.users.updateMe({ signature: 'R.' })
    expect((await rita.client.changes.undo({})).refused).toEqual([])
  })

  test('a rep selects no default account by an old undo', async () => {
    const { client, addUser, as } = await openTestCore()
    const mia = await addUser('Mia', 'manager')
    const { id } = await mia.client.mail.accounts.create({
      name: 'Mine',
      fromAddress: 'mia@b.example',
      host: 'smtp.b.example',
      shared: false,
      isDefault: true,
    })
    await mia.client.mail.accounts.update({ id, isDefault: false })
    await client.users.update({ id: mia.id, role: 'rep' })
    const rep = as({ userId: mia.id, role: 'rep', door: 'test' })
    await expect(rep.changes.undo({})).rejects.toMatchObject({ status: 403 })
    await rep.mail.accounts.update({ id, name: 'Still mine' })
    expect((await rep.changes.undo({})).refused).toEqual([])
    expect((await client.mail.accounts.get({ id })).isDefault).toBe(false)
  })

  test('somebody who was switched off takes nothing back through a door still open', async () => {
    const { client, addUser } = await openTestCore()
    const manager = await addUser('Mia', 'manager')
    const { id } = await manager.client.leads.create({ title: 'Acme' })
    await client.users.update({ id: manager.id, active: false })
    await expect(manager.client.changes.undo({})).rejects.toMatchObject({ status: 403 })
    expect((await client.leads.get({ id })).title).toBe('Acme')
  })

  test('every table of the change log says what changing it takes', () => {
    const none = () => undefined
    const rights = writeRights({
      activity: none,
      company: none,
      contact: none,
      customer: none,
      lead: none,
      plan: none,
      quote: none,
      reminder: none,
      task: none,
    })
    expect(Object.keys(rights).sort()).toEqual(schema.logged.map(({ name }) => name).sort())
  })
})
