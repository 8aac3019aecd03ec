/** An opt-out outlives imports. */
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../../testing/mail'
import { csv, importWell, openTestCore, undoImport } from '../../testing'

test('an import brings nobody back: not by its rows, its undo, or a second time', async () => {
  const office = await openPostOffice()
  const { client } = await openTestCore()
  await client.mail.accounts.create(accountAt(office))
  await client.optOuts.add({ address: 'jane@acme.example' })
  const file = () => csv('First name,Email\nJane,jane@ACME.example\nJoe,joe@acme.example\n')
  const first = await importWell(client, 'contacts', file())
  await undoImport(client, first.importId)
  await importWell(client, 'contacts', file())
  const { items } = await client.contacts.list({ q: 'jane@acme.example' })
  expect(items.map(({ optedOut }) => optedOut)).toContain(true)
  for (const { id } of items) {
    const message = await client.outbox.create({
      contactId: id,
      subject: 'For {{ contact.first_name }}',
      body: 'x',
      next: 'now',
    })
    expect(message.state).toBe('drafted')
  }
  await client.outbox.send({})
  expect(office.letters).toEqual([])
  expect((await client.optOuts.list({})).total).toBe(1)
})
