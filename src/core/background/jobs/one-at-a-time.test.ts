import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { oneAtATime } from './one-at-a-time'

/** Takes everything that waits, in two steps as sending does. */
function counter() {
  const waiting: string[] = []
  const done: string[][] = []
  let working = 0
  const work = oneAtATime(async () => {
    working++
    expect(working).toBe(1)
    const taken = waiting.splice(0)
    await nextTurn()
    done.push(taken)
    working--
    if (taken.includes('fault')) throw new Error('a fault')
  })
  return { waiting, done, work }
}

describe('What runs one at a time', () => {
  test('answers calls that came while it worked by one more run, with all that was there', async () => {
    const { waiting, done, work } = counter()
    waiting.push('first')
    const first = work.run()
    waiting.push('second')
    const second = work.run()
    waiting.push('third')
    const third = work.run()
    await first
    expect(done).toEqual([['first']])
    await Promise.all([second, third])
    expect(done).toEqual([['first'], ['second', 'third']])
    await work.run()
    expect(done).toHaveLength(3)
  })

  test('continues after a fault, which its callers hear of', async () => {
    const { waiting, done, work } = counter()
    waiting.push('fault')
    const faulty = work.run()
    waiting.push('sound')
    const sound = work.run()
    await expect(faulty).rejects.toThrow('a fault')
    await sound
    expect(done).toEqual([['fault'], ['sound']])
  })

  test('is settled when nothing is under way', async () => {
    const { waiting, done, work } = counter()
    await work.settled()
    waiting.push('one')
    void work.run()
    waiting.push('two')
    void work.run()
    await work.settled()
    expect(done).toEqual([['one'], ['two']])
  })
})
