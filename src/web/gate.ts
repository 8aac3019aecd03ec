/** Who may come in: the checks of Host, Origin and token that keep other web pages and programs out. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { networkInterfaces } from 'node:os'

export interface Gate {
  /**
   * Whether the request names this server. A page of another site that points its own name at
   * this address (DNS rebinding) sends that name here.
   */
  isOurHost(headers: IncomingHttpHeaders): boolean
  /** Whether the request was made by our own page, or by a program that is no browser. */
  isOurOrigin(headers: IncomingHttpHeaders): boolean
}

/** @param address what the server listens on; `port` the port it got */
export function createGate(address: string, port: number): Gate {
  const isOurs = (host: string) => {
    const { name, port: named } = splitHost(host)
    return named === port && namesOf(address).has(name)
  }
  return {
    isOurHost: ({ host }) => host !== undefined && isOurs(host.toLowerCase()),
    isOurOrigin(headers) {
      const site = headers['sec-fetch-site']
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
      const { origin } = headers
      if (origin === undefined) return true
      return origin.startsWith('http://') && isOurs(origin.slice('http://'.length).toLowerCase())
    },
  }
}

/** A check that takes as long for a wrong token as for the right one. */
export function createTokenCheck(token: string): (candidate: string) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(token)
  return (candidate) => timingSafeEqual(digest(candidate), expected)
}

/** The token of `Authorization: Bearer TOKEN`, or undefined. */
export function bearerToken({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +([A-Za-z0-9._~+/=-]{1,500})$/i.exec(authorization ?? '')?.[1]
}

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address)
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/** By which names a browser may call a server that listens on this address. */
function namesOf(address: string): Set<string> {
  if (isLoopback(address)) return new Set([...loopbackNames, bracketed(address)])
  if (address !== '0.0.0.0' && address !== '::') return new Set([bracketed(address)])
  // Asked each time: a laptop changes its addresses while the program runs.
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return new Set([...loopbackNames, ...own.map(({ address }) => bracketed(address))])
}

const bracketed = (address: string) =>
  address.includes(':') ? `[${address.toLowerCase()}]` : address.toLowerCase()

function splitHost(host: string): { name: string; port: number } {
  const [, name = '', port = '80'] =
    /^(\[[0-9a-f:.]+\]|[^:[\]/@]+)(?::(\d{1,5}))?$/.exec(host) ?? []
  return { name, port: Number(port) }
}
