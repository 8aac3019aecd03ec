/** What each role may do and see over the HTTP API, for every procedure there is. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Permission } from '../src/contract/kernel/base'
import type { Role } from '../src/contract/kernel/words'
import type { Lead } from '../src/contract/records/leads'
import { ask, faultOfRefusal, type Person, prepareApi, procedures, requestFor } from './api'

const api = prepareApi()
const missingId = '01900000-0000-7000-8000-000000000000'
const forbiddenTo: Record<Role, readonly Permission[]> = {
  admin: [],
  manager: ['administer'],
  rep: ['administer', 'configure'],
}

describe.each(['rep', 'manager', 'admin'] as const)('The role %s', (role) => {
  it('may do what it is for, and gets 403 for all else, before anything else is looked at', async () => {
    const crowd = api.crowd(role)
    for (const procedure of procedures) {
      if (procedure.name === 'changes.events') continue
      // Nothing of it exists: whoever may do it hears of that, and nothing happens.
      const parameters = Object.fromEntries(
        [...procedure.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, missingId]),
      )
      const { method, path } = requestFor(procedure, parameters)
      const answer = await crowd.ask(method, path, method === 'GET' ? {} : { body: '[]' })
      const isForbidden = forbiddenTo[role].includes(procedure.permission)
      const heard = isForbidden
        ? 403
        : [200, 201, 400, 404, 409].find((one) => one === answer.status)
      expect([procedure.name, answer.status]).toEqual([procedure.name, heard])
      if (answer.status >= 400)
        expect([procedure.name, faultOfRefusal(answer)]).toEqual([procedure.name, undefined])
    }
  })

  it('learns what it may do', async () => {
    const all: Permission[] = [
      'open',
      'read',
      'write',
      'configure',
      'import',
      'export',
      'administer',
    ]
    const { body } = await (await api.person(role)).ask('GET', '/users/me')
    const { permissions } = body as { permissions: string[] }
    expect([...permissions].sort()).toEqual(
      all.filter((permission) => !forbiddenTo[role].includes(permission)).sort(),
    )
  })
})

const make = async (who: Person, path: string, body: object) => {
  const answer = await who.ask('POST', path, { body })
  expect([path, answer.status, answer.text]).toEqual([path, 201, expect.any(String)])
  return answer.body as { id: string }
}
const idsIn = async (who: Person, path: string) => {
  const { body } = await who.ask('GET', path)
  return (body as { items: { id: string }[] }).items.map(({ id }) => id)
}

describe('A rep over the HTTP API', () => {
  let rep: Person
  let other: Person
  let manager: Person
  beforeAll(async () => {
    rep = await api.person('rep', 'Rep')
    other = await api.person('rep', 'Other rep')
    manager = await api.person('manager', 'Manager')
  })
  it('sees its own leads, customers, quotes and activities; to the manager they are all there', async () => {
    for (const [path, values] of [
      ['/leads', { title: 'Scoped' }],
      ['/customers', { name: 'Scoped' }],
      ['/activities', { type: 'note', subject: 'Scoped' }],
      ['/tasks', { title: 'Scoped' }],
      ['/reminders', { notes: 'Scoped', remindAt: '2031-01-01T09:00:00Z' }],
    ] as const) {
      const [own, foreign] = [await make(rep, path, values), await make(other, path, values)]
      const seen = await idsIn(rep, path)
      expect([path, seen.includes(own.id), seen.includes(foreign.id)]).toEqual([path, true, false])
      expect(await idsIn(manager, path)).toEqual(expect.arrayContaining([own.id, foreign.id]))
      for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const) {
        const answer = await rep.ask(method, `${path}/${foreign.id}`, body ? { body } : {})
        expect([path, method, answer.status]).toEqual([path, method, 404])
      }
      const isBulk = path === '/leads' || path === '/customers'
      if (!isBulk) continue
      const bulk = await rep.ask('POST', `${path}/bulk`, {
        body: { target: { ids: [own.id, foreign.id] }, action: { type: 'delete' } },
      })
      expect(bulk.body).toMatchObject({ changed: 1, skipped: 1 })
      const all = await rep.ask('POST', `${path}/bulk`, {
        body: { target: { where: {} }, action: { type: 'delete' } },
      })
      expect(all.status).toBe(200)
      expect((await manager.ask('GET', `${path}/${foreign.id}`)).body).toMatchObject({
        deletedAt: null,
      })
    }
  })

  it('can do nothing to another’s lead in any way', async () => {
    const foreign = await make(other, '/leads', { title: 'Secret plan', source: 'Secret fair' })
    const own = await make(rep, '/leads', { title: 'Own' })
    const stages = (await rep.ask('GET', '/pipeline/stages')).body as { id: string }[]
    const stageId = stages[1]?.id
    for (const [method, path, body] of [
      ['PUT', `/leads/${foreign.id}/move-stage`, { stageId }],
      ['POST', `/leads/${foreign.id}/convert`, {}],
      ['POST', `/leads/${foreign.id}/restore`, {}],
      ['POST', '/quotes', { title: 'Offer', leadId: foreign.id }],
    ] as const)
      expect([path, (await rep.ask(method, path, { body })).status]).toEqual([path, 404])
    const noted = await rep.ask('POST', '/activities', {
      body: { type: 'note', leadId: foreign.id },
    })
    expect([noted.status, faultOfRefusal(noted)]).toEqual([403, undefined])
    for (const path of [
      `/leads/${foreign.id}/timeline`,
      `/leads/${foreign.id}/activities`,
      `/users/${other.id}/activities`,
      '/activities/timeline',
      '/activities',
      '/search?q=secret',
      '/leads/facets',
      '/pipeline/board',
      `/pipeline/board/cards?leadId=${foreign.id}`,
      `/pipeline/stages/${stages[0]?.id}/leads`,
      `/changes?rowId=${foreign.id}`,
      '/changes',
      '/changes/batches?mine=false',
      '/trash',
    ]) {
      const answer = await rep.ask('GET', path)
      expect([path, answer.status, /secret/i.test(answer.text)]).toEqual([path, 200, false])
      const shown = await manager.ask('GET', path)
      expect(shown.status).toBe(200)
    }
    const { body } = await rep.ask('GET', '/pipeline/overview')
    const mine = await rep.ask('GET', '/leads?status=open,won,lost')
    expect((body as { total: { leads: number } }).total.leads).toBe(
      (mine.body as { total: number }).total,
    )
    const rates = (await rep.ask('GET', '/pipeline/conversion-rates')).body as { entered: number }[]
    expect(rates.reduce((sum, { entered }) => sum + entered, 0)).toBe(
      (mine.body as { total: number }).total,
    )
    expect((await rep.ask('GET', `/leads/${own.id}`)).status).toBe(200)
  })

  it('cannot take back what others did', async () => {
    const foreign = await make(other, '/leads', { title: 'Not yours' })
    const { body } = await manager.ask('GET', `/changes?rowId=${foreign.id}`)
    const { batchId } = (body as { items: { batchId: string }[] }).items[0] ?? { batchId: '' }
    const undo = await rep.ask('POST', '/changes/undo', { body: { batchId } })
    expect([undo.status, faultOfRefusal(undo)]).toEqual([404, undefined])
    expect((await other.ask('GET', `/leads/${foreign.id}`)).body).toMatchObject({ deletedAt: null })
  })

  it('is answered when it gives a lead or customer away, though it may not read it afterwards', async () => {
    const given = await make(rep, '/leads', { title: 'Yours', ownerId: other.id })
    expect((await rep.ask('GET', `/leads/${given.id}`)).status).toBe(404)
    expect((await other.ask('GET', `/leads/${given.id}`)).status).toBe(200)
    const customer = await make(rep, '/customers', { name: 'Yours', ownerId: other.id })
    expect((await other.ask('GET', `/customers/${customer.id}`)).status).toBe(200)
    const own = await make(rep, '/customers', { name: 'Mine' })
    const patched = await rep.ask('PATCH', `/customers/${own.id}`, { body: { ownerId: other.id } })
    expect([patched.status, (patched.body as Lead).owner?.id]).toEqual([200, other.id])
    const company = await make(rep, '/companies', { name: 'Shared' })
    const known = await make(other, '/customers', { name: 'Shared', companyId: company.id })
    const lead = await make(rep, '/leads', { title: 'Second', companyId: company.id })
    const named = await rep.ask('POST', `/leads/${lead.id}/convert`, {
      body: { customerId: known.id },
    })
    expect(named.status).toBe(404)
    expect((await rep.ask('GET', `/leads/${lead.id}`)).body).toMatchObject({ status: 'open' })
    // The company is a customer already, but another rep's.
    const converted = await rep.ask('POST', `/leads/${lead.id}/convert`, { body: {} })
    expect([converted.status, faultOfRefusal(converted)]).toEqual([409, undefined])
    expect(converted.text).not.toContain(known.id)
  })
})

describe('What a rep does not learn over the HTTP API', () => {
  let rep: Person
  let other: Person
  beforeAll(async () => {
    rep = await api.person('rep', 'Rep')
    other = await api.person('rep', 'Other rep')
  })

  it('neither deletes others’ contacts and companies nor makes itself their owner', async () => {
    for (const [path, values] of [
      ['/contacts', { lastName: 'Theirs' }],
      ['/companies', { name: 'Theirs' }],
    ] as const) {
      const foreign = await make(other, path, values)
      const bulk = { target: { where: {} }, action: { type: 'delete' } }
      expect((await rep.ask('POST', `${path}/bulk`, { body: bulk })).status).toBe(200)
      expect((await rep.ask('DELETE', `${path}/${foreign.id}`)).status).toBe(403)
      const body = { ownerId: rep.id }
      expect((await rep.ask('PATCH', `${path}/${foreign.id}`, { body })).status).toBe(403)
      expect((await other.ask('GET', `${path}/${foreign.id}`)).body).toMatchObject({
        deletedAt: null,
        owner: { id: other.id },
      })
    }
  })

  it('hears that others changed something, but not what', async () => {
    const leaving = new AbortController()
    const response = await fetch(`${api.web.url}/api/events`, {
      headers: { authorization: `Bearer ${rep.token}` },
      signal: leaving.signal,
    })
    const foreign = await make(other, '/leads', { title: 'Whispered' })
    await make(rep, '/leads', { title: 'Said aloud' })
    let heard = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      heard += chunk
      if (heard.includes('Said aloud')) break
    }
    leaving.abort()
    expect(heard).toContain('Changed by somebody else')
    expect(heard).not.toContain('Whispered')
    expect(heard).not.toContain(foreign.id)
  })

  it('hears nothing more once its token is revoked', async () => {
    const short = await api.person('rep')
    const response = await fetch(`${api.web.url}/api/events`, {
      headers: { authorization: `Bearer ${short.token}` },
    })
    expect(response.status).toBe(200)
    const admin = await api.person('admin')
    const { body } = await admin.ask('GET', `/users/${short.id}/tokens`)
    for (const { id } of body as { id: string }[])
      await admin.ask('DELETE', `/users/${short.id}/tokens/${id}`)
    // Ends by itself: a stream that stays open would keep the test waiting.
    await response.text()
    expect((await ask(api.web.url, short.token, 'GET', '/api/users/me')).status).toBe(401)
  })

  it('loses its way in with its token', async () => {
    const { url } = api.web
    const short = await api.person('rep')
    const removed = await (await api.person('admin')).ask('DELETE', `/users/${short.id}`)
    expect(removed.status).toBe(200)
    expect((await ask(url, short.token, 'GET', '/api/users/me')).status).toBe(401)
  })
})
