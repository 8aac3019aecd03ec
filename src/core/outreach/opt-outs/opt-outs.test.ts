/** Who has opted out gets nothing, through whichever door a message comes. */
import { expect, test } from 'vitest'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openSecondProgram } from '../../testing/second'
import { openTestCore } from '../../testing/testing'

async function openOptedOut() {
  const office = await openPostOffice()
  const core = await openTestCore()
  const { client } = core
  await client.mail.accounts.create(accountAt(office))
  await client.optOuts.add({ address: 'jane@acme.example' })
  const jane = await client.contacts.create({ firstName: 'Jane', email: 'Jane@ACME.example' })
  const text = { subject: 'For {{ contact.first_name }}', body: 'Dear {{ contact.first_name }}' }
  return { ...core, office, jane, text }
}

const spellings = [
  'jane@acme.example',
  'JANE@Acme.Example',
  'jane+offers@acme.example',
  ' jane@acme.example ',
]

test.each(spellings)('%j is the address that opted out', async (email) => {
  const { client, office, text } = await openOptedOut()
  const contact = await client.contacts.create({ firstName: 'Jane', email })
  expect(contact.optedOut).toBe(true)
  const message = await client.outbox.create({ contactId: contact.id, ...text, next: 'now' })
  expect(message).toMatchObject({ state: 'drafted', problems: [{ kind: 'opted_out' }] })
  await client.outbox.send({})
  expect(office.letters).toEqual([])
})

test('a domain is the same in letters and in ASCII', async () => {
  const { client } = await openOptedOut()
  await client.optOuts.import({ text: 'jane@xn--mller-kva.example' })
  expect((await client.changes.batches({ limit: 1 }))[0]?.label).toBe('Opt out 1 address')
  expect(await client.optOuts.add({ address: 'Jane@XN--MLLER-KVA.example' })).toMatchObject({
    address: 'jane@xn--mller-kva.example',
  })
  expect((await client.optOuts.list({})).total).toBe(2)
})

test('a message is not led around an opt-out by another address, by approval or by trying again', async () => {
  const { client, office, text } = await openOptedOut()
  const bob = await client.contacts.create({ firstName: 'Bob', email: 'bob@acme.example' })
  const draft = await client.outbox.create({ contactId: bob.id, ...text })
  await client.outbox.update({ id: draft.id, toAddress: 'jane+x@acme.example' })
  await expect(client.outbox.approve({ id: draft.id, now: true })).rejects.toThrow('asked not to')
  expect(await client.outbox.approveMany({ ids: [draft.id] })).toMatchObject({ changed: 0 })

  office.trouble = 'refuses_recipient'
  const failed = await client.outbox.create({ contactId: bob.id, ...text, next: 'now' })
  await client.outbox.send({})
  office.trouble = 'none'
  await client.optOuts.add({ address: 'bob@acme.example' })
  await client.outbox.resolve({ id: failed.id, as: 'send_again' })
  await client.outbox.send({})
  expect(office.letters).toEqual([])
})

test('an opt-out said in one program holds in the other at once', async () => {
  const opened = await openOptedOut()
  const { client, office, text, owner } = opened
  const bob = await client.contacts.create({ firstName: 'Bob', email: 'bob@acme.example' })
  await client.outbox.stop({})
  const message = await client.outbox.create({ contactId: bob.id, ...text, next: 'now' })
  expect(message.state).toBe('approved')
  const other = openSecondProgram(opened)
  other.optOuts.add(owner, { address: 'Bob@acme.example', reason: null, source: 'manual' })
  await client.outbox.resume({})
  await client.outbox.send({})
  expect(await client.outbox.get({ id: message.id })).toMatchObject({
    state: 'cancelled',
    error: 'bob@acme.example has asked not to be written to.',
  })
  expect(office.letters).toEqual([])
})

test('a message says by mail how to be left alone', async () => {
  const { client, office, text } = await openOptedOut()
  const bob = await client.contacts.create({ firstName: 'Bob', email: 'bob@acme.example' })
  await client.outbox.create({ contactId: bob.id, ...text, next: 'now' })
  await client.outbox.send({})
  const [letter] = office.letters
  const headers = new Map(letter?.headers.map(({ key, value }) => [key, value]))
  expect(headers.get('list-unsubscribe')).toBe('<mailto:ada@rapport.example?subject=unsubscribe>')
  // There is no server that could answer one click.
  expect(headers.has('list-unsubscribe-post')).toBe(false)
})
