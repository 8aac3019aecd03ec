/** The contract behind each of its doors. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as HttpLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { createRouterClient } from '@orpc/server'
import type { Core } from '../src/core/core'
import { startCoreWorker } from '../src/core/worker/client'
import { bareHost, migrations } from './database'
import type { Client } from './operation'

export const inProcess = (core: Core): Client =>
  createRouterClient(core.router, { context: { actor: core.localActor('test') } })

/**
 * The core on its thread, reached by messages as from the desktop window.
 * @param options another entry of that thread, and what it takes besides
 */
export async function throughWorker(
  directory: string,
  { entry = resolve('out/main/worker.js'), data = {} }: { entry?: string; data?: object } = {},
) {
  const worker = startCoreWorker({
    ...data,
    entry,
    host: bareHost,
    version: 'bench',
    directory,
    migrations,
    door: 'test',
    sample: false,
  })
  await worker.ready
  const { port1, port2 } = new MessageChannel()
  worker.connect(port2, 'test')
  port1.start()
  const client: Client = createORPCClient(new PortLink({ port: port1 }))
  return {
    client,
    async close() {
      port1.close()
      await worker.close()
    },
  }
}

/** The web host in a process of its own, reached on loopback. */
export async function throughHttp(directory: string) {
  const token = 'benchmark-token-0123456789'
  const child = spawn(
    process.execPath,
    ['out/main/web.js', '--web', '--no-open', '--port', '0', '--data', directory, '--token', token],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const address = await readyAddress(child)
  const client: Client = createORPCClient(
    new HttpLink({ url: `${address}/rpc`, headers: { authorization: `Bearer ${token}` } }),
  )
  return {
    client,
    address,
    token,
    pid: child.pid ?? 0,
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      await ended
    },
  }
}

async function readyAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The web host has no output to read.')
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
    if (address) return address
  }
  throw new Error('The web host ended before it was ready.')
}
