import { EventEmitter, once } from 'node:events'
import type { MessageChannel } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'
import { describe, expect, it } from 'vitest'
import { acceptConnections } from './connections'
import { relay } from './relay'

/** A page's port as Electron's main process sees it. */
function pagePort() {
  const sent: unknown[] = []
  const port = Object.assign(new EventEmitter(), {
    started: false,
    closed: false,
    start() {
      port.started = true
    },
    postMessage: (data: unknown) => {
      sent.push(data)
      port.emit('sent')
    },
    close() {
      port.closed = true
      port.emit('closing')
    },
  })
  return { port, sent, asElectron: port as unknown as MessagePortMain }
}

describe('The relay between page and core', () => {
  it('carries text and bytes both ways, in order', async () => {
    const page = pagePort()
    const core = relay(page.asElectron)
    const heard: unknown[] = []
    core.on('message', (data) => heard.push(data))
    expect(page.port.started).toBe(true)
    page.port.emit('message', { data: 'one', ports: [] })
    page.port.emit('message', { data: new Uint8Array([1, 2]), ports: [] })
    await expect.poll(() => heard).toEqual(['one', new Uint8Array([1, 2])])
    core.postMessage('back')
    await once(page.port, 'sent')
    expect(page.sent).toEqual(['back'])
    core.close()
  })

  it('hands a file over instead of copying it', async () => {
    const page = pagePort()
    const core = relay(page.asElectron)
    const file = new Uint8Array(1024 * 1024).fill(7)
    page.port.emit('message', { data: file, ports: [] })
    const [heard] = await once(core, 'message')
    expect(heard).toEqual(new Uint8Array(1024 * 1024).fill(7))
    expect(file.byteLength).toBe(0)
    core.close()
  })

  it('copies a part of a larger buffer, which is not its own to give away', async () => {
    const page = pagePort()
    const core = relay(page.asElectron)
    const whole = new Uint8Array([1, 2, 3, 4])
    page.port.emit('message', { data: whole.subarray(1, 3), ports: [] })
    const [heard] = await once(core, 'message')
    expect(heard).toEqual(new Uint8Array([2, 3]))
    expect(whole.byteLength).toBe(4)
    core.close()
  })

  it('closes the core’s end when the page goes, and the page’s when the core goes', async () => {
    const gone = pagePort()
    const core = relay(gone.asElectron)
    const closed = once(core, 'close')
    gone.port.emit('close')
    await closed

    const left = pagePort()
    relay(left.asElectron).close()
    await once(left.port, 'closing')
    expect(left.port.closed).toBe(true)
  })
})

describe('A connection to the core', () => {
  const connect = (url: string) => {
    const connections: string[] = []
    const handlers = new Map<string, (event: unknown) => unknown>()
    const ipc = Object.assign(new EventEmitter(), {
      handle: (channel: string, handler: (event: unknown) => unknown) =>
        void handlers.set(channel, handler),
    })
    const core = {
      opening: () => 'checking' as const,
      connect(port: MessageChannel['port1'], door: string) {
        connections.push(door)
        port.close()
      },
    }
    acceptConnections(ipc as unknown as Electron.IpcMain, core, 'app://rapport')
    const page = pagePort()
    ipc.emit('rapport:connect', { ports: [page.port], senderFrame: { url, parent: null } })
    return {
      connections,
      closed: page.port.closed,
      opening: () => handlers.get('rapport:opening')?.({ senderFrame: { url, parent: null } }),
    }
  }
  it('is made for our own page, through the desktop’s door', () => {
    expect(connect('app://rapport/').connections).toEqual(['desktop'])
  })
  it('is refused to any other page', () => {
    expect(connect('https://evil.example/')).toMatchObject({ connections: [], closed: true })
  })
  it('tells our own page what takes long before the core can answer', () => {
    expect(connect('app://rapport/').opening()).toEqual({ step: 'checking' })
    expect(() => connect('https://evil.example/').opening()).toThrow('may not ask')
  })
})
