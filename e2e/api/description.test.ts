/** What the HTTP API says of itself, and who gets no answer. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Lead } from '../../src/contract/records/leads'
import { ask, faultOfRefusal, procedures } from '../api'
import { askedIn, fileOf } from './asked-in'
import { type Page, prepareCalls } from './calls'

const { api, call, refused } = prepareCalls()

/** As the documentation lists them; `{…}` stands for any parameter. */
const documented = `
  ${['companies', 'contacts', 'leads', 'customers', 'quotes', 'users', 'teams']
    .flatMap((kind) => [
      `GET /${kind}`,
      `POST /${kind}`,
      `GET /${kind}/{}`,
      `PATCH /${kind}/{}`,
      `DELETE /${kind}/{}`,
      `POST /${kind}/{}/restore`,
      `POST /${kind}/bulk`,
    ])
    .join('\n')}
  GET /cadences
  POST /cadences
  GET /cadences/{}
  PATCH /cadences/{}
  DELETE /cadences/{}
  POST /cadences/{}/duplicate
  PUT /cadences/{}/steps
  POST /cadences/{}/simulate
  GET /cadences/{}/analytics
  GET /plans
  POST /plans
  POST /plans/bulk
  GET /plans/due
  GET /plans/{}
  POST /plans/{}/start
  POST /plans/{}/pause
  POST /plans/{}/resume
  POST /plans/{}/skip
  POST /plans/{}/complete-step
  POST /plans/{}/abort
  GET /suggestions
  POST /suggestions/{}/accept
  POST /suggestions/{}/dismiss
  POST /leads/{}/convert
  GET /leads/{}/timeline
  GET /companies/{}/timeline
  GET /contacts/{}/timeline
  GET /customers/{}/timeline
  GET /leads/{}/activities
  GET /users/{}/activities
  POST /quotes/{}/send
  GET /search
  GET /pipeline/stages
  POST /pipeline/stages
  PATCH /pipeline/stages/{}
  DELETE /pipeline/stages/{}
  PUT /pipeline/stages/reorder
  GET /pipeline/overview
  PUT /leads/{}/move-stage
  GET /pipeline/conversion-rates
  GET /activities
  POST /activities
  POST /activities/bulk
  GET /activities/{}
  PATCH /activities/{}
  DELETE /activities/{}
  PATCH /activities/{}/complete
  GET /activities/pending
  GET /activities/overdue
  GET /activities/timeline
  GET /activities/stats
  GET /activities/templates
  POST /import/{}
  GET /import/{}
  GET /import/{}/rejected.csv
  POST /import/{}/undo
  GET /import/history
  GET /import/template
  POST /export/{}
  GET /export/status/{}
  GET /changes
  POST /changes/undo
  GET /events`
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '')
const anonymous = (path: string) => path.replace(/\{\w*\}/g, '{}')

interface Operation {
  operationId?: string
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { description: string; content?: object }>
}
interface Description {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components: { schemas: object; securitySchemes: object }
  security: object[]
}

describe('The description of the HTTP API', () => {
  let description: Description
  let operations: { method: string; path: string; operation: Operation }[]
  beforeAll(async () => {
    const answer = await ask(api.web.url, undefined, 'GET', '/api/openapi.json')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
    description = answer.body as Description
    operations = Object.entries(description.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
    )
  })

  it('names every documented path and every procedure, and nothing else', () => {
    const named = operations.map(({ method, path }) => `${method.toUpperCase()} ${anonymous(path)}`)
    expect(documented.filter((line) => !named.includes(line))).toEqual([])
    expect([...named].sort()).toEqual(
      procedures.map(({ method, path }) => `${method} ${anonymous(path)}`).sort(),
    )
  })

  it('is OpenAPI 3.1: unique operations, declared parameters, described answers, references that lead somewhere', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d+$/)
    expect(description.info).toEqual({
      title: 'Rapport',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      description: expect.any(String),
    })
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).not.toContain(undefined)
    for (const { method, path, operation } of operations) {
      const where = `${method} ${path}`
      expect(['get', 'put', 'post', 'delete', 'patch']).toContain(method)
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      const inTemplate = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect([where, inPath.map(({ name }) => name).sort()]).toEqual([where, inTemplate.sort()])
      expect(inPath.every(({ required }) => required === true)).toBe(true)
      expect(operation.parameters?.every(({ schema }) => schema instanceof Object) ?? true).toBe(
        true,
      )
      const answers = Object.entries(operation.responses)
      expect([where, answers.length > 0]).toEqual([where, true])
      for (const [status, answer] of answers)
        expect([where, status, typeof answer.description]).toEqual([
          where,
          expect.stringMatching(/^([1-5]\d\d|default)$/),
          'string',
        ])
    }
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)]
    for (const [, reference = ''] of references) {
      const target = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>(
          (at, key) => (at as Record<string, unknown> | undefined)?.[key],
          description,
        )
      expect([reference, target instanceof Object]).toEqual([reference, true])
    }
    expect(description.security).toEqual([{ token: [] }])
  })

  it('is shown as a page without a token', async () => {
    const answer = await fetch(`${api.web.url}/api/docs`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ])
  })
})

describe('Who has no token, or asks too much', () => {
  it('gets 401 everywhere, whatever the token looks like', async () => {
    for (const token of [undefined, 'wrong', `rapport_${'a'.repeat(43)}`, 'x'.repeat(499)]) {
      const answer = await ask(api.web.url, token, 'GET', '/api/leads')
      expect([answer.status, faultOfRefusal(answer)]).toEqual([401, undefined])
      expect(answer.body).toMatchObject({ code: 'unauthorized' })
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
    for (const path of ['/leads', '/changes/undo', '/database/backups'])
      expect((await ask(api.web.url, 'wrong', 'POST', `/api${path}`, { body: {} })).status).toBe(
        401,
      )
  })

  it('gets 404 for what there is not, with a pointer to what there is', async () => {
    const admin = await api.person('admin')
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['PUT', '/leads'],
      ['DELETE', '/search'],
      ['GET', '/leads/../../etc/passwd'],
    ] as const) {
      const { status, code } = await refused(admin, [method, path])
      expect([path, status, code]).toEqual([path, 404, 'not_found'])
    }
    expect((await refused(admin, ['GET', '/nothing'])).message).toContain('openapi.json')
  })

  it('gets 413 for more than 5 MB', async () => {
    const admin = await api.person('admin')
    const body = { name: 'x'.repeat(5 * 1024 * 1024) }
    const { status, code } = await refused(admin, ['POST', '/companies'], body)
    expect([status, code]).toEqual([413, 'too_large'])
    expect(
      (await refused(admin, ['POST', '/companies'], { name: 'x'.repeat(4 * 1024 * 1024) })).paths,
    ).toEqual(['name'])
  })

  it('may ask a hundred times a minute with all tokens together; others are not held up', async () => {
    const [admin, busy, calm] = [
      await api.person('admin'),
      await api.person('rep'),
      await api.person('rep'),
    ]
    const second = await call<{ token: string }>(admin, 'users.createToken', {
      id: busy.id,
      name: 'Second',
    })
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => busy.ask('GET', '/settings/preferences')),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100)
    for (const over of [
      await busy.ask('GET', '/settings/preferences'),
      await busy.ask('POST', '/leads', { body: { title: 'Too much' } }),
      await ask(api.web.url, second.token, 'GET', '/api/leads'),
    ]) {
      expect([over.status, faultOfRefusal(over)]).toEqual([429, undefined])
      const seconds = Number(over.headers.get('retry-after'))
      expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true)
    }
    expect((await calm.ask('GET', '/settings/preferences')).status).toBe(200)
    const made = await call<Page<Lead>>(admin, 'leads.list', { q: 'Too much' })
    expect(made.total).toBe(0)
  })
})

it('Every endpoint is asked in a file that names it', () => {
  const files = new Set(
    procedures.map(({ name }) => fileOf(name)).filter((file) => file !== undefined),
  )
  expect([...files].sort()).toEqual(Object.keys(askedIn).sort())
  for (const file of files)
    expect(readFileSync(join(import.meta.dirname, `${file}.test.ts`), 'utf8')).toContain(
      `\ntestThatAllWasAsked('${file}')\n`,
    )
})
