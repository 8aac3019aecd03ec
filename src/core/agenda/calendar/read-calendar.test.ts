import { expect, test } from 'vitest'
import { readCalendar } from './read-calendar'

const day = 86_400_000
const now = Date.UTC(2026, 10, 29)
const event = (...lines: string[]) =>
  ['BEGIN:VEVENT', 'DTSTAMP:20261101T000000Z', ...lines, 'END:VEVENT'].join('\r\n')
const alarm = (trigger: string) =>
  ['BEGIN:VALARM', 'ACTION:DISPLAY', trigger, 'END:VALARM'].join('\r\n')
const read = (...events: string[]) =>
  readCalendar(['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n'), {
    given: {},
    own: 'UTC',
    now,
    span: { from: now - 30 * day, to: now + 800 * day },
  })
const startsIn = (...events: string[]) => {
  const { candidates, refusals } = read(...events)
  expect(refusals.filter(({ skipped }) => !skipped)).toEqual([])
  return candidates
    .map(({ start }) => new Date(start?.instant ?? 0).toISOString().slice(0, 16))
    .sort()
}

test.each([
  ['TRIGGER', alarm('TRIGGER:P')],
  ['TRIGGER', alarm('TRIGGER:20270327T120000Z')],
  ['TRIGGER', alarm('TRIGGER:')],
  ['TRIGGER', alarm('TRIGGER:-PT5M5')],
  ['TRIGGER', alarm('TRIGGER;RELATED=END:-P')],
  ['TRIGGER', alarm('TRIGGER;VALUE=DATE-TIME:-PT15M')],
  ['DURATION', 'DURATION:P'],
  ['DURATION', 'DURATION:1H'],
  ['LAST-MODIFIED', 'LAST-MODIFIED:yesterday'],
  ['COMPLETED', 'COMPLETED:2026'],
  ['DTEND', 'DTEND:20279999T100000Z'],
  ['RDATE', 'RDATE;VALUE=PERIOD:20270120T090000Z/P'],
  ['RDATE', 'RDATE;VALUE=PERIOD:20270120T090000Z/20270119T090000Z'],
  ['EXDATE', 'EXDATE:2027-01-01T10:00:00Z'],
  ['RECURRENCE-ID', 'RECURRENCE-ID;RANGE=THISANDPRIOR:20270328T100000Z'],
  ['RRULE', 'RRULE:FREQ=MONTHLY;BYDAY=XX'],
  ['RRULE', 'RRULE:FREQ=DAILY;INTERVAL=0'],
  ['RRULE', 'RRULE:FREQ=DAILY;BYEASTER=1'],
  ['RRULE', 'RRULE:'],
  ['calendar', 'ATTENDEE;CN="x:mailto:y'],
])('a malformed %s sets aside its own event, with the reason, and no other: %s', (name, line) => {
  const { candidates, refusals } = read(
    event('UID:bad', 'DTSTART:20270328T100000Z', 'SUMMARY:Bad', line),
    event('UID:good', 'DTSTART:20270901T100000Z', 'SUMMARY:Other, fine'),
  )
  expect(candidates.map(({ uid }) => uid)).toEqual(['good'])
  expect(refusals).toMatchObject([{ uid: 'bad', summary: 'Bad', skipped: false }])
  expect(refusals[0]?.reason).toContain(name)
})

test('a rule gives what RFC 5545 says of it', () => {
  expect(
    startsIn(
      event(
        'DTSTART;VALUE=DATE:20270131',
        'RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4',
      ),
    ).map((start) => start.slice(0, 10)),
  ).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'])
  expect(
    startsIn(event('DTSTART;VALUE=DATE:20260518', 'RRULE:FREQ=YEARLY;BYDAY=20MO')).filter((start) =>
      start.startsWith('2027'),
    ),
  ).toEqual(['2027-05-17T00:00'])
  expect(startsIn(event('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY'))).toEqual([
    '2028-02-29T00:00',
  ])
})

test('a series of days ends on the day that its UNTIL names, however its time is written', () => {
  for (const until of ['20270103', '20270103T000000Z', '20270103T235959Z', '20270103T120000'])
    expect(
      startsIn(event('DTSTART;VALUE=DATE:20270101', `RRULE:FREQ=DAILY;UNTIL=${until}`)),
    ).toHaveLength(3)
})

test('a change of this and all later ones moves them as far on the clock', () => {
  const series = event('UID:s', 'DTSTART:20270104T100000Z', 'RRULE:FREQ=DAILY;COUNT=5', 'SUMMARY:S')
  const later = event(
    'UID:s',
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20270106T100000Z',
    'DTSTART:20270106T120000Z',
    'SUMMARY:S later',
  )
  expect(startsIn(series, later)).toEqual([
    '2027-01-04T10:00',
    '2027-01-05T10:00',
    '2027-01-06T12:00',
    '2027-01-07T12:00',
    '2027-01-08T12:00',
  ])
  expect(
    read(series, later)
      .candidates.map(({ item }) => item.summary)
      .sort(),
  ).toEqual(['S', 'S', 'S later', 'S later', 'S later'])
  // A later change counts from its day on, and one occurrence may go its own way.
  const last = event(
    'UID:s',
    'RECURRENCE-ID;RANGE=THISANDFUTURE:20270108T100000Z',
    'DTSTART:20270109T080000Z',
  )
  const one = event('UID:s', 'RECURRENCE-ID:20270107T100000Z', 'DTSTART:20270107T150000Z')
  expect(startsIn(last, one, later, series)).toEqual([
    '2027-01-04T10:00',
    '2027-01-05T10:00',
    '2027-01-06T12:00',
    '2027-01-07T15:00',
    '2027-01-09T08:00',
  ])
  // Across a change of the clocks it is the same time of day.
  expect(
    startsIn(
      event('UID:z', 'DTSTART;TZID=Europe/Prague:20270327T100000', 'RRULE:FREQ=DAILY;COUNT=3'),
      event(
        'UID:z',
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Prague:20270327T100000',
        'DTSTART;TZID=Europe/Prague:20270327T113000',
      ),
    ),
  ).toEqual(['2027-03-27T10:30', '2027-03-28T09:30', '2027-03-29T09:30'])
  expect(read(later).refusals).toMatchObject([{ reason: expect.stringContaining('series') }])
})

test('a period among the dates of a series lasts as long as it says', () => {
  const { candidates } = read(
    event(
      'DTSTART;TZID=Europe/Lisbon:20270105T100000',
      'DTEND;TZID=Europe/Lisbon:20270105T110000',
      'RDATE;VALUE=PERIOD:20270120T090000Z/PT2H,20270121T090000Z/20270121T093000Z',
      'RDATE;VALUE=DATE:20270122',
    ),
  )
  expect(
    candidates.map(({ start, item }) => [
      new Date(start?.instant ?? 0).toISOString().slice(0, 16),
      item.durationMinutes,
    ]),
  ).toEqual([
    ['2027-01-05T10:00', 60],
    ['2027-01-20T09:00', 120],
    ['2027-01-21T09:00', 30],
    ['2027-01-22T10:00', 60],
  ])
})

test('an alarm may count from the end', () => {
  const { candidates } = read(
    event(
      'DTSTART:20270105T100000Z',
      'DURATION:PT1H',
      alarm('TRIGGER;RELATED=END:-PT90M'),
      alarm('TRIGGER:-PT15M'),
    ),
  )
  expect(candidates[0]?.item.alarms).toEqual([15, 30])
})
