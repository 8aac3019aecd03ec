import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

test('a name with line breaks and control characters is kept as one clean line', async () => {
  const { client } = await openTestCore()
  const contact = await client.contacts.create({
    firstName: 'Crlf\r\nBcc: vil@exemplo.pt',
    lastName: 'Inj\0',
    email: 'c@exemplo.pt',
  })
  expect(contact).toMatchObject({ firstName: 'Crlf Bcc: vil@exemplo.pt', lastName: 'Inj' })
  const lead = await client.leads.create({ title: 'Roll\0out\u202e' })
  expect(lead.title).toBe('Roll out')
})

test('what cannot be seen is blank', async () => {
  const { client } = await openTestCore()
  for (const blank of ['\u200b', '\0', '\r\n', '\u2066\u2069', ' \ufeff ']) {
    await expect(client.leads.create({ title: blank })).rejects.toMatchObject({ status: 400 })
    await expect(client.companies.create({ name: blank })).rejects.toMatchObject({ status: 400 })
    await expect(client.tasks.create({ title: blank })).rejects.toMatchObject({ status: 400 })
    await expect(client.contacts.create({ lastName: blank })).rejects.toMatchObject({ status: 400 })
  }
})

test('a website is an address of the web, and gets its scheme', async () => {
  const { client } = await openTestCore()
  const { id, website } = await client.companies.create({ name: 'Acme', website: 'acme.com/shop' })
  expect(website).toBe('https://acme.com/shop')
  for (const address of [
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'acme',
  ])
    await expect(client.companies.update({ id, website: address })).rejects.toMatchObject({
      status: 400,
    })
  await expect(
    client.companies.bulk({
      target: { ids: [id] },
      action: { type: 'update', patch: { website: 'vbscript:x' } },
    }),
  ).rejects.toMatchObject({ status: 400 })
  await expect(
    client.contacts.create({ lastName: 'Vale', linkedin: ' javascript:alert(1)' }),
  ).rejects.toMatchObject({ status: 400 })
  const profile = await client.contacts.create({ lastName: 'Vale', linkedin: 'riley-vale' })
  expect(profile.linkedin).toBe('riley-vale')
  expect((await client.companies.update({ id, website: null })).website).toBeNull()
})
