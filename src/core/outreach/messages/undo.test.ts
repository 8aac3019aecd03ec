import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

test('an e-mail says what was approved: an older edit of it is not undone', async () => {
  const office = await openPostOffice()
  const { client } = await openTestCore()
  await client.mail.accounts.create(accountAt(office))
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
  const { id } = await client.outbox.create({
    contactId: jane.id,
    subject: 'Offer',
    body: 'Jane, it costs 10.',
    sendAfter: '2026-11-24T09:00:00Z',
  })
  await client.outbox.update({ id, body: 'Jane, it costs 100.' })
  const [edit] = await client.changes.batches({ limit: 1 })
  const undoEdit = () => client.changes.undo({ batchId: edit?.id ?? '' })
  await client.outbox.approve({ id })
  await expect(undoEdit()).rejects.toMatchObject({ code: 'conflict' })
  expect((await client.outbox.get({ id })).body).toBe('Jane, it costs 100.')

  // Once nothing is approved any more, it is.
  await client.changes.undo({})
  expect((await client.outbox.get({ id })).state).toBe('drafted')
  expect((await undoEdit()).refused).toEqual([])
  expect((await client.outbox.get({ id })).body).toBe('Jane, it costs 10.')
  await client.changes.redo({})

  await client.outbox.approve({ id, now: true })
  await client.outbox.send({})
  expect(office.letters).toHaveLength(1)
  await expect(undoEdit()).rejects.toMatchObject({ code: 'conflict' })
  expect(await client.outbox.get({ id })).toMatchObject({
    state: 'sent',
    body: 'Jane, it costs 100.',
  })
})
