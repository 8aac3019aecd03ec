import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Contract } from '../../contract'
import type { CoreFailure, CoreWorker, CoreWorkerOptions } from './client'
import type { CoreRequest } from './messages'
import { type BuiltWorker, buildWorker } from './testing'

let built: BuiltWorker
/** Shared by the tests that do not end it. */
let core: CoreWorker
const running: CoreWorker[] = []

beforeAll(async () => {
  built = await buildWorker()
  core = built.start()
}, 300_000)
afterEach(async () => {
  await Promise.all(running.splice(0).map((core) => core.close()))
})
afterAll(async () => {
  await core.close()
  built.remove()
})

function start(options?: Partial<CoreWorkerOptions>): CoreWorker {
  const core = built.start(options)
  running.push(core)
  return core
}

const removeNoteOfClosing = (directory: string) => rmSync(join(directory, 'rapport.closed.json'))

function connect(core: CoreWorker) {
  const { port1, port2 } = new MessageChannel()
  core.connect(port2, 'desktop')
  port1.start()
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port1 }))
  return { client, port: port1 }
}

function ask(
  core: CoreWorker,
  method: string,
  path: string,
  body?: unknown,
  extra?: Partial<CoreRequest>,
) {
  const bytes = body === undefined ? undefined : new TextEncoder().encode(JSON.stringify(body))
  return core.fetch({
    style: 'api',
    method,
    url: `http://rapport/api${path}`,
    headers: [['content-type', 'application/json']],
    body: bytes,
    caller: { door: 'api' },
    ...extra,
  })
}
const json = ({ body }: { body: unknown }) => JSON.parse(Buffer.from(body as Uint8Array).toString())

describe('The core on its thread', () => {
  it('answers a caller at a port, as the owner through that port’s door', async () => {
    const { client, port } = connect(core)
    const lead = await client.leads.create({ title: 'Acme renewal' })
    expect((await client.leads.get({ id: lead.id })).title).toBe('Acme renewal')
    const { items } = await client.changes.list({ table: 'lead', rowId: lead.id })
    expect(items.map((change) => change.door)).toEqual(['desktop'])
    port.close()
  })

  it('lets callers ask before it is open', async () => {
    const opening = start()
    const early = ask(opening, 'GET', '/companies')
    await opening.ready
    expect((await early).status).toBe(200)
  })

  it('names the field and the rule of a wrong value in the same way at a port and over HTTP', async () => {
    const { client, port } = connect(core)
    const issues = [
      { path: 'value.amount', message: 'must be a plain decimal number like 1054.00' },
    ]
    const wrong = { title: 'Acme', value: { amount: 'much', currency: 'EUR' } }
    const refusal = await client.leads.create(wrong).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ORPCError)
    expect(refusal).toMatchObject({ code: 'invalid', status: 400, data: { issues } })
    const response = await ask(core, 'POST', '/leads', wrong)
    expect(response.status).toBe(400)
    expect(json(response)).toEqual({
      code: 'invalid',
      message: 'value.amount: must be a plain decimal number like 1054.00',
      issues,
    })
    port.close()
  })

  it('answers HTTP refusals with the fitting status and shape', async () => {
    const nobody = '0193f7b0-0000-7000-8000-000000000000'
    const missing = await ask(core, 'GET', `/leads/${nobody}`)
    expect([missing.status, json(missing).code]).toEqual([404, 'not_found'])
    const nowhere = await ask(core, 'GET', '/nowhere')
    expect([nowhere.status, json(nowhere).code]).toEqual([404, 'not_found'])
    const rep = { userId: nobody, role: 'rep', door: 'api' } as const
    const forbidden = await ask(core, 'POST', '/teams', { name: 'North' }, { caller: rep })
    expect([forbidden.status, json(forbidden).code]).toEqual([403, 'forbidden'])
    const broken = await ask(core, 'POST', '/leads', undefined, {
      body: new TextEncoder().encode('{'),
    })
    expect([broken.status, json(broken).code]).toEqual([400, 'invalid'])
  })

  it('describes its whole HTTP API', async () => {
    const api = json(await ask(core, 'GET', '/openapi.json'))
    expect(api.info).toMatchObject({ title: 'Rapport', version: '1.2.3' })
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/leads', '/leads/{id}/move-stage', '/activities', '/events']),
    )
    expect(Object.keys(api.components.schemas)).toEqual(
      expect.arrayContaining(['Company', 'Condition', 'Lead']),
    )
    const upload = api.paths['/import/files'].post.requestBody.content
    expect(Object.keys(upload['multipart/form-data'].schema.properties)).toContain('file')
  })

  it('streams live changes for as long as somebody listens', async () => {
    const events = await ask(core, 'GET', '/events')
    expect(Object.fromEntries(events.headers)['content-type']).toBe('text/event-stream')
    const stream = events.body as Readable
    let text = ''
    stream.on('data', (chunk) => {
      text += String(chunk)
    })
    await ask(core, 'POST', '/companies', { name: 'Acme' })
    await expect.poll(() => text).toContain('"label":"Create company “Acme”"')
    stream.destroy()
    await once(stream, 'close')
    expect((await ask(core, 'GET', '/companies')).status).toBe(200)
  })

  it('knows who a token belongs to', async () => {
    const { client, port } = connect(core)
    const user = await client.users.create({ name: 'Ann', role: 'rep' })
    const made = await client.users.createToken({ id: user.id, name: 'Script' })
    const { token } = made
    const known = { userId: user.id, role: 'rep', door: 'api', tokenId: made.id }
    expect(await core.identify(token)).toEqual(known)
    expect(await core.identify(`${token}x`)).toBeUndefined()
    port.close()
  })

  it('survives a message that nobody can read, and a caller who leaves in the middle', async () => {
    const { port1, port2 } = new MessageChannel()
    core.connect(port2, 'desktop')
    port1.postMessage('{ this is not JSON')
    port1.postMessage({ i: 1 })
    port1.close()
    const { port1: listener, port2: heard } = new MessageChannel()
    core.connect(heard, 'desktop')
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: listener }))
    listener.start()
    void client.changes
      .events()
      .then((events) => events.next())
      .catch(() => {})
    await client.companies.create({ name: 'Acme' })
    listener.close()
    expect((await ask(core, 'GET', '/companies')).status).toBe(200)
  })

  it('closes the database when asked, and ends without a failure', async () => {
    const directory = built.newDirectory()
    const first = built.start({ directory })
    await ask(first, 'POST', '/companies', { name: 'Acme' })
    const events = await ask(first, 'GET', '/events')
    const cut = once((events.body as Readable).resume(), 'close')
    await first.close()
    await cut
    expect(await first.ended).toBeUndefined()
    await expect(ask(first, 'GET', '/companies')).rejects.toMatchObject({ code: 'closed' })
    expect(json(await ask(start({ directory }), 'GET', '/companies')).total).toBe(1)
  })

  it('says what takes long before it is open, and that there is something to show', async () => {
    const directory = built.newDirectory()
    const first = built.start({ directory })
    await first.showable
    expect(first.opening()).toBeUndefined()
    await first.ready
    // As after a power failure: nothing says that the file was closed whole.
    await first.close()
    removeNoteOfClosing(directory)
    const second = start({ directory })
    await second.showable
    expect(second.opening()).toBe('checking')
    await second.ready
    expect(second.opening()).toBeUndefined()
  })

  it('says who has the database when another has it', async () => {
    const directory = built.newDirectory()
    await start({ directory }).ready
    const second = built.start({ directory })
    await expect(second.ready).rejects.toMatchObject({
      code: 'database_locked',
      message: expect.stringContaining(String(process.pid)),
    })
    expect((await second.ended)?.code).toBe('database_locked')
    await expect(ask(second, 'GET', '/companies')).rejects.toMatchObject({
      code: 'database_locked',
    })
    await second.close()
  })
})

describe('A core whose thread breaks', () => {
  it('fails whoever waits with a sentence, and says that it ended', async () => {
    const broken = built.start({
      entry: new URL('data:text/javascript,setTimeout(()=>{throw new Error("boom")},50)'),
    })
    const asked = ask(broken, 'GET', '/companies')
    const known = broken.identify('x')
    for (const waiting of [broken.ready, asked, known]) {
      await expect(waiting).rejects.toMatchObject({
        code: 'crashed',
        message: expect.stringContaining('boom'),
      })
    }
    const failure = (await broken.ended) as CoreFailure
    expect(failure.message).toContain('stopped unexpectedly')
    await broken.close()
  })
})
