import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const lines = (...body: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...body, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
const event = (...body: string[]) => ['BEGIN:VEVENT', ...body, 'END:VEVENT']
const meeting = (...more: string[]) =>
  event('UID:one@example.com', 'DTSTAMP:20261120T080000Z', 'DTSTART:20261127T140000Z', ...more)

describe('An exported activity', () => {
  test('is an event that other calendars understand', async () => {
    const { client } = await openTestCore()
    const { id } = await client.activities.create({
      type: 'call',
      subject: 'Call Ann; about: price, terms',
      description: 'First\nsecond',
      location: 'Room 4',
      scheduledAt: '2026-11-27T14:00:00.000Z',
      durationMinutes: 30,
      zone: 'Europe/Prague',
    })
    const file = await client.calendar.activity({ id })
    expect([file.name, file.type]).toEqual(['Call Ann about price terms.ics', 'text/calendar'])
    const text = await file.text()
    expect(
      text.split('\r\n').filter((line) => !/^(UID|DTSTAMP|CREATED|LAST-M)/.test(line)),
    ).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Rapport//Rapport//EN',
      'CALSCALE:GREGORIAN',
      ...text
        .slice(text.indexOf('BEGIN:VTIMEZONE'), text.indexOf('BEGIN:VEVENT') - 2)
        .split('\r\n'),
      'BEGIN:VEVENT',
      'SEQUENCE:0',
      'DTSTART;TZID=Europe/Prague:20261127T150000',
      'DTEND;TZID=Europe/Prague:20261127T153000',
      'SUMMARY:Call Ann\\; about: price\\, terms',
      'TRANSP:OPAQUE',
      'LOCATION:Room 4',
      'DESCRIPTION:First\\nsecond',
      'X-RAPPORT-TYPE:call',
      'X-RAPPORT-DONE:FALSE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
    expect(text).toContain(`UID:activity-${id}@rapport`)
    expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU')
    expect(text).not.toContain('METHOD')
  })

  test('counts its changes, so that a calendar takes the newer one', async () => {
    const { client, clock } = await openTestCore()
    const { id } = await client.activities.create({
      type: 'call',
      scheduledAt: '2026-11-27T14:00:00.000Z',
    })
    clock.advance(90_000)
    await client.activities.update({ id, subject: 'Later' })
    const text = await (await client.calendar.activity({ id })).text()
    expect(text).toContain('SEQUENCE:90')
    expect(text).toContain('LAST-MODIFIED:20261120T093130Z')
  })

  test('names the lead and contact it is about, as tasks and reminders do, and is read back without them', async () => {
    const { client } = await openTestCore()
    const { id: contactId } = await client.contacts.create({
      firstName: 'Fiona',
      lastName: 'McAllister, MBA',
    })
    const { id: companyId } = await client.companies.create({ name: 'Harbour Lines' })
    const { id: leadId } = await client.leads.create({ title: 'Crew scheduling', contactId })
    const scheduledAt = '2026-11-27T14:00:00.000Z'
    const time = { scheduledAt, zone: 'UTC', type: 'follow_up' } as const
    await client.activities.create({ ...time, subject: 'Follow up', leadId })
    await client.activities.create({ ...time, subject: 'Ask about crew scheduling', leadId })
    await client.activities.create({ ...time, leadId })
    await client.activities.create({ ...time, subject: 'Visit', companyId })
    await client.tasks.create({ title: 'Send the offer', leadId, dueAt: scheduledAt })
    await client.reminders.create({ notes: 'Ring back', contactId, remindAt: scheduledAt })
    const text = await (await client.calendar.export({})).text()
    const summaries = text
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .filter((line) => line.startsWith('SUMMARY:'))
    expect(summaries.map((line) => line.slice(8)).sort()).toEqual(
      [
        'Ask about crew scheduling – Fiona McAllister\\, MBA',
        'Follow up – Crew scheduling\\, Fiona McAllister\\, MBA',
        'Follow-up – Crew scheduling\\, Fiona McAllister\\, MBA',
        'Ring back – Fiona McAllister\\, MBA',
        'Send the offer – Crew scheduling\\, Fiona McAllister\\, MBA',
        'Visit – Harbour Lines',
      ].sort(),
    )
    expect((await client.calendar.import({ text, dryRun: true })).counts).toMatchObject({
      new: 0,
      updated: 0,
    })
    const empty = await openTestCore()
    await empty.client.calendar.import({ text })
    const subjects = (await empty.client.activities.list({})).items.map(({ subject }) => subject)
    expect(subjects).toEqual(
      expect.arrayContaining(['Ask about crew scheduling', 'Follow up', null, 'Visit']),
    )
    expect(subjects.filter((subject) => subject?.includes('McAllister'))).toEqual([])
  })

  test('that has no time is refused with the reason', async () => {
    const { client } = await openTestCore()
    const { id } = await client.activities.create({ type: 'note', subject: 'Thought' })
    await expect(client.calendar.activity({ id })).rejects.toMatchObject({
      data: { issues: [{ path: 'id', message: expect.stringContaining('planned') }] },
    })
  })

  test('for whole days ends on the day after, in no zone', async () => {
    const { client } = await openTestCore()
    const { id } = await client.activities.create({
      type: 'meeting',
      subject: 'Fair',
      scheduledAt: '2026-12-01T05:00:00.000Z',
      durationMinutes: 3 * 24 * 60,
      zone: 'America/New_York',
      allDay: true,
    })
    const text = await (await client.calendar.activity({ id })).text()
    expect(text).toContain('DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261204\r\n')
    expect(text).not.toContain('VTIMEZONE')
  })

  test('in an hour that comes twice says which of the two', async () => {
    const { client } = await openTestCore()
    const { id } = await client.activities.create({
      type: 'call',
      scheduledAt: '2026-10-25T01:30:00.000Z',
      durationMinutes: 10,
      zone: 'Europe/Prague',
    })
    expect(await (await client.calendar.activity({ id })).text()).toContain(
      'DTSTART:20261025T013000Z\r\nDTEND:20261025T014000Z',
    )
  })
})

describe('An imported event', () => {
  test('is shown first, becomes an activity then, and goes with one undo', async () => {
    const { client } = await openTestCore()
    const text = lines(
      ...meeting('DURATION:PT45M', 'SUMMARY:Kick-off', 'LOCATION:Berlin', 'DESCRIPTION:a\\, b'),
    )
    const preview = await client.calendar.import({ text, dryRun: true })
    expect(preview).toMatchObject({
      counts: { new: 1, quarantined: 0 },
      entries: [{ summary: 'Kick-off', start: '2026-11-27T14:00:00.000Z', outcome: 'new' }],
      batchId: null,
    })
    expect((await client.activities.list({})).total).toBe(0)
    const { batchId } = await client.calendar.import({ text })
    const { items } = await client.activities.list({})
    expect(items).toMatchObject([
      {
        type: 'meeting',
        subject: 'Kick-off',
        description: 'a, b',
        location: 'Berlin',
        scheduledAt: '2026-11-27T14:00:00.000Z',
        durationMinutes: 45,
        zone: 'UTC',
        allDay: false,
      },
    ])
    expect((await client.calendar.import({ text })).counts).toMatchObject({ new: 0, unchanged: 1 })
    await client.changes.undo({ batchId: batchId ?? '' })
    expect((await client.activities.list({})).total).toBe(0)
    expect((await client.calendar.import({ text, dryRun: true })).counts.new).toBe(1)
  })

  test('keeps its UID when it leaves again', async () => {
    const { client } = await openTestCore()
    await client.calendar.import({ text: lines(...meeting('SEQUENCE:4', 'SUMMARY:Kick-off')) })
    const [activity] = (await client.activities.list({})).items
    const out = await (await client.calendar.activity({ id: activity?.id ?? '' })).text()
    expect(out).toContain('UID:one@example.com\r\nSEQUENCE:4\r\n')
    const [component] = new ICAL.Component(ICAL.parse(out)).getAllSubcomponents('vevent')
    expect(component?.getFirstPropertyValue('uid')).toBe('one@example.com')
  })
})

test('The feed shows what its reader may see as soon as the role changes', async () => {
  const { client, core, addUser } = await openTestCore()
  const rita = await addUser('Rita', 'manager')
  await client.activities.create({
    type: 'meeting',
    subject: 'Behind closed doors',
    scheduledAt: '2026-11-23T10:00:00Z',
    userId: rita.id,
    visibleToRep: false,
  })
  const { path } = await rita.client.calendar.feed.renew({})
  const text = () => core.calendarFeed(path.replace(/^.*\/(.*)\.ics$/, '$1'))?.text
  expect(text()).toContain('Behind closed doors')
  await client.users.update({ id: rita.id, role: 'rep' })
  expect(text()).not.toContain('Behind closed doors')
})
