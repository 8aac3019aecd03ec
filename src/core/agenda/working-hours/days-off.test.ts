import { describe, expect, it } from 'vitest'
import { processorTime } from '../../testing/effort'
import { openTestCore } from '../../testing/testing'

it('takes a week off away in one go, and an undo brings all of it back', async () => {
  const { client } = await openTestCore()
  const daysOff = client.workingHours.daysOff
  await daysOff.add({ from: '2026-12-21', to: '2026-12-27', name: 'Skiing' })
  const span = { from: '2026-12-01', to: '2026-12-31', storedOnly: true }
  const ids = (await daysOff.list(span)).flatMap(({ id }) => id ?? [])
  expect(ids).toHaveLength(7)

  const { changed, batchId } = await daysOff.removeMany({ ids })
  expect(changed).toBe(7)
  expect(await daysOff.list(span)).toEqual([])
  expect(await daysOff.removeMany({ ids })).toEqual({ changed: 0, skipped: 7, batchId: null })

  await client.changes.undo({ batchId: batchId ?? '' })
  expect(await daysOff.list(span)).toHaveLength(7)
})

it('lets a rep remove its own days off and nobody else’s', async () => {
  const { client, addUser } = await openTestCore()
  const { id: userId, client: rep } = await addUser('Rita', 'rep')
  const own = { from: '2026-12-21', name: 'Training', userId }
  await rep.workingHours.daysOff.add(own)
  await client.workingHours.daysOff.add({ from: '2026-12-21', name: 'Closed' })
  const days = await rep.workingHours.daysOff.list({
    userId,
    from: '2026-12-21',
    to: '2026-12-21',
    storedOnly: true,
  })
  expect(days).toHaveLength(2)
  const ids = days.flatMap(({ id }) => id ?? [])
  await expect(rep.workingHours.daysOff.removeMany({ ids })).rejects.toThrow('Only a manager')
  const mine = days.filter(({ user }) => user !== null).flatMap(({ id }) => id ?? [])
  expect((await rep.workingHours.daysOff.removeMany({ ids: mine })).changed).toBe(1)
})

it('shows the public holidays of a country before it is kept, and refuses one that has no list', async () => {
  const { client } = await openTestCore()
  const span = { from: '2026-12-24', to: '2026-12-26' }
  const names = async (tried: object) =>
    (await client.workingHours.daysOff.list({ ...span, ...tried })).map(({ date }) => date)
  expect(await names({})).toEqual([])
  expect(await names({ country: 'CZ' })).toEqual(['2026-12-24', '2026-12-25', '2026-12-26'])
  expect(await names({ country: 'US' })).toEqual(['2026-12-25'])
  await expect(names({ country: 'XX' })).rejects.toThrow('must be a country with a list')
  await expect(names({ country: 'US', region: 'ZZ' })).rejects.toThrow('must be a region of')
})

describe('A calendar file of days off', () => {
  const calendar = (...events: string[]) =>
    ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR'].join('\r\n')
  const event = (...lines: string[]) =>
    ['BEGIN:VEVENT', 'DTSTAMP:20261101T000000Z', ...lines, 'END:VEVENT'].join('\r\n')
  const daysIn = async (ics: string) => {
    const { client } = await openTestCore()
    const result = await client.workingHours.daysOff.importCalendar({ ics })
    const all = { from: '2026-01-01', to: '2036-12-31', storedOnly: true }
    const days: string[] = []
    for (let year = 2026; year < 2036; year++) {
      const span = { ...all, from: `${year}-01-01`, to: `${year}-12-31` }
      days.push(...(await client.workingHours.daysOff.list(span)).map(({ date }) => date))
    }
    return { result, days }
  }

  it('sets aside an event that cannot be read, with the reason, and takes in all others', async () => {
    const { result, days } = await daysIn(
      calendar(
        event(
          'DTSTART;VALUE=DATE:20270328',
          'SUMMARY:Alarm badly written',
          'BEGIN:VALARM',
          'TRIGGER:P',
          'END:VALARM',
        ),
        event('DTSTART;VALUE=DATE:20270901', 'SUMMARY:Other, fine'),
      ),
    )
    expect(days).toEqual(['2027-09-01'])
    expect(result).toMatchObject({
      changed: 1,
      setAside: [{ name: 'Alarm badly written', reason: 'its TRIGGER cannot be read: P' }],
    })
  })

  it('has the days that its rules give, several at a time, and none that are not there', async () => {
    const { days } = await daysIn(
      calendar(
        event('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY', 'SUMMARY:Leap day'),
        event('DTSTART;VALUE=DATE:20270524', 'DTEND;VALUE=DATE:20270526', 'SUMMARY:Fair'),
        event('DTSTART;VALUE=DATE:20261220', 'STATUS:CANCELLED', 'SUMMARY:No more'),
        event('DTSTART:20261221T100000Z', 'SUMMARY:Meeting'),
      ),
    )
    expect(days).toEqual(['2027-05-24', '2027-05-25', '2028-02-29', '2032-02-29'])
  })

  it('may have two days off a week for years', async () => {
    const { result, days } = await daysIn(
      calendar(
        event('DTSTART;VALUE=DATE:20261204', 'RRULE:FREQ=WEEKLY;BYDAY=MO,FR', 'SUMMARY:Part time'),
      ),
    )
    expect(result.setAside).toEqual([])
    expect(days.slice(0, 3)).toEqual(['2026-12-04', '2026-12-07', '2026-12-11'])
    expect(days.length).toBe(result.changed)
    expect(result.changed).toBeGreaterThan(800)
  })

  it('with more days than anybody has off is refused as soon as that is known', async () => {
    const { client } = await openTestCore()
    const events = (name: (index: number) => string) =>
      calendar(
        ...Array.from({ length: 20_000 }, (_, index) =>
          event(
            `DTSTART;VALUE=DATE:${2026 + (index % 100)}0101`,
            'DURATION:P366D',
            `SUMMARY:${name(index)}`,
          ),
        ),
      )
    for (const ics of [events((index) => `Closed ${index}`), events(() => 'Closed')]) {
      let refusal: unknown
      const effort = await processorTime(async () => {
        refusal = await client.workingHours.daysOff.importCalendar({ ics }).catch((error) => error)
      })
      expect(refusal).toMatchObject({ status: 400, message: 'ics: has more than 3660 days' })
      expect(effort).toBeLessThan(20_000)
    }
  })
})
