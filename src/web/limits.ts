/** How much the web host takes in: requests a minute, bytes of a body, seconds of patience. */
import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { HttpStyle } from '../core/worker/messages'
import { Refused, tooLarge, tooMany, wrongEncoding } from './refusals'

export interface Limits {
  /** Requests a minute and user on the HTTP API. */
  apiRequests: number
  /** The same for the program's own screens, only to stop a page that runs wild. */
  screenRequests: number
  /** Requests a minute and address without a valid token. */
  strangerRequests: number
  /** Bytes of an ordinary request. */
  body: number
  /** Bytes of an upload (multipart/form-data). */
  upload: number
  /** Milliseconds in which the headers of a request must be there. */
  headersTimeout: number
  /** Milliseconds in which a whole request must be there. */
  requestTimeout: number
}

export const usualLimits: Limits = {
  apiRequests: 100,
  screenRequests: 20_000,
  strangerRequests: 60,
  body: 5 * 1024 * 1024,
  upload: 256 * 1024 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 300_000,
}

export interface RateLimits {
  /** @throws Refused (429, Retry-After) when the user has asked too often */
  countUser(style: HttpStyle, userId: string): Promise<void>
  /** @throws Refused (429, Retry-After) when the address has come too often without a token */
  countStranger(address: string): Promise<void>
}

export function createRateLimits(limits: Limits): RateLimits {
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 })
  const users = { api: perMinute(limits.apiRequests), rpc: perMinute(limits.screenRequests) }
  const strangers = perMinute(limits.strangerRequests)
  const count = async (limiter: RateLimiterMemory, key: string) => {
    try {
      await limiter.consume(key)
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      throw new Refused(tooMany(Math.max(1, Math.ceil(error.msBeforeNext / 1000))))
    }
  }
  return {
    countUser: (style, userId) => count(users[style], userId),
    countStranger: (address) => count(strangers, address),
  }
}

/**
 * The whole body in memory of its own, so that it can be handed to another thread.
 * @param invite called once the announced length is known to be welcome
 * @throws Refused (413) as soon as it is known to be too large; (400) when it is no text in UTF-8
 */
export async function readBody(
  request: IncomingMessage,
  limits: Pick<Limits, 'body' | 'upload'>,
  invite: () => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const isUpload = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')
  const most = isUpload ? limits.upload : limits.body
  const announced = request.headers['content-length']
  if (announced !== undefined && Number(announced) > most) throw new Refused(tooLarge(most))
  if (announced === undefined && request.headers['transfer-encoding'] === undefined)
    return undefined

  invite()
  const body: Uint8Array[] | Uint8Array<ArrayBuffer> =
    announced === undefined ? [] : new Uint8Array(Number(announced))
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    if (size + chunk.length > most) throw new Refused(tooLarge(most))
    if (Array.isArray(body)) body.push(chunk)
    else body.set(chunk, size)
    size += chunk.length
  }
  if (size === 0) return undefined
  const whole = Array.isArray(body) ? join(body, size) : body
  // What is no UTF-8 would be kept with other letters than were sent. Files may be in any encoding.
  if (!isUpload && !isUtf8(whole)) throw new Refused(wrongEncoding())
  return whole
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}
