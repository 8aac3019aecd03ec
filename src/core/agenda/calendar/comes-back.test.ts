/** The .ics of an export comes back as what it was: tasks, reminders and activities with all that belongs to them. */
import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../../testing-folder'
import { dateIn, startOfDay } from '../../kernel/time/zone'
import { openTestCore } from '../../testing/testing'

type Client = Awaited<ReturnType<typeof openTestCore>>['client']

/** A database with these records, and another one of the same that has no agenda. */
async function twoDatabases(fill: (client: Client) => Promise<unknown>) {
  const first = await openTestCore()
  const made = await fill(first.client)
  await first.close()
  const copy = async () => {
    const directory = mkdtempSync(join(tmpdir(), 'rapport-calendar-'))
    copyFileSync(join(first.directory, 'rapport.db'), join(directory, 'rapport.db'))
    onTestFinished(() => removeFolder(directory))
    return await openTestCore({ directory })
  }
  return { here: await copy(), there: await copy(), made }
}

const records = async (client: Client) => {
  const { id: companyId } = await client.companies.create({ name: 'Harbour; Lines, Ltd' })
  const { id: contactId } = await client.contacts.create({
    firstName: 'Fiona',
    lastName: 'McAllister, MBA',
    companyId,
  })
  const { id: leadId } = await client.leads.create({ title: 'Crew – scheduling', contactId })
  const { id: otherLead } = await client.leads.create({ title: 'Crew – scheduling' })
  const { id: customerId } = await client.customers.create({ name: 'Café 漢字' })
  return { companyId, contactId, leadId, otherLead, customerId }
}
type Records = Awaited<ReturnType<typeof records>>

const all = { from: '2026-10-22', to: '2030-12-31', everybody: true }
const fileOf = async (client: Client) => await (await client.calendar.export(all)).text()
const withoutStamps = (text: string) => text.replace(/^DTSTAMP:.*\r\n/gm, '')
const nothing = { new: 0, updated: 0, duplicate: 0, cancelled: 0, skipped: 0, quarantined: 0 }

/** Everything of it that people see, without the ids that each database gives. */
async function agendaOf(client: Client) {
  const page = { limit: 500 } as const
  const reminders = (await client.reminders.list({ ...page, status: ['pending', 'snoozed'] })).items
  const alarmsOf = (kind: 'task' | 'activity', id: string) =>
    reminders
      .filter((one) => one[kind]?.id === id && one.offsetMinutes !== null)
      .map(({ offsetMinutes }) => offsetMinutes)
      .sort()
  const about = (row: Record<'lead' | 'contact' | 'company' | 'customer', { id: string } | null>) =>
    [row.lead, row.contact, row.company, row.customer].map((link) => link?.id ?? null)
  const day = (instant: string | null, zone: string | null) =>
    instant && dateIn(Date.parse(instant), zone ?? 'UTC')
  const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort()
  return {
    tasks: sorted(
      (await client.tasks.list(page)).items.map((task) => ({
        title: task.title,
        description: task.description || null,
        type: task.type,
        priority: task.priority,
        status: task.status,
        dueAt: task.dueAt,
        wallTime: task.wallTime,
        zone: task.zone,
        recurrence: task.recurrence,
        about: about(task),
        alarms: alarmsOf('task', task.id),
      })),
    ),
    reminders: sorted(
      reminders
        .filter(({ offsetMinutes }) => offsetMinutes === null)
        .map((one) => ({
          notes: one.notes?.trim() ? one.notes : null,
          dueAt: one.dueAt,
          zone: one.zone,
          recurrence: one.recurrence,
          about: about(one),
        })),
    ),
    activities: sorted(
      (await client.activities.list({ ...page, category: ['manual'] })).items
        .filter((one) => one.scheduledAt ?? one.dueAt ?? one.durationMinutes)
        .map((one) => ({
          type: one.type,
          subject: one.subject,
          description: one.description || null,
          location: one.location,
          outcome: one.outcome,
          direction: one.direction,
          visibleToRep: one.visibleToRep,
          allDay: one.allDay,
          day: one.allDay ? day(one.scheduledAt ?? one.dueAt, one.zone) : null,
          scheduledAt: one.scheduledAt,
          dueAt: one.dueAt,
          occurredAt: one.occurredAt,
          minutes: one.allDay
            ? Math.max(1, (one.durationMinutes ?? 0) / 1440)
            : one.durationMinutes,
          // None is the workspace's.
          zone: one.zone ?? 'UTC',
          about: about(one),
          alarms: alarmsOf('activity', one.id),
        })),
    ),
  }
}

async function smallAgenda(client: Client, { leadId, contactId, customerId, companyId }: Records) {
  await client.tasks.create({
    title: 'Offer,  with  two; spaces',
    description: 'First\n\nThird \\n',
    type: 'proposal',
    priority: 'urgent',
    status: 'in_progress',
    wallTime: '2026-12-10',
    zone: 'Asia/Tokyo',
    recurrence: 'FREQ=MONTHLY;BYMONTHDAY=10;COUNT=5',
    leadId,
    reminderMinutes: [0, 60, 1440],
  })
  await client.tasks.create({
    title: 'Call back',
    type: 'call',
    priority: 'low',
    dueAt: '2026-12-01T09:30:00Z',
    zone: 'America/New_York',
    customerId,
  })
  await client.reminders.create({
    notes: 'Ring back\nabout the price, please',
    wallTime: '2026-12-02T15:00',
    zone: 'Europe/Prague',
    recurrence: 'FREQ=WEEKLY;BYDAY=WE',
    contactId,
  })
  await client.reminders.create({ remindAt: '2026-12-03T08:00:00Z', companyId })
  await client.activities.create({
    type: 'meeting',
    subject: 'Fair',
    location: 'Hall 4, Lisbon',
    scheduledAt: '2026-12-09T15:00:00Z',
    allDay: true,
    zone: 'Asia/Tokyo',
    leadId,
    reminderMinutes: [60],
  })
  await client.activities.create({
    type: 'call',
    subject: 'Talked',
    outcome: 'interested',
    direction: 'inbound',
    occurredAt: '2026-11-19T10:00:30Z',
    durationMinutes: 25,
    leadId,
  })
  await client.activities.create({ type: 'follow_up', dueAt: '2026-12-05T10:00:00Z', leadId })
  await client.activities.create({
    type: 'demo',
    subject: 'In the hour that comes twice',
    scheduledAt: '2027-10-31T01:30:00Z',
    durationMinutes: 30,
    zone: 'Europe/Prague',
  })
}

const nonsenseLines = [
  'X-RAPPORT-KIND:reminder',
  'X-RAPPORT-RECURRENCE:FREQ=NEVER',
  'X-RAPPORT-OCCURRENCE:2026-99-99T99:99',
  'X-RAPPORT-ZONE:Mars/Base',
  'X-RAPPORT-LEAD:no id',
  'X-RAPPORT-USER:nobody',
  `X-RAPPORT-COMPANY:${'0'.repeat(36)}${'x'.repeat(5000)}`,
]
const event = (uid: string, ...more: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTART:20261201T100000Z',
  'SUMMARY:A',
  ...more,
  'END:VEVENT',
]
/** A calendar with values under our names that mean nothing. */
const nonsense = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  ...event('a', ...nonsenseLines),
  ...event('b', 'X-RAPPORT-KIND:task', 'X-RAPPORT-STATUS:gone', 'X-RAPPORT-TYPE:none'),
  ...event('c', 'X-RAPPORT-OUTCOME:none', 'X-RAPPORT-START:never', 'X-RAPPORT-DUE:soon'),
  'END:VCALENDAR',
  '',
].join('\r\n')

describe('An exported agenda', () => {
  test('changes nothing in its own database', async () => {
    const { client } = await openTestCore()
    await smallAgenda(client, await records(client))
    const before = await agendaOf(client)
    const text = await fileOf(client)
    const { counts, batchId } = await client.calendar.import({ text })
    expect(counts).toEqual({ ...nothing, unchanged: 8 })
    expect(batchId).toBeNull()
    expect(await agendaOf(client)).toEqual(before)
  })

  test('comes back whole into a database with the same records, is written the same, and one undo takes it back', async () => {
    const { here, there, made } = await twoDatabases(records)
    await smallAgenda(here.client, made as Records)
    const text = await fileOf(here.client)
    there.clock.advance(3_600_000)
    const { counts, batchId, entries } = await there.client.calendar.import({ text })
    expect(entries.map(({ reason }) => reason).filter(Boolean)).toEqual([])
    expect(counts).toEqual({ ...nothing, new: 8, unchanged: 0 })
    expect(await agendaOf(there.client)).toEqual(await agendaOf(here.client))
    expect(withoutStamps(await fileOf(there.client))).toBe(withoutStamps(text))
    expect((await there.client.calendar.import({ text })).counts).toEqual({
      ...nothing,
      unchanged: 8,
    })
    await there.client.changes.undo({ batchId: batchId ?? '' })
    expect(await agendaOf(there.client)).toEqual({ tasks: [], reminders: [], activities: [] })
    expect((await there.client.calendar.import({ text, dryRun: true })).counts.new).toBe(8)
  })

  test('finds its records by where they came from, or by a name that only one has', async () => {
    const { here, made } = await twoDatabases(records)
    await smallAgenda(here.client, made as Records)
    const text = await fileOf(here.client)
    const { client } = await openTestCore()
    const { leadId } = made as Records
    const lead = await client.leads.create({ title: 'Another name', externalId: leadId })
    const contact = await client.contacts.create({
      firstName: 'Fiona',
      lastName: 'McAllister, MBA',
    })
    for (const name of ['Café 漢字', 'Café 漢字']) await client.customers.create({ name })
    const { entries } = await client.calendar.import({ text })
    expect((await client.tasks.list({ sort: 'title' })).items).toMatchObject([
      { title: 'Call back', customer: null },
      { title: 'Offer,  with  two; spaces', lead: { id: lead.id } },
    ])
    expect((await client.reminders.list({})).items.map((one) => one.contact?.id)).toContain(
      contact.id,
    )
    expect(entries.find(({ summary }) => summary === 'Call back')?.reason).toBe(
      'without the customer “Café 漢字”, not found here',
    )
  })

  test('recurs on from the occurrence it was at', async () => {
    const { here, there } = await twoDatabases(records)
    const create = async (client: Client) => {
      const task = await client.tasks.create({
        title: 'Report',
        wallTime: '2026-11-27T10:00',
        zone: 'UTC',
        recurrence: 'FREQ=WEEKLY;BYDAY=FR',
      })
      await client.tasks.update({ id: task.id, wallTime: '2026-11-29T12:00' })
    }
    await create(here.client)
    await there.client.calendar.import({ text: await fileOf(here.client) })
    for (const { client } of [here, there]) {
      const [task] = (await client.tasks.list({})).items
      await client.tasks.complete({ id: task?.id ?? '' })
      const open = await client.tasks.list({ status: ['pending'] })
      expect(open.items.map(({ wallTime }) => wallTime)).toEqual(['2026-12-04T10:00'])
    }
  })

  test('that was changed in the file changes what is here, and what was done here stays done', async () => {
    const { client, clock } = await openTestCore()
    const task = await client.tasks.create({ title: 'Offer', dueAt: '2026-12-01T09:00:00Z' })
    const reminder = await client.reminders.create({
      notes: 'Ring',
      remindAt: '2026-12-01T10:00:00Z',
    })
    const text = (await fileOf(client))
      .replaceAll('SEQUENCE:0', 'SEQUENCE:7')
      .replace('SUMMARY:Offer', 'SUMMARY:New offer')
      .replace('DTSTART:20261201T100000Z', 'DTSTART:20261201T110000Z')
      .replace('DTEND:20261201T101500Z', 'DTEND:20261201T111500Z')
    const { counts, entries } = await client.calendar.import({ text })
    expect(entries.map(({ kind }) => kind).sort()).toEqual(['reminder', 'task'])
    expect(counts).toEqual({ ...nothing, updated: 2, unchanged: 0 })
    expect(await client.tasks.get({ id: task.id })).toMatchObject({ title: 'New offer' })
    expect(await client.reminders.get({ id: reminder.id })).toMatchObject({
      notes: 'Ring',
      dueAt: '2026-12-01T11:00:00.000Z',
    })
    clock.advance(60_000)
    await client.tasks.complete({ id: task.id })
    await client.reminders.remove({ id: reminder.id })
    expect((await client.calendar.import({ text })).counts).toEqual({
      ...nothing,
      unchanged: 1,
      skipped: 1,
    })
    expect(await client.tasks.get({ id: task.id })).toMatchObject({ status: 'completed' })
  })

  test('of somebody else neither changes what is theirs nor is put on records of theirs', async () => {
    const { client, addUser } = await openTestCore()
    const [ann, ben] = [await addUser('Ann', 'rep'), await addUser('Ben', 'rep')]
    const lead = await ann.client.leads.create({ title: 'Secret deal' })
    const task = await ann.client.tasks.create({
      title: 'Offer',
      leadId: lead.id,
      dueAt: '2026-12-01T09:00:00Z',
    })
    await ann.client.reminders.create({ notes: 'Ring', remindAt: '2026-12-01T10:00:00Z' })
    const text = (await fileOf(client)).replaceAll('SEQUENCE:0', 'SEQUENCE:9')
    const changed = text.replace('SUMMARY:Offer', 'SUMMARY:Mine now')
    const { counts } = await ben.client.calendar.import({ text: changed })
    expect(counts).toEqual({ ...nothing, unchanged: 0, skipped: 2 })
    const foreign = changed.replace(/^UID:.*$/gm, () => `UID:${Math.random()}@elsewhere`)
    const { counts: made } = await ben.client.calendar.import({ text: foreign })
    expect(made).toEqual({ ...nothing, unchanged: 0, new: 2 })
    expect((await ben.client.tasks.list({})).items).toMatchObject([
      { title: 'Mine now', lead: null, assignee: { id: ben.id } },
    ])
    expect(await ann.client.tasks.get({ id: task.id })).toMatchObject({ title: 'Offer' })
    expect((await ann.client.tasks.list({ leadId: lead.id })).total).toBe(1)
    // Who sees everything gives everybody their own back.
    const { counts: given } = await client.calendar.import({
      text: foreign.replaceAll('@elsewhere', '@manager'),
    })
    expect(given.new).toBe(2)
    expect((await ann.client.tasks.list({ leadId: lead.id })).total).toBe(2)
  })

  test('of which a reminder is deleted for good leaves nothing behind', async () => {
    const { here, there, made } = await twoDatabases(records)
    await smallAgenda(here.client, made as Records)
    await there.client.calendar.import({ text: await fileOf(here.client) })
    const items = (await there.client.reminders.list({})).items
    const own = items.filter(({ offsetMinutes }) => offsetMinutes === null)
    for (const { id } of own) await there.client.reminders.remove({ id })
    await there.client.trash.purge({
      items: own.map(({ id }) => ({ kind: 'reminder' as const, id })),
    })
    const text = await fileOf(here.client)
    expect((await there.client.calendar.import({ text, dryRun: true })).counts.new).toBe(2)
  })

  test('with nonsense under our names is read without it', async () => {
    const { client } = await openTestCore()
    expect((await client.calendar.import({ text: nonsense })).counts).toMatchObject({
      new: 3,
      quarantined: 0,
    })
    expect((await client.reminders.list({})).items).toMatchObject([
      { notes: 'A', recurrence: null, zone: 'UTC' },
    ])
    expect((await client.tasks.list({})).items).toMatchObject([
      { status: 'pending', type: 'other' },
    ])
  })
})

// Random agendas --------------------------------------------------------------------------------

/** The same few each time; set CALENDARS and SEED for more and others. */
const runs = Number(process.env.CALENDARS ?? 3)
const zones = ['Europe/Prague', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'UTC']
const words = fc.string({
  unit: fc.constantFrom(
    ',',
    ';',
    ':',
    '\\',
    '"',
    ' ',
    '–',
    'n',
    'é',
    '漢',
    '🎉',
    'Rn',
    'Offer',
    '👩‍👩‍👧',
  ),
  minLength: 1,
  maxLength: 60,
})
const title = words.map((text) => `${text.trim().slice(0, 120).toWellFormed()}x`)
const text = fc.option(
  fc.oneof(
    words,
    fc.array(words, { maxLength: 12 }).map((lines) => lines.join('\n')),
    fc.constant('very long '.repeat(500)),
  ),
)
const minute = fc.integer({
  min: Date.UTC(2026, 10, 21) / 60_000,
  max: Date.UTC(2030, 0) / 60_000,
})
const rule = fc.option(
  fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,FR',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=YEARLY;COUNT=4',
  ),
)
const alarms = fc.uniqueArray(fc.constantFrom(0, 5, 60, 1440), { maxLength: 3 })
const about = fc.subarray(['leadId', 'contactId', 'companyId', 'customerId'] as const)
const zone = fc.constantFrom(...zones)
const item = fc.oneof(
  fc.record({
    kind: fc.constant('task' as const),
    title,
    description: text,
    type: fc.constantFrom('call', 'proposal', 'other'),
    priority: fc.constantFrom('low', 'medium', 'high', 'urgent'),
    status: fc.constantFrom('pending', 'in_progress'),
    isDay: fc.boolean(),
    minute,
    zone,
    rule,
    alarms,
    about,
  }),
  fc.record({ kind: fc.constant('reminder' as const), notes: text, minute, zone, rule, about }),
  fc.record({
    kind: fc.constant('activity' as const),
    type: fc.constantFrom('call', 'meeting', 'demo'),
    subject: fc.option(title),
    description: text,
    location: fc.option(title),
    visibleToRep: fc.boolean(),
    startsAt: fc.constantFrom('scheduledAt', 'dueAt'),
    allDay: fc.boolean(),
    minutes: fc.option(fc.integer({ min: 0, max: 3000 })),
    minute,
    zone,
    alarms,
    about,
  }),
  fc.record({
    kind: fc.constant('series' as const),
    uid: fc.uuid(),
    title,
    day: fc.integer({ min: 1, max: 28 }),
    isDate: fc.boolean(),
    isMoved: fc.boolean(),
    zone,
  }),
)
type Item = typeof item extends fc.Arbitrary<infer Value> ? Value : never

const escaped = (plain: string) => plain.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n')

/** A recurring event of another program: one occurrence is left out, another is moved. */
function seriesOf({
  uid,
  title: summary,
  day,
  isDate,
  isMoved,
  zone: tzid,
}: Extract<Item, { kind: 'series' }>) {
  const on = (date: number, hour: string) =>
    `202612${String(date).padStart(2, '0')}${isDate ? '' : `T${hour}0000`}`
  const named = isDate ? ';VALUE=DATE' : `;TZID=${tzid}`
  const event = (...lines: string[]) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    'CREATED:20261101T080000Z',
    'LAST-MODIFIED:20261102T080000Z',
    `SUMMARY:${escaped(summary)}`,
    ...lines,
    'END:VEVENT',
  ]
  const first = Math.min(day, 22)
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...event(
      `DTSTART${named}:${on(first, '09')}`,
      'RRULE:FREQ=DAILY;COUNT=5',
      `EXDATE${named}:${on(first + 1, '09')}`,
    ),
    ...event(
      `RECURRENCE-ID${named}:${on(first + 2, '09')}`,
      isMoved ? 'DTSTART:20261230T000000Z' : `DTSTART${named}:${on(first + 3, '11')}`,
    ),
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

async function plan(client: Client, made: Records, one: Item) {
  if (one.kind === 'series') return await client.calendar.import({ text: seriesOf(one) })
  const links = Object.fromEntries(one.about.map((field) => [field, made[field]]))
  const at = one.minute * 60_000
  const instant = new Date(at).toISOString()
  const day = dateIn(at, one.zone)
  switch (one.kind) {
    case 'task':
      return await client.tasks.create({
        title: one.title,
        description: one.description,
        type: one.type as 'call',
        priority: one.priority as 'low',
        status: one.status as 'pending',
        zone: one.zone,
        ...(one.isDay ? { wallTime: day } : { dueAt: instant }),
        recurrence: one.rule,
        reminderMinutes: one.alarms,
        ...links,
      })
    case 'reminder':
      return await client.reminders.create({
        notes: one.notes,
        remindAt: instant,
        zone: one.zone,
        recurrence: one.rule,
        ...links,
      })
    case 'activity':
      return await client.activities.create({
        type: one.type,
        subject: one.subject,
        description: one.description,
        location: one.location,
        visibleToRep: one.visibleToRep,
        allDay: one.allDay,
        zone: one.zone,
        [one.startsAt]: one.allDay ? new Date(startOfDay(day, one.zone)).toISOString() : instant,
        durationMinutes:
          one.allDay && one.minutes !== null ? 1440 * (1 + (one.minutes % 5)) : one.minutes,
        reminderMinutes: one.alarms,
        ...links,
      })
  }
}

test('Random agendas come back equal, are written the same again, and change nothing where they are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(item, { minLength: 5, maxLength: 40 }), async (items) => {
      const { here, there, made } = await twoDatabases(records)
      for (const one of items) await plan(here.client, made as Records, one)
      const agenda = await agendaOf(here.client)
      const written = await fileOf(here.client)
      const count = written.match(/^BEGIN:VEVENT/gm)?.length ?? 0

      expect((await here.client.calendar.import({ text: written })).counts).toEqual({
        ...nothing,
        unchanged: count,
      })
      expect(await agendaOf(here.client)).toEqual(agenda)

      there.clock.advance(7_000_000)
      expect((await there.client.calendar.import({ text: written })).counts).toEqual({
        ...nothing,
        new: count,
        unchanged: 0,
      })
      expect(await agendaOf(there.client)).toEqual(agenda)
      expect(withoutStamps(await fileOf(there.client))).toBe(withoutStamps(written))
      await here.close()
      await there.close()
    }),
    { numRuns: runs, seed: Number(process.env.SEED ?? 2711) },
  )
}, 600_000)
