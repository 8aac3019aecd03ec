/** The HTTP door inside the core's thread: requests become procedure calls, refusals become answers. */
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import { contract } from '../../contract'
import type { Core } from '../core'
import type { CoreContext } from '../kernel/actor'
import { describeApi } from './document'
import type { HttpStyle } from './messages'
import { createNoting } from './noting'
import { createPassingOn } from './passing-on'
import { createRefusing, type Problem, problemOf, type Report } from './problem'

export interface HttpDoor {
  /** Never rejects: whatever goes wrong is an answer too. */
  answer(style: HttpStyle | 'feed', request: Request, context: CoreContext): Promise<Response>
}

export interface HttpDoorOptions {
  router: Core['router']
  calendarFeed: Core['calendarFeed']
  watch: Core['watch']
  explain: Core['explain']
  longReads: Core['longReads']
  /** The program's version, shown in the API's description. */
  version: string
  report: Report
}

export function createHttpDoor({
  router,
  calendarFeed,
  watch,
  explain,
  longReads,
  version,
  report,
}: HttpDoorOptions): HttpDoor {
  const refusing = createRefusing(report, explain)
  const noting = createNoting(watch)
  const passingOn = createPassingOn(longReads)
  // A list each: a handler adds interceptors of its own to the one it is given.
  const rpc = new RPCHandler(router, { clientInterceptors: [refusing, passingOn, noting] })
  const api = new OpenAPIHandler(router, {
    clientInterceptors: [refusing, passingOn, noting],
    customErrorResponseBodyEncoder: problemOf,
  })
  let description: Promise<string> | undefined

  return {
    async answer(style, request, context) {
      try {
        if (style === 'feed') return feedAt(request, calendarFeed)
        if (style === 'rpc') {
          const { response } = await rpc.handle(request, { prefix: '/rpc', context })
          return response ?? nothingAt(request)
        }
        if (request.method === 'GET' && new URL(request.url).pathname === '/api/openapi.json') {
          description ??= describeApi(contract, version)
          return json(200, await description)
        }
        const { response } = await api.handle(withoutEnding(request), { prefix: '/api', context })
        return response ?? nothingAt(request)
      } catch (error) {
        if (error instanceof ORPCError && error.status === 503)
          return problem(503, { code: 'unavailable', message: error.message })
        report(error)
        return problem(500, { code: 'internal', message: 'Something went wrong inside Rapport.' })
      }
    },
  }
}

/** Whoever knows the address may read: there is no other token. */
function feedAt(request: Request, calendarFeed: Core['calendarFeed']): Response {
  const [, secret] = /^\/calendar\/([\w-]{20,100})\.ics$/.exec(new URL(request.url).pathname) ?? []
  const document = secret === undefined ? undefined : calendarFeed(secret)
  if (!document) return nothingAt(request)
  const headers = { etag: document.etag, 'cache-control': 'private, no-cache' }
  const known = request.headers.get('if-none-match') ?? ''
  if (known.split(',').some((one) => one.trim().replace(/^W\//, '') === document.etag))
    return new Response(null, { status: 304, headers })
  return new Response(document.text, {
    headers: { ...headers, 'content-type': 'text/calendar; charset=utf-8' },
  })
}

/** An activity is found with .ics behind its id, too; the router knows only whole parts of a path. */
function withoutEnding(request: Request): Request {
  const url = new URL(request.url)
  const [, id] = /^\/api\/activities\/([0-9a-f-]{36})\.ics$/i.exec(url.pathname) ?? []
  if (id === undefined || request.method !== 'GET') return request
  url.pathname = `/api/activities/${id}/calendar.ics`
  return new Request(url, request)
}

function nothingAt(request: Request): Response {
  const { pathname } = new URL(request.url)
  return problem(404, {
    code: 'not_found',
    message: `There is no ${request.method} ${pathname}. GET /api/openapi.json lists what there is.`,
  })
}

const problem = (status: number, body: Problem) => json(status, JSON.stringify(body))

const json = (status: number, body: string) =>
  new Response(body, { status, headers: { 'content-type': 'application/json' } })
