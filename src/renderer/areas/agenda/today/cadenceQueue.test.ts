/** Which steps are in the cadence queue, and the way there. */
import { expect, test } from 'vitest'
import { isInQueue, queuePath } from './cadenceQueue'

test('a step is in the queue of its person from the day on which it is due', () => {
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  expect(isInQueue(inHours(-50))).toBe(true)
  expect(isInQueue(inHours(0))).toBe(true)
  expect(isInQueue(inHours(25))).toBe(false)
  expect(queuePath('p1', 'me')).toBe('/queue?plan=p1&user=me')
  expect(queuePath('p1', null)).toBe('/queue?plan=p1')
})
