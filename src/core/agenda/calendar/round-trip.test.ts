import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import type { Activity } from '../../../contract/timeline/activities'
import { dateIn, startOfDay } from '../../kernel/time/zone'
import { openTestCore } from '../../testing/testing'

const many = 1000
const zones = [
  'Europe/Prague',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'UTC',
]
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom(
      ',',
      ';',
      ':',
      '\\',
      '"',
      '\n',
      ' ',
      '\t',
      'n',
      'é',
      '漢',
      '🎉',
      'BEGIN:VEVENT',
      '\\n',
    ),
    minLength: 1,
    maxLength: 120,
  }),
)
const line = texts.map((text) => text.replace(/\s+/gu, ' ').trim().slice(0, 80).toWellFormed())
/** Control characters have no place in a calendar file, and a line break is one however it is written. */
const plain = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')

const activities = fc.record({
  type: fc.constantFrom('call', 'meeting', 'email', 'demo', 'follow_up'),
  subject: fc.option(line.map((text) => plain(text).trim() || 'x')),
  description: fc.option(texts.map(plain)),
  location: fc.option(line.map((text) => plain(text).trim() || 'y')),
  zone: fc.constantFrom(...zones),
  allDay: fc.boolean(),
  done: fc.boolean(),
  minutes: fc.integer({ min: 0, max: 600 }),
  days: fc.integer({ min: 1, max: 10 }),
  alarms: fc.uniqueArray(fc.constantFrom(0, 5, 15, 60, 1440, 10_080), { maxLength: 3 }),
  at: fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2033, 0) / 60_000 }),
})

const shown = (activity: Activity, alarms: ReadonlyMap<string, number[]>) => ({
  alarms: alarms.get(activity.id) ?? [],
  type: activity.type,
  subject: activity.subject,
  description: activity.description || null,
  location: activity.location,
  durationMinutes: activity.durationMinutes,
  allDay: activity.allDay,
  isDone: activity.occurredAt !== null,
  // A day is the same day wherever it is looked at.
  start: activity.allDay
    ? dateIn(Date.parse(activity.scheduledAt ?? ''), activity.zone ?? 'UTC')
    : activity.scheduledAt,
})
type Shown = ReturnType<typeof shown>
const sorted = (list: Shown[]) => list.map((one) => JSON.stringify(one)).sort()

async function everything(client: Awaited<ReturnType<typeof openTestCore>>['client']) {
  const found: Activity[] = []
  let cursor: string | undefined
  do {
    const page = await client.activities.list({ limit: 500, ...(cursor && { cursor }) })
    found.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  const alarms = await alarmsOf(client)
  return found.map((one) => shown(one, alarms))
}

/** Of each activity, how many minutes before it one is still to be reminded. */
async function alarmsOf(client: Awaited<ReturnType<typeof openTestCore>>['client']) {
  const found = new Map<string, number[]>()
  let cursor: string | undefined
  do {
    const page = await client.reminders.list({
      status: ['pending'],
      limit: 500,
      ...(cursor && { cursor }),
    })
    for (const { activity, offsetMinutes } of page.items)
      if (activity && offsetMinutes !== null)
        found.set(
          activity.id,
          [...(found.get(activity.id) ?? []), offsetMinutes].sort((one, other) => one - other),
        )
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return found
}

/** Minutes before the start, of a whole day before 9:00. */
const alarmsIn = (event: ICAL.Component, isDate: boolean) =>
  event
    .getAllSubcomponents('valarm')
    .map((alarm) => {
      const trigger = alarm.getFirstPropertyValue('trigger')
      const seconds = trigger instanceof ICAL.Duration ? trigger.toSeconds() : Number.NaN
      expect(trigger && alarm.getFirstProperty('trigger')?.getParameter('related')).toBeUndefined()
      return -seconds / 60 + (isDate ? 9 * 60 : 0)
    })
    .sort((one, other) => one - other)

test('A thousand activities leave and come back without a difference, also by way of ical.js', async () => {
  const { client, clock } = await openTestCore()
  const samples = fc.sample(activities, { numRuns: many, seed: 5545 })
  await client.activities.createMany({
    activities: samples.map(({ at, minutes, days, done, alarms, ...rest }) => {
      const time = at * 60_000
      const start = new Date(
        rest.allDay ? startOfDay(dateIn(time, rest.zone), rest.zone) : time,
      ).toISOString()
      return {
        ...rest,
        scheduledAt: start,
        // Only what is past can be done.
        ...(done && time <= clock.now() ? { occurredAt: start } : { reminderMinutes: alarms }),
        durationMinutes: rest.allDay ? days * 24 * 60 : minutes,
      }
    }),
  })
  const before = await everything(client)
  expect(before.filter(({ alarms }) => alarms.length > 0).length).toBeGreaterThan(100)
  const range = { from: '2019-01-01', to: '2034-01-01' }
  const text = await (await client.calendar.export(range)).text()

  // As RFC 5545 wants it on the wire.
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
  const lines = text.split('\r\n')
  expect(lines.filter((one) => /[\r\n]/.test(one) || Buffer.byteLength(one) > 75)).toEqual([])

  // As another library reads it.
  const component = new ICAL.Component(ICAL.parse(text))
  const described = new Set(
    component.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid')),
  )
  const read = component.getAllSubcomponents('vevent').map((one): Shown => {
    const event = new ICAL.Event(one)
    const { startDate, endDate } = event
    const tzid = one.getFirstProperty('dtstart')?.getFirstParameter('tzid')
    expect(tzid === undefined || described.has(tzid)).toBe(true)
    const seconds = (endDate?.toUnixTime() ?? startDate.toUnixTime()) - startDate.toUnixTime()
    return {
      alarms: alarmsIn(one, startDate.isDate),
      type: String(one.getFirstPropertyValue('x-rapport-type')),
      subject: one.hasProperty('x-rapport-untitled') ? null : event.summary,
      description: event.description || null,
      location: event.location,
      durationMinutes: seconds / 60,
      allDay: startDate.isDate,
      isDone: one.getFirstPropertyValue('x-rapport-done') === 'TRUE',
      start: startDate.isDate ? startDate.toString() : startDate.toJSDate().toISOString(),
    }
  })
  expect(read).toHaveLength(many)
  expect(sorted(read)).toEqual(sorted(before))

  // As an empty database takes it in: as it is, and as ical.js writes it.
  for (const copy of [text, component.toString()]) {
    const empty = await openTestCore()
    expect((await empty.client.calendar.import({ text: copy })).counts).toMatchObject({
      new: many,
      quarantined: 0,
    })
    expect(sorted(await everything(empty.client))).toEqual(sorted(before))
    const again = await (await empty.client.calendar.export(range)).text()
    expect((await client.calendar.import({ text: again, dryRun: true })).counts).toMatchObject({
      unchanged: many,
    })
  }
}, 120_000)
