import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencies, minorDigits } from '../../../contract/kernel/currencies'
import { moneyFromMinor } from '../../../contract/kernel/money'
import type { Money } from '../../../contract/kernel/shapes'
import { openTestCore } from '../../testing/testing'

const caseOfFour = [
  ['jpy50k', { amount: '50000', currency: 'JPY' }],
  ['kwd150', { amount: '150', currency: 'KWD' }],
  ['usd1500', { amount: '1500', currency: 'USD' }],
  ['usd500', { amount: '500', currency: 'USD' }],
] as const

async function withFour() {
  const core = await openTestCore()
  for (const [title, value] of caseOfFour) await core.client.leads.create({ title, value })
  const titles = async (filter: object, sort?: string) =>
    (await core.client.leads.list({ filter: { all: [filter] } as never, sort })).items.map(
      ({ title }) => title,
    )
  return { ...core, titles }
}

describe('amounts in several currencies', () => {
  test('are compared by what they say, whatever decimals their currency has', async () => {
    const { titles } = await withFour()
    const above = { field: 'value', operator: 'greater_than', value: 1000 }
    expect(await titles(above, 'value')).toEqual(['usd1500', 'jpy50k'])
    expect(await titles({ ...above, operator: 'less_than', value: 500 })).toEqual(['kwd150'])
    expect(await titles({ ...above, operator: 'equals', value: 50000 })).toEqual(['jpy50k'])
    expect(await titles({ ...above, operator: 'in', value: [150, 500] }, 'value')).toEqual([
      'kwd150',
      'usd500',
    ])
    expect(await titles({ field: 'currency', operator: 'in', value: ['USD'] }, '-value')).toEqual([
      'usd1500',
      'usd500',
    ])
  })

  test('mean the same when the workspace counts in another currency', async () => {
    const { client, titles } = await withFour()
    await client.settings.updateWorkspace({ currency: 'KWD' })
    const above = { field: 'value', operator: 'greater_than', value: 1000 }
    expect(await titles(above, 'value')).toEqual(['usd1500', 'jpy50k'])
  })

  test('are on the board in their order, and its range lets the right ones through', async () => {
    const { client } = await withFour()
    const board = await client.pipeline.board({ sort: 'value', valueFrom: 500, valueTo: 50000 })
    expect(board.columns[0]?.cards.map(({ title }) => title)).toEqual([
      'jpy50k',
      'usd1500',
      'usd500',
    ])
    expect(board.totals[0]?.value).toEqual([
      { amount: '50000', currency: 'JPY' },
      { amount: '2000.00', currency: 'USD' },
    ])
  })

  test('of quotes are compared and sorted in the same way', async () => {
    const { client } = await withFour()
    for (const { id, title, value } of (await client.leads.list({})).items)
      if (value)
        await client.quotes.create({
          leadId: id,
          title,
          currency: value.currency,
          lines: [{ description: 'All', quantity: 1, unitPrice: value.amount, discount: 0 }],
        })
    const filter = { all: [{ field: 'total', operator: 'greater_than' as const, value: 400 }] }
    const { items } = await client.quotes.list({ filter, sort: 'total' })
    expect(items.map(({ title }) => title)).toEqual(['usd500', 'usd1500', 'jpy50k'])
  })

  test('are found, sorted and paged like plain decimal numbers', async () => {
    const { client } = await openTestCore()
    const amounts = fc.sample(
      fc
        .tuple(fc.constantFrom(...currencies), fc.oneof(fc.nat(30), fc.nat(9_999_999_999)))
        .map(([currency, minor]) => moneyFromMinor(minor, currency)),
      { numRuns: 120, seed: 7 },
    )
    for (const [index, value] of amounts.entries())
      await client.leads.create({ title: `${index}`, value })
    const tenThousandths = ({ amount }: Pick<Money, 'amount'>) => {
      const [whole, fraction = ''] = amount.split('.')
      return BigInt(`${whole}${fraction.padEnd(4, '0')}`)
    }
    const sorted: string[] = []
    let cursor: string | undefined
    do {
      const page = await client.leads.list({ sort: 'value', limit: 17, cursor })
      sorted.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    const naive = [...amounts.entries()].sort(([one, a], [other, b]) => {
      const difference = tenThousandths(a) - tenThousandths(b)
      return difference === 0n ? one - other : difference < 0n ? -1 : 1
    })
    expect(sorted).toEqual(naive.map(([index]) => `${index}`))
    for (const bound of amounts.slice(0, 25)) {
      const value = Number(bound.amount)
      for (const [operator, holds] of [
        ['greater_than', (a: bigint, b: bigint) => a > b],
        ['less_than', (a: bigint, b: bigint) => a < b],
        ['equals', (a: bigint, b: bigint) => a === b],
      ] as const) {
        const { total } = await client.leads.list({
          filter: { all: [{ field: 'value', operator, value }] },
        })
        const right = amounts.filter((a) => holds(tenThousandths(a), tenThousandths(bound)))
        expect([bound, operator, total]).toEqual([bound, operator, right.length])
      }
    }
  })
})

test('the stored decimals are those of every currency', async () => {
  const { client } = await openTestCore()
  const minor = 12_340_000
  for (const currency of currencies)
    await client.leads.create({ title: currency, value: moneyFromMinor(minor, currency) })
  for (const digits of [0, 2, 3, 4]) {
    const { items } = await client.leads.list({
      filter: { all: [{ field: 'value', operator: 'equals', value: minor / 10 ** digits }] },
      limit: 500,
    })
    const right = currencies.filter((currency) => minorDigits(currency) === digits)
    expect(items.map(({ title }) => title).sort()).toEqual(right)
  }
})

test('history tells each amount in the currency it had then', async () => {
  const { client } = await openTestCore()
  const { id } = await client.leads.create({
    title: 'Roll-out',
    value: { amount: '500', currency: 'USD' },
  })
  await client.leads.update({ id, value: { amount: '600', currency: 'USD' } })
  await client.leads.update({ id, value: { amount: '90000', currency: 'JPY' } })
  await client.leads.update({ id, value: { amount: '95000', currency: 'JPY' } })
  const { items } = await client.changes.list({ table: 'lead', rowId: id })
  const values = items
    .filter(({ operation }) => operation === 'update')
    .map(({ fields }) => fields.find(({ field }) => field === 'value_minor'))
  expect(values.map((field) => [field?.before, field?.after])).toEqual([
    [
      { amount: '90000', currency: 'JPY' },
      { amount: '95000', currency: 'JPY' },
    ],
    [
      { amount: '600.00', currency: 'USD' },
      { amount: '90000', currency: 'JPY' },
    ],
    [
      { amount: '500.00', currency: 'USD' },
      { amount: '600.00', currency: 'USD' },
    ],
  ])
  const { items: timeline } = await client.activities.list({ leadId: id })
  const updates = timeline.filter(({ type }) => type === 'lead_updated')
  expect(updates.map(({ metadata }) => metadata.currency)).toEqual(['JPY', 'JPY', 'USD'])
})
