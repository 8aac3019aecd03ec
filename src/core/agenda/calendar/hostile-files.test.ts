import { expect, test } from 'vitest'
import { processorTime } from '../../testing/effort'
import { openTestCore } from '../../testing/testing'
import { expand, usualEffort } from './expand'
import { readCalendar } from './read-calendar'

const repeat = (text: string, times: number) => text.repeat(times)
const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index)).join('\r\n')
const calendar = (...parts: string[]) => ['BEGIN:VCALENDAR', ...parts, 'END:VCALENDAR'].join('\r\n')
const event = (uid: number | string, ...lines: string[]) =>
  [
    ...['BEGIN:VEVENT', `UID:${uid}`, 'SUMMARY:Visit'],
    ...(lines.some((line) => line.startsWith('DTSTART')) ? [] : ['DTSTART:20261201T100000Z']),
    ...[...lines, 'END:VEVENT'],
  ].join('\r\n')
const zone = (name: string, ...lines: string[]) =>
  [
    ...['BEGIN:VTIMEZONE', `TZID:${name}`, ...lines, 'BEGIN:STANDARD', 'DTSTART:19700101T000000'],
    ...['TZOFFSETFROM:+0137', 'TZOFFSETTO:+0137', 'END:STANDARD', 'END:VTIMEZONE'],
  ].join('\r\n')

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).join(',')
/** Every second of a day. */
const everySecond = `BYHOUR=${numbers(0, 23)};BYMINUTE=${numbers(0, 59)};BYSECOND=${numbers(0, 59)}`

const day = 86_400_000
const now = Date.UTC(2026, 10, 20)
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
const span = { from: now - 30 * day, to: now + 365 * day }
const read = (text: string) => readCalendar(text, { given: {}, own: 'UTC', now, span })

const files: Record<string, string> = {
  'components within components': calendar(
    repeat('BEGIN:VEVENT\r\n', 20_000),
    repeat('END:VEVENT\r\n', 20_000),
  ),
  'ends of what never began': calendar('BEGIN:VEVENT', repeat('BEGIN:X\r\nEND:Y\r\n', 20_000)),
  'a hundred thousand parameters': calendar(
    event(1, `DTSTART${many(100_000, (index) => `;A${index}=B`).replaceAll('\r\n', '')}:20261201`),
  ),
  'a long line without a colon': calendar(repeat('a', 200_000)),
  'thousands of zones in use': calendar(
    many(3000, (index) => zone(`z${index}`)),
    many(3000, (index) => event(index, `DTSTART;TZID=z${index}:20261201T100000`)),
  ),
  'a huge zone that every event names': calendar(
    zone('z', `X-NOTE:${repeat('a', 500_000)}`),
    many(5000, (index) => event(index, 'DTSTART;TZID=z:20261201T100000')),
  ),
  'a zone with a rule for each day of four centuries': calendar(
    zone(
      'z',
      repeat(
        'BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=SU\r\nTZOFFSETFROM:+0137\r\nTZOFFSETTO:+0137\r\nEND:STANDARD\r\n',
        500,
      ).trimEnd(),
    ),
    many(2000, (index) => event(index, `DTSTART;TZID=z:${1700 + (index % 400)}1201T100000`)),
  ),
  'rules that find no day': calendar(
    many(200, (index) => event(index, 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30')),
  ),
  'hours counted since 1700': calendar(
    many(200, (index) =>
      event(index, 'DTSTART:17000101T000000Z', 'RRULE:FREQ=HOURLY;COUNT=9999999'),
    ),
  ),
  'thousands of daily series': calendar(many(3000, (index) => event(index, 'RRULE:FREQ=DAILY'))),
  'a rule that says the same minute and second over and over': calendar(
    event(1, `RRULE:FREQ=DAILY;BYMINUTE=${repeat('1,', 1500)}1;BYSECOND=${repeat('1,', 1500)}1`),
  ),
  'a rule that says the same day over and over': calendar(
    event(
      1,
      'DTSTART:17000101T000000Z',
      `RRULE:FREQ=YEARLY;BYYEARDAY=${repeat('1,', 20_000)}1;COUNT=9999999`,
    ),
  ),
  'rules of every second': calendar(
    many(200, (index) => event(index, `RRULE:FREQ=DAILY;${everySecond}`)),
  ),
  'rules of every second that selects one of a year': calendar(
    many(200, (index) =>
      event(index, `RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;${everySecond};BYSETPOS=-1`),
    ),
  ),
  'rules of every second, counted since 1700': calendar(
    many(200, (index) =>
      event(
        index,
        'DTSTART:17000101T000000Z',
        `RRULE:FREQ=DAILY;INTERVAL=9999;COUNT=9999999;${everySecond}`,
      ),
    ),
  ),
  'rules of every second, every day of which is an exception': calendar(
    many(50, (index) =>
      event(
        index,
        `RRULE:FREQ=DAILY;${everySecond}`,
        `EXDATE;VALUE=DATE:${Array.from({ length: 400 }, (_, index) => dateOf(now + index * day)).join(',')}`,
      ),
    ),
  ),
  'one event with thousands of rules': calendar(
    event(1, repeat(`RRULE:FREQ=DAILY;${everySecond}\r\n`, 4000).trimEnd()),
  ),
  'exceptions line by line': calendar(
    event(1, 'RRULE:FREQ=DAILY', repeat('EXDATE:20261201T100000Z\r\n', 100_000).trimEnd()),
  ),
}

test.each(Object.entries(files))(
  'a calendar file with %s is soon read or set aside',
  async (_, text) => {
    const effort = await processorTime(() => read(text))
    expect(effort).toBeLessThan(20_000)
  },
)

test('a calendar file of to-dos whose rules never come true comes in without them, and soon', async () => {
  const { client } = await openTestCore()
  const text = calendar(
    many(10_000, (index) =>
      [
        ...['BEGIN:VTODO', `UID:${index}`, 'DUE:20261201T100000Z'],
        ...['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'END:VTODO'],
      ].join('\r\n'),
    ),
  )
  let reasons: (string | null)[] = []
  const effort = await processorTime(async () => {
    const { entries } = await client.calendar.import({ text, dryRun: true })
    reasons = entries.map(({ reason }) => reason)
  })
  expect(new Set(reasons)).toEqual(
    new Set(['it repeats in a way that tasks do not: it comes in once']),
  )
  expect(effort).toBeLessThan(20_000)
})

test('a list of a rule says each of its numbers once, whatever is written', () => {
  const startsOf = (rule: string) =>
    read(calendar(event(1, `RRULE:${rule}`))).candidates.map(({ recurrenceId }) => recurrenceId)
  expect(startsOf('FREQ=DAILY;COUNT=4;BYHOUR=9,9,09,11;BYMINUTE=0,00,0')).toEqual([
    '20261201T100000Z',
    '20261201T110000Z',
    '20261202T090000Z',
    '20261202T110000Z',
  ])
})

test('a rule with a list of more than there can be is set aside', () => {
  const { refusals } = read(
    calendar(event(1, `RRULE:FREQ=YEARLY;BYYEARDAY=${repeat('1,', 20_000)}1`)),
  )
  expect(refusals.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('its RRULE has a wrong BYYEARDAY: 1,1,'),
  ])
})

test('what is set aside says why, and the events beside it are taken in', () => {
  const { candidates, refusals } = read(
    calendar(
      event('before'),
      `BEGIN:VEVENT\r\n${repeat('BEGIN:VALARM\r\n', 9)}${repeat('END:VALARM\r\n', 9)}END:VEVENT`,
      event('wide', `X-A${repeat(';A=B', 501)}:1`),
      event('long', repeat('COMMENT:x\r\n', 5001).trimEnd()),
      event('after'),
    ),
  )
  expect(candidates.map(({ uid }) => uid)).toEqual(['before', 'after'])
  expect(refusals.map(({ reason }) => reason)).toEqual([
    'it is nested too deeply',
    'a line of it has too many parameters',
    'it has too many lines',
  ])
})

test('a series that began long ago is taken up near the days that count, and gives the same', () => {
  const startsOf = (rule: string, start: string) => {
    const { candidates, refusals } = read(calendar(event(1, `DTSTART:${start}`, `RRULE:${rule}`)))
    expect(refusals).toEqual([])
    return candidates.map(({ recurrenceId }) => recurrenceId)
  }
  expect(startsOf('FREQ=DAILY;INTERVAL=100', '19700101T070000Z')).toEqual(
    [...Array.from({ length: 5 }, (_, index) => index)]
      .map((index) => Date.UTC(1970, 0, 1, 7) + (207 + index) * 100 * day)
      .filter((at) => at >= span.from && at < span.to)
      .map((at) => `${new Date(at).toISOString().replaceAll(/[-:]|\.000/g, '')}`),
  )
  // Every third week, counted from a Thursday in 1970.
  const [first] = startsOf('FREQ=WEEKLY;INTERVAL=3;BYDAY=TH', '19700101T070000Z')
  const at = Date.parse(
    String(first).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  )
  expect((at - Date.UTC(1970, 0, 1, 7)) % (21 * day)).toBe(0)
})

test('the rules of a file share what they may take', () => {
  const effort = { ...usualEffort(), steps: 7 }
  const [master] = read(calendar(event(1, 'RRULE:FREQ=DAILY;COUNT=5'))).candidates
  if (master?.kind !== 'event') throw new Error('There is no event.')
  const item = { ...master.item, start: master.start }
  expect(expand(item, span, effort)).toHaveLength(5)
  expect(() => expand(item, span, effort)).toThrow('take too long to follow')
})
