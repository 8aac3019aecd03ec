import { once } from 'node:events'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request as send } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Contract } from '../contract'
import type { CoreWorker } from '../core/worker/client'
import { type BuiltWorker, buildWorker } from '../core/worker/testing'
import { createPages } from '../hosting/pages'
import { removeFolder } from '../testing-folder'
import type { Limits } from './limits'
import { startWebServer, type WebServer } from './server'

const token = 'the-token-of-this-installation'
const bearer = { authorization: `Bearer ${token}` }
const documentation = createPages(
  fileURLToPath(new URL('../../resources/api-docs', import.meta.url)),
)
let folder: string
let built: BuiltWorker
let core: CoreWorker
let server: WebServer
const others: WebServer[] = []
const reports: unknown[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-web-'))
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'built', 'index.html'), '<p>Rapport</p>')
  writeFileSync(join(folder, 'built', 'assets', 'index-1a2b.js'), 'console.log(1)')
  built = await buildWorker()
  core = built.start()
  server = await serve()
}, 300_000)
afterEach(async () => {
  await Promise.all(others.splice(0).map((one) => one.close()))
  expect(reports.splice(0)).toEqual([])
})
afterAll(async () => {
  await server.close()
  await core.close()
  built.remove()
  removeFolder(folder)
})

function serve(limits: Partial<Limits> = {}, opening = core.opening): Promise<WebServer> {
  return startWebServer({
    core: { ...core, opening },
    screens: createPages(join(folder, 'built')),
    documentation,
    token,
    address: '127.0.0.1',
    port: 0,
    // Many tests ask the same server: what is counted is tested on servers of their own.
    limits: { apiRequests: 10_000, strangerRequests: 10_000, ...limits },
    report: (error) => void reports.push(error),
  })
}
async function serveAnother(limits: Partial<Limits>): Promise<WebServer> {
  const another = await serve(limits)
  others.push(another)
  return another
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}
interface Question {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer
  to?: WebServer
}

/** As plain HTTP: unlike fetch it sends paths and headers just as they are written. */
async function ask(path: string, question: Question = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, to = server } = question
  const asked = send({ host: '127.0.0.1', port: to.port, path, method, headers, agent: false })
  asked.end(body)
  const [response] = await once(asked, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return {
    status: response.statusCode,
    headers: response.headers,
    text: Buffer.concat(chunks).toString(),
  }
}
const post = (path: string, content: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: { ...bearer, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(content),
  })

describe('Two programs that edit one record over HTTP', () => {
  const patch = (path: string, content: unknown) =>
    ask(path, {
      method: 'PATCH',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: JSON.stringify(content),
    })

  it('are shown the clash, with both versions, who wrote the other and when', async () => {
    const { id } = JSON.parse((await post('/api/companies', { name: 'Initech' })).text)
    const basedOn = { description: null }
    const first = await patch(`/api/companies/${id}`, { description: 'One', basedOn })
    expect(first.status).toBe(200)
    const second = await patch(`/api/companies/${id}`, { description: 'Two', basedOn })
    expect([second.status, JSON.parse(second.text)]).toEqual([
      409,
      {
        code: 'clash',
        message: expect.stringContaining('Description'),
        clashes: [
          {
            field: 'description',
            label: 'Description',
            basedOn: null,
            current: 'One',
            yours: 'Two',
            names: {},
            by: { id: expect.any(String), name: expect.any(String) },
            at: expect.stringMatching(/Z$/),
          },
        ],
      },
    ])
    expect(JSON.parse((await ask(`/api/companies/${id}`, { headers: bearer })).text)).toMatchObject(
      { description: 'One' },
    )
  })

  it('agree once the later one has seen the other', async () => {
    const { id } = JSON.parse((await post('/api/companies', { name: 'Umbrella' })).text)
    await patch(`/api/companies/${id}`, { description: 'One' })
    const again = { description: 'One and two', basedOn: { description: 'One' } }
    expect((await patch(`/api/companies/${id}`, again)).status).toBe(200)
  })
})

describe('The screens over HTTP', () => {
  it('come without a token, with every protection a browser knows', async () => {
    const { status, headers, text } = await ask('/')
    expect([status, text]).toEqual([200, '<p>Rapport</p>'])
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-store',
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('have a new nonce in the policy each time', async () => {
    const nonce = async () =>
      /'nonce-(.+?)'/.exec(String((await ask('/')).headers['content-security-policy']))?.[1]
    expect(await nonce()).not.toBe(await nonce())
  })

  it('may be kept where their names carry a hash', async () => {
    const { headers, text } = await ask('/assets/index-1a2b.js')
    expect(headers['cache-control']).toContain('immutable')
    expect(text).toBe('console.log(1)')
  })

  it('are not compressed for the machine that they are on', async () => {
    const { headers, text } = await ask('/assets/index-1a2b.js', {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(headers).not.toHaveProperty('content-encoding')
    expect(text).toBe('console.log(1)')
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '//etc/passwd',
    '/assets/%00',
    '/%',
  ])('lead nowhere else by %s', async (path) => {
    const { status, text } = await ask(path)
    expect([status, JSON.parse(text).code]).toEqual([404, 'not_found'])
  })

  it('are only read', async () => {
    const { status, headers } = await ask('/', { method: 'POST', body: 'x' })
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
    const head = await ask('/', { method: 'HEAD' })
    expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '14'])
  })

  it('are entered once by an entrance that holds the token', async () => {
    const path = server.createEntrance()
    const first = await ask(path)
    expect([first.status, first.headers.location]).toEqual([302, `/#token=${token}`])
    expect((await ask(path)).status).toBe(404)
  })
})

describe('The name a request calls', () => {
  it.each([
    'evil.example',
    'evil.example:80',
    'rapport.localhost',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example',
  ])('is refused when it is %s: another site may have pointed its name here', async (host) => {
    for (const path of ['/', '/api/leads', '/rpc/leads/list', '/api/openapi.json', '/api/docs/']) {
      const { status, text } = await ask(path, { headers: { ...bearer, host } })
      expect([path, status]).toEqual([path, 403])
      expect(text).not.toContain('Rapport</p>')
    }
  })

  it('may be this computer’s by each of its names', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect((await ask('/', { headers: { host: `${name}:${server.port}` } })).status).toBe(200)
    }
  })
})

describe('The page a request comes from', () => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
  ]
  it.each(foreign)('may not change anything as %o, even with the token', async (headers) => {
    const before = JSON.parse((await ask('/api/companies', { headers: bearer })).text).total
    for (const path of ['/api/companies', '/rpc/companies/create']) {
      const { status, headers: answered } = await post(path, { name: 'Evil' }, headers)
      expect(status).toBe(403)
      expect(answered).not.toHaveProperty('access-control-allow-origin')
    }
    const after = JSON.parse((await ask('/api/companies', { headers: bearer })).text).total
    expect(after).toBe(before)
  })

  it('gets no permission in advance', async () => {
    const { status, headers } = await ask('/api/leads', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    expect(status).toBe(405)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('may be our own', async () => {
    const origin = `http://localhost:${server.port}`
    const own = { origin, 'sec-fetch-site': 'same-origin' }
    expect((await post('/api/companies', { name: 'Acme' }, own)).status).toBe(201)
  })
})

describe('The token', () => {
  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['the token cut short', { authorization: `Bearer ${token.slice(0, -1)}` }],
    ['the token in another scheme', { authorization: `Basic ${token}` }],
  ])('opens nothing when there is %s', async (_name, headers) => {
    for (const [path, method] of [
      ['/api/leads', 'GET'],
      ['/api/companies', 'POST'],
      ['/api/events', 'GET'],
      ['/rpc/leads/list', 'POST'],
    ] as const) {
      const answer = await ask(path, { method, headers: headers as Record<string, string> })
      expect([path, answer.status]).toEqual([path, 401])
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
  })

  it('does not count in an address', async () => {
    expect((await ask(`/api/leads?token=${token}`)).status).toBe(401)
  })

  it('of a user opens what the role of that user allows, and nothing once it is revoked', async () => {
    const create = async (path: string, content: unknown) =>
      JSON.parse((await post(path, content)).text)
    const rep = await create('/api/users', { name: 'Rep', role: 'rep' })
    const made = await create(`/api/users/${rep.id}/tokens`, { name: 'Script' })
    const headers = { authorization: `Bearer ${made.token}` }
    expect(JSON.parse((await ask('/api/users/me', { headers })).text).id).toBe(rep.id)
    const forbidden = await post('/api/teams', { name: 'North' }, headers)
    expect([forbidden.status, JSON.parse(forbidden.text).code]).toEqual([403, 'forbidden'])
    await ask(`/api/users/${rep.id}/tokens/${made.id}`, { method: 'DELETE', headers: bearer })
    expect((await ask('/api/users/me', { headers })).status).toBe(401)
  })

  it('is needed to hear what takes long before the core can answer', async () => {
    const another = await serve({}, () => 'checking')
    others.push(another)
    const opening = (on: WebServer, headers: Record<string, string>) =>
      fetch(`http://127.0.0.1:${on.port}/opening`, { headers })
    expect(await (await opening(another, bearer)).json()).toEqual({ step: 'checking' })
    expect(await (await opening(server, bearer)).json()).toEqual({ step: null })
    expect((await opening(another, {})).status).toBe(401)
  })

  it('is not needed to read what the API is', async () => {
    const document = await ask('/api/openapi.json')
    expect(JSON.parse(document.text).info.title).toBe('Rapport')
    expect((await ask('/api/docs')).headers.location).toBe('/api/docs/')
    const page = await ask('/api/docs/')
    expect(page.headers['content-security-policy']).toContain("script-src 'self'")
    for (const name of ['explorer.js', 'explorer.css']) {
      expect(page.text).toContain(name)
      expect((await ask(`/api/docs/${name}`)).status).toBe(200)
    }
    expect((await ask('/api/docs/..%2fbuilt/index.html')).status).toBe(404)
  })
})

describe('The program’s own screens', () => {
  const connectScreens = (secret: string): ContractRouterClient<Contract> =>
    createORPCClient(
      new RPCLink({
        url: `http://127.0.0.1:${server.port}/rpc`,
        headers: { authorization: `Bearer ${secret}` },
      }),
    )

  it('call procedures, and their changes are known to come through the web door', async () => {
    const client = connectScreens(token)
    const company = await client.companies.create({ name: 'Acme' })
    const { items } = await client.changes.list({ table: 'company', rowId: company.id })
    expect(items.map(({ door }) => door)).toEqual(['web'])
  })

  it('hear of changes as they happen', async () => {
    const client = connectScreens(token)
    const events = await client.changes.events()
    const heard = events.next()
    await client.companies.create({ name: 'Globex' })
    expect((await heard).value).toMatchObject({ label: 'Create company “Globex”', door: 'web' })
    await events.return?.(undefined)
  })

  it('understand refusals of the core and of the host alike', async () => {
    await expect(connectScreens(token).companies.create({ name: ' ' })).rejects.toMatchObject({
      code: 'invalid',
      status: 400,
      data: { issues: [{ path: 'name', message: 'must not be blank' }] },
    })
    await expect(connectScreens('wrong').companies.list({})).rejects.toMatchObject({
      code: 'unauthorized',
      status: 401,
    })
  })
})

describe('Too much', () => {
  it('in a minute on the API is put off, and answered with how long', async () => {
    const to = await serveAnother({ apiRequests: 3 })
    const statuses = []
    for (let count = 0; count < 4; count++) {
      statuses.push((await ask('/api/companies', { headers: bearer, to })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 429])
    const { headers, text } = await ask('/api/companies', { headers: bearer, to })
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
    expect(JSON.parse(text)).toMatchObject({ code: 'too_many_requests' })
    const screens = await ask('/rpc/companies/list', {
      method: 'POST',
      headers: bearer,
      body: '{"json":{}}',
      to,
    })
    expect(screens.status).toBe(200)
  })

  it('is a hundred requests a minute where nothing else is said', async () => {
    const { usualLimits } = await import('./limits')
    expect(usualLimits).toMatchObject({
      apiRequests: 100,
      body: 5 * 2 ** 20,
      upload: 256 * 2 ** 20,
    })
  })

  it('guessing of tokens is put off', async () => {
    const to = await serveAnother({ strangerRequests: 2 })
    const guess = (word: string) =>
      ask('/api/leads', { headers: { authorization: `Bearer ${word}` }, to })
    expect([
      (await guess('a')).status,
      (await guess('b')).status,
      (await guess('c')).status,
    ]).toEqual([401, 401, 429])
    expect((await ask('/api/leads', { headers: bearer, to })).status).toBe(200)
  })

  it('in one request is refused by the announced length, before anything is sent', async () => {
    const asked = send({
      host: '127.0.0.1',
      port: server.port,
      path: '/api/companies',
      method: 'POST',
      headers: {
        ...bearer,
        'content-type': 'application/json',
        'content-length': String(6 * 1024 * 1024),
        expect: '100-continue',
      },
    })
    asked.flushHeaders()
    let invited = false
    asked.on('continue', () => {
      invited = true
    })
    const [response] = await once(asked, 'response')
    expect([response.statusCode, invited]).toEqual([413, false])
    asked.destroy()
  })

  it('in one request is refused as it comes, when no length was announced', async () => {
    const to = await serveAnother({ body: 1000 })
    const asked = send({
      host: '127.0.0.1',
      port: to.port,
      path: '/api/companies',
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    })
    asked.on('error', () => {})
    asked.write('x'.repeat(2000))
    const [response] = await once(asked, 'response')
    expect(response.statusCode).toBe(413)
    let text = ''
    for await (const chunk of response) text += chunk
    expect(JSON.parse(text)).toMatchObject({ code: 'too_large' })
    // Who keeps sending is cut off, be it by an end or by a reset.
    const closed = new Promise((done) => asked.once('close', done))
    const sending = setInterval(() => asked.write('x'.repeat(1000)), 20)
    await closed
    clearInterval(sending)
  })

  it('is measured otherwise for files: an upload may be larger than any other request', async () => {
    const to = await serveAnother({ body: 1000 })
    const form = new FormData()
    form.append('file', new Blob(['name\n', 'Acme\n'.repeat(1000)]), 'companies.csv')
    const upload = (path: string) =>
      fetch(`http://127.0.0.1:${to.port}${path}`, { method: 'POST', headers: bearer, body: form })
    expect((await upload('/api/import/files')).status).not.toBe(413)
    const tight = await serveAnother({ upload: 1000 })
    const refused = await fetch(`http://127.0.0.1:${tight.port}/api/import/files`, {
      method: 'POST',
      headers: bearer,
      body: form,
    })
    expect([refused.status, await refused.json()]).toMatchObject([413, { code: 'too_large' }])
  })

  it('time for the headers ends the connection', async () => {
    const to = await serveAnother({ headersTimeout: 200 })
    const begin = () => {
      const socket = connect(to.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n')
      return socket
    }
    const silent = begin()
    let text = ''
    silent.on('data', (chunk) => {
      text += chunk
    })
    await once(silent, 'close')
    expect(text).toContain('408')

    // Whoever writes on may be reset before the answer is read: that it ends is all there is to see.
    const slow = begin()
    const dripping = setInterval(() => slow.write('X-Slow: 1\r\n'), 50)
    await once(slow.resume(), 'close')
    clearInterval(dripping)
  })

  it('of headers is refused', async () => {
    const { status } = await ask('/', { headers: { 'x-long': 'x'.repeat(20_000) } })
    expect(status).toBe(431)
  })
})

describe('A client that leaves', () => {
  it('ends its live updates and harms nobody', async () => {
    const asked = send({
      host: '127.0.0.1',
      port: server.port,
      path: '/api/events',
      headers: bearer,
    })
    asked.end()
    const [response] = await once(asked, 'response')
    expect(response.headers['content-type']).toBe('text/event-stream')
    response.on('error', () => {})
    asked.on('error', () => {})
    asked.destroy()
    await post('/api/companies', { name: 'After' })
    expect((await ask('/api/companies', { headers: bearer })).status).toBe(200)
  })
})

describe('The calendar feed', () => {
  const renew = async () => JSON.parse((await post('/api/calendar/feed', {})).text).path as string
  const planned = { type: 'call', subject: 'Ring back', scheduledAt: '2027-01-04T10:00:00Z' }

  it('is read without a token by whoever knows its address, and only once when nothing changed', async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString()
    await post('/api/activities', { ...planned, scheduledAt: soon })
    const path = await renew()
    expect(path).toMatch(/^\/calendar\/[\w-]{43}\.ics$/)
    const first = await ask(path)
    expect([first.status, first.headers['content-type']]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ])
    expect(first.text).toContain('SUMMARY:Ring back')
    expect(first.text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\nX-PUBLISHED-TTL:PT15M')
    const etag = first.headers.etag ?? ''
    const again = await ask(path, { headers: { 'if-none-match': etag } })
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag])
    const head = await ask(path, { method: 'HEAD' })
    expect([head.status, head.text, head.headers.etag]).toEqual([200, '', etag])
    await post('/api/activities', { ...planned, subject: 'New', scheduledAt: soon })
    const changed = await ask(path, { headers: { 'if-none-match': etag } })
    expect([changed.status, changed.text.includes('SUMMARY:New')]).toEqual([200, true])
  })

  it('ends at its old address when it gets a new one, and at all when it is switched off', async () => {
    const old = await renew()
    const path = await renew()
    expect([(await ask(old)).status, (await ask(path)).status]).toEqual([404, 200])
    await ask('/api/calendar/feed', { method: 'DELETE', headers: bearer })
    const wrong = [path, '/calendar/guess.ics', `/calendar/${'x'.repeat(43)}.ics`, '/calendar/']
    const answers = await Promise.all(wrong.map((one) => ask(one)))
    const shape = ({ status, headers: { date: _, ...headers }, text }: Answer) =>
      JSON.stringify({ status, headers, text })
    expect(new Set(answers.map(shape)).size).toBe(1)
    expect(answers[0]?.status).toBe(404)
    expect((await ask(path, { method: 'POST' })).status).toBe(405)
  })

  it('is not asked for without end', async () => {
    const strict = await serveAnother({ strangerRequests: 2 })
    const statuses: number[] = []
    for (let time = 0; time < 3; time++)
      statuses.push((await ask('/calendar/guess.ics', { to: strict })).status)
    expect(statuses).toEqual([404, 404, 429])
  })

  it('is beside each activity’s own file', async () => {
    const { text } = await post('/api/activities', planned)
    const { id } = JSON.parse(text)
    const file = await ask(`/api/activities/${id}.ics`, { headers: bearer })
    expect([file.status, file.headers['content-type']]).toEqual([200, 'text/calendar'])
    expect(file.headers['content-disposition']).toContain('Ring back.ics')
    expect(file.text).toContain(`UID:activity-${id}@rapport`)
    expect((await ask(`/api/activities/${id}.ics`)).status).toBe(401)
  })
})

describe('A core that has stopped', () => {
  it('leaves the host answering that it is not available', async () => {
    const stopped = built.start()
    await stopped.ready
    const alone = await startWebServer({
      core: stopped,
      screens: createPages(join(folder, 'built')),
      documentation,
      token,
      address: '127.0.0.1',
      port: 0,
      report: (error) => void reports.push(error),
    })
    others.push(alone)
    await stopped.close()
    const { status, headers, text } = await ask('/api/companies', { headers: bearer, to: alone })
    expect([status, JSON.parse(text).code]).toEqual([503, 'unavailable'])
    expect(headers['retry-after']).toBe('2')
    const screens = await ask('/rpc/companies/list', { method: 'POST', headers: bearer, to: alone })
    expect(JSON.parse(screens.text).json).toMatchObject({ status: 503, code: 'unavailable' })
    expect((await ask('/', { to: alone })).status).toBe(200)
  })
})
