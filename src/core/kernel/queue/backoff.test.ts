import { expect, test } from 'vitest'
import { waitAfter } from './backoff'

test('attempts come later and later, never all at once, and never later than an hour or so', () => {
  for (let attempts = 1; attempts < 12; attempts++) {
    const base = Math.min(3_600_000, 30_000 * 2 ** (attempts - 1))
    const waits = Array.from({ length: 50 }, (_, index) =>
      waitAfter(`delivery ${index}`, attempts, { from: 30_000, to: 3_600_000, jitter: 0.2 }),
    )
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(base * 0.8)
    expect(Math.max(...waits)).toBeLessThanOrEqual(base * 1.2)
    expect(new Set(waits).size).toBeGreaterThan(40)
  }
})
