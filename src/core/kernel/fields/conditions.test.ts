import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Comparison, Condition } from '../../../contract/kernel/conditions'
import { fold } from '../../../contract/kernel/fold'
import { spellingKey } from '../../../contract/kernel/spelling'
import { openTestCore } from '../../testing/testing'
import { addTextFunctions } from '../database/sql-functions'
import { compileCondition } from './conditions'
import type { Field } from './field'

const fieldsOf = (fields: Record<string, Field>) => ({
  fieldOf: (name: string) => fields[name] as Field,
  zone: 'UTC',
  country: null,
  now: 0,
})
const source = fieldsOf({ source: { sql: 'lead.source', type: 'text' } })
const compile = (condition: Condition, rows: number) =>
  compileCondition(condition, { ...source, rows })
const isOne = (value: Comparison['value']): Comparison => ({
  field: 'source',
  operator: Array.isArray(value) ? 'in' : 'equals',
  value,
})
const refused = (message: string) =>
  expect.objectContaining({ data: { issues: [{ path: 'filter', message }] } })

describe('a list of values', () => {
  const names = Array.from({ length: 500 }, (_, index) => `Straße ${index}`)

  test('is one look at each row', () => {
    const file = new BetterSqlite3(':memory:')
    onTestFinished(() => {
      file.close()
    })
    addTextFunctions(file)
    let folded = 0
    file.function('fold', { deterministic: true }, (text) => {
      folded++
      return String(text).toLowerCase().replace('ß', 'ss')
    })
    file.exec('create table lead (source text)')
    const add = file.prepare('insert into lead values (?)')
    for (const name of names) add.run(name.replace('S', 's'))
    for (const name of names) add.run(`Nowhere near ß ${name}`)
    const { sql, parameters } = compile({ all: [isOne(names)] }, 1000)
    const count = file.prepare(`select count(*) from lead where ${sql}`).pluck()
    // In the list it is "Strasse", as `fold` has it.
    folded = 0
    expect(count.get(...parameters)).toBe(500)
    expect(folded).toBe(1000)
    expect(parameters).toHaveLength(1)
  })

  test('of any field is answered however many lists there are', async () => {
    const { client } = await openTestCore()
    const days = names.map((_, index) => new Date(index * 86_400_000).toISOString().slice(0, 10))
    for (const [field, value] of [
      ['nextStepAt', days],
      ['createdAt', days],
      ['expectedCloseDate', days],
      ['source', names],
      ['tags', names],
      ['owner', names],
      ['value', days.map((_, index) => index)],
    ] as const)
      for (const operator of ['in', 'not_in'] as const) {
        const part: Comparison = { field, operator, value: [...value] }
        await client.leads.list({ filter: { any: Array(30).fill(part) } })
      }
    const phones = names.map((_, index) => `+35191234${String(index).padStart(4, '0')}`)
    const part: Comparison = { field: 'phone', operator: 'in', value: phones }
    await client.contacts.list({ filter: { any: Array(30).fill(part) } })
  })
})

describe('text whose spellings are known', () => {
  test('is folded once for each spelling, not for each row', () => {
    const file = new BetterSqlite3(':memory:')
    onTestFinished(() => {
      file.close()
    })
    let folded = 0
    file.function('fold', { deterministic: true }, (text) => {
      folded++
      return fold(String(text))
    })
    file.exec(`create table lead (source text, tags text);
      create table spelling (list text, key text, text text)`)
    const spelled = file.prepare('insert into spelling values (?, ?, ?)')
    for (const list of ['source', 'tag'])
      for (const text of ['Łódź', 'Kraków']) spelled.run(list, spellingKey(text), text)
    const add = file.prepare('insert into lead values (?, ?)')
    for (let row = 0; row < 1000; row++)
      add.run(row % 2 ? 'Łódź' : 'Kraków', row % 2 ? '["Łódź"]' : '["Other","Kraków"]')
    const counted = (field: string, operator: 'equals' | 'contains', value: string) => {
      const clause = compileCondition(
        { all: [{ field, operator, value }] },
        {
          ...fieldsOf({
            source: { sql: 'lead.source', type: 'text', spelled: 'source' },
            tags: { sql: 'lead.tags', type: 'tags' },
          }),
          rows: 1000,
        },
      )
      const count = file.prepare(`select count(*) from lead where ${clause.sql}`).pluck()
      return count.get(...clause.parameters)
    }
    expect(counted('source', 'equals', 'LODZ')).toBe(500)
    expect(counted('source', 'contains', 'krák')).toBe(500)
    expect(folded).toBeLessThan(10)
    expect(counted('tags', 'equals', 'KRAKÓW')).toBe(500)
  })

  test('is found as any other text is', async () => {
    const { client } = await openTestCore()
    const sources = ['Łódź', 'lodz', 'ACME', 'Straße 5', '5', '50%', 'βορράς', '', null]
    for (const source of [...sources, 'Trashed Łódź']) {
      const { id } = await client.leads.create({ title: 'Lead', source, description: source })
      if (source?.startsWith('Trashed')) await client.leads.remove({ id })
    }
    const value = fc.oneof(
      fc.constantFrom(...sources, 'LODZ', 'ź', 'strasse', 'STRASSE 5', 'acme', '%', 'ΒΟΡΡΑΣ'),
      fc.constantFrom(5, true, 'Trashed'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('equals', 'not_equals', 'contains', 'in', 'not_in'),
        fc.array(value, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (operator, values, trashed) => {
          const one = operator === 'in' || operator === 'not_in' ? values : (values[0] ?? null)
          const [bySource, byDescription] = await Promise.all(
            ['source', 'description'].map(async (field) => {
              const filter: Condition = { all: [{ field, operator, value: one }] }
              return (await client.leads.list({ filter, trashed })).items.map(({ id }) => id)
            }),
          )
          expect(bySource).toEqual(byDescription)
        },
      ),
      { numRuns: 200 },
    )
  }, 30_000)
})

test('parts that are easy to answer are asked first, in any group', () => {
  const { sql, parameters } = compileCondition(
    {
      all: [
        { field: 'notes', operator: 'contains', value: 'A' },
        {
          any: [
            { field: 'notes', operator: 'equals', value: 'B' },
            { field: 'score', operator: 'less_than', value: 1 },
          ],
        },
        { field: 'score', operator: 'greater_than', value: 2 },
      ],
    },
    {
      ...fieldsOf({
        notes: { sql: 'lead.notes', type: 'text' },
        score: { sql: 'lead.score', type: 'number' },
      }),
      rows: 1,
    },
  )
  expect(sql.match(/score . \?|lower|like/g)).toEqual(['score > ?', 'score < ?', 'lower', 'like'])
  expect(parameters).toEqual([2, 1, 'b', 'b', '%a%', 'a'])
})

describe('a condition of too many parts is refused', () => {
  const chain = (parts: number): Condition => ({ any: Array(parts).fill(isOne('a')) })

  test('by how many rows each is asked of', () => {
    expect(() => compile(chain(250), 1000)).not.toThrow()
    expect(() => compile(chain(350), 1000)).toThrow(
      refused('has 351 parts: here a condition may have 300'),
    )
    expect(() => compile(chain(250), 1_000_000)).toThrow(
      refused('has 251 parts: here a condition may have 20'),
    )
    expect(() => compile(chain(19), 1_000_000_000)).not.toThrow()
  })

  test('whatever groups it is made of, before SQLite finds it too high', async () => {
    const { client } = await openTestCore()
    let nested: Condition = { any: [] }
    for (let depth = 0; depth < 40; depth++)
      nested = { any: [...Array(20).fill({ any: [] }), nested] }
    await expect(client.leads.list({ filter: nested })).rejects.toEqual(
      refused('has 841 parts: here a condition may have 300'),
    )
  })

  test('and so is one of too many values', () => {
    const many = Array<string>(500).fill('a')
    expect(() => compile({ any: Array(50).fill(isOne(many)) }, 1)).toThrow(
      refused('has 25000 values: a condition may have 20000'),
    )
  })
})

describe('in', () => {
  const days = ['2026-12-01', '2026-12-02', '2026-12-24']
  const texts = ['Łódź', 'lodz', 'ACME', '5', '+351 912 345 678', '912345678', 'hot', '']

  async function withContacts() {
    const core = await openTestCore()
    const { client } = core
    await client.settings.updateWorkspace({ timezone: 'America/New_York' })
    await client.workingHours.set({
      hours: Array(7).fill([{ from: '09:00', to: '17:00' }]),
      country: 'PT',
      region: null,
    })
    await client.settings.customFields.create({
      table: 'lead',
      label: 'Size',
      type: 'number',
    })
    await client.settings.customFields.create({ table: 'lead', label: 'Code', type: 'text' })
    const values = [...texts, null]
    for (const [index, value] of values.entries()) {
      core.clock.set(`${days[index % days.length]}T0${index % 8}:30:00Z`)
      await client.contacts.create({
        lastName: value || 'None',
        phone: value?.startsWith('+') ? value : null,
        jobTitle: value,
        tags: value ? [value] : [],
      })
      const { id } = await client.leads.create({
        title: value || 'None',
        source: value,
        value: index % 3 ? { amount: `${index}.1`, currency: 'USD' } : null,
        expectedCloseDate: days[index] ?? null,
        custom: { size: index % 2 ? index : null, code: value },
      })
      await client.tasks.create({
        title: 'Call',
        leadId: id,
        ...(index % 2
          ? { wallTime: days[index % days.length] ?? '', zone: 'Pacific/Auckland' }
          : { dueAt: `${days[index % days.length]}T03:00:00Z` }),
      })
    }
    return core
  }

  test('is what any of its values equals, in every kind of field', async () => {
    const { client } = await withContacts()
    const value = fc.oneof(
      fc.constantFrom(...texts, ...days, 'custom'),
      fc.constantFrom('2026-12-01T00:30:00Z', '2026-12-02T03:00:00Z'),
      fc.constantFrom(null, true, 1, 5, 1.1, 5.1),
    )
    const ofLead = fc.constantFrom('title', 'source', 'tags', 'owner', 'custom.code')
    const ofContact = fc.constantFrom('name', 'phone', 'jobTitle', 'tags', 'company')
    const number = fc.record({
      kind: fc.constant('leads' as const),
      field: fc.constantFrom('value', 'probability', 'custom.size'),
      values: fc.array(fc.constantFrom(null, 1.1, 2.1, '4.1', 10), { maxLength: 4 }),
    })
    const date = fc.record({
      kind: fc.constant('leads' as const),
      field: fc.constantFrom('expectedCloseDate'),
      values: fc.array(fc.constantFrom(null, ...days), { maxLength: 4 }),
    })
    const instant = fc.record({
      kind: fc.constant('leads' as const),
      field: fc.constantFrom('createdAt', 'nextStepAt', 'closedAt'),
      values: fc.array(fc.constantFrom(null, ...days, '2026-12-02T03:00:00Z'), { maxLength: 4 }),
    })
    const texty = (kind: 'leads' | 'contacts', field: fc.Arbitrary<string>) =>
      fc.record({
        kind: fc.constant(kind),
        field,
        values: fc.array(value, { maxLength: 4 }),
      })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(texty('leads', ofLead), texty('contacts', ofContact), number, date, instant),
        async ({ kind, field, values }) => {
          const idsOf = async (filter: Condition) =>
            (await client[kind].list({ filter, limit: 100 })).items.map(({ id }) => id)
          const found = await idsOf({ all: [{ field, operator: 'in', value: values }] })
          expect(found).toEqual(
            await idsOf({ any: values.map((one) => ({ field, operator: 'equals', value: one })) }),
          )
          const others = await idsOf({ all: [{ field, operator: 'not_in', value: values }] })
          expect(new Set([...found, ...others]).size).toBe(texts.length + 1)
          expect(found.length + others.length).toBe(texts.length + 1)
        },
      ),
      { numRuns: 300 },
    )
  }, 30_000)

  test('finds days and numbers that several rows have', async () => {
    const { client } = await withContacts()
    const total = async (field: string, value: (string | number)[]) =>
      (await client.leads.list({ filter: { all: [{ field, operator: 'in', value }] } })).total
    expect(await total('nextStepAt', days)).toBeGreaterThan(3)
    expect(await total('nextStepAt', ['2026-11-30', '2026-12-01'])).toBeGreaterThan(1)
    expect(await total('value', [1.1, 2.1])).toBe(2)
    expect(await total('custom.size', ['1', 3])).toBe(2)
    expect(await total('source', ['LODZ', 'acme'])).toBe(3)
  })
})
