/** The host as the core's thread sees it: each use is a question to the other thread. */
import type { Host } from '../kernel/host/host'
import type { Failure, FromCore, ToCore } from './messages'

type HostCall = Extract<FromCore, { type: 'hostCall' }>
type HostReply = Extract<ToCore, { type: 'hostAnswer' | 'hostFailure' }>

export interface RemoteHost {
  host: Host
  /** To be given each reply of the host's thread. */
  receive(reply: HostReply): void
}

/** The core's side. */
export function createRemoteHost(send: (call: HostCall) => void): RemoteHost {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  const ask = <Method extends HostMethod>(
    method: Method,
    ...given: Parameters<HostMethods[Method]>
  ) => {
    const id = ++lastId
    const reply = Promise.withResolvers<unknown>()
    waiting.set(id, reply)
    send({ type: 'hostCall', id, method, arguments: given })
    return reply.promise as ReturnType<HostMethods[Method]>
  }
  return {
    host: {
      notify: (notice) => ask('notify', notice),
      showCounts: (counts) => ask('showCounts', counts),
      openExternal: (url) => ask('openExternal', url),
      secrets: {
        isAvailable: () => ask('secretsAvailable'),
        get: (name) => ask('getSecret', name),
        set: (name, value) => ask('setSecret', name, value),
        remove: (name) => ask('removeSecret', name),
      },
    },
    receive(reply) {
      const asked = waiting.get(reply.id)
      waiting.delete(reply.id)
      if (reply.type === 'hostAnswer') asked?.resolve(reply.value)
      else asked?.reject(new Error(reply.failure.message))
    },
  }
}

/** The host's side. Never rejects: a failure is a reply too. */
export async function answerHostCall(host: Host, call: HostCall): Promise<HostReply> {
  try {
    const method = methodsOf(host)[call.method as HostMethod] as (
      ...given: unknown[]
    ) => Promise<unknown>
    return { type: 'hostAnswer', id: call.id, value: await method(...call.arguments) }
  } catch (error) {
    return { type: 'hostFailure', id: call.id, failure: failureOf(error) }
  }
}

/** An error as it crosses from one thread to the other. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'internal', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'internal'
  return { code, message: error.message }
}

const methodsOf = (host: Host) => ({
  notify: host.notify,
  showCounts: host.showCounts,
  openExternal: host.openExternal,
  secretsAvailable: host.secrets.isAvailable,
  getSecret: host.secrets.get,
  setSecret: host.secrets.set,
  removeSecret: host.secrets.remove,
})
type HostMethods = ReturnType<typeof methodsOf>
type HostMethod = keyof HostMethods
