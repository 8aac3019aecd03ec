/** The outbox stays quick however much was sent: its hot queries are walked along their indexes. */
import { describe, expect, test } from 'vitest'
import { knowledge, openTestPlans } from '../../testing/plans'

const id = '0190d3a2-0000-7000-8000-000000000000'

describe.each(knowledge)('on %s, the outbox', (known) => {
  test.each([
    ['what waits for approval', { state: ['drafted' as const] }],
    ['what is on its way', { state: ['approved' as const, 'sending' as const] }],
    ['everything', {}],
  ])('lists %s along the index of states, newest first', async (_, input) => {
    const { client, plansOf } = await openTestPlans(known)
    const queries = await plansOf('email_message', () => client.outbox.list(input))
    expect(queries.length).toBeGreaterThan(1)
    for (const query of queries) {
      expect(query.scans).not.toContain('email_message')
      expect(query.sorts).toBe(false)
      expect(query.indexes[0]).toMatch(/^email_message_(state|user)$/)
    }
  })

  test('finds what may be sent now as the first of its account', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const queries = await plansOf('next_attempt_at', () => client.outbox.send({}))
    expect(queries.length).toBeGreaterThan(0)
    for (const query of queries)
      expect(query).toMatchObject({ indexes: ['email_message_due'], scans: [], sorts: false })
  })

  test('finds who got the same text on the index of contents, and counts what went out on its own', async () => {
    const { client, plansOf } = await openTestPlans(known)
    const jane = await client.contacts.create({ firstName: 'Jane', email: 'jane@acme.example' })
    await client.mail.accounts.create({
      name: 'Sales',
      fromAddress: 'ada@rapport.example',
      host: '127.0.0.1',
      port: 1,
      security: 'none',
    })
    const draft = { contactId: jane.id, subject: 'For Jane', body: 'Jane' }
    const identical = await plansOf('content_hash', () => client.outbox.preview(draft))
    expect(identical.flatMap(({ indexes }) => indexes)).toContain('email_message_content')
    const counts = await plansOf('taken_at', () => client.mail.accounts.list())
    expect(counts.flatMap(({ indexes }) => indexes)).toContain('email_message_taken')
    for (const { scans } of [...identical, ...counts]) expect(scans).not.toContain('email_message')
  })

  test('lists the messages of a lead or contact by their own index', async () => {
    const { client, plansOf } = await openTestPlans(known)
    for (const [about, index] of [
      [{ leadId: id }, 'email_message_lead'],
      [{ contactId: id }, 'email_message_contact'],
    ] as const) {
      const [page] = await plansOf('email_message', () => client.outbox.list(about))
      expect(page?.indexes).toContain(index)
    }
  })
})
