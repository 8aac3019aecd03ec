import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type Comparison,
  type Condition,
  type Operator,
  operators,
  spanUnits,
} from '../../../contract/kernel/conditions'
import { fold } from '../../../contract/kernel/fold'
import { spellingKey } from '../../../contract/kernel/spelling'
import type { Actor } from '../actor'
import { addTextFunctions } from '../database/sql-functions'
import { addDayFunction } from '../time/whole-days'
import { dateIn, startOfDay } from '../time/zone'
import { compileCondition } from './conditions'
import { evaluate, type Value } from './evaluate'
import type { Fields, FieldType } from './field'
import { readPhone } from './phone-numbers'
import { createReach, type Source } from './reach'

const country = 'PT'
const actor: Actor = { userId: 'rep', role: 'rep', door: 'test' }

// A record with a field of each type --------------------------------------------------------------

const companyFields: Fields = {
  name: { sql: 'company.name', type: 'text' },
  size: { sql: 'company.size', type: 'number' },
  kind: { sql: 'company.kind', type: 'text' },
  parent: { sql: 'company.parent_id', type: 'id', of: 'company' },
}
const companySource: Source = { table: 'company', joins: '', fields: companyFields }

const fields: Fields = {
  title: { sql: 'lead.title', type: 'text' },
  name: { sql: 'lead.name', type: 'text', folded: 'lead.name_folded' },
  source: { sql: 'lead.source', type: 'text', spelled: 'source' },
  phone: { sql: 'lead.phone', type: 'phone', number: 'lead.phone_number' },
  company: { sql: 'lead.company_id', type: 'id', of: 'company' },
  value: { sql: 'lead.value', type: 'number' },
  isOpen: { sql: 'lead.is_open', type: 'boolean' },
  closes: { sql: 'lead.closes', type: 'date' },
  createdAt: { sql: 'lead.created_at', type: 'instant' },
  stepAt: {
    sql: 'lead.step_at',
    type: 'instant',
    day: 'iif(lead.step_zone is null, null, day_in(lead.step_at, lead.step_zone))',
  },
  tags: { sql: 'lead.tags', type: 'tags' },
  interests: { sql: 'lead.interests', type: 'list' },
  companyName: 'company.name',
}
const leadSource: Source = { table: 'lead', joins: '', fields, custom: 'lead.custom' }

const reach = createReach(
  (kind) =>
    kind === 'company'
      ? {
          source: companySource,
          shownBy: 'name',
          // Only companies of some size are theirs to see.
          scope: () => ({ sql: 'company.size > ?', parameters: [1] }),
        }
      : undefined,
  (_table, key) =>
    key === 'seats' ? { sql: `json_extract(lead.custom, '$.seats')`, type: 'number' } : undefined,
)

const types: Readonly<Record<string, FieldType>> = {
  title: 'text',
  name: 'text',
  source: 'text',
  phone: 'phone',
  company: 'id',
  value: 'number',
  isOpen: 'boolean',
  closes: 'date',
  createdAt: 'instant',
  stepAt: 'instant',
  tags: 'tags',
  interests: 'list',
  companyName: 'text',
  'custom.note': 'text',
  'custom.seats': 'number',
  'company.size': 'number',
  'company.kind': 'text',
  'company.parent.name': 'text',
  'company.parent.size': 'number',
}
const names = Object.keys(types)

// What may be in it, and what may be asked --------------------------------------------------------

const zones = [
  'UTC',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kathmandu',
  'America/Santiago',
  'Pacific/Kiritimati',
]
const zone = fc.constantFrom(...zones)
const texts = [
  '',
  'Acme',
  'ACME',
  'Žlutý kůň',
  'zluty',
  'Łódź',
  'straße',
  'a_b',
  '100%',
  '5',
  '10',
  'ß',
]
const text = fc.constantFrom(...texts)
const phone = fc.constantFrom(
  '',
  '912 345 678',
  '+351 912 345 678',
  '+49 89 123456',
  'ask Jo',
  '00351912345678',
)
/** Around midnight and the change of clocks in several zones. */
const moments = [
  '2026-03-08T06:59:59.999Z',
  '2026-03-08T07:00:00.000Z',
  '2026-04-04T13:59:59.999Z',
  '2026-04-05T04:00:00.000Z',
  '2026-11-01T05:30:00.000Z',
  '2026-11-01T06:30:00.000Z',
  '2026-12-31T23:59:59.999Z',
  '2027-01-01T00:00:00.000Z',
].map(Date.parse)
const instant = fc
  .tuple(fc.constantFrom(...moments), fc.integer({ min: -2, max: 2 }), fc.constantFrom(-1, 0, 1))
  .map(([moment, days, milliseconds]) => moment + days * 86_400_000 + milliseconds)
const day = fc.tuple(instant, zone).map(([at, where]) => dateIn(at, where))
const number = fc.constantFrom(0, 1, 1.5, 2, 5, 10, -3, 1054.25, 1e9)
const entries = fc.subarray(texts.slice(1), { maxLength: 3 })
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null, freq: 4 })

const company = fc.record({
  name: text,
  size: orNull(fc.integer({ min: 0, max: 3 })),
  kind: orNull(text),
})
const lead = fc.record({
  title: orNull(text),
  name: orNull(text),
  source: orNull(text),
  phone: orNull(phone),
  company: orNull(company),
  parent: orNull(company),
  value: orNull(number),
  isOpen: orNull(fc.boolean()),
  closes: orNull(day),
  createdAt: orNull(instant),
  stepAt: orNull(fc.oneof(instant, fc.record({ day, zone }))),
  tags: entries,
  interests: orNull(entries),
  note: orNull(fc.oneof(text, number)),
  seats: orNull(number),
})
type Lead = typeof lead extends fc.Arbitrary<infer T> ? T : never

const valuesOfType: Readonly<Record<FieldType, fc.Arbitrary<string | number | boolean>>> = {
  text: fc.oneof(text, fc.constantFrom(5, 10, true)),
  phone: fc.oneof(phone, fc.constantFrom('345', '912345', '89123456')),
  id: fc.constantFrom('company', 'parent', 'none'),
  number: fc.oneof(number, fc.constantFrom('1.5', '10')),
  boolean: fc.boolean(),
  date: day,
  instant: fc.oneof(
    day,
    instant,
    instant.map((at) => new Date(at).toISOString()),
  ),
  tags: text,
  list: text,
}
const operatorsOf = (type: FieldType): readonly Operator[] =>
  operators.filter((operator) => {
    if (operator.startsWith('changed')) return false
    if (operator.startsWith('within')) return type === 'date' || type === 'instant'
    if (/than|between/.test(operator)) return !['boolean', 'id', 'tags', 'list'].includes(type)
    return operator !== 'contains' || (type !== 'boolean' && type !== 'instant')
  })

const comparison: fc.Arbitrary<Comparison> = fc.constantFrom(...names).chain((field) => {
  const type = types[field] ?? 'text'
  const value = valuesOfType[type]
  return fc.constantFrom(...operatorsOf(type)).chain((operator): fc.Arbitrary<Comparison> => {
    const withValue = (values: fc.Arbitrary<Comparison['value']>) =>
      values.map((one) => ({ field, operator, value: one }))
    if (operator.endsWith('empty')) return fc.constant({ field, operator })
    if (operator.endsWith('in')) return withValue(fc.array(orNull(value), { maxLength: 4 }))
    if (operator === 'between') return withValue(fc.tuple(value, value))
    if (operator.startsWith('within'))
      return withValue(
        fc.record({
          amount: fc.integer({ min: 1, max: 3 }),
          unit: fc.constantFrom(...spanUnits.slice(type === 'date' ? 2 : 0)),
        }),
      )
    return withValue(operator.endsWith('equals') ? orNull(value) : value)
  })
})
const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const parts = fc.array(fc.oneof({ maxDepth: 2 }, comparison, tie('condition')), { maxLength: 3 })
  return {
    condition: fc.oneof(
      { maxDepth: 2 },
      fc.record({ all: parts }),
      fc.record({ any: parts }),
      fc.record({ none: parts }),
    ),
  }
})

// Both readers ------------------------------------------------------------------------------------

function openTable() {
  const file = new BetterSqlite3(':memory:')
  onTestFinished(() => {
    file.close()
  })
  addTextFunctions(file)
  addDayFunction(file, () => 'UTC')
  file.exec(`
    create table lead (id text, title text, name text, name_folded text, source text, phone text, phone_number text,
      company_id text, value real, is_open integer, closes text, created_at integer, step_at integer,
      step_zone text, tags text, interests text, custom text);
    create table company (id text, name text, size integer, kind text, parent_id text);
    create table spelling (list text, key text, text text)`)
  const addLead = file.prepare(
    `insert into lead values ('lead', ${Array(16).fill('?').join(', ')})`,
  )
  const addCompany = file.prepare('insert into company values (?, ?, ?, ?, ?)')
  const addSpelling = file.prepare('insert into spelling values (?, ?, ?)')
  for (const list of ['source', 'tag'])
    for (const one of texts.slice(1)) addSpelling.run(list, spellingKey(one), one)

  return {
    store(one: Lead) {
      file.exec('delete from lead; delete from company')
      const [stepAt, stepZone] =
        one.stepAt === null || typeof one.stepAt === 'number'
          ? [one.stepAt, null]
          : [startOfDay(one.stepAt.day, one.stepAt.zone), one.stepAt.zone]
      addLead.run(
        one.title,
        one.name,
        one.name === null ? null : fold(one.name),
        one.source,
        one.phone,
        one.phone === null ? null : readPhone(one.phone, country),
        one.company && 'company',
        one.value,
        one.isOpen === null ? null : Number(one.isOpen),
        one.closes,
        one.createdAt,
        stepAt,
        stepZone,
        JSON.stringify(one.tags),
        one.interests && JSON.stringify(one.interests),
        JSON.stringify({ note: one.note, seats: one.seats }),
      )
      if (one.company)
        addCompany.run('company', one.company.name, one.company.size, one.company.kind, 'parent')
      if (one.parent)
        addCompany.run('parent', one.parent.name, one.parent.size, one.parent.kind, null)
    },
    isFound(asked: Condition, where: { zone: string; now: number }): boolean {
      const { sql, parameters } = compileCondition(asked, {
        ...where,
        country,
        rows: 1,
        fieldOf: (name) => reach.fieldOf(leadSource, name, actor),
      })
      const joins = reach.joinsFor(leadSource, sql)
      const query = file.prepare(`select count(*) from lead ${joins} where ${sql}`).pluck()
      return query.get(...parameters) === 1
    },
  }
}

function valuesOf(one: Lead): Record<string, Value> {
  const seen = (other: Lead['company']) => (other?.size ?? 0) > 1
  const { company: own, parent } = one
  return {
    title: one.title,
    name: one.name,
    source: one.source,
    phone: one.phone,
    company: own && 'company',
    value: one.value,
    isOpen: one.isOpen,
    closes: one.closes,
    createdAt: one.createdAt,
    stepAt:
      one.stepAt === null || typeof one.stepAt === 'number'
        ? one.stepAt
        : { day: one.stepAt.day, at: startOfDay(one.stepAt.day, one.stepAt.zone) },
    tags: one.tags,
    interests: one.interests,
    companyName: own?.name ?? null,
    'custom.note': one.note,
    'custom.seats': one.seats,
    'company.size': seen(own) ? (own?.size ?? null) : null,
    'company.kind': seen(own) ? (own?.kind ?? null) : null,
    'company.parent.name': seen(own) ? (parent?.name ?? null) : null,
    'company.parent.size': seen(own) && seen(parent) ? (parent?.size ?? null) : null,
  }
}

const contextOf = (where: { zone: string; now: number }) => ({
  ...where,
  country,
  fieldOf: (name: string) => reach.fieldOf(leadSource, name, actor),
})

/** What an answer is, or the refusal. */
function answerOf<T>(ask: () => T): T | string {
  try {
    return ask()
  } catch (problem) {
    return String(problem)
  }
}

test('a condition means the same in SQL and of a record in memory, for every type and operator', () => {
  const table = openTable()
  const asked = fc.record({ all: fc.array(comparison, { minLength: 1, maxLength: 1 }) })
  fc.assert(
    fc.property(
      lead,
      fc.array(fc.oneof(asked, condition), { minLength: 5, maxLength: 5 }),
      zone,
      instant,
      (one, conditions, where, now) => {
        table.store(one)
        const values = valuesOf(one)
        for (const each of conditions) {
          const found = answerOf(() => table.isFound(each, { zone: where, now }))
          const holds = answerOf(
            () => evaluate(each, values, contextOf({ zone: where, now })).holds,
          )
          expect(holds, JSON.stringify(each)).toBe(found)
        }
      },
    ),
    { numRuns: 1000, endOnFailure: true },
  )
}, 60_000)

// What they mean ----------------------------------------------------------------------------------

const now = Date.parse('2026-11-30T15:00:00Z')
const holds = (
  one: Comparison | Condition,
  values: Record<string, Value>,
  previous?: Record<string, Value> | null,
  where = 'UTC',
) =>
  evaluate('field' in one ? { all: [one] } : one, values, {
    ...contextOf({ zone: where, now }),
    ...(previous === undefined ? {} : { previous }),
  }).holds

const refusal = (message: string) =>
  expect.objectContaining({ data: { issues: [{ path: 'filter', message }] } })

describe('within the last or next days', () => {
  const last: Comparison = {
    field: 'createdAt',
    operator: 'within_last',
    value: { amount: 14, unit: 'days' },
  }
  const at = (text: string) => ({ createdAt: Date.parse(text) })

  test('is a span for an instant: from now back to the same time of day', () => {
    expect(holds(last, at('2026-11-16T15:00:00Z'))).toBe(true)
    expect(holds(last, at('2026-11-16T14:59:59Z'))).toBe(false)
    expect(holds(last, at('2026-11-30T15:00:00Z'))).toBe(true)
    expect(holds(last, at('2026-11-30T15:00:01Z'))).toBe(false)
  })

  test('keeps to the time of day over a change of clocks', () => {
    const month = { ...last, value: { amount: 1, unit: 'months' as const } }
    // Until 1 November, New York was an hour ahead of what it is now.
    expect(holds(month, at('2026-10-30T14:00:00Z'), undefined, 'America/New_York')).toBe(true)
    expect(holds(month, at('2026-10-30T13:59:59Z'), undefined, 'America/New_York')).toBe(false)
  })

  test('is today and so many days beside it for a date and a whole day, in the zone of the workspace', () => {
    const closes = { ...last, field: 'closes' }
    expect(holds(closes, { closes: '2026-11-30' })).toBe(true)
    expect(holds(closes, { closes: '2026-11-16' })).toBe(true)
    expect(holds(closes, { closes: '2026-11-15' })).toBe(false)
    expect(holds(closes, { closes: '2026-12-01' })).toBe(false)
    // It is the first of December there.
    expect(holds(closes, { closes: '2026-12-01' }, undefined, 'Pacific/Auckland')).toBe(true)
    const next: Comparison = {
      field: 'stepAt',
      operator: 'within_next',
      value: { amount: 2, unit: 'days' },
    }
    const step = (day: string) => ({ stepAt: { day, at: startOfDay(day, 'Pacific/Auckland') } })
    expect(holds(next, step('2026-11-29'))).toBe(false)
    expect(holds(next, step('2026-11-30'))).toBe(true)
    expect(holds(next, step('2026-12-02'))).toBe(true)
    expect(holds(next, step('2026-12-03'))).toBe(false)
  })

  test('is refused where it means nothing', () => {
    const value = { amount: 2, unit: 'hours' as const }
    const { title, closes } = {
      title: { ...last, field: 'title' },
      closes: { ...last, field: 'closes', value },
    }
    expect(() => holds(title, {})).toThrow(refusal('title has no dates for within_last'))
    expect(() => holds(closes, {})).toThrow(
      refusal('closes has days only: within_last needs days, weeks, months or years'),
    )
    expect(() => holds({ ...last, value: 14 }, {})).toThrow(
      refusal('createdAt within_last needs an amount and a unit, like 14 days'),
    )
    expect(() => holds({ ...last, value: { amount: 9000, unit: 'years' } }, {})).toThrow(
      refusal('createdAt within_last reaches too far'),
    )
  })
})

test('between takes both ends in, a day whole', () => {
  const value: Comparison = { field: 'value', operator: 'between', value: [1, 2] }
  expect([0, 1, 1.5, 2, 2.5].filter((one) => holds(value, { value: one }))).toEqual([1, 1.5, 2])
  const created: Comparison = {
    field: 'createdAt',
    operator: 'between',
    value: ['2026-11-29', '2026-11-30'],
  }
  expect(holds(created, { createdAt: Date.parse('2026-11-29T00:00:00Z') })).toBe(true)
  expect(holds(created, { createdAt: Date.parse('2026-11-30T23:59:59.999Z') })).toBe(true)
  expect(holds(created, { createdAt: Date.parse('2026-12-01T00:00:00Z') })).toBe(false)
  expect(() => holds({ ...value, value: [2, 1] }, {})).toThrow(
    refusal('value between needs the smaller value first'),
  )
  expect(() => holds({ ...value, value: 3 }, {})).toThrow(
    refusal('value between needs a list of values'),
  )
})

describe('a change', () => {
  const toAcme: Comparison = { field: 'source', operator: 'changed_to', value: 'acme' }
  const fromAcme: Comparison = { field: 'source', operator: 'changed_from', value: 'acme' }
  const changed: Comparison = { field: 'source', operator: 'changed' }

  test('is seen beside the record before', () => {
    expect(holds(changed, { source: 'Acme' }, { source: 'Web' })).toBe(true)
    expect(holds(changed, { source: 'Acme' }, { source: 'Acme' })).toBe(false)
    expect(holds(toAcme, { source: 'Acme' }, { source: 'Web' })).toBe(true)
    expect(holds(toAcme, { source: 'Acme' }, { source: 'Acme' })).toBe(false)
    expect(holds(fromAcme, { source: 'Web' }, { source: 'Acme' })).toBe(true)
    expect(holds(fromAcme, { source: 'Acme' }, { source: 'Web' })).toBe(false)
  })

  test('is all that a new record has, and nothing is no change from empty text', () => {
    expect(holds(toAcme, { source: 'Acme' }, null)).toBe(true)
    expect(holds({ ...fromAcme, value: null }, { source: 'Acme' }, null)).toBe(true)
    expect(holds(changed, { source: null }, null)).toBe(false)
    expect(holds(changed, { source: '' }, { source: null })).toBe(false)
  })

  test('is refused where nobody knows what was before, in a list above all', () => {
    for (const one of [changed, toAcme, fromAcme]) {
      expect(() => holds(one, { source: 'Acme' })).toThrow(
        refusal(`source ${one.operator} needs the record as it was before`),
      )
      expect(() => openTable().isFound({ all: [one] }, { zone: 'UTC', now })).toThrow(
        refusal(
          `source ${one.operator} needs the record as it was before, which a list does not have`,
        ),
      )
    }
  })
})

test('says of each comparison what it found', () => {
  const big: Comparison = { field: 'value', operator: 'greater_than', value: 1000 }
  const web: Comparison = { field: 'source', operator: 'equals', value: 'web' }
  const moved: Comparison = { field: 'title', operator: 'changed' }
  const asked: Condition = { any: [big, { none: [web] }, moved] }
  const values = { value: 500, source: 'Web', title: 'New' }
  expect(
    evaluate(asked, values, { ...contextOf({ zone: 'UTC', now }), previous: { title: 'Old' } }),
  ).toEqual({
    holds: true,
    why: [
      { comparison: big, actual: 500, holds: false },
      { comparison: web, actual: 'Web', holds: true },
      { comparison: moved, actual: 'New', previous: 'Old', holds: true },
    ],
  })
})
