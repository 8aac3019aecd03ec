/** The HTTP API under hostile input: it refuses in its own words, never breaks, and keeps what it holds. */
import { once } from 'node:events'
import { request } from 'node:http'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { cleanLine, cleanText } from '../src/contract/kernel/text'
import {
  type Answer,
  faultOfRefusal,
  type Procedure,
  prepareApi,
  procedures,
  requestFor,
} from './api'

const api = prepareApi({ sample: true })
const json = 'application/json'

afterEach(async () => {
  const { status } = await (await api.person('admin')).ask('GET', '/leads')
  expect(status).toBe(200)
})

/** Refused with 4xx in the documented form. */
function expectRefusal(name: string, answer: Answer, status = 400) {
  expect([name, answer.status, faultOfRefusal(answer)]).toEqual([name, status, undefined])
}

describe('The HTTP API refuses', () => {
  it('ids that are none', async () => {
    const { ask } = api.crowd('admin')
    for (const id of [
      '0',
      '-1',
      '9'.repeat(4000),
      'null',
      '%00',
      '%ff',
      '%E0%A4%A',
      '__proto__',
      'constructor',
      "'%20or%20'1'='1",
      '%2e%2e%2fetc',
      '{id}',
      '01900000-0000-7000-8000-00000000000',
      '01900000-0000-7000-8000-000000000000%00',
    ])
      for (const [method, path] of [
        ['GET', `/leads/${id}`],
        ['PATCH', `/companies/${id}`],
        ['DELETE', `/activities/${id}`],
        ['GET', `/customers/${id}/timeline`],
        ['GET', `/leads?ownerId=${id}`],
        ['GET', `/activities?leadId=${id}`],
      ] as const)
        expectRefusal(
          `${method} ${path}`,
          await ask(method, path, method === 'PATCH' ? { body: {} } : {}),
        )
    const { status } = await ask('GET', `/leads/${'9'.repeat(20_000)}`)
    expect(status).toBe(431)
  })

  it('bodies that are no JSON, of the wrong kind, or no UTF-8', async () => {
    const { ask } = api.crowd('admin')
    for (const [name, contentType, body] of [
      ['cut short', json, '{"name":'],
      ['two values', json, '{"name":"a"}{"name":"b"}'],
      ['a list', json, '[]'],
      ['a string', json, '"name"'],
      ['null', json, 'null'],
      ['a number', json, '1e999'],
      ['text', 'text/plain', '{"name":"Acme"}'],
      ['XML', 'application/xml', '<name>Acme</name>'],
      ['bytes', 'application/octet-stream', new Uint8Array([0, 1, 2, 255])],
      ['a form without parts', 'multipart/form-data', 'name=Acme'],
      ['a form cut short', 'multipart/form-data; boundary=x', '--x\r\nContent-Dis'],
      ['no kind', 'nonsense', '{"name":"Acme"}'],
      ['no UTF-8', json, Buffer.from([...Buffer.from('{"name":"'), 0xff, 0xfe, 0x22, 0x7d])],
      ['half a letter', json, Buffer.from([...Buffer.from('{"name":"'), 0xc3, 0x22, 0x7d])],
      ['UTF-16', json, Buffer.from('{"name":"Acme"}', 'utf16le')],
      ['nothing', json, ''],
    ] as const)
      expectRefusal(
        name,
        await ask('POST', '/companies', { headers: { 'content-type': contentType }, body }),
      )
  })

  it('bodies, conditions and lists without end', async () => {
    const { ask } = api.crowd('admin')
    const nested = (open: string, close: string, depth: number) =>
      `${open.repeat(depth)}${close.repeat(depth)}`
    for (const depth of [150, 5000, 200_000]) {
      expectRefusal(
        `metadata ${depth}`,
        await ask('POST', '/activities', {
          body: `{"type":"note","metadata":{"a":${nested('[', ']', depth)}}}`,
        }),
      )
      expectRefusal(
        `condition ${depth}`,
        await ask('POST', '/leads/bulk', {
          body: `{"target":{"where":{"filter":${nested('{"all":[', ']}', depth)}}},"action":{"type":"delete"}}`,
        }),
      )
      expectRefusal(
        `preference ${depth}`,
        await ask('PUT', '/settings/preferences/deep', {
          body: `{"value":${nested('[', ']', depth)}}`,
        }),
      )
    }
    expectRefusal(
      'condition in the address',
      await ask('GET', `/leads?filter=${encodeURIComponent(nested('{"any":[', ']}', 500))}`),
    )
    const comparison = { field: 'title', operator: 'equals', value: 'x' }
    const wide = (depth: number): object =>
      depth === 0 ? comparison : { any: Array.from({ length: 30 }, () => wide(depth - 1)) }
    const many = { field: 'title', operator: 'in', value: Array.from({ length: 500 }, () => 'x') }
    for (const [name, filter] of [
      ['27000 comparisons', wide(3)],
      ['50000 values', { all: Array.from({ length: 100 }, () => many) }],
      [
        'high',
        { all: [{ any: [many, { all: [many, { any: Array(100).fill({ all: [many] }) }] }] }] },
      ],
    ] as const) {
      const answer = await ask('POST', '/leads/bulk', {
        body: { target: { where: { filter } }, action: { type: 'addTags', tags: ['x'] } },
      })
      expect([
        name,
        [200, 400].includes(answer.status),
        answer.status < 300 || faultOfRefusal(answer) === undefined,
      ]).toEqual([name, true, true])
    }
    const tenThousand = Array.from({ length: 10_001 }, (_, index) => `t${index}`)
    const id = '01900000-0000-7000-8000-000000000000'
    for (const [method, path, body] of [
      ['POST', '/companies', { name: 'Acme', tags: tenThousand }],
      [
        'POST',
        '/leads/bulk',
        { target: { ids: tenThousand.map(() => id) }, action: { type: 'delete' } },
      ],
      ['POST', '/activities/bulk', { activities: tenThousand.map(() => ({ type: 'note' })) }],
      ['PUT', '/pipeline/stages/reorder', { pipelineId: id, stageIds: tenThousand.map(() => id) }],
      ['POST', '/trash/restore', { items: tenThousand.map(() => ({ kind: 'lead', id })) }],
    ] as const)
      expectRefusal(path, await ask(method, path, { body }))
    const nobody = await ask('POST', '/leads/bulk', {
      body: { target: { ids: tenThousand.slice(1).map(() => id) }, action: { type: 'delete' } },
    })
    expect([nobody.status, nobody.body]).toEqual([
      200,
      { changed: 0, skipped: 10_000, batchId: null },
    ])
  })
})

describe('The HTTP API refuses as well', () => {
  it('methods and bodies that HTTP libraries do not send', async () => {
    const { token } = await api.person('admin')
    const send = async (method: string, body?: string) => {
      const asked = request(`${api.web.url}/api/leads`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': json,
          ...(body ? { 'content-length': body.length } : {}),
        },
        agent: false,
      })
      asked.end(body)
      const [response] = await once(asked, 'response')
      response.resume()
      return response.statusCode
    }
    for (const method of ['TRACE', 'PROPFIND', 'PURGE', 'OPTIONS'])
      expect([method, await send(method)]).toEqual([method, 405])
    expect(await send('GET', '{"limit":1}')).toBe(200)
  })
})

describe('The HTTP API keeps as text', () => {
  const texts = [
    "'; drop table lead; --",
    '" or 1=1 --',
    "Robert'); delete from company where ('1'='1",
    'a\u0000b',
    '%_\\%',
    '<script>alert(1)</script>',
    '{{7*7}}',
    '../../etc/passwd',
    '\u202eevil\u2028line',
  ]

  it('whatever looks like SQL, markup or a path, in every field and question', async () => {
    const { ask } = api.crowd('admin')
    for (const text of texts) {
      const made = await ask('POST', '/companies', {
        body: {
          name: text,
          domain: text,
          city: text,
          description: text,
          tags: [text],
          externalId: text,
        },
      })
      expect([text, made.status]).toEqual([text, 201])
      const name = cleanLine(text)
      const description = cleanText(text)
      expect(made.body).toMatchObject({ name, domain: name, description, tags: [name] })
      const filter = { all: [{ field: 'name', operator: 'equals', value: name }] }
      const found = await ask(
        'GET',
        `/companies?filter=${encodeURIComponent(JSON.stringify(filter))}`,
      )
      expect([text, (found.body as { total: number }).total]).toEqual([text, 1])
      const asked = encodeURIComponent(text)
      for (const path of [
        `/companies?q=${asked}`,
        `/leads?source=${asked}&tag=${asked}`,
        `/activities?q=${asked}`,
        `/trash?q=${asked}`,
        `/changes?table=${asked}&rowId=${asked}`,
        `/pipeline/board?q=${asked}`,
      ])
        expect([path, (await ask('GET', path)).status]).toEqual([path, 200])
      for (const path of [`/companies?sort=${asked}`, `/companies?cursor=${asked}`])
        expectRefusal(path, await ask('GET', path))
      const field = { all: [{ field: text, operator: 'equals', value: 1 }] }
      expectRefusal(
        text,
        await ask('GET', `/leads?filter=${encodeURIComponent(JSON.stringify(field))}`),
      )
    }
  })

  it('nothing under names that reach into prototypes', async () => {
    const { ask } = api.crowd('admin')
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
      const made = await ask('POST', '/activities', {
        body: `{"type":"note","${name}":{"polluted":true},"metadata":{"${name}":{"polluted":true}}}`,
      })
      expect([name, made.status === 201 || faultOfRefusal(made) === undefined]).toEqual([
        name,
        true,
      ])
      for (const path of [
        `/leads?${name}[polluted]=1`,
        `/leads?filter[${name}][polluted]=1`,
        `/leads?sort=${name}`,
        `/leads?filter=${encodeURIComponent(`{"all":[{"field":"${name}","operator":"equals","value":1}]}`)}`,
      ]) {
        const { status, ...answer } = await ask('GET', path)
        expect([
          path,
          status === 200 || faultOfRefusal({ status, ...answer }) === undefined,
        ]).toEqual([path, true])
      }
    }
    const clean = await ask('GET', '/settings/preferences')
    expect(clean.text).toBe('{}')
    expect((await ask('GET', '/activities?limit=500')).text).not.toContain('"polluted":true,"id"')
  })
})

describe('Whatever is asked of any procedure', () => {
  it('is answered or refused, never with 5xx', { timeout: 60_000 }, async () => {
    const crowd = api.crowd('admin')
    const ids = await realIds()
    const questions = procedures
      // The stream does not end, and these would take away what the others are tried on.
      .filter(
        ({ name }) => !['changes.events', 'database.restore', 'database.backUp'].includes(name),
      )
      .filter(({ area }) => area !== 'transfer')
      .map((procedure) => questionOf(procedure, ids))
    await fc.assert(
      fc.asyncProperty(fc.oneof(...questions), async ({ procedure, input }) => {
        const { method, path, question } = requestFor(procedure, input)
        const answer = await crowd.ask(method, path, question)
        if (answer.status >= 300) expect(faultOfRefusal(answer)).toBeUndefined()
        // Nobody may lock everybody out.
        expect(answer.status).not.toBe(401)
      }),
      {
        numRuns: 4000,
        interruptAfterTimeLimit: 15_000,
        markInterruptAsFailure: false,
        seed: Number(process.env.FUZZ_SEED ?? 20_261_120),
      },
    )
  })

  async function realIds(): Promise<string[]> {
    const { ask } = api.crowd('admin')
    const found: string[] = []
    for (const path of [
      '/companies',
      '/contacts',
      '/leads',
      '/customers',
      '/quotes',
      '/activities',
    ]) {
      const { body } = await ask('GET', `${path}?limit=3`)
      found.push(...(body as { items: { id: string }[] }).items.map(({ id }) => id))
    }
    const stages = (await ask('GET', '/pipeline/stages')).body as {
      id: string
      pipelineId: string
    }[]
    for (const { id, pipelineId } of stages) found.push(id, pipelineId)
    found.push((await api.person('rep', 'Expendable')).id)
    return found
  }
})

interface JsonSchema {
  type?: string
  format?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  minimum?: number
  maximum?: number
}

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\u0000',
    '\ud800',
    "' or 1=1 --",
    '__proto__',
    '9'.repeat(400),
    '0000-01-01',
    '9999-12-31T23:59:59-12:00',
    [],
    {},
    { __proto__: null, constructor: 1 },
    [[[[]]]],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Mostly what the contract asks for, so that it gets past the shapes; here and there something else. */
function anyValue(schema: JsonSchema, ids: string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: fittingValue(schema, ids) },
    { weight: 1, arbitrary: hostile },
  )
}

function fittingValue(schema: JsonSchema, ids: string[]): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => anyValue(choice, ids)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.format === 'uuid') return fc.constantFrom(...ids)
  if (schema.format === 'date') return fc.constantFrom('2026-11-20', '0001-01-01', '9999-12-31')
  if (schema.format === 'date-time')
    return fc.constantFrom(
      '2026-11-20T10:00:00Z',
      '1969-12-31T23:59:59.999Z',
      '9999-12-31T23:59:59Z',
    )
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'integer' || schema.type === 'number')
    return fc.integer({
      min: Math.max(schema.minimum ?? -5, -1e9),
      max: Math.min(schema.maximum ?? 1e9, 1e9),
    })
  if (schema.type === 'array') return fc.array(anyValue(schema.items ?? {}, ids), { maxLength: 4 })
  if (schema.type === 'object' && schema.properties)
    return fc.record(
      Object.fromEntries(
        Object.entries(schema.properties).map(([name, property]) => [
          name,
          anyValue(property, ids),
        ]),
      ),
      { requiredKeys: schema.required ?? [] },
    )
  if (schema.type === 'string')
    return fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('title', '-value', 'note', 'call', '12.50', 'EUR', '#228be6', 'a@b.example'),
    )
  return hostile
}

function questionOf(procedure: Procedure, ids: string[]) {
  const schema = procedure.input
    ? (z.toJSONSchema(procedure.input, {
        io: 'input',
        unrepresentable: 'any',
        cycles: 'ref',
      }) as JsonSchema)
    : { type: 'object', properties: {} }
  const parameters = [...procedure.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const properties = Object.entries(schema.properties ?? {})
  return fc.record({
    procedure: fc.constant(procedure),
    input: fc.record(
      Object.fromEntries([
        ...properties.map(([name, property]) => [name, anyValue(property, ids)] as const),
        ...parameters.map((name) => [name, anyValue({ format: 'uuid' }, ids)] as const),
      ]),
      { requiredKeys: [...parameters, ...(schema.required ?? [])] },
    ),
  })
}
