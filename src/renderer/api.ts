/** The door to the core: the Electron bridge's port where there is one, else HTTP on this address. */
import { type ClientLink, createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../contract'
import type { DesktopBridge } from '../contract/desktop'
import type { Opening } from '../contract/kernel/opening'
import type { Door } from '../contract/kernel/words'
import { createAccess } from './app/access'
import { askAboutClashes } from './app/clashes/asking'
import { settlingClashes } from './app/clashes/settle'
import { askAboutOpenWork, askingAboutOpenWork } from './app/open-work/asking'

export type Client = ContractRouterClient<Contract>
type Link = ClientLink<Record<never, never>>

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

/** Plain calls: `await client.leads.get({ id })`. */
export const client: Client = createORPCClient(
  askingAboutOpenWork(
    settlingClashes(door === 'desktop' ? createPortLink() : createHttpLink(), askAboutClashes),
    askAboutOpenWork,
  ),
)
/** What takes long before the core can answer; asked of the host, as the core is busy with it. */
export async function askOpening(): Promise<Opening> {
  if (window.rapport) return await window.rapport.opening()
  const { token } = access.getState()
  const response = await fetch(new URL('/opening', window.location.href), {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  })
  if (!response.ok) throw new Error(`The host answered ${response.status}.`)
  return await response.json()
}
/** The same as TanStack Query options: `useQuery(api.leads.get.queryOptions({ input: { id } }))`. */
export const api = createTanstackQueryUtils(client)

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
