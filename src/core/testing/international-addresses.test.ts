import { expect, test } from 'vitest'
import { Email } from '../../contract/kernel/shapes'
import { openTestCore } from './testing'

test.each([
  ['x@münchen.de', 'x@xn--mnchen-3ya.de'],
  ['X.Y+z@MÜNCHEN.de', 'X.Y+z@xn--mnchen-3ya.de'],
  ['x@mu\u0308nchen.de', 'x@xn--mnchen-3ya.de'],
  ['почта@пример.рф', undefined],
  ['info@пример.рф', 'info@xn--e1afmkfd.xn--p1ai'],
  ['info@xn--e1afmkfd.xn--p1ai', 'info@xn--e1afmkfd.xn--p1ai'],
  ['x@例え。テスト', 'x@xn--r8jz45g.xn--zckzah'],
  ['Mixed@Example.COM', 'Mixed@Example.COM'],
  [' a@b.example ', 'a@b.example'],
  ['jürgen@example.com', undefined],
  ['x@mün chen.de', undefined],
  ['x@mün/chen.de', undefined],
  ['x@mün%41.de', undefined],
  ['x@münchen', undefined],
  ['x@-ü.de', undefined],
  ['x@ü..de', undefined],
  ['x@exa_mple.com', undefined],
  ['x@y@münchen.de', undefined],
  ['münchen.de', undefined],
])('%j is kept as %j', (typed, kept) => {
  expect(Email.safeParse(typed).data).toBe(kept)
})

test('letters beyond a to z before the @ are refused with the reason', () => {
  expect(Email.safeParse('jürgen@example.com').error?.issues[0]?.message).toContain('before the @')
})

test('an international address is taken at every door, and an opt-out matches either way', async () => {
  const { client } = await openTestCore()
  const ascii = 'x@xn--mnchen-3ya.example'
  const contact = await client.contacts.create({ lastName: 'A', email: 'x@münchen.example' })
  expect(contact).toMatchObject({ email: ascii, optedOut: false })
  const optOut = await client.optOuts.add({ address: 'X@MÜNCHEN.example' })
  expect(optOut.address).toBe(ascii)
  expect((await client.contacts.get({ id: contact.id })).optedOut).toBe(true)
  expect((await client.optOuts.list({ q: 'x@münchen.example' })).items).toHaveLength(1)
  const both = await client.contacts.create({ lastName: 'B', email: ascii })
  expect(both.optedOut).toBe(true)
  const imported = await client.optOuts.import({ text: 'y@bücher.example; z@пример.рф\n' })
  expect(imported).toEqual({ added: 2, known: 0, unread: [] })
  expect(
    (await client.contacts.create({ lastName: 'C', email: 'z@xn--e1afmkfd.xn--p1ai' })).optedOut,
  ).toBe(true)
  const user = await client.users.create({ name: 'U', role: 'rep', email: 'u@bücher.example' })
  expect(user.email).toBe('u@xn--bcher-kva.example')
  await expect(
    client.users.create({ name: 'V', role: 'rep', email: 'U@xn--bcher-kva.example' }),
  ).rejects.toMatchObject({ status: 400 })
})

test('an international address is found as it is typed, and as it is kept', async () => {
  const { client } = await openTestCore()
  await client.contacts.create({ lastName: 'A', email: 'x@münchen.example' })
  for (const q of ['x@münchen.example', 'munchen', 'x@xn--mnchen-3ya.example', 'MÜNCHEN'])
    expect([q, (await client.search({ q })).hits.length]).toEqual([q, 1])
  for (const [operator, value] of [
    ['equals', 'X@münchen.example'],
    ['equals', 'x@xn--mnchen-3ya.example'],
    ['contains', '@münchen.example'],
    ['contains', 'münchen'],
  ] as const) {
    const filter = { all: [{ field: 'email', operator, value }] }
    expect([value, (await client.contacts.list({ filter })).total]).toEqual([value, 1])
  }
})

test('a company’s domain and its ASCII form are one', async () => {
  const { client } = await openTestCore()
  const kept = 'xn--mnchen-3ya.example'
  const one = await client.companies.create({ name: 'One', domain: 'München.example' })
  expect(one.domain).toBe(kept)
  expect((await client.companies.create({ name: 'Two', domain: kept })).domain).toBe(kept)
  expect(
    (await client.companies.create({ name: 'Three', website: 'https://www.münchen.example/a' }))
      .domain,
  ).toBe(kept)
  const filter = {
    all: [{ field: 'domain', operator: 'equals' as const, value: 'münchen.example' }],
  }
  expect((await client.companies.list({ filter })).total).toBe(3)
  expect((await client.search({ q: 'münchen.example', kind: ['company'] })).hits).toHaveLength(3)
})
