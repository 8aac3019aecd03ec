import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Draft } from '../../../contract/workspace/drafts'
import { createKeeper, fitting, parkedOf } from './keeper'
import { createKey, draftKey, isOnTheWay } from './key'

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-20T10:42:00Z') }))
afterEach(() => vi.useRealTimers())

const note = (text: string, key = 'activity.1.call') => ({
  key,
  title: 'Call: Acme',
  place: { path: '/leads/1' },
  recordId: null,
  content: { text },
  basedOn: null,
})

/** A core that keeps what it is sent, in the order in which it is sent. */
function fakeCore() {
  const stored = new Map<string, unknown>()
  const calls: string[] = []
  let refusal: unknown
  const answer = async () => {
    if (refusal) throw refusal
  }
  return {
    stored,
    calls,
    fail: (error: unknown) => {
      refusal = error
    },
    client: {
      drafts: {
        async save({ key, content }: { key: string; content?: unknown }) {
          calls.push(`save ${(content as { text: string }).text}`)
          await answer()
          stored.set(key, content)
          return { key, savedAt: '' }
        },
        async remove({ key }: { key: string }) {
          calls.push('remove')
          await answer()
          stored.delete(key)
          return { key }
        },
      },
    },
  }
}

type KeeperClient = Parameters<typeof createKeeper>[0]
const keeperOf = (core: ReturnType<typeof fakeCore>) =>
  createKeeper(core.client as unknown as KeeperClient)

describe('What is typed', () => {
  it('is not replaced by an answer of the core that was asked for before it was written', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    const asked = keeper.moment()
    keeper.keep(note('Hello there'))
    keeper.flush()
    await vi.runAllTimersAsync()
    const older: Draft = { ...note('Hello'), savedAt: '2026-11-20T10:41:00Z' }
    keeper.load([older], asked)
    expect(keeper.get('activity.1.call')?.content).toEqual({ text: 'Hello there' })
    keeper.drop('activity.1.call')
    await vi.runAllTimersAsync()
    keeper.load([older], asked)
    expect(keeper.get('activity.1.call')).toBeUndefined()
    keeper.load([older], keeper.moment())
    expect(keeper.get('activity.1.call')?.content).toEqual({ text: 'Hello' })
  })

  it('is handed over at once when the page is left, also while an earlier write is under way', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.keep(note('Hello'))
    keeper.flush()
    keeper.keep(note('Hello there'))
    expect(core.calls).toEqual(['save Hello'])
    keeper.leave()
    expect(core.calls).toEqual(['save Hello', 'save Hello there'])
    keeper.leave()
    expect(core.calls).toHaveLength(2)
    keeper.drop('activity.1.call')
    keeper.leave()
    expect(core.calls.at(-1)).toBe('remove')
  })

  it('is written once the keys rest, and within a second of the first key however fast they come', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.keep(note('H'))
    await vi.advanceTimersByTimeAsync(300)
    keeper.keep(note('He'))
    await vi.advanceTimersByTimeAsync(399)
    expect(core.calls).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(core.calls).toEqual(['save He'])
    for (let key = 0; key < 12; key++) {
      keeper.keep(note(`Hello ${key}`))
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(core.calls.length).toBeGreaterThan(1)
    await vi.advanceTimersByTimeAsync(400)
    expect(core.stored.get('activity.1.call')).toEqual({ text: 'Hello 11' })
  })

  it('is on its way at once when the page is left', () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.keep(note('Hello'))
    keeper.flush()
    expect(core.calls).toEqual(['save Hello'])
  })

  it('is tried again until the core takes it, with the newest text', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    core.fail(new TypeError('Failed to fetch'))
    keeper.keep(note('Old'))
    await vi.advanceTimersByTimeAsync(2000)
    keeper.keep(note('New'))
    core.fail(undefined)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(core.stored.get('activity.1.call')).toEqual({ text: 'New' })
  })

  it('that the core refuses stays on the screen and is not sent again and again', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    core.fail(new ORPCError('invalid', { status: 400 }))
    keeper.keep(note('Too long'))
    await vi.advanceTimersByTimeAsync(120_000)
    expect(core.calls).toEqual(['save Too long'])
    expect(keeper.get('activity.1.call')).toBeDefined()
  })

  it('never comes back after its form was saved: a removal does not overtake a write', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.keep(note('Hello'))
    keeper.flush()
    keeper.drop('activity.1.call')
    await vi.advanceTimersByTimeAsync(5000)
    expect(core.calls).toEqual(['save Hello', 'remove'])
    expect(core.stored.size).toBe(0)
  })

  it('is not removed by a removal that was tried too late', async () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.keep(note('One'))
    keeper.flush()
    await vi.advanceTimersByTimeAsync(0)
    core.fail(new TypeError('Failed to fetch'))
    keeper.drop('activity.1.call')
    await vi.advanceTimersByTimeAsync(500)
    keeper.keep(note('Two'))
    core.fail(undefined)
    await vi.advanceTimersByTimeAsync(30_000)
    expect(core.stored.get('activity.1.call')).toEqual({ text: 'Two' })
  })
})

describe('The drafts on the screen', () => {
  const storedDraft = (text: string, key: string, savedAt: string): Draft => ({
    ...note(text, key),
    savedAt,
  })

  it('are those of the core, except what is being written here', () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.load([storedDraft('a', 'a', '2026-11-20T10:00:00Z')])
    keeper.keep(note('mine', 'b'))
    const release = keeper.hold('a')
    keeper.load([storedDraft('other tab', 'b', '2026-11-20T10:41:00Z')])
    expect(keeper.get('a')?.content).toEqual({ text: 'a' })
    expect(keeper.get('b')?.content).toEqual({ text: 'mine' })
    release()
    keeper.flush()
  })

  it('wait aside while no form has them in hand, latest first', () => {
    const core = fakeCore()
    const keeper = keeperOf(core)
    keeper.load([
      storedDraft('a', 'a', '2026-11-20T10:00:00Z'),
      storedDraft('b', 'b', '2026-11-20T10:05:00Z'),
    ])
    const parked = () => parkedOf(keeper.store.getState()).map(({ key }) => key)
    expect(parked()).toEqual(['b', 'a'])
    const release = keeper.hold('b')
    expect(parked()).toEqual(['a'])
    release()
    expect(parked()).toEqual(['b', 'a'])
  })
})

describe('A draft of an earlier version of a form', () => {
  it('fills the fields that are still there and fit, and leaves the others as in a new form', () => {
    const blank = { title: '', tags: [] as string[], value: null as number | null, round: 1 }
    expect(fitting({ title: 'A', tags: 'x', value: 3, round: null, gone: true }, blank)).toEqual({
      title: 'A',
      tags: [],
      value: 3,
      round: null,
    })
    expect(fitting('text', blank)).toBe(blank)
    expect(fitting(['a'], [] as string[])).toEqual(['a'])
    expect(fitting(null, '')).toBe('')
  })
})

describe('The key of a draft', () => {
  it('tells a record that is made on the way to something else from one that is made for itself', () => {
    const initial = { name: 'Acme' }
    const alone = createKey('company', { initial })
    const onTheWay = createKey('company', { initial, onCreated: () => {} })
    expect([alone, onTheWay].map(isOnTheWay)).toEqual([false, true])
    expect(isOnTheWay(createKey('company', { initial: {}, onCreated: () => {} }))).toBe(true)
  })

  it('is the same for the same form and record, and fits the core', () => {
    const id = '0190a0b0-0000-7000-8000-000000000000'
    expect(draftKey('email', id)).toBe(`email.${id}`)
    expect(draftKey('create', 'lead', {})).toBe('create.lead')
    expect(draftKey('create', 'lead', { a: 1 })).toBe(draftKey('create', 'lead', { a: 1 }))
    expect(draftKey('create', 'lead', { a: 1 })).not.toBe(draftKey('create', 'lead', { a: 2 }))
    expect(draftKey('a', { id: undefined })).toBe('a')
    expect(draftKey('a', 'Ünïcode text', id, id, id)).toMatch(/^[a-zA-Z0-9_.-]{1,160}$/)
  })
})
