/** Cadences and e-mail over the HTTP API. */

import { describe, expect, it } from 'vitest'
import type { MailAccount } from '../../src/contract/outreach/accounts'
import type { EmailMessage } from '../../src/contract/outreach/messages'
import type { Template } from '../../src/contract/outreach/templates'
import type { Contact } from '../../src/contract/records/contacts'
import type { Lead } from '../../src/contract/records/leads'
import { accountAt, openPostOffice } from '../../src/core/testing/mail'
import { type Bulk, missingId, type Page, prepareCalls } from './calls'

const { api, call, refused, testThatAllWasAsked } = prepareCalls()

describe('Cadences over HTTP', () => {
  interface Steps {
    id: string
    name: string
    steps: { id: string; state: string }[]
    issues: { path: string }[]
  }
  const steps = [
    { type: 'call', subject: 'First call' },
    { type: 'email', delay: 2 },
  ]

  it('are written, checked, put to work and counted', async () => {
    const admin = await api.person('admin')
    expect(await call(admin, 'cadences.check', { steps: [{ type: 'nothing' }] })).toMatchObject({
      issues: [{ path: 'steps.0.type' }],
    })
    const draft = await call<Steps>(admin, 'cadences.create', { name: 'Over HTTP', steps })
    const { id } = draft
    const set = await call<Steps>(admin, 'cadences.setSteps', { id, steps: draft.steps })
    expect(set.steps).toEqual(draft.steps)
    await call(admin, 'cadences.update', { id, state: 'active' })
    expect(await call(admin, 'cadences.get', { id })).toMatchObject({ state: 'active', issues: [] })
    const bad = await refused(admin, ['PUT', `/cadences/${id}/steps`], {
      steps: [{ type: 'call', automated: true }],
    })
    expect([bad.status, bad.paths[0]]).toEqual([400, 'steps.0.automated'])
    const lead = await call<Lead>(admin, 'leads.create', { title: 'For a cadence' })
    const other = await call<Lead>(admin, 'leads.create', { title: 'For another' })
    const target = { leadIds: [lead.id] }
    const preview = await call<{ startAt: string }>(admin, 'cadences.simulate', { id, target })
    expect(preview).toMatchObject({ accepted: 1, refused: 0 })
    expect(await call(admin, 'plans.simulate', { steps, target })).toMatchObject({ accepted: 1 })
    const plan = await call<Steps>(admin, 'plans.create', { cadenceId: id, leadId: lead.id })
    const again = await refused(admin, ['POST', '/plans'], { cadenceId: id, leadId: lead.id })
    expect(again.status).toBe(409)
    await call(admin, 'plans.pause', { id: plan.id })
    await call(admin, 'plans.resume', { id: plan.id })
    await call(admin, 'plans.due', {})
    const done = await call<Steps>(admin, 'plans.completeStep', { id: plan.id })
    expect(done.steps[0]?.state).toBe('done')
    expect(await call(admin, 'plans.skip', { id: plan.id })).toMatchObject({ state: 'completed' })
    const made = await call<Bulk>(admin, 'plans.createMany', {
      cadenceId: id,
      target: { leadIds: [other.id, missingId] },
      start: false,
    })
    expect(made).toMatchObject({ changed: 1, refused: [{ reason: 'NOT_FOUND' }] })
    const { items } = await call<Page<{ id: string }>>(admin, 'plans.list', { leadId: other.id })
    const second = items[0]?.id ?? ''
    await call(admin, 'plans.start', { id: second })
    expect(
      await call(admin, 'plans.stopping', {
        type: 'call',
        outcome: 'interested',
        about: [{ leadId: other.id }],
      }),
    ).toEqual({ count: 1, names: ['Over HTTP'] })
    const { id: userId } = await call<{ id: string }>(admin, 'users.me')
    await call(admin, 'plans.reassign', { id: second, userId })
    expect(await call(admin, 'plans.replied', { id: second })).toMatchObject({ ending: 'replied' })
    expect((await refused(admin, ['POST', `/plans/${second}/abort`], {})).status).toBe(409)
    const third = await call<Steps>(admin, 'plans.create', { cadenceId: id, leadId: other.id })
    expect(
      await call(admin, 'plans.bulk', { ids: [third.id, second], action: { type: 'pause' } }),
    ).toMatchObject({ changed: 1, skipped: 1 })
    await call(admin, 'plans.abort', { id: third.id })
    expect(await call(admin, 'plans.get', { id: third.id })).toMatchObject({ state: 'aborted' })
    expect(await call(admin, 'cadences.analytics', { id })).toMatchObject({ enrolled: 3 })
    expect(await call(admin, 'cadences.compare', { cadenceId: [id] })).toHaveLength(1)
    const copy = await call<Steps>(admin, 'cadences.duplicate', { id })
    expect(copy.name).toBe('Over HTTP (copy)')
    await call(admin, 'cadences.remove', { id: copy.id })
    await call(admin, 'cadences.restore', { id: copy.id })
    expect(await call(admin, 'cadences.addReady')).toMatchObject({ changed: 0, skipped: 3 })
    const drafts = await call<Page<{ id: string }>>(admin, 'cadences.list', { state: ['draft'] })
    expect(drafts.items.map((one) => one.id)).toContain(copy.id)
    const rep = await api.person('rep')
    expect((await refused(rep, ['PATCH', `/cadences/${id}`], { name: 'Mine' })).status).toBe(403)
    expect((await refused(rep, ['GET', `/plans/${plan.id}`])).status).toBe(404)
  })

  it('keep to working hours and days off, a rep to its own', async () => {
    const rep = await api.person('rep')
    const { id: userId } = await call<{ id: string }>(rep, 'users.me')
    const day = [{ from: '08:00', to: '16:00' }]
    const hours = [day, day, day, day, [], [], []]
    await call(rep, 'workingHours.set', { userId, hours, country: 'DE', region: 'BY' })
    expect(await call(rep, 'workingHours.get', { userId })).toMatchObject({
      own: { country: 'DE' },
    })
    expect(
      (await refused(rep, ['POST', '/days-off'], { from: '2026-12-01', name: 'x' })).status,
    ).toBe(403)
    const added = await call<Bulk>(rep, 'workingHours.daysOff.add', {
      userId,
      from: '2026-12-28',
      to: '2026-12-29',
      name: 'Holiday',
    })
    expect(added.changed).toBe(2)
    const span = { userId, from: '2026-12-24', to: '2026-12-31' }
    const days = await call<{ id: string | null; date: string }[]>(
      rep,
      'workingHours.daysOff.list',
      span,
    )
    expect(days.map(({ date }) => date)).toEqual([
      '2026-12-25',
      '2026-12-26',
      '2026-12-28',
      '2026-12-29',
    ])
    await call(rep, 'workingHours.daysOff.remove', { id: days[2]?.id })
    expect(
      await call(rep, 'workingHours.daysOff.removeMany', { ids: [days[3]?.id] }),
    ).toMatchObject({ changed: 1 })
    const ics = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTAMP:20260101T000000Z',
      'DTSTART;VALUE=DATE:20261230',
      'DTEND;VALUE=DATE:20270101',
      'SUMMARY:Closed',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')
    expect(await call(rep, 'workingHours.daysOff.importCalendar', { userId, ics })).toMatchObject({
      changed: 2,
    })
    const countries = await call<{ code: string }[]>(rep, 'workingHours.daysOff.countries')
    expect(countries.map(({ code }) => code)).toContain('CZ')
    expect(await call(rep, 'workingHours.clear', { userId })).toMatchObject({ country: null })
  })

  it('are followed by suggestions, which become tasks or go away', async () => {
    const rep = await api.person('rep')
    await call(rep, 'leads.create', { title: 'Waits for nothing' })
    await call(rep, 'leads.create', { title: 'So does this' })
    expect(await call(rep, 'suggestions.scopes')).toEqual([
      { scope: 'mine', ownerIds: [rep.id], open: 2, withoutStep: 2 },
    ])
    const [first, second] = await call<{ id: string }[]>(rep, 'suggestions.list')
    await call(rep, 'suggestions.accept', { id: first?.id })
    await call(rep, 'suggestions.dismiss', { id: second?.id })
    expect(await call(rep, 'suggestions.list')).toEqual([])
  })
})

describe('E-mail over HTTP', () => {
  it('keeps accounts, tries them, and never answers a password', async () => {
    const admin = await api.person('admin')
    const office = await openPostOffice({ password: 'open sesame' })
    const made = await call<MailAccount>(admin, 'mail.accounts.create', {
      ...accountAt(office),
      username: 'ada',
      password: 'open sesame',
    })
    expect(JSON.stringify(made)).not.toContain('open sesame')
    const { id } = made
    expect(await call(admin, 'mail.accounts.test', { id, to: 'me@home.example' })).toMatchObject({
      ok: true,
    })
    expect(await call(admin, 'mail.accounts.get', { id })).toMatchObject({ password: 'this_run' })
    expect(await call(admin, 'mail.accounts.update', { id, perHour: 9 })).toMatchObject({
      perHour: 9,
    })
    expect(await call<MailAccount[]>(admin, 'mail.accounts.list')).toHaveLength(1)
    await call(admin, 'mail.accounts.remove', { id })
    for (const [body, path] of [
      [{ ...accountAt(office), fromAddress: 'nobody' }, 'fromAddress'],
      [{ ...accountAt(office), port: 0 }, 'port'],
      [{ ...accountAt(office), host: 'a b' }, 'host'],
    ] as const)
      expect((await refused(admin, ['POST', '/mail/accounts'], body)).paths).toEqual([path])
  })

  it('keeps templates, checks them, and fills them in', async () => {
    const admin = await api.person('admin')
    const contact = await call<Contact>(admin, 'contacts.create', { firstName: 'Jane' })
    const body = 'Hello {{ contact.first_name }}'
    const { id } = await call<Template>(admin, 'templates.create', { name: 'First', body })
    expect(await call(admin, 'templates.get', { id })).toMatchObject({ body })
    expect(await call(admin, 'templates.update', { id, name: 'Second' })).toMatchObject({ body })
    expect(await call<Template[]>(admin, 'templates.list', { kind: 'template' })).toHaveLength(1)
    expect(await call<object[]>(admin, 'templates.placeholders')).not.toEqual([])
    expect(await call<object[]>(admin, 'templates.check', { body: '{{ x }}' })).toHaveLength(1)
    expect(
      await call(admin, 'templates.render', { templateId: id, contactId: contact.id }),
    ).toMatchObject({ body: 'Hello Jane' })
    const wrong = { name: 'Wrong', subject: '{{ contact.nmae }}' }
    expect((await refused(admin, ['POST', '/templates'], wrong)).paths).toEqual(['subject'])
    await call(admin, 'templates.remove', { id })
  })

  it('sends what was approved, takes back what was not, and spares who opted out', async () => {
    const admin = await api.person('admin')
    const office = await openPostOffice()
    const account = await call<MailAccount>(admin, 'mail.accounts.create', accountAt(office))
    const contact = await call<Contact>(admin, 'contacts.create', {
      firstName: 'Jane',
      email: 'jane@acme.example',
    })
    const draft = { contactId: contact.id, subject: 'Hello Jane', body: 'Dear Jane' }
    const make = (more: object = {}) =>
      call<EmailMessage>(admin, 'outbox.create', { ...draft, ...more })
    expect(await call(admin, 'outbox.preview', draft)).toMatchObject({ problems: [] })
    const first = await make()
    await call(admin, 'outbox.update', { id: first.id, subject: 'Good day, Jane' })
    await call(admin, 'outbox.stop')
    await call(admin, 'outbox.approve', { id: first.id })
    await call(admin, 'outbox.send')
    expect(office.letters).toEqual([])
    expect(await call(admin, 'outbox.status')).toMatchObject({ stopped: true })
    await call(admin, 'outbox.resume')
    await call(admin, 'outbox.send')
    expect(office.letters.map(({ subject }) => subject)).toEqual(['Good day, Jane'])
    expect(await call(admin, 'outbox.get', { id: first.id })).toMatchObject({ state: 'sent' })
    expect((await refused(admin, ['POST', `/outbox/${first.id}/cancel`], {})).status).toBe(409)

    const second = await make({
      sendAfter: new Date(Date.now() + 3_600_000).toISOString(),
    })
    expect(await call(admin, 'outbox.approveMany', { ids: [second.id] })).toMatchObject({
      changed: 1,
    })
    expect(await call(admin, 'outbox.cancel', { id: second.id })).toMatchObject({
      state: 'cancelled',
    })
    office.trouble = 'refuses_recipient'
    const third = await make({ next: 'now' })
    await call(admin, 'outbox.send')
    expect(await call(admin, 'outbox.resolve', { id: third.id, as: 'cancelled' })).toMatchObject({
      state: 'cancelled',
    })
    await call(admin, 'outbox.settings', { identicalMost: 7 })

    office.trouble = 'none'
    const { id } = await call<{ id: string }>(admin, 'optOuts.add', {
      address: 'Jane+x@ACME.example',
    })
    expect(await make({ next: 'now' })).toMatchObject({
      state: 'drafted',
      problems: [{ kind: 'opted_out' }],
    })
    await call(admin, 'outbox.send')
    expect(office.letters).toHaveLength(1)
    expect(await call(admin, 'optOuts.import', { text: 'jane@acme.example' })).toMatchObject({
      known: 1,
    })
    expect(await call<Page<object>>(admin, 'optOuts.list', { q: 'jane' })).toMatchObject({
      total: 1,
    })
    expect(await call<Page<object>>(admin, 'outbox.list', { contactId: contact.id })).toMatchObject(
      {
        total: 4,
      },
    )
    await call(admin, 'optOuts.remove', { id })
    await call(admin, 'mail.accounts.remove', { id: account.id })
  })
})

testThatAllWasAsked('outreach')
