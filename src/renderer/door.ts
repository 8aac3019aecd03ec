/** The door to the core: the Electron bridge's port where there is one, else HTTP on this address. */
import { type ClientLink, ORPCError } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { DesktopBridge } from '../contract/desktop'
import type { Door } from '../contract/kernel/words'
import { createAccess } from './app/access'
import { answeringEarly } from './app/early'

export type Link = ClientLink<Record<never, never>>

declare global {
  interface Window {
    /** Put there by the Electron bridge. */
    rapport?: DesktopBridge
  }
}

/** Which door this screen comes through, as the change log names it. */
export const door: Door = window.rapport === undefined ? 'web' : 'desktop'
/** The token with which this page may come in over HTTP, and whether it was refused. */
export const access = createAccess(window)

/** Calls to the core; the first of each may have been asked early (`early.ask`). */
export const { link, early } = answeringEarly(
  door === 'desktop' ? createPortLink() : createHttpLink(),
)

function createHttpLink(): Link {
  const link = new FetchLink({
    url: new URL('/rpc', window.location.href),
    headers: () => {
      const token = access.getState().token
      return token ? { authorization: `Bearer ${token}` } : {}
    },
    // What is typed when the page is left arrives all the same.
    fetch: (request, init, _options, path, input) =>
      fetch(request, { ...init, keepalive: path[0] === 'drafts' && isShort(input) }),
  })
  return {
    async call(path, input, options) {
      try {
        return await link.call(path, input, options)
      } catch (error) {
        if (error instanceof ORPCError && error.status === 401) access.getState().refuse()
        throw error
      }
    },
  }
}

/** A browser lets a page that is left send 64 KiB. */
const isShort = (input: unknown) =>
  new TextEncoder().encode(JSON.stringify(input) ?? '').byteLength < 48_000

/** One port for all calls; after it closed (the core was restarted) the next call opens another. */
function createPortLink(): Link {
  let current: Link | undefined
  const connect = (): Link => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('close', () => {
      current = undefined
    })
    window.postMessage('rapport:connect', '*', [port2])
    port1.start()
    return new PortLink({ port: port1 })
  }
  return {
    call(path, input, options) {
      current ??= connect()
      return current.call(path, input, options)
    },
  }
}
