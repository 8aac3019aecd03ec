/** The HTTP door inside the core's thread: requests become procedure calls, refusals become answers. */
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { RPCHandler } from '@orpc/server/fetch'
import { contract } from '../../contract'
import type { Core } from '../core'
import type { CoreContext } from '../kernel/actor'
import { describeApi } from './document'
import type { HttpStyle } from './messages'
import { createRefusing, type Problem, problemOf, type Report } from './problem'

export interface HttpDoor {
  /** Never rejects: whatever goes wrong is an answer too. */
  answer(style: HttpStyle, request: Request, context: CoreContext): Promise<Response>
}

export interface HttpDoorOptions {
  router: Core['router']
  /** The program's version, shown in the API's description. */
  version: string
  report: Report
}

export function createHttpDoor({ router, version, report }: HttpDoorOptions): HttpDoor {
  const refusing = createRefusing(report)
  // A list each: a handler adds interceptors of its own to the one it is given.
  const rpc = new RPCHandler(router, { clientInterceptors: [refusing] })
  const api = new OpenAPIHandler(router, {
    clientInterceptors: [refusing],
    customErrorResponseBodyEncoder: problemOf,
  })
  let description: Promise<string> | undefined

  return {
    async answer(style, request, context) {
      try {
        if (style === 'rpc') {
          const { response } = await rpc.handle(request, { prefix: '/rpc', context })
          return response ?? nothingAt(request)
        }
        if (request.method === 'GET' && new URL(request.url).pathname === '/api/openapi.json') {
          description ??= describeApi(contract, version)
          return json(200, await description)
        }
        const { response } = await api.handle(request, { prefix: '/api', context })
        return response ?? nothingAt(request)
      } catch (error) {
        report(error)
        return problem(500, { code: 'internal', message: 'Something went wrong inside Rapport.' })
      }
    },
  }
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
