import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const folder = join(import.meta.dirname, 'fixtures')
const files = ['ical4j', 'icalendar'].flatMap((origin) =>
  readdirSync(join(folder, origin)).map((name) => join(origin, name)),
)
const read = (name: string) => new File([readFileSync(join(folder, name))], name)

describe('The sample calendars of other libraries', () => {
  test('are all taken in or kept aside with a reason, and none of them breaks anything', async () => {
    const { client } = await openTestCore({ start: '2026-11-20T09:30:00.000Z' })
    let taken = 0
    const reasons = new Map<string, number>()
    for (const name of files) {
      const preview = await client.calendar
        .import({ file: read(name), dryRun: true })
        .catch((error: { data?: { issues?: unknown[] }; message: string }) => {
          expect([name, error.message, error.data?.issues?.length]).toEqual([
            name,
            expect.any(String),
            1,
          ])
          return undefined
        })
      if (!preview) continue
      const { counts, entries } = await client.calendar.import({ file: read(name) })
      expect([name, counts]).toEqual([name, preview.counts])
      for (const { outcome, reason, raw, summary } of entries)
        if (outcome === 'quarantined') {
          expect([name, summary, reason?.length, raw?.length]).not.toContain(0)
          reasons.set(reason ?? '', (reasons.get(reason ?? '') ?? 0) + 1)
        }
      taken += counts.new
      // What was taken in is known again.
      const again = await client.calendar.import({ file: read(name), dryRun: true })
      expect([name, again.counts.new, again.counts.updated]).toEqual([name, 0, 0])
    }
    expect(taken).toBeGreaterThan(900)
    expect([...reasons.keys()]).toEqual(
      expect.arrayContaining([
        'it has no start',
        'it lasts longer than a year',
        'its time zone “Eastern” is not known',
      ]),
    )
  }, 120_000)
})
