import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencies } from '../../../contract/kernel/currencies'
import {
  type CustomField,
  type CustomValue,
  customFieldTables,
} from '../../../contract/kernel/custom-fields'
import { moneyFromMinor } from '../../../contract/kernel/money'
import { cleanLine } from '../../../contract/kernel/text'
import { customFieldTypes } from '../../../contract/kernel/words'
import { expectAlong, openTestPlans, situations } from '../../testing/plans'
import { openTestCore } from '../../testing/testing'

type Opened = Awaited<ReturnType<typeof openTestCore>>
type Client = Opened['client']
type Type = CustomField['type']
type Table = CustomField['table']

const choices = ['Small', 'Medium', 'Large; odd']
const withFields = async (client: Client, table: Table = 'lead') => {
  for (const type of customFieldTypes)
    await client.settings.customFields.create({
      table,
      label: `The ${type.replace('_', ' ')}`,
      type,
      ...(type.endsWith('choice') || type.endsWith('choices') ? { choices } : {}),
    })
}
const keyOf = (type: Type) => `the_${type}`
const nobody = '01900000-0000-7000-8000-000000000000'

/** What each kind takes, and what it refuses with which words. */
const doors: Record<
  Type,
  { takes: [given: unknown, kept: CustomValue][]; refuses: [unknown, string][] }
> = {
  text: { takes: [['Two\nlines', 'Two\nlines']], refuses: [[5, 'must be text']] },
  number: {
    takes: [
      [1200.5, 1200.5],
      ['-12.50', -12.5],
    ],
    refuses: [
      ['not a number', 'must be a number like 1200.50'],
      ['1,200', 'must be a number like 1200.50'],
      [true, 'must be a number like 1200.50'],
    ],
  },
  percent: { takes: [[12.5, 12.5]], refuses: [['half', 'must be a percentage like 12.5']] },
  money: {
    takes: [
      [
        { amount: '1200.5', currency: 'eur' },
        { amount: '1200.50', currency: 'EUR' },
      ],
    ],
    refuses: [
      [1200, 'must be an amount and its currency, like 1200.50 EUR'],
      [{ amount: '1.5', currency: 'JPY' }, 'has more decimals than JPY allows'],
      [{ amount: '1', currency: 'ABC' }, 'must be in a currency of ISO 4217, like EUR'],
      [{ amount: 'much', currency: 'EUR' }, 'must have a plain decimal amount like 1200.50'],
    ],
  },
  date: {
    takes: [['2026-11-20', '2026-11-20']],
    refuses: [
      ['soon', 'must be a date like 2026-11-20'],
      ['2026-02-30', 'must be a date like 2026-11-20'],
      [20261120, 'must be a date like 2026-11-20'],
    ],
  },
  boolean: { takes: [[false, false]], refuses: [['yes', 'must be true or false']] },
  choice: {
    takes: [['Small', 'Small']],
    refuses: [['Huge', 'must be one of Small, Medium, Large; odd']],
  },
  many_choices: {
    takes: [
      [
        ['Medium', 'Small', 'Medium'],
        ['Medium', 'Small'],
      ],
    ],
    refuses: [
      [['Huge'], 'must be a list of some of Small, Medium, Large; odd'],
      ['Small', 'must be a list of some of Small, Medium, Large; odd'],
    ],
  },
  person: {
    takes: [],
    refuses: [
      ['Kim', 'must be the id of somebody in this workspace'],
      [nobody, 'must be the id of somebody in this workspace'],
    ],
  },
  url: {
    takes: [['acme.example/a', 'https://acme.example/a']],
    refuses: [['javascript:alert(1)', 'must be a web address like https://acme.com']],
  },
  email: {
    takes: [['ada@acme.example', 'ada@acme.example']],
    refuses: [['ada', 'must be an e-mail address']],
  },
  phone: {
    takes: [['+49 89 12345', '+49 89 12345']],
    refuses: [['1'.repeat(61), 'must have at most 60 characters']],
  },
}

describe.each(customFieldTypes)('a custom field of %s', (type) => {
  test('takes what it holds, at creation, in an update and in bulk, and nothing else', async () => {
    const { client, addUser } = await openTestCore()
    await withFields(client)
    const key = keyOf(type)
    const kim = await addUser('Kim', 'rep')
    const { takes, refuses } = doors[type]
    for (const [given, kept] of type === 'person' ? [[kim.id, kim.id] as const] : takes) {
      const custom = { [key]: given as CustomValue }
      const { id } = await client.leads.create({ title: 'Roof', custom })
      expect((await client.leads.get({ id })).custom).toEqual({ [key]: kept })
      const other = await client.leads.create({ title: 'Door' })
      expect((await client.leads.update({ id: other.id, custom })).custom).toEqual({ [key]: kept })
      const third = await client.leads.create({ title: 'Wall' })
      const action = { type: 'update' as const, patch: { custom } }
      await client.leads.bulk({ target: { ids: [third.id] }, action })
      expect((await client.leads.get({ id: third.id })).custom).toEqual({ [key]: kept })
    }
    const { id } = await client.leads.create({ title: 'Roof' })
    for (const [given, rule] of refuses) {
      const custom = { [key]: given as CustomValue }
      const refused = {
        code: 'invalid',
        data: {
          issues: [{ path: `custom.${key}`, message: `The ${type.replace('_', ' ')} ${rule}` }],
        },
      }
      await expect(client.leads.create({ title: 'Roof', custom })).rejects.toMatchObject(refused)
      await expect(client.leads.update({ id, custom })).rejects.toMatchObject(refused)
      const action = { type: 'update' as const, patch: { custom } }
      await expect(client.leads.bulk({ target: { ids: [id] }, action })).rejects.toMatchObject(
        refused,
      )
    }
    expect((await client.leads.get({ id })).custom).toEqual({})
  })
})

test('what goes in at a door comes out the same, in every kind of record', async () => {
  const { client, addUser } = await openTestCore()
  const { id: person } = await addUser('Kim', 'rep')
  for (const table of customFieldTables) await withFields(client, table)
  const areas = {
    company: client.companies,
    contact: client.contacts,
    lead: client.leads,
    customer: client.customers,
  }
  const line = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .map((text) => cleanLine(text) || 'x')
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  const values: Record<Type, fc.Arbitrary<CustomValue>> = {
    text: line,
    number,
    percent: number,
    money: fc
      .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(...currencies))
      .map(([minor, currency]) => moneyFromMinor(minor, currency)),
    date: fc
      .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    boolean: fc.boolean(),
    choice: fc.constantFrom(...choices),
    many_choices: fc.subarray(choices, { minLength: 1 }),
    person: fc.constant(person),
    url: fc.constantFrom('https://acme.example/', 'http://x.example:8080/a?b=c#d'),
    email: fc.constantFrom('a@x.example', 'A@X.example'),
    phone: line,
  }
  const entries = Object.fromEntries(customFieldTypes.map((type) => [keyOf(type), values[type]]))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...customFieldTables),
      fc.record(entries, { requiredKeys: [] }),
      fc.record(entries, { requiredKeys: [] }),
      fc.subarray(Object.keys(entries)),
      async (table, first, second, taken) => {
        const area = areas[table]
        const named = { title: 'Roof', name: 'Roof', lastName: 'Roof' }
        const { id } = await area.create({ ...named, custom: first as never })
        const read = async () =>
          JSON.parse(JSON.stringify((await area.get({ id })).custom)) as object
        const plain = (custom: object) => JSON.parse(JSON.stringify(custom)) as object
        expect(await read()).toEqual(plain(first))
        await area.update({ id, custom: second as never })
        const both = { ...first, ...second }
        expect(await read()).toEqual(plain(both))
        // What is read can be sent back, and null takes a value away.
        await area.update({ id, custom: (await area.get({ id })).custom })
        expect(await read()).toEqual(plain(both))
        await area.update({ id, custom: Object.fromEntries(taken.map((key) => [key, null])) })
        const left = Object.entries(both).filter(([key]) => !taken.includes(key))
        expect(await read()).toEqual(plain(Object.fromEntries(left)))
      },
    ),
    { numRuns: 40, endOnFailure: true },
  )
})

test('what does not fit its field any more stays, and keeps no other field from being saved', async () => {
  const { client } = await openTestCore()
  const field = await client.settings.customFields.create({
    table: 'lead',
    label: 'Budget',
    type: 'text',
  })
  const size = await client.settings.customFields.create({
    table: 'lead',
    label: 'Size',
    type: 'choice',
    choices: ['S', 'M'],
  })
  const { id } = await client.leads.create({
    title: 'Roof',
    custom: { budget: 'not a number', size: 'S', of_another_program: 7 },
  })
  await client.settings.customFields.update({ id: field.id, type: 'number' })
  await client.settings.customFields.update({ id: size.id, choices: ['M'] })
  const { custom } = await client.leads.update({ id, title: 'New roof' })
  expect(custom).toEqual({ budget: 'not a number', size: 'S', of_another_program: 7 })
  // A client that sends all it has read changes one value only.
  const changed = await client.leads.update({ id, custom: { ...custom, of_another_program: 8 } })
  expect(changed.custom).toEqual({ budget: 'not a number', size: 'S', of_another_program: 8 })
  await expect(client.leads.update({ id, custom: { budget: 'still none' } })).rejects.toMatchObject(
    { message: 'custom.budget: Budget must be a number like 1200.50' },
  )
  expect((await client.leads.update({ id, custom: { budget: 5, size: null } })).custom).toEqual({
    budget: 5,
    of_another_program: 8,
  })
  // It comes back as it was.
  const { batchId } = (await client.changes.list({ rowId: id, limit: 1 })).items[0] ?? {}
  await client.changes.undo({ batchId: batchId ?? '' })
  expect((await client.leads.get({ id })).custom).toMatchObject({
    budget: 'not a number',
    size: 'S',
  })
})

test('messages write custom values out as people read them', async () => {
  const { client, addUser } = await openTestCore()
  await withFields(client)
  const kim = await addUser('Kim', 'rep')
  const { id: leadId } = await client.leads.create({
    title: 'Roof',
    custom: {
      the_money: { amount: '5', currency: 'EUR' },
      the_many_choices: ['Small', 'Medium'],
      the_person: kim.id,
      the_percent: 7.5,
    },
  })
  const names = ['the_money', 'the_many_choices', 'the_person', 'the_percent']
  const { body } = await client.templates.render({
    leadId,
    body: names.map((name) => `{{ lead.custom.${name} }}`).join(' | '),
  })
  expect(body).toBe('5.00 EUR | Small, Medium | Kim | 7.5%')
})

test('the history names each value that changed by its field, and people by their names', async () => {
  const { client, addUser } = await openTestCore()
  await withFields(client)
  const kim = await addUser('Kim', 'rep')
  const { id } = await client.leads.create({ title: 'Roof', custom: { the_number: 1 } })
  await client.leads.update({
    id,
    custom: { the_number: 2, the_person: kim.id, the_money: { amount: '5', currency: 'EUR' } },
  })
  const [change] = (await client.changes.list({ rowId: id })).items
  expect(change?.fields).toEqual([
    { field: 'custom.the_number', label: 'The number', before: 1, after: 2 },
    { field: 'custom.the_person', label: 'The person', before: null, after: 'Kim' },
    {
      field: 'custom.the_money',
      label: 'The money',
      before: null,
      after: { amount: '5.00', currency: 'EUR' },
    },
  ])
})

test('two people edit different custom fields of a record; of the same one each sees both values', async () => {
  const { client, addUser } = await openTestCore()
  await withFields(client)
  const before = { the_number: 1, the_money: { amount: '5.00', currency: 'EUR' } }
  const { id } = await client.leads.create({ title: 'Roof', custom: before })
  const { client: other } = await addUser('Kim', 'admin')
  await other.leads.update({
    id,
    custom: { the_money: { amount: '6.00', currency: 'EUR' } },
    basedOn: { custom: { the_money: before.the_money } },
  })
  const saved = await client.leads.update({
    id,
    custom: { ...before, the_number: 2 },
    basedOn: { custom: before },
  })
  expect(saved.custom).toEqual({ the_number: 2, the_money: { amount: '6.00', currency: 'EUR' } })
  await expect(
    client.leads.update({
      id,
      custom: { the_money: { amount: '7.00', currency: 'EUR' } },
      basedOn: { custom: before },
    }),
  ).rejects.toMatchObject({
    code: 'clash',
    data: {
      clashes: [
        {
          field: 'custom.the_money',
          label: 'The money',
          basedOn: before.the_money,
          current: { amount: '6.00', currency: 'EUR' },
          yours: { amount: '7.00', currency: 'EUR' },
        },
      ],
    },
  })
})

describe('lists by custom fields', () => {
  const values: Record<Type, (CustomValue | undefined)[]> = {
    text: ['Ärger', 'zebra', 'Apple', undefined, 'apple'],
    number: [10, 9, undefined, 100, -1, 0.5],
    percent: [10, 9, undefined, 100],
    money: [
      { amount: '9.50', currency: 'USD' },
      undefined,
      { amount: '1000', currency: 'JPY' },
      { amount: '10.00', currency: 'EUR' },
    ],
    date: ['2026-12-01', '2025-01-31', undefined, '2026-02-01'],
    boolean: [true, undefined, false],
    choice: ['Small', undefined, 'Medium'],
    many_choices: [['Small'], ['Medium', 'Small'], undefined],
    person: [],
    url: ['https://b.example/', 'https://a.example/', undefined],
    email: ['b@x.example', 'a@x.example', undefined],
    phone: ['+49 2', '+49 1', undefined],
  }
  /** As people expect it: numbers by size, text whatever its case, nothing last. */
  const sizeOf = (value: CustomValue): number | string => {
    if (typeof value === 'boolean') return Number(value)
    if (typeof value === 'number') return value
    if (Array.isArray(value)) return JSON.stringify(value)
    if (typeof value === 'object' && value !== null) return Number(value.amount)
    // SQLite knows the case of ASCII letters only.
    return String(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  }
  const compare = (one: CustomValue, other: CustomValue) =>
    sizeOf(one) < sizeOf(other) ? -1 : sizeOf(one) > sizeOf(other) ? 1 : 0

  test.each(customFieldTypes.filter((type) => type !== 'person'))(
    'of %s come in its order, page by page, those without a value last',
    async (type) => {
      const { client } = await openTestCore()
      await withFields(client)
      const key = keyOf(type)
      for (const value of [...values[type], ...values[type]])
        await client.leads.create({
          title: 'Roof',
          ...(value === undefined ? {} : { custom: { [key]: value } }),
        })
      for (const sign of ['', '-']) {
        const found: (CustomValue | undefined)[] = []
        let cursor: string | undefined
        do {
          const sort = `${sign}custom.${key}`
          const page = await client.leads.list({ sort, limit: 2, ...(cursor && { cursor }) })
          found.push(...page.items.map(({ custom }) => custom[key]))
          cursor = page.nextCursor ?? undefined
        } while (cursor)
        expect(found).toHaveLength(values[type].length * 2)
        const filled = found.filter((value) => value !== undefined)
        expect(found.slice(0, filled.length)).toEqual(filled)
        const sorted = filled.toSorted(compare)
        expect(filled.map(sizeOf)).toEqual((sign ? sorted.toReversed() : sorted).map(sizeOf))
      }
    },
  )

  test('of people come by their names, then whoever is nobody any more, then none', async () => {
    const { client, addUser } = await openTestCore()
    await withFields(client)
    const [zoe, ada] = [await addUser('Zoe', 'rep'), await addUser('ada', 'rep')]
    const titles = ['Zoe 1', 'Nobody', 'ada 1', 'Zoe 2', 'ada 2']
    for (const title of titles) {
      const person = title.startsWith('Zoe') ? zoe.id : title.startsWith('ada') ? ada.id : null
      await client.leads.create({ title, custom: { the_person: person } })
    }
    const asked = async (sort: string) => {
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await client.leads.list({ sort, limit: 2, ...(cursor && { cursor }) })
        found.push(...page.items.map(({ title }) => title))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return found
    }
    expect(await asked('custom.the_person')).toEqual(['ada 1', 'ada 2', 'Zoe 1', 'Zoe 2', 'Nobody'])
    expect(await asked('-custom.the_person')).toEqual([
      'Zoe 2',
      'Zoe 1',
      'ada 2',
      'ada 1',
      'Nobody',
    ])
  })

  test('are narrowed by what the values mean', async () => {
    const { client, addUser } = await openTestCore()
    await withFields(client)
    const kim = await addUser('Kim', 'rep')
    await client.leads.create({ title: 'Empty' })
    await client.leads.create({
      title: 'Small',
      custom: {
        the_number: 9,
        the_percent: 9,
        the_money: { amount: '9.00', currency: 'EUR' },
        the_date: '2026-01-05',
        the_boolean: false,
        the_many_choices: ['Small'],
        the_phone: '+49 (89) 123-45',
      },
    })
    await client.leads.create({
      title: 'Large',
      custom: {
        the_number: 100,
        the_percent: 100,
        the_money: { amount: '100.00', currency: 'USD' },
        the_date: '2026-11-20',
        the_boolean: true,
        the_many_choices: ['Small', 'Large; odd'],
        the_person: kim.id,
        the_text: 'North',
      },
    })
    const titles = async (field: string, operator: string, value?: unknown) => {
      const comparison = {
        field: `custom.${field}`,
        operator,
        ...(value !== undefined && { value }),
      }
      const filter = { all: [comparison] } as never
      return (await client.leads.list({ filter, sort: 'createdAt' })).items.map(
        ({ title }) => title,
      )
    }
    expect(await titles('the_number', 'greater_than', 10)).toEqual(['Large'])
    expect(await titles('the_number', 'less_than', 10)).toEqual(['Small'])
    expect(await titles('the_number', 'equals', '100')).toEqual(['Large'])
    expect(await titles('the_number', 'is_empty')).toEqual(['Empty'])
    expect(await titles('the_percent', 'greater_than', 10)).toEqual(['Large'])
    expect(await titles('the_money', 'greater_than', 10)).toEqual(['Large'])
    expect(await titles('the_money', 'not_equals', 9)).toEqual(['Empty', 'Large'])
    expect(await titles('the_date', 'less_than', '2026-11-20')).toEqual(['Small'])
    expect(await titles('the_boolean', 'equals', false)).toEqual(['Small'])
    expect(await titles('the_boolean', 'is_empty')).toEqual(['Empty'])
    expect(await titles('the_many_choices', 'in', ['large; odd', 'Medium'])).toEqual(['Large'])
    expect(await titles('the_many_choices', 'contains', 'Small')).toEqual(['Small', 'Large'])
    expect(await titles('the_many_choices', 'not_in', ['Large; odd'])).toEqual(['Empty', 'Small'])
    expect(await titles('the_many_choices', 'is_empty')).toEqual(['Empty'])
    expect(await titles('the_person', 'in', [kim.id])).toEqual(['Large'])
    expect(await titles('the_person', 'is_not_empty')).toEqual(['Large'])
    expect(await titles('the_phone', 'contains', '8912')).toEqual(['Small'])
    expect(await titles('the_text', 'equals', 'north')).toEqual(['Large'])
    await expect(titles('the_number', 'greater_than', 'much')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test.each(situations)(
    'are walked along an index of their own on %s, for a %s',
    async (known, role) => {
      const { client, plansOf, ask, as, owner } = await openTestPlans(known, role)
      await withFields(as(owner))
      for (const type of ['number', 'text', 'money', 'date'] as const) {
        const sort = `custom.${keyOf(type)}`
        // The first time makes the index.
        await client.leads.list({ sort })
        // Plans are explained on a connection of their own, which sees the index once it has read.
        ask('select count(*) from lead')
        for (const one of [sort, `-${sort}`])
          for (const plan of await plansOf('page', () => client.leads.list({ sort: one })))
            expectAlong(plan, `custom_sort_lead_${type}_${keyOf(type)}`, role)
      }
    },
  )
})
