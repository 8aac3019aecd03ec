import { setImmediate as turn } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { createPortions, gather, type Portion, portionLength, writingLength } from './portions'

/** A clock that runs only while a unit of work is done. */
function createWork(length: number) {
  let time = 0
  const portions = createPortions(() => time)
  return {
    portions,
    unit: () => {
      time += length
    },
  }
}

test('a portion does as many units as it has time for, and at least one', async () => {
  for (const length of [1, 2, 4, 50]) {
    const { portions, unit } = createWork(length)
    const counts: number[] = []
    let left = 20
    await portions.run((portion) => {
      let count = 0
      do {
        unit()
        count++
        left--
      } while (left > 0 && !portion.isOver())
      counts.push(count)
      return left > 0
    })
    expect(counts.slice(0, -1).every((count) => count === Math.ceil(portionLength / length))).toBe(
      true,
    )
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
  }
})

test('what is posted to the thread while work is under way is answered before it ends', async () => {
  const { port1, port2 } = new MessageChannel()
  const { portions, unit } = createWork(portionLength)
  let left = 50
  let answeredAt: number | undefined
  port2.on('message', () => {
    answeredAt = left
  })
  port1.postMessage('')
  await portions.run(() => {
    unit()
    return --left > 0
  })
  expect(answeredAt).toBeGreaterThan(0)
  port1.close()
})

test('of several pieces of work under way one has a portion in each turn of the loop, by turns', async () => {
  const { portions, unit } = createWork(portionLength)
  const done: string[] = []
  let turns = 0
  let isOver = false
  const counting = (async () => {
    for (; !isOver; turns++) await turn()
  })()
  const work = (name: string) => {
    let left = 5
    return portions.run(() => {
      unit()
      done.push(name)
      return --left > 0
    })
  }
  await Promise.all([work('import'), work('job'), work('undo')])
  isOver = true
  await counting
  expect(turns).toBeGreaterThanOrEqual(done.length - 1)
  // The first began before the others were there.
  expect(done.slice(1, 7)).toEqual(['import', 'job', 'undo', 'import', 'job', 'undo'])
})

test('pieces of work that follow each other share a portion, and the next one waits where it is used up', async () => {
  const { portions, unit } = createWork(portionLength / 2)
  let hasTurned = false
  setImmediate(() => {
    hasTurned = true
  })
  const seen: boolean[] = []
  for (let index = 0; index < 3; index++)
    await portions.run(() => {
      unit()
      seen.push(hasTurned)
      return false
    })
  expect(seen).toEqual([false, false, true])
})

test('work that is called off ends after its portion, with the reason', async () => {
  const { portions, unit } = createWork(portionLength)
  const closing = new AbortController()
  let count = 0
  const working = portions.run(() => {
    unit()
    if (++count === 3) closing.abort(new Error('Closed.'))
    return true
  }, closing.signal)
  await expect(working).rejects.toThrow('Closed.')
  expect(count).toBe(3)
})

test('pages are read as far as a portion has time for', async () => {
  const { portions, unit } = createWork(portionLength / 2)
  let portionsBegun = 0
  function* pages() {
    for (let page = 0; page < 7; page++) {
      unit()
      yield [page]
    }
  }
  const all = await gather((work) => {
    return portions.run((portion) => {
      portionsBegun++
      return work(portion)
    })
  }, pages())
  expect(all).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(portionsBegun).toBe(4)
})

test('work that is a transaction of many rows has longer portions of its own', async () => {
  const { portions, unit } = createWork(1)
  const counts: number[] = []
  let left = 50
  const rows = (portion: Portion) => {
    let count = 0
    do {
      unit()
      count++
      left--
    } while (left > 0 && !portion.isOver())
    counts.push(count)
    return left > 0
  }
  await portions.run(rows, undefined, writingLength)
  expect(counts).toEqual([20, 20, 10])
})

test('how many units are done together is learned from how long the last ones took', () => {
  let time = 0
  const together = createPortions(() => time).learn(200)
  const units: number[] = []
  const takeEach = (length: number) =>
    together.time(together.units(), () => {
      time += together.units() * length
      units.push(together.units())
    })
  for (const length of [0.1, 0.1, 0.1, 0.1, 3, 0.1]) takeEach(length)
  expect(units).toEqual([20, 40, 60, 60, 60, 2])
  for (let round = 0; round < 12; round++) takeEach(0.001)
  expect(together.units()).toBe(200)

  const few = createPortions(() => time).learn(200, writingLength, 50)
  few.time(50, () => {
    time += 5000
  })
  expect(few.units()).toBe(50)
})
