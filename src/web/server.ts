/** The local HTTP server: checks who comes, hands out the screens, passes requests on to the core. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import type { Opening } from '../contract/kernel/opening'
import { CoreFailure, type CoreResponse, type CoreWorker } from '../core/worker/client'
import type { Caller, CoreRequest, HttpStyle } from '../core/worker/messages'
import { noPagePolicy, securityHeaders } from '../hosting/headers'
import type { Pages } from '../hosting/pages'
import { createEntrances, type Entrances } from './entrances'
import { bearerToken, createGate, createTokenCheck, type Gate, isLoopback } from './gate'
import { createRateLimits, type Limits, readBody, usualLimits } from './limits'
import {
  nothingHere,
  type Refusal,
  Refused,
  refuse,
  unauthorized,
  unavailable,
  wrongHost,
  wrongMethod,
  wrongOrigin,
} from './refusals'

export interface WebServerOptions {
  core: CoreWorker
  /** The program's screens. */
  screens: Pages
  /** The page that describes the HTTP API, below /api/docs/. */
  documentation: Pages
  /** Lets its bearer in as the owner of this installation. */
  token: string
  /** Address to listen on; 127.0.0.1 keeps everybody else on the network out. */
  address: string
  /** 0 takes any free port. */
  port: number
  limits?: Partial<Limits>
  /** Told of each error nobody foresaw. */
  report(error: unknown): void
}

export interface WebServer {
  port: number
  /**
   * A path that leads to the screens with the token, once and within a minute. It may appear where
   * other users of the machine can read it, as in the arguments of a browser that is started.
   */
  createEntrance(): string
  /** Stops taking requests; open connections are cut. */
  close(): Promise<void>
}

/** @throws the error of `listen`, e.g. EADDRINUSE */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const limits = { ...usualLimits, ...options.limits }
  const server = createServer({
    headersTimeout: limits.headersTimeout,
    requestTimeout: limits.requestTimeout,
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeout),
    keepAliveTimeout: 5000,
    maxHeaderSize: 16 * 1024,
  })
  const port = await listen(server, options.address, options.port)
  const entrances = createEntrances(options.token)
  const gate = createGate(options.address, port)
  const answer = createAnswer(options, { gate, limits, entrances })
  server.on('request', answer)
  // The body is asked for only once it is known to be welcome.
  server.on('checkContinue', answer)
  return {
    port,
    createEntrance: entrances.create,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

interface Parts {
  gate: Gate
  limits: Limits
  entrances: Entrances
}

function createAnswer(options: WebServerOptions, { gate, limits, entrances }: Parts) {
  const { core, screens, documentation, report } = options
  const isOwnToken = createTokenCheck(options.token)
  const rates = createRateLimits(limits)

  return async (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request)
    const style: HttpStyle = path.startsWith('/rpc/') ? 'rpc' : 'api'
    try {
      if (!gate.isOurHost(request.headers)) throw new Refused(wrongHost())
      if (path === '/api/docs') return redirect(response, '/api/docs/')
      if (path.startsWith('/api/docs/')) {
        return await sendPage(documentation, path.slice('/api/docs'.length), request, response)
      }
      if (path.startsWith('/rpc/') || path.startsWith('/api/')) {
        return await passOn(style, path, request, response)
      }
      if (path.startsWith('/calendar/')) return await sendFeed(request, response)
      if (path === '/opening') return await sendOpening(request, response)
      const inside = entrances.use(path)
      if (inside) return redirect(response, inside)
      await sendPage(screens, path, request, response)
    } catch (error) {
      const refusal = refusalFor(error)
      if (refusal) refuse(response, refusal, style)
      else response.destroy()
      if (!refusal && !isGone(error)) report(error)
      cutIfStillSending(request)
    }
  }

  /** Calendar programs send no token: the address itself is the secret. */
  async function sendFeed(request: IncomingMessage, response: ServerResponse) {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(wrongMethod())
    await rates.countStranger(request.socket.remoteAddress ?? '')
    const answer = await core.fetch({
      style: 'feed',
      method: 'GET',
      ...partsOf(request),
      body: undefined,
      caller: { door: 'api' },
    })
    if (answer.status === 404) {
      if (!(answer.body instanceof Uint8Array)) answer.body.destroy()
      throw new Refused(nothingHere())
    }
    await send(answer, response)
  }

  /** Answered by the host itself: the core's thread does nothing else while it reads the whole database. */
  async function sendOpening(request: IncomingMessage, response: ServerResponse) {
    if (request.method !== 'GET') throw new Refused(wrongMethod())
    await identify('rpc', request)
    const opening: Opening = { step: core.opening() ?? null }
    response.writeHead(200, {
      ...securityHeaders,
      'cache-control': 'no-store',
      'content-security-policy': noPagePolicy,
      'content-type': 'application/json',
    })
    response.end(JSON.stringify(opening))
  }

  async function passOn(
    style: HttpStyle,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const method = request.method ?? 'GET'
    if (!possibleMethods.includes(method)) throw new Refused(wrongMethod(possibleMethods))
    const changes = method !== 'GET' && method !== 'HEAD'
    if ((style === 'rpc' || changes) && !gate.isOurOrigin(request.headers)) {
      throw new Refused(wrongOrigin())
    }
    const isDescription = path === '/api/openapi.json'
    const caller = isDescription ? { door: 'api' as const } : await identify(style, request)
    const answer = await core.fetch({
      style,
      method,
      ...partsOf(request),
      // What comes with a request to read means nothing.
      body: changes ? await readBody(request, limits, () => invite(request, response)) : undefined,
      caller,
    })
    await send(answer, response)
  }

  /** @throws Refused without a valid token, or when its user has asked too often */
  async function identify(style: HttpStyle, request: IncomingMessage): Promise<Caller> {
    const door = style === 'rpc' ? 'web' : 'api'
    const token = bearerToken(request.headers)
    const isOwner = token !== undefined && isOwnToken(token)
    const actor = isOwner || token === undefined ? undefined : await core.identify(token)
    if (isOwner) {
      await rates.countUser(style, 'owner')
      return { door }
    }
    if (actor) {
      await rates.countUser(style, actor.userId)
      return { ...actor, door }
    }
    await rates.countStranger(request.socket.remoteAddress ?? '')
    throw new Refused(unauthorized())
  }
}

/** Address and headers of a request as the core takes them. */
const partsOf = (request: IncomingMessage): Pick<CoreRequest, 'url' | 'headers'> => ({
  url: `http://rapport${request.url}`,
  headers: passedOn.flatMap((name) => {
    const value = request.headers[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  }),
})

async function send({ status, headers, body }: CoreResponse, response: ServerResponse) {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-security-policy': noPagePolicy,
    ...Object.fromEntries(headers),
    ...securityHeaders,
    ...(body instanceof Uint8Array && { 'content-length': body.length }),
  })
  if (body instanceof Uint8Array) return void response.end(body)
  response.flushHeaders()
  await pipeline(body, response)
}

/** Some clients ask before they send a long body. */
function invite(request: IncomingMessage, response: ServerResponse) {
  if (request.headers.expect !== undefined) response.writeContinue()
}

const possibleMethods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The request's headers that mean something to a procedure. */
const passedOn = [
  'content-type',
  'content-disposition',
  'accept',
  'last-event-id',
  'if-none-match',
] as const

async function sendPage(
  pages: Pages,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(wrongMethod())
  const accepted = request.headers['accept-encoding']
  // On the way through this machine, compressing takes longer than what it saves.
  const compresses = typeof accepted === 'string' && !isLoopback(request.socket.remoteAddress ?? '')
  const page = await pages.find(path, compresses ? accepted : '')
  if (!page) throw new Refused(nothingHere())
  response.writeHead(200, { ...page.headers, 'content-length': page.body.length })
  response.end(request.method === 'HEAD' ? undefined : page.body)
}

function redirect(response: ServerResponse, location: string) {
  response.writeHead(302, { ...securityHeaders, location, 'cache-control': 'no-store' }).end()
}

/** The path as it was sent; what it may name is decided where it is looked up. */
function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/'
}

function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof Refused) return error.refusal
  return error instanceof CoreFailure ? unavailable(error.message) : undefined
}

/** The client went away: there is nobody left to tell. */
const codesOfLeaving = new Set<unknown>([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ECONNRESET',
  'ABORT_ERR',
])

function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return codesOfLeaving.has(code)
}

/** After a refusal the rest of a long body is read for a moment, so that the answer arrives, then cut. */
function cutIfStillSending(request: IncomingMessage) {
  if (request.complete) return
  request.resume()
  setTimeout(() => {
    if (!request.complete) request.destroy()
  }, 1000).unref()
}
