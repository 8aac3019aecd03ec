import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const calendar = (...body: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...body, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
const event = (uid: string, ...lines: string[]) =>
  ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'].join('\r\n')
const zone = (id: string, from: string, to: string, ...more: string[]) =>
  [
    'BEGIN:VTIMEZONE',
    `TZID:${id}`,
    'BEGIN:STANDARD',
    'DTSTART:20200101T000000',
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    ...more,
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n')
type Client = Awaited<ReturnType<typeof openTestCore>>['client']
const planned = async (client: Client) =>
  (await client.activities.list({ sort: 'at' })).items.map(({ subject, scheduledAt }) => [
    subject,
    scheduledAt,
  ])

describe('A time zone in a calendar file', () => {
  test.each([
    ['its own definition', zone('Odd', '+0130', '+0130'), 'Odd', '2026-11-27T08:30:00.000Z'],
    ['its IANA name', '', 'Asia/Kathmandu', '2026-11-27T04:15:00.000Z'],
    [
      'a name behind a prefix',
      '',
      '/freeassociation.sourceforge.net/Tzfile/Europe/Prague',
      '2026-11-27T09:00:00.000Z',
    ],
    ['its Windows name', '', 'Eastern Standard Time', '2026-11-27T15:00:00.000Z'],
    [
      'a definition before its own name',
      zone('Europe/Prague', '+0300', '+0300'),
      'Europe/Prague',
      '2026-11-27T07:00:00.000Z',
    ],
  ])('is known by %s', async (_, definition, name, instant) => {
    const { client } = await openTestCore()
    await client.calendar.import({
      text: calendar(definition, event('a', `DTSTART;TZID="${name}":20261127T100000`)),
    })
    expect(await planned(client)).toEqual([[null, instant]])
  })

  test('is named by its offsets where its name says nothing, the caller’s own first', async () => {
    const { client } = await openTestCore()
    await client.users.updateMe({ timezone: 'Asia/Kathmandu' })
    const text = calendar(
      zone('My own', '+0545', '+0545'),
      event('a', 'DTSTART;TZID=My own:20261127T100000'),
    )
    const { entries } = await client.calendar.import({ text })
    expect(entries).toMatchObject([{ zone: 'Asia/Kathmandu', start: '2026-11-27T04:15:00.000Z' }])
  })

  test('that nobody knows is asked for, and never taken for another', async () => {
    const { client } = await openTestCore()
    const text = calendar(event('a', 'DTSTART;TZID=Prague Office:20261127T100000'))
    const preview = await client.calendar.import({ text, dryRun: true })
    expect(preview.unknownZones).toEqual([
      { name: 'Prague Office', items: 1, suggestions: ['UTC', 'Europe/Prague'] },
    ])
    expect(preview.counts).toMatchObject({ new: 0, quarantined: 1 })
    await client.calendar.import({ text, zones: { 'Prague Office': 'Europe/Prague' } })
    expect(await planned(client)).toEqual([[null, '2026-11-27T09:00:00.000Z']])
  })

  test('that is missing means the caller’s, and the preview says so', async () => {
    const { client } = await openTestCore()
    await client.users.updateMe({ timezone: 'Europe/Prague' })
    const text = calendar(event('a', 'DTSTART:20261127T100000'))
    expect(await client.calendar.import({ text })).toMatchObject({
      floating: { items: 1, zone: 'Europe/Prague' },
    })
    expect(await planned(client)).toEqual([[null, '2026-11-27T09:00:00.000Z']])
  })
})

test('A preview names the day of what takes whole days, wherever it is looked at', async () => {
  const { client } = await openTestCore()
  for (const timezone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
    await client.users.updateMe({ timezone })
    const text = calendar(
      event('a', 'DTSTART;VALUE=DATE:20261210', 'DTEND;VALUE=DATE:20261212'),
      event('b', 'DTSTART:20261210T100000Z'),
      ['BEGIN:VTODO', 'UID:c', 'SUMMARY:C', 'DUE;VALUE=DATE:20261211', 'END:VTODO'].join('\r\n'),
    )
    const { entries } = await client.calendar.import({ text, dryRun: true })
    expect(entries.map(({ day }) => day)).toEqual(['2026-12-10', null, '2026-12-11'])
  }
})

describe('An event that comes again', () => {
  const version = (sequence: number, summary: string, ...more: string[]) =>
    calendar(
      event(
        'a@x',
        'DTSTART:20261127T100000Z',
        `SEQUENCE:${sequence}`,
        `SUMMARY:${summary}`,
        ...more,
      ),
    )

  test('replaces an older one, is left alone by an older one, and is but once in a file', async () => {
    const { client } = await openTestCore()
    await client.calendar.import({ text: version(2, 'Second') })
    expect((await client.calendar.import({ text: version(1, 'First') })).counts.unchanged).toBe(1)
    expect((await client.calendar.import({ text: version(3, 'Third') })).counts.updated).toBe(1)
    expect(await planned(client)).toEqual([['Third', '2026-11-27T10:00:00.000Z']])
    const both = calendar(
      event('b@x', 'DTSTART:20261128T100000Z', 'SEQUENCE:1', 'SUMMARY:Old'),
      event('b@x', 'DTSTART:20261128T100000Z', 'SEQUENCE:2', 'SUMMARY:New'),
    )
    const { counts } = await client.calendar.import({ text: both })
    expect(counts).toMatchObject({ new: 1, duplicate: 1 })
    expect((await planned(client)).map(([subject]) => subject)).toContain('New')
  })

  test('cancelled is no longer planned; undo brings it back', async () => {
    const { client } = await openTestCore()
    await client.calendar.import({ text: version(1, 'Lunch') })
    const off = await client.calendar.import({ text: version(2, 'Lunch', 'STATUS:CANCELLED') })
    expect([off.counts.cancelled, await planned(client)]).toEqual([1, []])
    await client.changes.undo({ batchId: off.batchId ?? '' })
    expect(await planned(client)).toHaveLength(1)
    const unknown = calendar(event('z@x', 'DTSTART:20261127T100000Z', 'STATUS:CANCELLED'))
    expect((await client.calendar.import({ text: unknown })).counts.skipped).toBe(1)
  })

  test('belongs to whoever took it in: another’s is another event', async () => {
    const { addUser } = await openTestCore()
    const [ann, ben] = [await addUser('Ann', 'rep'), await addUser('Ben', 'rep')]
    await ann.client.calendar.import({ text: version(1, 'Demo') })
    expect((await ben.client.calendar.import({ text: version(1, 'Demo') })).counts.new).toBe(1)
    expect(await planned(ben.client)).toHaveLength(1)
  })

  test('deleted here stays deleted', async () => {
    const { client } = await openTestCore()
    await client.calendar.import({ text: version(1, 'Demo') })
    const [activity] = (await client.activities.list({})).items
    await client.activities.remove({ id: activity?.id ?? '' })
    expect((await client.calendar.import({ text: version(2, 'Demo') })).counts.skipped).toBe(1)
    expect(await planned(client)).toEqual([])
  })
})

describe('A recurring event', () => {
  const weekly = (...more: string[]) =>
    event(
      'weekly@x',
      'DTSTART;TZID=Europe/Prague:20261012T090000',
      'DURATION:PT30M',
      'SUMMARY:Weekly',
      ...more,
    )

  test('is one activity for each occurrence of a month back and a year ahead, at the same local time', async () => {
    const { client } = await openTestCore()
    const { counts, recurring } = await client.calendar.import({
      text: calendar(weekly('RRULE:FREQ=WEEKLY')),
    })
    expect([counts.new, recurring]).toEqual([
      56,
      { events: 1, occurrences: 56, from: '2026-10-21', to: '2027-11-20' },
    ])
    const times = await planned(client)
    expect(times[0]).toEqual(['Weekly', '2026-10-26T08:00:00.000Z'])
    expect(times).toContainEqual(['Weekly', '2027-04-05T07:00:00.000Z'])
  })

  test('keeps to its exceptions, its own changes and its last day', async () => {
    const { client } = await openTestCore()
    const text = calendar(
      weekly(
        'RRULE:FREQ=WEEKLY;UNTIL=20261221T080000Z',
        'EXDATE:20261130T080000Z',
        'EXDATE;TZID=Europe/Prague:20261207T090000',
      ),
      event(
        'weekly@x',
        'RECURRENCE-ID;TZID=Europe/Prague:20261214T090000',
        'DTSTART;TZID=Europe/Prague:20261214T110000',
        'SUMMARY:Later',
      ),
    )
    await client.calendar.import({ text })
    const times = (await planned(client)).filter(([, at]) => String(at) > '2026-11-20')
    expect(times).toEqual([
      ['Weekly', '2026-11-23T08:00:00.000Z'],
      ['Later', '2026-12-14T10:00:00.000Z'],
      ['Weekly', '2026-12-21T08:00:00.000Z'],
    ])
    expect((await client.calendar.import({ text })).counts.new).toBe(0)
  })

  test('that ends earlier now loses what was planned beyond', async () => {
    const { client } = await openTestCore()
    await client.calendar.import({ text: calendar(weekly('RRULE:FREQ=WEEKLY;COUNT=12')) })
    const { counts } = await client.calendar.import({
      text: calendar(weekly('SEQUENCE:1', 'RRULE:FREQ=WEEKLY;COUNT=10')),
    })
    expect(counts.cancelled).toBe(2)
  })
})

describe('What an event says of people', () => {
  test('links the contact with that address and is kept', async () => {
    const { client } = await openTestCore()
    const company = await client.companies.create({ name: 'Acme' })
    const ann = await client.contacts.create({
      firstName: 'Ann',
      email: 'ann@acme.example',
      companyId: company.id,
    })
    await client.calendar.import({
      text: calendar(
        event(
          'a',
          'DTSTART:20261127T100000Z',
          'ORGANIZER;CN=Me:mailto:me@example.com',
          'ATTENDEE;CN="Ann";PARTSTAT=ACCEPTED:MAILTO:Ann@ACME.example',
        ),
      ),
    })
    const [activity] = (await client.activities.list({})).items
    expect(activity).toMatchObject({
      contact: { id: ann.id },
      company: { id: company.id },
      metadata: {
        calendar: {
          organizer: { email: 'me@example.com', name: 'Me' },
          attendees: [{ email: 'Ann@ACME.example', name: 'Ann', status: 'ACCEPTED' }],
        },
      },
    })
  })
})

describe('A hostile file', () => {
  const good = event('good@x', 'DTSTART:20261127T100000Z', 'SUMMARY:Good')
  const nested = `${'BEGIN:X\r\n'.repeat(10_000)}${'END:X\r\n'.repeat(10_000)}`.trim()
  test.each([
    [
      'a rule that never finds a day',
      event('a', 'DTSTART:20260101T000000Z', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'),
    ],
    ['a rule for every second', event('a', 'DTSTART:20260101T000000Z', 'RRULE:FREQ=SECONDLY')],
    [
      'a rule for every hour since long ago',
      event('a', 'DTSTART:19000101T000000Z', 'RRULE:FREQ=HOURLY'),
    ],
    [
      'a rule with huge numbers',
      event(
        'a',
        'DTSTART:20260101T000000Z',
        'RRULE:FREQ=DAILY;INTERVAL=99999999999;COUNT=99999999999',
      ),
    ],
    ['deep nesting', event('a', 'DTSTART:20260101T000000Z', nested)],
    ['dates that are none', event('a', 'DTSTART:20269999T999999Z')],
    ['a duration without end', event('a', 'DTSTART:20260101T000000Z', 'DURATION:P99999999999W')],
    [
      'a line without end',
      event('a', 'DTSTART:20260101T000000Z', `SUMMARY:${'x'.repeat(3_000_000)}`),
    ],
    ['an end without beginning', 'END:VEVENT\r\nEND:VALARM'],
    ['a beginning without end', 'BEGIN:VEVENT\r\nUID:x'],
    ['no colon at all', event('a', 'DTSTART', 'RRULE;;;')],
    [
      'a zone that changes for ever',
      `${zone('Z', '+0100', '+0200', 'RRULE:FREQ=SECONDLY')}\r\n${event('a', 'DTSTART;TZID=Z:20261127T100000')}`,
    ],
    [
      'names of prototypes',
      event('__proto__', 'DTSTART;TZID=__proto__:20261127T100000', 'CONSTRUCTOR:x'),
    ],
    ['zeros', event('a\0b', 'DTSTART:20261127T100000Z', 'SUMMARY:a\0b')],
  ])('with %s leaves the rest of the calendar readable', async (_, hostile) => {
    const { client } = await openTestCore()
    const { counts } = await client.calendar.import({ text: calendar(hostile, good) })
    expect(counts.new).toBeGreaterThan(0)
    expect(await planned(client)).toContainEqual(['Good', '2026-11-27T10:00:00.000Z'])
  })

  test('is refused whole where it is too large, or no calendar', async () => {
    const { client } = await openTestCore()
    const refused = async (content: string | Uint8Array<ArrayBuffer>) =>
      await expect(
        client.calendar.import({ file: new File([content], 'x.ics') }),
      ).rejects.toMatchObject({ data: { issues: [{ path: 'file' }] } })
    await refused(`BEGIN:VCALENDAR${'\n'.repeat(1_200_000)}`)
    await refused(new Uint8Array(11 * 1024 * 1024).fill(10))
    await refused(`BEGIN:VCALENDAR\n${'BEGIN:VEVENT\nEND:VEVENT\n'.repeat(21_000)}`)
    await refused('PK\u0003\u0004')
    await refused('')
  })

  test.each([
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1')],
    [
      'UTF-8 with a mark and bare line feeds',
      (text: string) => Buffer.from(`\uFEFF${text.replaceAll('\r', '')}`),
    ],
  ])('may be in %s', async (_, encode) => {
    const { client } = await openTestCore()
    const text = calendar(event('a', 'DTSTART:20261127T100000Z', 'SUMMARY:Café'))
    await client.calendar.import({ file: new File([new Uint8Array(encode(text))], 'x.ics') })
    expect(await planned(client)).toEqual([['Café', '2026-11-27T10:00:00.000Z']])
  })
})

describe('An item that cannot be written', () => {
  const ours = ['X-RAPPORT-TYPE:call', 'X-RAPPORT-START:OCCURRED', 'DTSTART:20261119T100000Z']
  const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM']
  const fine = event('fine', 'SUMMARY:Fine', 'DTSTART:20261127T100000Z')

  test('is set aside with its reason, and can be tried again; all others come in', async () => {
    const { client } = await openTestCore()
    await client.calendar.import({ text: calendar(event('a', ...ours, 'SUMMARY:Call')) })
    const [call] = (await client.activities.list({})).items
    await client.activities.update({ id: call?.id ?? '', occurredAt: null })

    const text = calendar(event('a', ...ours, 'SUMMARY:Call again', 'SEQUENCE:9', ...alarm), fine)
    const taken = await client.calendar.import({ text })
    expect(taken.counts).toMatchObject({ new: 1, updated: 0, quarantined: 1 })
    expect(taken.entries[0]).toMatchObject({
      uid: 'a',
      outcome: 'quarantined',
      reason: 'needs a time to be reminded before',
      raw: expect.stringContaining('SUMMARY:Call again'),
    })
    const subjects = async () =>
      (await client.activities.list({})).items.map(({ subject }) => subject).sort()
    expect(await subjects()).toEqual(['Call', 'Fine'])
    const [kept] = await client.calendar.quarantine.list({})
    expect(kept).toMatchObject({ reason: 'needs a time to be reminded before' })

    await client.activities.update({ id: call?.id ?? '', scheduledAt: '2026-11-19T10:00:00Z' })
    await client.calendar.quarantine.retry({ id: kept?.id ?? '' })
    expect(await client.calendar.quarantine.list({})).toEqual([])
    expect(await subjects()).toEqual(['Call again', 'Fine'])
  })

  test('for the database itself does not stop the others either', async () => {
    const { client, directory } = await openTestCore()
    const other = new BetterSqlite3(join(directory, 'rapport.db'))
    other.exec(
      `create trigger refuse before insert on calendar_item when new.uid = 'refused'
       begin select raise(abort, 'no'); end`,
    )
    other.close()
    const text = calendar(event('refused', 'SUMMARY:No', 'DTSTART:20261127T100000Z'), fine)
    const { entries } = await client.calendar.import({ text })
    expect(entries.map(({ uid, outcome, reason }) => [uid, outcome, reason])).toEqual([
      ['refused', 'quarantined', 'it cannot be stored'],
      ['fine', 'new', null],
    ])
    expect((await client.activities.list({})).items.map(({ subject }) => subject)).toEqual(['Fine'])
  })

  test('is not one that says it happened, is not done and has an alarm', async () => {
    const { client } = await openTestCore()
    const text = calendar(
      event('a', ...ours, 'SUMMARY:Call', 'X-RAPPORT-DONE:FALSE', ...alarm),
      fine,
    )
    expect((await client.calendar.import({ text, dryRun: true })).counts).toMatchObject({ new: 2 })
    expect((await client.calendar.import({ text })).counts).toMatchObject({ new: 2 })
    const { items } = await client.activities.list({ q: 'Call' })
    expect(items).toMatchObject([{ occurredAt: '2026-11-19T10:00:00.000Z' }])
  })
})

test('Attendees are linked and named as far as a rep sees them', async () => {
  const { client, addUser } = await openTestCore()
  await client.settings.updateWorkspace({ repsSeeAllContacts: false })
  await client.contacts.create({ lastName: 'Secret', email: 'ann@acme.example' })
  const rita = await addUser('Rita', 'rep')
  const own = await rita.client.contacts.create({ lastName: 'Own', email: 'bob@acme.example' })
  const text = calendar(
    event(
      'a',
      'DTSTART:20261127T100000Z',
      'ATTENDEE:mailto:ann@acme.example',
      'ATTENDEE:mailto:bob@acme.example',
    ),
    event('b', 'DTSTART:20261128T100000Z', 'ATTENDEE:mailto:ann@acme.example'),
  )
  await rita.client.calendar.import({ text })
  const { items } = await rita.client.activities.list({ sort: 'at' })
  expect(items.map(({ contact }) => contact?.id ?? null)).toEqual([own.id, null])
})
