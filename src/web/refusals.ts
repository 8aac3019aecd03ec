/** How the web host itself says no, in the form that each side understands. */
import type { ServerResponse } from 'node:http'
import type { HttpStyle } from '../core/worker/messages'
import { noPagePolicy, securityHeaders } from '../hosting/headers'

export interface Refusal {
  status: number
  code: string
  message: string
  headers?: Record<string, string>
}

/** Thrown by a check, shown by the server. */
export class Refused extends Error {
  override name = 'Refused'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export const wrongHost = (): Refusal => ({
  status: 403,
  code: 'forbidden',
  message: 'This address is not one that Rapport answers to.',
})
export const wrongOrigin = (): Refusal => ({
  status: 403,
  code: 'forbidden',
  message: 'Another web site may not use Rapport.',
})
export const unauthorized = (): Refusal => ({
  status: 401,
  code: 'unauthorized',
  message: 'A valid token is needed: Authorization: Bearer TOKEN.',
  headers: { 'www-authenticate': 'Bearer' },
})
export const tooMany = (seconds: number): Refusal => ({
  status: 429,
  code: 'too_many_requests',
  message: `Too many requests. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  headers: { 'retry-after': String(seconds) },
})
export const tooLarge = (bytes: number): Refusal => ({
  status: 413,
  code: 'too_large',
  message: `The request is too large: at most ${bytes / 1024 / 1024} MB are taken here.`,
})
export const nothingHere = (): Refusal => ({
  status: 404,
  code: 'not_found',
  message: 'There is nothing at this address.',
})
export const wrongMethod = (possible: readonly string[] = ['GET', 'HEAD']): Refusal => ({
  status: 405,
  code: 'method_not_supported',
  message: `Only ${possible.slice(0, -1).join(', ')} and ${possible.at(-1)} are possible here.`,
  headers: { allow: possible.join(', ') },
})
export const wrongEncoding = (): Refusal => ({
  status: 400,
  code: 'invalid',
  message: 'The request must be text in UTF-8.',
})
export const unavailable = (message: string): Refusal => ({
  status: 503,
  code: 'unavailable',
  message,
  headers: { 'retry-after': '2' },
})

/** Sends a refusal; to the screens in the form that the oRPC client turns back into an error. */
export function refuse(response: ServerResponse, refusal: Refusal, style: HttpStyle): void {
  if (response.headersSent) return void response.destroy()
  const { status, code, message } = refusal
  const body =
    style === 'rpc' ? { json: { defined: false, code, status, message } } : { code, message }
  response.writeHead(status, {
    ...securityHeaders,
    'content-security-policy': noPagePolicy,
    'cache-control': 'no-store',
    'content-type': 'application/json',
    ...refusal.headers,
  })
  response.end(JSON.stringify(body))
}
