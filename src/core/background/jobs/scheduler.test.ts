/** The tick continues whatever the machine's clock does: here timers run on a clock that tests set. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLive } from '../../kernel/change-log/live'
import { type Scheduler, startScheduler } from './scheduler'

const start = Date.parse('2026-11-20T09:30:05Z')
const hour = 3_600_000
let asked: number
let scheduler: Scheduler
const live = createLive()

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  asked = 0
  scheduler = startScheduler(
    {
      takeOver() {},
      tick: async () => {
        asked += 1
      },
      stop: async () => {},
    },
    live,
    (error) => {
      throw error
    },
  )
})
afterEach(async () => {
  await scheduler.stop()
  vi.useRealTimers()
})

/** How often the jobs are asked while so much time passes. */
async function askedWithin(milliseconds: number): Promise<number> {
  const before = asked
  await vi.advanceTimersByTimeAsync(milliseconds)
  return asked - before
}

test('The jobs are asked at the start, and at every quarter of a minute', async () => {
  expect(asked).toBe(1)
  expect(await askedWithin(9_999)).toBe(0)
  expect(await askedWithin(1)).toBe(1)
  expect(await askedWithin(60_000)).toBe(4)
})

test.each([
  ['back by three hours', -3 * hour],
  ['back by ten years', -10 * 8766 * hour],
  ['ahead by a night, as a machine that slept', 10 * hour],
  ['ahead by seventy years', 70 * 8766 * hour],
])('A clock that goes %s is noticed within a second, and the tick continues', async (_, jump) => {
  await askedWithin(20_000)
  vi.setSystemTime(Date.now() + jump)
  expect(await askedWithin(1000)).toBe(1)
  expect(await askedWithin(60_000)).toBe(4)
})

test('Whoever wakes it is answered at once, and the tick continues', async () => {
  vi.setSystemTime(Date.now() + 8 * hour)
  scheduler.wake()
  expect(asked).toBe(2)
  expect(await askedWithin(60_000)).toBe(4)
})

test('After changes the jobs are asked once', async () => {
  const change = {
    seq: 1,
    batchId: 'batch',
    label: 'Add a task',
    kind: 'edit' as const,
    userId: null,
    door: 'desktop' as const,
    undoable: true,
    tables: { task: null },
  }
  for (let times = 0; times < 5; times++) live.publish(change)
  expect(await askedWithin(1000)).toBe(1)
})

test('Once stopped nobody asks', async () => {
  await scheduler.stop()
  scheduler.wake()
  expect(await askedWithin(hour)).toBe(0)
})
