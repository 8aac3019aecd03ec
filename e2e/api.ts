/** The HTTP API as an outside program uses it: people with tokens who call it, and the contract's list of what there is to call. */

import { afterAll, beforeAll } from 'vitest'
import type * as z from 'zod'
import { contract } from '../src/contract'
import type { Permission } from '../src/contract/kernel/base'
import type { Role } from '../src/contract/kernel/words'
import { startWeb, type WebProgram } from './web'

export interface Procedure {
  /** Its place in the contract, e.g. `leads.moveStage`. */
  name: string
  /** Its part of the contract, e.g. `leads`. */
  area: string
  method: string
  /** Below /api, with `{parameters}`. */
  path: string
  permission: Permission
  successStatus: number
  input: z.ZodType | undefined
  output: z.ZodType
}

interface ContractProcedure {
  '~orpc': {
    meta: { permission: Permission }
    route: { method: string; path: string; successStatus?: number }
    inputSchema?: z.ZodType
    outputSchema: z.ZodType
  }
}

/** Everything the contract has, so that nothing new can be forgotten. */
export const procedures: readonly Procedure[] = proceduresOf(contract)

function proceduresOf(part: object, names: string[] = []): Procedure[] {
  if ('~orpc' in part) {
    const { meta, route, inputSchema, outputSchema } = (part as ContractProcedure)['~orpc']
    return [
      {
        name: names.join('.'),
        area: names[0] ?? '',
        method: route.method,
        path: route.path,
        permission: meta.permission,
        successStatus: route.successStatus ?? 200,
        input: inputSchema,
        output: outputSchema,
      },
    ]
  }
  return Object.entries(part).flatMap(([name, child]) => proceduresOf(child, [...names, name]))
}

export function procedureNamed(name: string): Procedure {
  const found = procedures.find((procedure) => procedure.name === name)
  if (!found) throw new Error(`The contract has no ${name}.`)
  return found
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The parsed body; undefined where it is no JSON. */
  body: unknown
}

export interface Ask {
  headers?: Record<string, string>
  /** Sent as JSON, or as it is when it is bytes, text with a content type of its own, or a form. */
  body?: unknown
}

/** Somebody with a token. Each may ask a hundred times a minute. */
export interface Person {
  id: string
  name: string
  role: Role
  token: string
  ask(method: string, path: string, question?: Ask): Promise<Answer>
}

export interface Api {
  web: WebProgram
  /** A new user with a token. */
  person(role: Role, name?: string): Promise<Person>
  /** Asks as ever new people of a role, so that nobody asks too often. */
  crowd(role: Role): Pick<Person, 'ask'>
}

/** A host for all tests of a file, to be asked for at its top; it is closed after them. */
export function prepareApi(options: { sample?: boolean } = {}): Api {
  const closers: (() => Promise<void>)[] = []
  let started: WebProgram | undefined
  beforeAll(async () => {
    started = await startWeb({ ...options, atEnd: (close) => void closers.push(close) })
  })
  afterAll(async () => {
    for (const close of closers) await close()
  })
  const web = () => {
    if (!started) throw new Error('The host starts before the tests, not before the file is read.')
    return started
  }
  let people = 0

  const person = async (role: Role, name = `${role} ${++people}`): Promise<Person> => {
    const { id } = await asOwner<{ id: string }>(web(), 'users/create', { name, role })
    const { token } = await asOwner<{ token: string }>(web(), 'users/createToken', { id, name })
    return {
      id,
      name,
      role,
      token,
      ask: (method, path, question) => ask(web().url, token, method, `/api${path}`, question),
    }
  }

  return {
    get web() {
      return web()
    },
    person,
    crowd(role) {
      let current: Promise<Person> | undefined
      let asked = 0
      return {
        async ask(method, path, question) {
          if (asked++ % 95 === 0) current = person(role)
          return await (await (current as Promise<Person>)).ask(method, path, question)
        },
      }
    },
  }
}

/** What the screens use: it is not counted as strictly as the API. */
async function asOwner<Output>(web: WebProgram, path: string, input: unknown): Promise<Output> {
  const answer = await ask(web.url, web.token, 'POST', `/rpc/${path}`, { body: { json: input } })
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`)
  return (answer.body as { json: Output }).json
}

export async function ask(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  { headers = {}, body }: Ask = {},
): Promise<Answer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined || body instanceof FormData
        ? {}
        : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The method, path and rest of a call: parameters go where the path names them, the rest into query or body. */
export function requestFor(
  { method, path }: Pick<Procedure, 'method' | 'path'>,
  input: Readonly<Record<string, unknown>> = {},
): { method: string; path: string; question: Ask } {
  const rest = { ...input }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(asText(value).toWellFormed())
  })
  if (method !== 'GET') return { method, path: filled, question: { body: rest } }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest))
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, asText(one))
  return { method, path: query.size > 0 ? `${filled}?${query}` : filled, question: {} }
}

const asText = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)

/** What is wrong with a refusal's form; undefined when it is as documented. */
export function faultOfRefusal({ status, headers, body, text }: Answer): string | undefined {
  const shown = `${status} ${text.slice(0, 300)}`
  if (status < 400 || status > 499) return `not a refusal: ${shown}`
  if (!headers.get('content-type')?.startsWith('application/json')) return `no JSON: ${shown}`
  const { code, message, issues, clashes, ...others } = (body ?? {}) as Record<string, unknown>
  if (typeof code !== 'string' || !/^[a-z_]+$/.test(code)) return `code: ${shown}`
  if (typeof message !== 'string' || message === '') return `message: ${shown}`
  if (Object.keys(others).length > 0) return `more than documented: ${shown}`
  if (code === 'clash' ? !Array.isArray(clashes) : clashes !== undefined) return `clashes: ${shown}`
  if (issues === undefined) return undefined
  const isIssue = (issue: unknown) =>
    issue instanceof Object &&
    Object.keys(issue).sort().join() === 'message,path' &&
    Object.values(issue).every((value) => typeof value === 'string')
  return Array.isArray(issues) && issues.length > 0 && issues.every(isIssue)
    ? undefined
    : `issues: ${shown}`
}
