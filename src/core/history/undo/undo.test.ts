import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

describe('undo', () => {
  test('takes back a move together with its timeline entry, and redo does it again', async () => {
    const { client, stage } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme' })
    await client.leads.moveStage({ id, stageId: (await stage('Proposal')).id })
    const undone = await client.changes.undo({})
    expect(undone).toMatchObject({ label: 'Move “Acme” to Proposal', refused: [] })
    expect((await client.leads.get({ id })).stage.name).toBe('New')
    expect((await client.activities.timelines.lead({ id })).total).toBe(1)

    await client.changes.redo({})
    expect((await client.leads.get({ id })).stage.name).toBe('Proposal')
    expect((await client.activities.timelines.lead({ id })).total).toBe(2)
    await client.changes.undo({})
    expect((await client.leads.get({ id })).stage.name).toBe('New')
    await client.changes.undo({})
    await expect(client.leads.get({ id })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('redo brings a record back although another was made meanwhile', async () => {
    const { client } = await openTestCore()
    const first = await client.leads.create({ title: 'First' })
    const call = await client.activities.create({ type: 'call', leadId: first.id })
    await client.changes.undo({})
    await client.changes.undo({})
    const second = await client.leads.create({ title: 'Second' })
    await client.activities.create({ type: 'note', leadId: second.id })
    await client.changes.redo({})
    expect(await client.changes.redo({})).toMatchObject({ refused: [] })
    expect((await client.leads.list({})).items.map(({ title }) => title).sort()).toEqual([
      'First',
      'Second',
    ])
    expect((await client.activities.get({ id: call.id })).lead?.name).toBe('First')
    expect((await client.activities.timelines.lead({ id: first.id })).total).toBe(2)
  })

  test('steps back through actions one by one', async () => {
    const { client } = await openTestCore()
    const { id } = await client.leads.create({ title: 'One' })
    await client.leads.update({ id, title: 'Two' })
    await client.leads.update({ id, title: 'Three' })
    await client.changes.undo({})
    expect((await client.leads.get({ id })).title).toBe('Two')
    await client.changes.undo({})
    expect((await client.leads.get({ id })).title).toBe('One')
  })

  test('refuses a row that was changed since and says which and by which user', async () => {
    const { client } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme' })
    await client.leads.update({ id, title: 'Acme Corp' })
    const [batch] = await client.changes.batches({})
    await client.leads.update({ id, title: 'Acme Inc' })
    await expect(client.changes.undo({ batchId: batch?.id ?? '' })).rejects.toMatchObject({
      code: 'conflict',
      data: {
        refused: [{ table: 'lead', rowId: id, name: 'Acme Inc', reason: 'changed since by Me' }],
      },
    })
    expect((await client.leads.get({ id })).title).toBe('Acme Inc')
  })

  test('of one field leaves another field that was changed since alone', async () => {
    const { client } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme' })
    await client.leads.update({ id, title: 'Acme Corp' })
    const [batch] = await client.changes.batches({})
    await client.leads.update({ id, source: 'Website' })
    await client.changes.undo({ batchId: batch?.id ?? '' })
    expect(await client.leads.get({ id })).toMatchObject({ title: 'Acme', source: 'Website' })
  })

  test('of a bulk edit takes back the rest and names what was changed since', async () => {
    const { client } = await openTestCore()
    const a = await client.leads.create({ title: 'A' })
    const b = await client.leads.create({ title: 'B' })
    const { batchId } = await client.leads.bulk({
      target: { ids: [a.id, b.id] },
      action: { type: 'update', patch: { priority: 'urgent' } },
    })
    await client.leads.update({ id: b.id, priority: 'low' })
    const result = await client.changes.undo({ batchId: batchId ?? '' })
    expect(result.refused.map((row) => row.name)).toEqual(['B'])
    expect((await client.leads.get({ id: a.id })).priority).toBe('medium')
    expect((await client.leads.get({ id: b.id })).priority).toBe('low')
  })

  test('of a lead that a call was logged on since is refused: the call would lose it', async () => {
    const { client } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme' })
    const [batch] = await client.changes.batches({})
    await client.activities.create({ type: 'call', leadId: id })
    await expect(client.changes.undo({ batchId: batch?.id ?? '' })).rejects.toMatchObject({
      data: { refused: [{ reason: 'in use since (activity)' }] },
    })
  })

  test('of a deletion for good brings rows back as they were', async () => {
    const { client } = await openTestCore()
    const view = await client.settings.views.create({
      list: 'leads',
      name: 'Mine',
      shared: false,
      state: { q: 'acme' },
    })
    await client.settings.views.remove({ id: view.id })
    await client.changes.undo({})
    expect(await client.settings.views.list({})).toEqual([view])
  })
})

describe('the history of a record', () => {
  test('names each field with its values before and after, and whoever changed it', async () => {
    const { client, stage } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Acme' })
    await client.leads.update({ id, value: { amount: '12.50', currency: 'USD' } })
    await client.leads.moveStage({ id, stageId: (await stage('Proposal')).id })
    const history = await client.changes.list({ rowId: id })
    expect(history.items.map((change) => change.label)).toEqual([
      'Move “Acme” to Proposal',
      'Change lead “Acme”',
      'Create lead “Acme”',
    ])
    expect(history.items[0]?.fields).toContainEqual({
      field: 'stage_id',
      label: 'Stage',
      before: 'New',
      after: 'Proposal',
    })
    expect(history.items[1]?.fields).toContainEqual({
      field: 'value_minor',
      label: 'Value',
      before: null,
      after: { amount: '12.50', currency: 'USD' },
    })
  })
})
