/** What areas add to each other's screens. */

import { QueryClient } from '@tanstack/react-query'
import type { AsyncRouteComponent } from '@tanstack/react-router'
import { describe, expect, test } from 'vitest'
import type { Lead } from '../../contract/records/leads'
import type { Quote } from '../../contract/records/quotes'
import { contributionsOf, loadBulkActions, loadRecordPage, loadRecordParts } from './contributions'
import { readOf } from './reads'
import { partsAt, type RecordPlace, recordPart, shownRecord } from './recordParts'
import type { PageKind } from './records'

const lead = (status: Lead['status'], deletedAt: string | null = null) =>
  shownRecord('lead', { id: '1', status, deletedAt } as Lead, 'Roll-out')
const quote = shownRecord('quote', { id: '2', deletedAt: null } as Quote, 'Licences')

/** A part that says when it is loaded. */
function partOf(name: string, of: readonly PageKind[], place: RecordPlace, order = 10) {
  const loaded: string[] = []
  const preload = async () => void loaded.push(name)
  const component = Object.assign(() => null, { preload }) as AsyncRouteComponent<unknown>
  return { loaded, part: recordPart({ name, of, place, order, component }) }
}

describe('the parts of a record’s page', () => {
  test('are those of its kind and place, in order', () => {
    const parts = [
      partOf('history', ['lead', 'quote'], 'tab', 90).part,
      partOf('timeline', ['lead'], 'tab').part,
      partOf('call', ['lead'], 'actions').part,
    ]
    const names = (record: Parameters<typeof partsAt>[2]) =>
      partsAt('tab', parts, record).map(({ name }) => name)
    expect(names(lead('open'))).toEqual(['timeline', 'history'])
    expect(names(quote)).toEqual(['history'])
  })

  test('are asked whether this record has them', () => {
    const suggestions = recordPart({
      ...partOf('suggestions', ['lead'], 'next').part,
      of: ['lead'],
      when: ({ row, readOnly }) => row.status === 'open' && !readOnly,
    })
    const shows = (record: Parameters<typeof partsAt>[2]) =>
      partsAt('next', [suggestions], record).length > 0
    expect(shows(lead('open'))).toBe(true)
    expect(shows(lead('won'))).toBe(false)
    expect(shows(lead('open', '2026-12-01T00:00:00.000Z'))).toBe(false)
    expect(shows(quote)).toBe(false)
  })

  test('are loaded with the page, and those of activities too, which every timeline shows', async () => {
    const made = [
      partOf('plans', ['lead'], 'next'),
      partOf('reminders', ['activity'], 'related'),
      partOf('sheet', ['quote'], 'tab'),
    ]
    const context = contributionsOf([{ recordParts: made.map(({ part }) => part) }])
    await loadRecordParts('lead')({ context })
    expect(made.flatMap(({ loaded }) => loaded)).toEqual(['plans', 'reminders'])
  })

  test('are read with the record, in parallel, and not again while there is an answer', async () => {
    const cache = new QueryClient({
      defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: 3 } },
    })
    const asked: string[] = []
    const read = (name: string) => (id: string) =>
      readOf({
        queryKey: [name, id],
        queryFn: async () => {
          asked.push(name)
          if (name === 'plans') throw new Error('away')
          return name
        },
      })
    const timeline = recordPart({
      ...partOf('timeline', ['lead'], 'tab').part,
      of: ['lead'],
      reads: (_kind, id) => [read('timeline')(id), read('plans')(id)],
    })
    const other = recordPart({
      ...partOf('sheet', ['quote'], 'tab').part,
      of: ['quote'],
      reads: (_kind, id) => [read('sheet')(id)],
    })
    const input = {
      context: { ...contributionsOf([{ recordParts: [timeline, other] }]), cache },
      params: { id: '1' },
    }
    const load = loadRecordPage('lead', read('lead'))
    const loading = load(input)
    expect(asked).toEqual(['lead', 'timeline', 'plans'])
    await loading
    // What failed is asked for again; the page itself says why it failed.
    await load(input)
    expect(asked).toEqual(['lead', 'timeline', 'plans', 'plans'])
    cache.setQueryData(['plans', '1'], 'plans')
    await load(input)
    expect(asked).toHaveLength(4)
  })
})

test('what all is loaded is not waited for again', () => {
  const { part } = partOf('plans', ['lead'], 'next')
  const context = contributionsOf([
    { recordParts: [{ ...part, component: () => null }] },
    { bulkActions: [{ name: 'log', of: ['lead'], order: 10, component: () => null }] },
  ])
  expect(loadRecordParts('lead')({ context })).toBeUndefined()
  expect(loadBulkActions('lead')({ context })).toBeUndefined()
})

test('buttons for selected rows come in their order, wherever they come from', () => {
  const button = (name: string, order: number) => ({
    name,
    of: ['lead' as const],
    order,
    component: () => null,
  })
  const { bulkActions } = contributionsOf([
    { bulkActions: [button('assign', 20)] },
    { bulkActions: [button('log', 10)] },
  ])
  expect(bulkActions.map(({ name }) => name)).toEqual(['log', 'assign'])
})
