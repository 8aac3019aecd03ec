/** What the screens say of plans. */
import { expect, test } from 'vitest'
import { clockIn, contactTimeText, movedText, stepDay, wallClock } from './words'

const now = new Date(2026, 10, 26, 9)

test('what moved a step is named once each, holidays by their names', () => {
  expect(
    movedText([
      { reason: 'weekend', date: '2026-11-28', name: null },
      { reason: 'weekend', date: '2026-11-29', name: null },
      { reason: 'holiday', date: '2026-11-30', name: "St Andrew's Day" },
    ]),
  ).toBe("weekend, St Andrew's Day")
})

test("the contact's time is shown only where it differs, with the day where that differs", () => {
  const step = { date: '2026-11-27', time: '23:00', contactTime: '2026-11-27T23:00' }
  expect(contactTimeText(step, now)).toBeNull()
  expect(contactTimeText({ ...step, contactTime: '2026-11-27T17:00' }, now)).toBe(
    wallClock('17:00'),
  )
  expect(contactTimeText({ ...step, contactTime: '2026-11-28T07:00' }, now)).toBe(
    `${wallClock('07:00')}, ${stepDay({ date: '2026-11-28' }, now)}`,
  )
})

test('a zone nobody knows has no clock', () => {
  expect(clockIn('Nowhere/Land', now)).toBeNull()
  expect(clockIn('UTC', new Date('2026-11-26T14:05:00Z'))).toMatch(/05/)
})
