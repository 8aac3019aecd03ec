/** Calendar files over the HTTP API, as an outside program uses them: every endpoint of theirs. */
import { describe, expect, it } from 'vitest'
import type { CalendarImport, QuarantinedItem } from '../src/contract/agenda/calendar'
import { faultOfRefusal, prepareApi, procedureNamed } from './api'

const api = prepareApi()
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...events, 'END:VCALENDAR', ''].join(
    '\r\n',
  )
const event = (uid: string, ...lines: string[]) =>
  ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'].join('\r\n')
const kickOff = event('kick-off@example.com', 'DTSTART:20270104T100000Z', 'SUMMARY:Kick-off')
const nowhere = event(
  'nowhere@example.com',
  'DTSTART;TZID=Mars Time:20270104T100000',
  'SUMMARY:Landing',
)

describe('A calendar file', () => {
  it('is looked at, taken in, asked for its zones and given out again', async () => {
    const rep = await api.person('rep')
    const form = new FormData()
    form.set('file', new File([calendar(kickOff, nowhere)], 'mine.ics', { type: 'text/calendar' }))
    form.set('dryRun', 'true')
    const preview = await rep.ask('POST', '/calendar/import', { body: form })
    expect(preview.status).toBe(200)
    const seen = procedureNamed('calendar.import').output.parse(preview.body) as CalendarImport
    expect(seen).toEqual(preview.body)
    expect(seen).toMatchObject({
      dryRun: true,
      counts: { new: 1, quarantined: 1 },
      unknownZones: [{ name: 'Mars Time', items: 1 }],
    })
    const text = calendar(kickOff, nowhere)
    const taken = await rep.ask('POST', '/calendar/import', { body: { text } })
    expect(taken.body).toMatchObject({ counts: { new: 1, quarantined: 1 } })
    const list = await rep.ask('GET', '/calendar/quarantine')
    const [broken] = procedureNamed('calendar.quarantine.list').output.parse(
      list.body,
    ) as QuarantinedItem[]
    expect(broken).toMatchObject({ reason: 'its time zone “Mars Time” is not known' })
    const retried = await rep.ask('POST', `/calendar/quarantine/${broken?.id}/retry`, {
      body: { zones: { 'Mars Time': 'Asia/Kathmandu' } },
    })
    expect(retried.body).toMatchObject({ counts: { new: 1 } })
    expect((await rep.ask('GET', '/calendar/quarantine')).body).toEqual([])
    const out = await rep.ask('GET', '/calendar/export.ics?from=2027-01-04&to=2027-01-04')
    expect(out.headers.get('content-type')).toBe('text/calendar')
    expect(out.headers.get('content-disposition')).toContain('rapport.ics')
    expect(out.text).toContain('DTSTART:20270104T100000Z')
    expect(out.text).toContain('DTSTART;TZID=Asia/Kathmandu:20270104T100000')
    const other = await api.person('rep')
    expect((await other.ask('GET', '/calendar/export.ics')).text).not.toContain('Kick-off')
    const foreign = await other.ask('GET', `/calendar/export.ics?userId=${rep.id}`)
    expect([foreign.status, faultOfRefusal(foreign)]).toEqual([403, undefined])
  })

  it('with something broken in it keeps that until it is discarded, for its owner only', async () => {
    const rep = await api.person('rep')
    const other = await api.person('rep')
    const text = calendar(event('broken@example.com', 'DTSTART:tomorrow', 'SUMMARY:Broken'))
    await rep.ask('POST', '/calendar/import', { body: { text } })
    const [broken] = (await rep.ask('GET', '/calendar/quarantine')).body as QuarantinedItem[]
    expect(broken?.raw).toContain('DTSTART:tomorrow')
    expect((await other.ask('GET', '/calendar/quarantine')).body).toEqual([])
    expect((await other.ask('DELETE', `/calendar/quarantine/${broken?.id}`)).status).toBe(404)
    expect((await rep.ask('DELETE', `/calendar/quarantine/${broken?.id}`)).status).toBe(200)
    expect((await rep.ask('GET', '/calendar/quarantine')).body).toEqual([])
  })

  it('that is none is refused, naming what is wrong', async () => {
    const rep = await api.person('rep')
    for (const [body, field] of [
      [{ text: 'name,email\nAnn,ann@example.com' }, 'file'],
      [{ text: calendar(kickOff), zones: { x: 'Mars/Olympus' } }, 'zones.x'],
      [{}, 'file'],
    ] as const) {
      const answer = await rep.ask('POST', '/calendar/import', { body })
      expect([answer.status, faultOfRefusal(answer)]).toEqual([400, undefined])
      expect(answer.body).toMatchObject({ issues: [{ path: field }] })
    }
    const turned = await rep.ask('GET', '/calendar/export.ics?from=2027-02-01&to=2027-01-01')
    expect([turned.status, faultOfRefusal(turned)]).toEqual([400, undefined])
  })
})

describe('The calendar feed', () => {
  it('is switched on, read without a token, and switched off by its owner', async () => {
    const rep = await api.person('rep')
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString()
    const call = await rep.ask('POST', '/activities', {
      body: { type: 'call', subject: 'In an hour', scheduledAt },
    })
    const { id } = call.body as { id: string }
    expect((await rep.ask('GET', `/activities/${id}.ics`)).text).toContain('SUMMARY:In an hour')
    expect((await rep.ask('GET', '/calendar/feed')).body).toMatchObject({ active: false })
    const renewed = await rep.ask('POST', '/calendar/feed', { body: {} })
    expect(renewed.status).toBe(201)
    const { path } = procedureNamed('calendar.feed.renew').output.parse(renewed.body) as {
      path: string
    }
    const read = await fetch(`${api.web.url}${path}`)
    expect([read.status, (await read.text()).includes('SUMMARY:In an hour')]).toEqual([200, true])
    const shown = await rep.ask('GET', '/calendar/feed')
    expect(shown.body).toMatchObject({ active: true, lastReadAt: expect.stringContaining('T') })
    expect(shown.text).not.toContain(path.split('/')[2]?.slice(0, 20))
    expect((await rep.ask('DELETE', '/calendar/feed')).body).toMatchObject({ active: false })
    expect((await fetch(`${api.web.url}${path}`)).status).toBe(404)
  })
})
