import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CoreWorker, CoreWorkerOptions } from './client'
import type { HttpStyle } from './messages'
import { type BuiltWorker, bareHost, buildWorker } from './testing'

let built: BuiltWorker
const running: CoreWorker[] = []
beforeAll(async () => {
  built = await buildWorker('./testing-worker.ts')
}, 300_000)
afterEach(() => Promise.all(running.splice(0).map((core) => core.close())))
afterAll(() => built.remove())

function start(options?: Partial<CoreWorkerOptions>): CoreWorker {
  const core = built.start(options)
  running.push(core)
  return core
}

async function ask(
  core: CoreWorker,
  path: string,
  { style = 'api' as HttpStyle, body = undefined as FormData | undefined } = {},
) {
  const form = body && new Response(body)
  return core.fetch({
    style,
    method: body || path === '/host' ? 'POST' : 'GET',
    url: `http://rapport/${style}${path}`,
    headers: form ? [['content-type', form.headers.get('content-type') ?? '']] : [],
    body: form && new Uint8Array(await form.arrayBuffer()),
    caller: { door: 'api' },
  })
}
const json = ({ body }: { body: unknown }) => JSON.parse(Buffer.from(body as Uint8Array).toString())
const content = Buffer.alloc(10 * 1024 * 1024, 'Acme;1054.00\r\n')
const sha256 = createHash('sha256').update(content).digest('hex')

describe('Between the threads', () => {
  it('a file goes in whole, with what was said about it', async () => {
    const form = new FormData()
    form.set('file', new File([content], 'leads.csv'))
    form.set('note', 'from the fair')
    expect(json(await ask(start(), '/digest', { body: form }))).toEqual({
      name: 'leads.csv',
      note: 'from the fair',
      size: content.length,
      sha256,
    })
  })

  it('a file goes in from the screens as well', async () => {
    const form = new FormData()
    form.set('data', JSON.stringify({ json: { file: {}, note: 'x' }, meta: [], maps: [['file']] }))
    form.set('0', new File([content], 'leads.csv'))
    const answer = await ask(start(), '/digest', { style: 'rpc', body: form })
    expect(json(answer).json).toMatchObject({ name: 'leads.csv', sha256 })
  })

  it('a file comes out whole, by its own name', async () => {
    const { status, headers, body } = await ask(start(), '/file?bytes=20000000')
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/csv',
      'content-length': '20000000',
      'content-disposition': expect.stringContaining(
        "filename*=utf-8''%C3%9Cn%C3%AFted%20%22leads%22.csv",
      ),
    })
    const bytes = await buffer(body as Readable)
    expect(bytes.equals(Buffer.alloc(20_000_000, 7))).toBe(true)
  })

  it('a client that reads slowly holds the source back, and one that leaves ends it', async () => {
    const core = start()
    const stream = (await ask(core, '/flood')).body as Readable
    const produced = async () => json(await ask(core, '/flooded')).produced
    await expect.poll(produced).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const held = await produced()
    expect(held * 64 * 1024).toBeLessThan(4 * 1024 * 1024)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await produced()).toBe(held)

    for await (const _chunk of stream) if ((await produced()) > 3 * held) break
    await expect
      .poll(async () => json(await ask(core, '/flooded')))
      .toMatchObject({ cancelled: true, left: true })
    const last = await produced()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await produced()).toBe(last)
  })

  it('a source that breaks in the middle fails whoever reads', async () => {
    const { status, body } = await ask(start(), '/break')
    expect(status).toBe(200)
    await expect(buffer(body as Readable)).rejects.toThrow('the disk is gone')
  })

  it('an error nobody foresaw tells the client nothing of what it was about', async () => {
    for (const style of ['api', 'rpc'] as const) {
      const answer = await ask(start(), '/fail', { style })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(JSON.stringify(json(answer))).not.toContain('hunter2')
    }
    const { status, body } = await ask(start(), '/fail')
    expect([status, json({ body }).code]).toEqual([500, 'internal'])
  })

  it('a thread that breaks down fails whoever waits, and cuts what streams', async () => {
    const core = start()
    const stream = (await ask(core, '/flood')).body as Readable
    const cut = buffer(stream).catch((error: Error) => error.message)
    await expect(ask(core, '/crash')).rejects.toMatchObject({ code: 'crashed' })
    expect(await cut).toContain('boom')
    expect((await core.ended)?.message).toContain('boom')
  })

  it('the core uses what surrounds the host, and hears when that fails', async () => {
    const notices: unknown[] = []
    const core = start({
      host: {
        ...bareHost,
        async notify(notice) {
          notices.push(notice)
          return true
        },
      },
    })
    expect(json(await ask(core, '/host'))).toEqual({
      notified: true,
      kept: 'There is no safe place here.',
    })
    expect(notices).toEqual([
      { id: 'n1', title: 'Rapport', body: 'A call is due', actions: ['complete'] },
    ])
  })

  it('an answered popup reaches the core, and is answered with where to go', async () => {
    const core = start()
    expect(await core.answerNotice({ notificationId: 'n1', action: 'open' })).toEqual({
      record: { kind: 'notice', id: 'n1' },
      screen: 'today',
    })
  })
})
