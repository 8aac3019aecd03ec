import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Comparison, Condition } from '../../../contract/kernel/conditions'
import { openTestPlans } from '../../testing/plans'
import { openTestCore } from '../../testing/testing'

const names = ['Acme', 'acme', 'Bolt', 'Žlutý', '', 'x_y', '100%']

/** A small table of leads in which every field is sometimes empty. */
async function withLeads() {
  const core = await openTestCore()
  const { client, clock } = core
  for (let index = 0; index < 40; index++) {
    clock.advance(index % 4 === 0 ? 0 : 3_600_000)
    await client.leads.create({
      title: `Lead ${String((index * 7) % 40).padStart(2, '0')}`,
      source: names[index % names.length] || null,
      priority: (['low', 'medium', 'high', 'urgent'] as const)[index % 4] ?? 'low',
      tags: index % 3 === 0 ? ['Hot', `t${index % 5}`] : [],
      value: index % 5 === 0 ? null : { amount: String((index * 13) % 17), currency: 'USD' },
      expectedCloseDate:
        index % 6 === 0 ? null : `2026-12-${String((index % 9) + 1).padStart(2, '0')}`,
    })
  }
  const { items } = await client.leads.list({ limit: 500 })
  return { ...core, leads: items }
}
type Lead = Awaited<ReturnType<typeof withLeads>>['leads'][number]

const sorts = [
  'title',
  'value',
  'expectedCloseDate',
  'createdAt',
  'updatedAt',
  'source',
  'priority',
  'stage',
  'owner',
  'nextStepAt',
]

describe('a page of a list', () => {
  test('follows the one before without losing or doubling a row, in any sort and direction', async () => {
    const { client, leads } = await withLeads()
    for (const sort of sorts.flatMap((name) => [name, `-${name}`])) {
      const seen: Lead[] = []
      let cursor: string | undefined
      do {
        const page = await client.leads.list({ sort, limit: 7, ...(cursor ? { cursor } : {}) })
        expect(page.total).toBe(40)
        seen.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(new Set(seen.map((lead) => lead.id)), sort).toEqual(
        new Set(leads.map((lead) => lead.id)),
      )
      expect(seen, sort).toHaveLength(40)
    }
  })

  test('puts rows without a value last, whichever the direction', async () => {
    const { client } = await withLeads()
    for (const sort of ['value', '-value']) {
      const amounts = (await client.leads.list({ sort, limit: 100 })).items.map(
        (lead) => lead.value?.amount ?? null,
      )
      const known = amounts.filter((amount) => amount !== null).map(Number)
      expect(amounts.slice(known.length).every((amount) => amount === null)).toBe(true)
      expect(known).toEqual([...known].sort((a, b) => (sort === 'value' ? a - b : b - a)))
    }
  })

  test('has the few rows that a condition lets through in the same order', async () => {
    const { client, leads } = await withLeads()
    const few = new Set([3, 17, 30].flatMap((index) => leads[index]?.title ?? []))
    const filter: Condition = { all: [{ field: 'title', operator: 'in', value: [...few] }] }
    for (const name of [...sorts, 'company', 'newest'])
      for (const sort of [name, `-${name}`]) {
        const { items } = await client.leads.list({ sort, limit: 500 })
        const page = await client.leads.list({ sort, filter })
        expect(page, sort).toEqual({
          items: items.filter(({ title }) => few.has(title)),
          nextCursor: null,
          total: 3,
        })
        const [first, ...rest] = (await client.leads.list({ sort, filter, limit: 1 })).items
        expect([first, rest], sort).toEqual([page.items[0], []])
      }
    const none: Condition = { all: [{ field: 'title', operator: 'equals', value: 'None' }] }
    expect(await client.leads.list({ filter: none })).toEqual({
      items: [],
      nextCursor: null,
      total: 0,
    })
  })

  test('of few rows is not looked for along the order of all', async () => {
    const { client, plansOf } = await openTestPlans('a large database')
    for (let index = 0; index < 12; index++)
      await client.leads.create({ title: `Lead ${index}`, source: index === 5 ? 'Fair' : 'Other' })
    const plan = async (value: string) => {
      const filter: Condition = { all: [{ field: 'source', operator: 'equals', value }] }
      const [page] = await plansOf('page', () => client.leads.list({ sort: '-updatedAt', filter }))
      return page?.indexes[0]
    }
    expect(await plan('Other')).toBe('lead_updated')
    expect(await plan('Fair')).not.toBe('lead_updated')
  })

  test('is refused for a cursor or a sort that nobody gave out', async () => {
    const { client } = await openTestCore()
    for (const cursor of ['x', 'bnVsbA', Buffer.from('[0,{},1,1]').toString('base64url')])
      await expect(client.leads.list({ cursor })).rejects.toMatchObject({
        code: 'invalid',
        data: { issues: [{ path: 'cursor' }] },
      })
    await expect(client.leads.list({ sort: 'constructor' })).rejects.toMatchObject({
      data: { issues: [{ path: 'sort' }] },
    })
  })
})

// The same meaning written a second time, row by row ---------------------------------------------

const read: Record<string, (lead: Lead) => string | number | null | string[]> = {
  title: (lead) => lead.title,
  source: (lead) => lead.source,
  priority: (lead) => lead.priority,
  value: (lead) => (lead.value ? Number(lead.value.amount) : null),
  expectedCloseDate: (lead) => lead.expectedCloseDate,
  tags: (lead) => lead.tags,
}
const same = (a: unknown, b: unknown) =>
  typeof a === 'string' && typeof b === 'string' ? ascii(a) === ascii(b) : a === b
/** SQLite's nocase folds the letters of ASCII only. */
const ascii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function holds(condition: Condition | Comparison, lead: Lead): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, lead))
  if ('any' in condition) return condition.any.some((part) => holds(part, lead))
  if ('none' in condition) return !condition.none.some((part) => holds(part, lead))
  const actual = read[condition.field]?.(lead) ?? null
  const { value } = condition
  const equals = (expected: unknown) =>
    Array.isArray(actual) ? actual.some((tag) => same(tag, expected)) : same(actual, expected)
  switch (condition.operator) {
    case 'equals':
      return equals(value)
    case 'not_equals':
      return !equals(value)
    case 'in':
      return (value as unknown[]).some(equals)
    case 'not_in':
      return !(value as unknown[]).some(equals)
    case 'contains':
      return Array.isArray(actual)
        ? equals(value)
        : actual !== null && ascii(String(actual)).includes(ascii(String(value)))
    case 'greater_than':
      return (
        actual !== null &&
        (typeof actual === 'string'
          ? ascii(actual) > ascii(String(value))
          : Number(actual) > Number(value))
      )
    case 'less_than':
      return (
        actual !== null &&
        (typeof actual === 'string'
          ? ascii(actual) < ascii(String(value))
          : Number(actual) < Number(value))
      )
    case 'is_empty':
      return actual === null || actual.toString() === ''
    case 'is_not_empty':
      return !(actual === null || actual.toString() === '')
    default:
      throw new Error(`${condition.operator} is tested elsewhere`)
  }
}

const text = fc.constantFrom(
  'Acme',
  'ACME',
  'Lead 0',
  'bolt',
  'Žlutý',
  '%',
  '_',
  'urgent',
  'low',
  'hot',
  't2',
)
const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    field: fc.constantFrom('title', 'source', 'priority'),
    operator: fc.constantFrom(
      'equals',
      'not_equals',
      'contains',
      'greater_than',
      'less_than',
      'is_empty',
      'is_not_empty',
    ),
    value: text,
  }),
  fc.record({
    field: fc.constant('value'),
    operator: fc.constantFrom(
      'equals',
      'not_equals',
      'greater_than',
      'less_than',
      'is_empty',
      'is_not_empty',
    ),
    value: fc.integer({ min: 0, max: 17 }),
  }),
  fc.record({
    field: fc.constant('expectedCloseDate'),
    operator: fc.constantFrom('equals', 'not_equals', 'greater_than', 'less_than', 'is_empty'),
    value: fc.integer({ min: 1, max: 9 }).map((day) => `2026-12-0${day}`),
  }),
  fc.record({
    field: fc.constant('tags'),
    operator: fc.constantFrom('equals', 'not_equals', 'contains', 'is_empty', 'is_not_empty'),
    value: text,
  }),
  fc.record({
    field: fc.constantFrom('title', 'source', 'priority', 'tags'),
    operator: fc.constantFrom('in', 'not_in'),
    value: fc.array(text, { maxLength: 3 }),
  }),
)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({ all: fc.array(comparison, { maxLength: 3 }) }),
    fc.record({ any: fc.array(comparison, { maxLength: 3 }) }),
    fc.record({ none: fc.array(comparison, { maxLength: 3 }) }),
    fc.record({
      all: fc.array(fc.oneof(comparison, tie('condition')), { maxLength: 3 }),
    }) as fc.Arbitrary<Condition>,
    fc.record({
      any: fc.array(fc.oneof(comparison, tie('condition')), { maxLength: 3 }),
    }) as fc.Arbitrary<Condition>,
  ),
}))

describe('a condition', () => {
  test('means in SQL what it means row by row', async () => {
    const { client, leads } = await withLeads()
    await fc.assert(
      fc.asyncProperty(condition, async (filter) => {
        const found = await client.leads.list({ filter, limit: 500, sort: 'title' })
        const expected = leads.filter((lead) => holds(filter, lead)).map((lead) => lead.title)
        expect(found.items.map((lead) => lead.title).sort()).toEqual(expected.sort())
        expect(found.total).toBe(expected.length)
      }),
      { numRuns: 400 },
    )
  }, 30_000)

  test('on a field or value that does not fit is refused in words', async () => {
    const { client } = await openTestCore()
    for (const part of [
      { field: 'password', operator: 'equals' as const, value: 'x' },
      { field: 'toString', operator: 'equals' as const, value: 'x' },
      { field: "custom.x') or 1=1 --", operator: 'equals' as const, value: 'x' },
      { field: 'value', operator: 'greater_than' as const, value: 'much' },
      { field: 'expectedCloseDate', operator: 'less_than' as const, value: 'soon' },
      { field: 'tags', operator: 'less_than' as const, value: 'a' },
      { field: 'source', operator: 'in' as const, value: 'a' },
      { field: 'source', operator: 'equals' as const },
    ])
      await expect(
        client.leads.list({ filter: { all: [part] } }),
        JSON.stringify(part),
      ).rejects.toMatchObject({
        code: 'invalid',
        data: { issues: [{ path: 'filter' }] },
      })
  })

  test('takes a bare date as a day of the workspace’s zone', async () => {
    const { client, clock } = await openTestCore()
    await client.settings.updateWorkspace({ timezone: 'America/New_York' })
    clock.set('2026-11-21T03:00:00Z')
    await client.leads.create({ title: 'Late on the 20th in New York' })
    const on = async (date: string) =>
      (
        await client.leads.list({
          filter: { all: [{ field: 'createdAt', operator: 'equals', value: date }] },
        })
      ).total
    expect(await on('2026-11-20')).toBe(1)
    expect(await on('2026-11-21')).toBe(0)
  })
})
