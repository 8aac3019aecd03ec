/** Records over the HTTP API: made, read, listed, changed, deleted, restored, found, alone and in bulk. */

import { beforeAll, describe, expect, it } from 'vitest'
import type { Company } from '../../src/contract/records/companies'
import type { Contact } from '../../src/contract/records/contacts'
import type { Customer } from '../../src/contract/records/customers'
import type { Lead } from '../../src/contract/records/leads'
import type { Quote } from '../../src/contract/records/quotes'
import type { Activity } from '../../src/contract/timeline/activities'
import { ask, faultOfRefusal, type Person } from '../api'
import { type Bulk, missingId, type Page, prepareCalls, titles, utc } from './calls'

const { api, call, refused, stageNamed, testThatAllWasAsked } = prepareCalls()

describe('Records over HTTP', () => {
  const kinds = [
    { area: 'companies', path: '/companies', values: { name: 'Acme' }, patch: { city: 'Brno' } },
    {
      area: 'contacts',
      path: '/contacts',
      values: { lastName: 'Novák' },
      patch: { jobTitle: 'Owner' },
    },
    { area: 'leads', path: '/leads', values: { title: 'Renewal' }, patch: { priority: 'high' } },
    {
      area: 'customers',
      path: '/customers',
      values: { name: 'Acme' },
      patch: { status: 'inactive' },
    },
    { area: 'quotes', path: '/quotes', values: { title: 'Offer' }, patch: { notes: 'Two pages' } },
    {
      area: 'users',
      path: '/users',
      values: { name: 'Ann' },
      patch: { timezone: 'Europe/Prague' },
    },
    { area: 'teams', path: '/teams', values: { name: 'North' }, patch: { description: 'Us' } },
  ]
  it.each(kinds)(
    '$area are made, read, listed, changed one field at a time, deleted and restored, alone and in bulk',
    async ({ area, path, values, patch }) => {
      const admin = await api.person('admin')
      const lead =
        area === 'quotes'
          ? { leadId: (await call<Lead>(admin, 'leads.create', { title: 'For quotes' })).id }
          : {}
      type Row = Record<string, unknown> & { id: string }
      const made = await call<Row>(admin, `${area}.create`, { ...values, ...lead })
      expect(made).toMatchObject(values)
      expect([made.createdAt, made.updatedAt, made.deletedAt]).toEqual([
        expect.stringMatching(utc),
        expect.stringMatching(utc),
        null,
      ])
      expect(await call(admin, `${area}.get`, { id: made.id })).toEqual(made)

      const changed = await call<Row>(admin, `${area}.update`, { id: made.id, ...patch })
      // The change itself may count as activity.
      const { updatedAt: _at, ...others } = changed
      const lastActivityAt = 'lastActivityAt' in made ? { lastActivityAt: made.lastActivityAt } : {}
      expect({ ...others, ...lastActivityAt }).toEqual(
        (({ updatedAt: _, ...row }: Row) => row)({ ...made, ...patch }),
      )

      const listed = await call<Page<Row>>(admin, `${area}.list`, { limit: 500 })
      expect(listed.items).toContainEqual(changed)
      expect([listed.total, listed.nextCursor]).toEqual([listed.items.length, null])

      expect(await call(admin, `${area}.remove`, { id: made.id })).toEqual({ id: made.id })
      const after = await call<Page<Row>>(admin, `${area}.list`, { limit: 500 })
      expect(after.items.map(({ id }) => id)).not.toContain(made.id)
      const trashed = await call<Page<Row>>(admin, `${area}.list`, { trashed: true })
      expect(trashed.items.map(({ id }) => id)).toContain(made.id)
      const restored = await call<Row>(admin, `${area}.restore`, { id: made.id })
      expect(restored).toMatchObject({ ...patch, id: made.id, deletedAt: null })

      const bulk = await call<Bulk>(admin, `${area}.bulk`, {
        target: { ids: [made.id, missingId] },
        action: { type: 'delete' },
      })
      expect([bulk.changed, bulk.skipped]).toEqual([1, 1])
      const undone = await call<{ undone: number }>(admin, 'changes.undo', {
        batchId: bulk.batchId,
      })
      expect(undone.undone).toBeGreaterThan(0)
      expect(await call(admin, `${area}.get`, { id: made.id })).toMatchObject({ deletedAt: null })

      for (const method of ['GET', 'PATCH', 'DELETE']) {
        const { status, code } = await refused(
          admin,
          [method, `${path}/${missingId}`],
          method === 'PATCH' ? patch : undefined,
        )
        expect([method, status, code]).toEqual([method, 404, 'not_found'])
      }
      const nothing = await refused(admin, ['POST', path], {})
      expect([nothing.status, nothing.code]).toEqual([400, 'invalid'])
      expect(nothing.paths).toContain(Object.keys(values)[0])
      expect((await refused(admin, ['GET', `${path}/7`])).paths).toEqual(['id'])
      expect((await refused(admin, ['PATCH', `${path}/7`], patch)).paths).toContain('id')
    },
  )

  it('take several changes in bulk by condition, with tags, as one thing that can be undone', async () => {
    const admin = await api.person('admin')
    for (const name of ['Bulk one', 'Bulk two', 'Bulk three'])
      await call(admin, 'companies.create', { name, tags: ['Old'] })
    const target = {
      where: { filter: { all: [{ field: 'name', operator: 'contains', value: 'Bulk t' }] } },
    }
    const counts = async (action: object) => {
      const { changed, skipped } = await call<Bulk>(admin, 'companies.bulk', { target, action })
      return [changed, skipped]
    }
    expect(await counts({ type: 'update', patch: { industry: 'Food' } })).toEqual([2, 0])
    expect(await counts({ type: 'addTags', tags: ['new'] })).toEqual([2, 0])
    expect(await counts({ type: 'removeTags', tags: ['OLD'] })).toEqual([2, 0])
    const { items } = await call<Page<Company>>(admin, 'companies.list', {
      q: 'bulk',
      sort: 'name',
    })
    expect(items.map(({ name, industry, tags }) => [name, industry, tags])).toEqual([
      ['Bulk one', null, ['Old']],
      ['Bulk three', 'Food', ['new']],
      ['Bulk two', 'Food', ['new']],
    ])
    await call(admin, 'changes.undo')
    await call(admin, 'changes.undo')
    await call(admin, 'changes.redo')
    const [, three] = (
      await call<Page<Company>>(admin, 'companies.list', { q: 'bulk', sort: 'name' })
    ).items
    expect(three?.tags).toEqual(['Old', 'new'])
    const both = await refused(admin, ['POST', '/companies/bulk'], {
      target: { ids: [missingId], where: {} },
      action: { type: 'delete' },
    })
    expect([both.status, both.paths]).toEqual([400, ['target.ids']])
  })
})

describe('Amounts and dates over HTTP', () => {
  it('keep money exact in its currency and instants in UTC', async () => {
    const admin = await api.person('admin')
    const make = async (value: unknown) =>
      (await call<Lead>(admin, 'leads.create', { title: 'Money', value })).value
    expect(await make({ amount: '1054', currency: 'USD' })).toEqual({
      amount: '1054.00',
      currency: 'USD',
    })
    expect(await make({ amount: '0.10', currency: 'EUR' })).toEqual({
      amount: '0.10',
      currency: 'EUR',
    })
    expect(await make({ amount: '1054', currency: 'JPY' })).toEqual({
      amount: '1054',
      currency: 'JPY',
    })
    expect(await make({ amount: '1.234', currency: 'KWD' })).toEqual({
      amount: '1.234',
      currency: 'KWD',
    })
    for (const [value, path] of [
      [{ amount: 1054, currency: 'USD' }, 'value.amount'],
      [{ amount: '10.001', currency: 'USD' }, 'value.amount'],
      [{ amount: '1,054.00', currency: 'USD' }, 'value.amount'],
      [{ amount: '-5', currency: 'USD' }, 'value.amount'],
      [{ amount: '5', currency: 'usd' }, 'value.currency'],
      ['1054.00 USD', 'value'],
    ] as const)
      expect((await refused(admin, ['POST', '/leads'], { title: 'Money', value })).paths).toEqual([
        path,
      ])

    const { scheduledAt } = await call<Activity>(admin, 'activities.create', {
      type: 'call',
      scheduledAt: '2030-05-01T09:30:00+02:00',
    })
    expect(scheduledAt).toBe('2030-05-01T07:30:00.000Z')
    for (const wrong of ['2030-05-01', '2030-05-01T09:30:00', 'tomorrow', 1_900_000_000])
      expect(
        (await refused(admin, ['POST', '/activities'], { type: 'call', scheduledAt: wrong })).paths,
      ).toEqual(['scheduledAt'])
  })

  it('add up to more than one amount can be', async () => {
    const admin = await api.person('admin')
    const most = { amount: '9999999999999', currency: 'CHF' }
    const made: Lead[] = []
    for (const title of ['Huge one', 'Huge two'])
      made.push(await call<Lead>(admin, 'leads.create', { title, value: most }))
    const overview = await call<{ total: { value: object[] } }>(admin, 'pipeline.overview')
    expect(overview.total.value).toContainEqual({ amount: '19999999999998.00', currency: 'CHF' })
    let customer = await call<Customer>(admin, 'leads.convert', { id: made[0]?.id, name: 'Huge' })
    customer = await call<Customer>(admin, 'leads.convert', {
      id: made[1]?.id,
      customerId: customer.id,
    })
    expect(customer.wonValue).toEqual([{ amount: '19999999999998.00', currency: 'CHF' }])
    const quote = await call<Quote>(admin, 'quotes.create', {
      title: 'Huge',
      leadId: made[0]?.id,
      lines: [{ description: 'All', quantity: 8, unitPrice: '9999999999999' }],
    })
    expect(quote.total).toEqual({ amount: '79999999999992.00', currency: 'CHF' })
  })

  it('are between 1900 and 2999, so that one entry cannot spoil a list', async () => {
    const admin = await api.person('admin')
    for (const wrong of [
      '9999-12-31T23:59:59-12:00',
      '0000-01-01T00:00:00+12:00',
      '9999-12-31T23:59:59Z',
      '0000-01-01T00:00:00Z',
      '3000-01-01T00:00:00Z',
      '2999-12-31T23:59:59-01:00',
      '1899-12-31T23:59:59Z',
      '1900-01-01T00:00:00+01:00',
    ])
      for (const field of ['occurredAt', 'scheduledAt', 'dueAt']) {
        const body = { type: 'note', [field]: wrong }
        const { status, paths } = await refused(admin, ['POST', '/activities'], body)
        expect([wrong, status, paths]).toEqual([wrong, 400, [field]])
      }
    const instants = {
      scheduledAt: '2999-12-31T23:59:59.000Z',
      occurredAt: '1900-01-01T00:00:00.000Z',
    }
    for (const [field, at] of Object.entries(instants)) {
      const made = await call(admin, 'activities.create', { type: 'note', [field]: at })
      expect(made).toMatchObject({ [field]: at })
    }
    expect((await call<Page<Activity>>(admin, 'activities.list')).total).toBeGreaterThan(1)
  })
})

describe('Links and search over HTTP', () => {
  it('name the other records they belong to, and refuse those that do not exist', async () => {
    const admin = await api.person('admin')
    const company = await call<Company>(admin, 'companies.create', { name: 'Links' })
    const contact = await call<Contact>(admin, 'contacts.create', {
      firstName: 'Eva',
      lastName: 'Malá',
      companyId: company.id,
    })
    expect([contact.name, contact.company]).toEqual(['Eva Malá', { id: company.id, name: 'Links' }])
    const lead = await call<Lead>(admin, 'leads.create', {
      title: 'Linked',
      companyId: company.id,
      contactId: contact.id,
    })
    expect(lead).toMatchObject({
      company: { id: company.id },
      contact: { id: contact.id, name: 'Eva Malá' },
      owner: { id: admin.id, name: admin.name },
      stage: { name: 'New', kind: 'open' },
      status: 'open',
      signal: 'none',
    })
    for (const field of ['companyId', 'contactId', 'ownerId', 'stageId'])
      expect(
        (await refused(admin, ['PATCH', `/leads/${lead.id}`], { [field]: missingId })).paths,
      ).toEqual([field])
    const cleared = await call<Lead>(admin, 'leads.update', { id: lead.id, contactId: null })
    expect([cleared.contact, cleared.company?.id]).toEqual([null, company.id])
  })

  it('are found by text among users and teams, too', async () => {
    const admin = await api.person('admin', 'Quentin 100%')
    const found = await call<Page<{ id: string }>>(admin, 'users.list', { q: 'quentin 100%' })
    expect(found.items.map(({ id }) => id)).toEqual([admin.id])
    const team = await call<{ id: string }>(admin, 'teams.create', { name: 'Quarry' })
    const teams = await call<Page<{ id: string }>>(admin, 'teams.list', { q: 'quar' })
    expect(teams.items.map(({ id }) => id)).toEqual([team.id])
  })

  it('are found by text with one search', async () => {
    const admin = await api.person('admin')
    const company = await call<Company>(admin, 'companies.create', { name: 'Zebrafish Optics' })
    const lead = await call<Lead>(admin, 'leads.create', { title: 'Zebrafish lenses' })
    await call(admin, 'activities.create', {
      type: 'note',
      description: 'They love the zebrafish demo',
      leadId: lead.id,
    })
    type Hits = { hits: { kind: string; id: string; parent: { id: string } | null }[] }
    const { hits } = await call<Hits>(admin, 'search', { q: 'zebraf' })
    expect(hits.map((hit) => hit.kind).sort()).toEqual(['activity', 'company', 'lead'])
    expect(hits.find((hit) => hit.kind === 'activity')?.parent?.id).toBe(lead.id)
    const some = await call<Hits>(admin, 'search', { q: 'zebrafish', kind: 'company,lead' })
    expect(some.hits.map((hit) => hit.id).sort()).toEqual([company.id, lead.id].sort())
    expect((await call<Hits>(admin, 'search', { q: 'zebrafish', limit: 1 })).hits).toHaveLength(1)
    expect((await refused(admin, ['GET', '/search'])).paths).toEqual(['q'])
    expect((await refused(admin, ['GET', '/search?q=%20'])).paths).toEqual(['q'])
  })

  it('give out users’ tokens once, and take them back', async () => {
    const admin = await api.person('admin')
    const rep = await api.person('rep')
    const made = await call<{ id: string; token: string }>(admin, 'users.createToken', {
      id: rep.id,
      name: 'Phone',
    })
    const asPhone = () => ask(api.web.url, made.token, 'GET', '/api/users/me')
    expect((await asPhone()).body).toMatchObject({ id: rep.id, role: 'rep' })
    expect(await call(rep, 'users.updateMe', { signature: 'Yours' })).toMatchObject({
      id: rep.id,
      signature: 'Yours',
    })
    const tokens = await call<{ id: string; name: string }[]>(admin, 'users.tokens', { id: rep.id })
    expect(tokens.map((token) => token.name)).toEqual([rep.name, 'Phone'])
    expect(JSON.stringify(tokens)).not.toContain(made.token)
    await call(admin, 'users.revokeToken', { id: rep.id, tokenId: made.id })
    const gone = await asPhone()
    expect([gone.status, faultOfRefusal(gone)]).toEqual([401, undefined])
    expect(await call(admin, 'users.openWork', { id: rep.id })).toMatchObject({
      tasks: 0,
      plans: 0,
    })
    await call(admin, 'users.update', { id: rep.id, active: false })
    expect((await rep.ask('GET', '/users/me')).status).toBe(401)
    const last = await call<{ permissions: string[] }>(admin, 'users.me')
    expect(last.permissions).toContain('administer')
  })
})

describe('Lists over HTTP', () => {
  let admin: Person
  beforeAll(async () => {
    admin = await api.person('admin')
    const other = await api.person('manager', 'List owner')
    for (let index = 0; index < 12; index++)
      await call(admin, 'leads.create', {
        title: `Paged ${String(index).padStart(2, '0')}`,
        source: ['Fair', 'Web', 'Phone'][index % 3],
        tags: index % 2 ? ['odd'] : ['even', 'a b'],
        value: index === 7 ? null : { amount: `${100 * index}.50`, currency: 'USD' },
        ...(index < 4 ? { ownerId: other.id } : {}),
      })
  })
  const paged = { field: 'title', operator: 'contains', value: 'Paged' }
  const list = (input: Record<string, unknown> = {}) =>
    call<Page<Lead>>(admin, 'leads.list', { filter: { all: [paged] }, ...input })

  it('come page by page, each row once, with the exact total on every page', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const page: Page<Lead> = await list({
        sort: 'title',
        limit: 5,
        ...(cursor ? { cursor } : {}),
      })
      expect(page.total).toBe(12)
      seen.push(...titles(page))
      cursor = page.nextCursor
      pages += 1
    } while (cursor)
    expect([pages, seen]).toEqual([
      3,
      Array.from({ length: 12 }, (_, index) => `Paged ${String(index).padStart(2, '0')}`),
    ])
  })

  it('are sorted either way, with what has no value at the end', async () => {
    const rising = titles(await list({ sort: 'value' }))
    expect([rising[0], rising.at(-2), rising.at(-1)]).toEqual(['Paged 00', 'Paged 11', 'Paged 07'])
    const falling = titles(await list({ sort: '-value' }))
    expect([falling[0], falling.at(-2), falling.at(-1)]).toEqual([
      'Paged 11',
      'Paged 00',
      'Paged 07',
    ])
    const wrong = await refused(admin, ['GET', '/leads?sort=nothing'])
    expect([wrong.status, wrong.paths]).toEqual([400, ['sort']])
    expect((await refused(admin, ['GET', '/leads?sort=title;drop'])).paths).toEqual(['sort'])
  })

  it('are filtered by parameters that come once, repeated, or with commas', async () => {
    const counts = async (query: string) => {
      const filter = encodeURIComponent(JSON.stringify({ all: [paged] }))
      const answer = await admin.ask('GET', `/leads?filter=${filter}&${query}`)
      return (answer.body as Page<Lead>).total
    }
    expect(await counts('source=Fair')).toBe(4)
    expect(await counts('source=Fair&source=Web')).toBe(8)
    expect(await counts('source=Fair,Web')).toBe(8)
    expect(await counts('source=Fair,Web&source=Phone')).toBe(12)
    expect(await counts('tag=a%20b')).toBe(6)
    expect(await counts('tag=a+b&source=Fair')).toBe(2)
    expect(await counts('status=won,lost')).toBe(0)
    expect(await counts(`ownerId=${admin.id}`)).toBe(8)
    const wrong = await refused(admin, ['GET', '/leads?status=open,closed'])
    expect([wrong.status, wrong.paths]).toEqual([400, ['status.1']])
  })

  it('are filtered by conditions as JSON', async () => {
    const count = async (condition: object) => (await list({ filter: condition })).total
    const value = (operator: string, amount?: number) => ({
      field: 'value',
      operator,
      ...(amount === undefined ? {} : { value: amount }),
    })
    expect(await count({ all: [paged, value('greater_than', 900)] })).toBe(3)
    expect(
      await count({
        all: [paged, { any: [value('is_empty'), value('less_than', 100), value('equals', 300.5)] }],
      }),
    ).toBe(3)
    expect(
      await count({ all: [paged, { field: 'source', operator: 'in', value: ['Fair', 'Web'] }] }),
    ).toBe(8)
    expect(
      await count({ all: [paged, { field: 'tags', operator: 'contains', value: 'odd' }] }),
    ).toBe(6)
    for (const wrong of [
      '{',
      '[]',
      '{"all":1}',
      '{"all":[{"field":"nothing","operator":"equals","value":1}]}',
      '{"all":[{"field":"value","operator":"is","value":1}]}',
      '{"all":[{"field":"value","operator":"greater_than","value":"much"}]}',
      '{"all":[],"any":[]}',
    ]) {
      const { status, paths } = await refused(admin, [
        'GET',
        `/leads?filter=${encodeURIComponent(wrong)}`,
      ])
      expect([wrong, status, paths[0]?.startsWith('filter')]).toEqual([wrong, 400, true])
    }
  })

  it('are searched by text', async () => {
    expect(titles(await list({ q: 'paged 03' }))).toEqual(['Paged 03'])
    expect((await list({ q: '"; drop table lead; --' })).total).toBe(0)
    expect((await list({ q: '!!!' })).total).toBe(0)
  })

  it('give 50 unless asked for up to 500, and refuse what is no page', async () => {
    for (const [query, path] of [
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1.5', 'limit'],
      ['cursor=x', 'cursor'],
      ['trashed=perhaps', 'trashed'],
    ] as const)
      for (const path_ of ['/leads', '/activities', '/companies'])
        expect((await refused(admin, ['GET', `${path_}?${query}`])).paths).toEqual([path])
    const many = Array.from({ length: 60 }, (_, index) => ({ type: 'note', subject: `N ${index}` }))
    const bulk = await call<Bulk>(admin, 'activities.createMany', { activities: many })
    expect([bulk.changed, bulk.skipped]).toEqual([60, 0])
    expect((await call<Page<Activity>>(admin, 'activities.list')).items).toHaveLength(50)
    const all = await call<Page<Activity>>(admin, 'activities.list', { limit: 500 })
    expect(all.items.length).toBeGreaterThan(60)
  })

  it('refuse cursors that no page gave', async () => {
    const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
    const stage = await stageNamed(admin, 'New')
    for (const path of [
      `/leads?cursor=${forged(0, null, 1, 1e300)}`,
      `/leads?cursor=${forged(0, null, 1e300, 1)}`,
      `/leads?cursor=${forged(0, { a: 1 }, 1, 1)}`,
      `/pipeline/stages/${stage.id}/leads?sort=value&cursor=${forged('a0', 1, 1e300)}`,
      `/pipeline/stages/${stage.id}/leads?sort=value&cursor=${forged('a0', 1, -1)}`,
      `/changes?cursor=${forged(1)}`,
      '/trash?cursor=-1',
    ])
      expect((await refused(admin, ['GET', path])).paths).toEqual(['cursor'])
  })
})

testThatAllWasAsked('records')
