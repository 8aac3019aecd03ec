/** The pipeline over the HTTP API: stages, conversion, quotes, and the activities of its leads. */

import { describe, expect, it } from 'vitest'
import type { Company } from '../../src/contract/records/companies'
import type { Contact } from '../../src/contract/records/contacts'
import type { Customer } from '../../src/contract/records/customers'
import type { Lead } from '../../src/contract/records/leads'
import type { Pipeline, Stage } from '../../src/contract/records/pipeline'
import type { Quote } from '../../src/contract/records/quotes'
import type { Activity } from '../../src/contract/timeline/activities'
import { type Bulk, missingId, type Page, prepareCalls, titles, utc } from './calls'

interface Changed {
  cards: { card: { title: string }; afterId: string | null }[]
  totals: { leads: number }[]
}

const { api, call, refused, stageNamed, testThatAllWasAsked } = prepareCalls()

describe('The pipeline over HTTP', () => {
  it('moves a lead to a stage and place, with the reason where it is lost', async () => {
    const admin = await api.person('admin')
    const pipeline = await call<Pipeline>(admin, 'pipeline.create', { name: 'Moves' })
    const stages = await call<Stage[]>(admin, 'pipeline.stages.list', { pipelineId: pipeline.id })
    const [first, second] = stages
    const lost = stages.find((stage) => stage.kind === 'lost')
    const ids: string[] = []
    for (const title of ['A', 'B', 'C', 'D'])
      ids.push((await call<Lead>(admin, 'leads.create', { title, stageId: second?.id })).id)
    const order = async () =>
      titles(await call<Page<Lead>>(admin, 'pipeline.stages.leads', { id: second?.id })).join('')
    expect(await order()).toBe('DCBA')
    const moved = await call<Lead>(admin, 'leads.moveStage', {
      id: ids[0],
      stageId: second?.id,
      position: 1,
    })
    expect([moved.stage.id, await order()]).toEqual([second?.id, 'DACB'])
    await call(admin, 'leads.moveStage', { id: ids[0], stageId: second?.id, position: 99 })
    expect(await order()).toBe('DCBA')
    await call(admin, 'leads.moveStage', { id: ids[1], stageId: first?.id })
    expect(await order()).toBe('DCA')
    await call(admin, 'leads.moveStage', { id: ids[1], stageId: second?.id, beforeId: ids[0] })
    expect(await order()).toBe('DCBA')
    const read = await call<Changed | null>(admin, 'pipeline.cards', {
      pipelineId: pipeline.id,
      leadId: [ids[1], ids[3], missingId],
    })
    expect(read?.cards.map(({ card, afterId }) => [card.title, afterId])).toEqual([
      ['D', null],
      ['B', ids[2]],
    ])
    expect(read?.totals.map(({ leads }) => leads)).toEqual([0, 4, 0, 0, 0, 0])
    const gone = await call<Lead>(admin, 'leads.moveStage', {
      id: ids[3],
      stageId: lost?.id,
      lostReason: 'Too dear',
    })
    expect([gone.status, gone.lostReason, gone.closedAt]).toEqual([
      'lost',
      'Too dear',
      expect.stringMatching(utc),
    ])
    expect((await call<{ lostReasons: string[] }>(admin, 'leads.facets')).lostReasons).toContain(
      'Too dear',
    )
    const path = `/leads/${ids[0]}/move-stage`
    expect((await refused(admin, ['PUT', path], {})).paths).toEqual(['stageId'])
    expect((await refused(admin, ['PUT', path], { stageId: missingId })).paths).toEqual(['stageId'])
    const under = await refused(admin, ['PUT', path], { stageId: first?.id, position: -1 })
    expect([under.status, under.paths]).toEqual([400, ['position']])
    await call(admin, 'leads.remove', { id: ids[0] })
    const trashed = await refused(admin, ['PUT', path], { stageId: first?.id })
    expect([trashed.status, trashed.code]).toEqual([409, 'conflict'])
  })

  it('adds, changes, reorders and deletes stages; their leads go where they are sent', async () => {
    const admin = await api.person('admin')
    const made = await call<Pipeline>(admin, 'pipeline.create', { name: 'Stages' })
    const renamed = await call<Pipeline>(admin, 'pipeline.update', { id: made.id, name: 'Steps' })
    expect([renamed.name, renamed.isDefault]).toEqual(['Steps', false])
    const demo = await call<Stage>(admin, 'pipeline.stages.create', {
      name: 'Demo',
      pipelineId: made.id,
      position: 1,
    })
    expect([demo.position, demo.kind, demo.leads]).toEqual([1, 'open', 0])
    const changed = await call<Stage>(admin, 'pipeline.stages.update', {
      id: demo.id,
      probability: 55,
    })
    expect(changed).toEqual({ ...demo, probability: 55 })
    const stages = await call<Stage[]>(admin, 'pipeline.stages.list', { pipelineId: made.id })
    const turned = [...stages.slice(0, 3)].reverse().concat(stages.slice(3))
    const reordered = await call<Stage[]>(admin, 'pipeline.stages.reorder', {
      pipelineId: made.id,
      stageIds: turned.map(({ id }) => id),
    })
    expect(reordered.map(({ name, position }) => [name, position])).toEqual(
      turned.map(({ name }, index) => [name, index]),
    )
    const incomplete = await refused(admin, ['PUT', '/pipeline/stages/reorder'], {
      pipelineId: made.id,
      stageIds: [demo.id],
    })
    expect([incomplete.status, incomplete.paths]).toEqual([400, ['stageIds']])

    const lead = await call<Lead>(admin, 'leads.create', { title: 'In demo', stageId: demo.id })
    const kept = await refused(admin, ['DELETE', `/pipeline/stages/${demo.id}`])
    expect([kept.status, kept.code]).toEqual([409, 'conflict'])
    const elsewhere = await stageNamed(admin, 'Qualified')
    const removed = await call<Bulk>(admin, 'pipeline.stages.remove', {
      id: demo.id,
      moveLeadsTo: elsewhere.id,
    })
    expect(removed.changed).toBeGreaterThan(0)
    const { stage } = await call<Lead>(admin, 'leads.get', { id: lead.id })
    expect(stage.id).toBe(elsewhere.id)
    expect((await refused(admin, ['DELETE', `/pipeline/stages/${demo.id}`])).status).toBe(404)
    await call(admin, 'pipeline.remove', { id: made.id })
    const pipelines = await call<Pipeline[]>(admin, 'pipeline.list')
    expect(pipelines.map(({ id }) => id)).not.toContain(made.id)
    const [only] = pipelines.filter((one) => one.isDefault)
    expect((await refused(admin, ['DELETE', `/pipelines/${only?.id}`])).status).toBe(409)
  })
})

describe('Deals over HTTP', () => {
  it('adds up what is in each stage, and how far leads get', async () => {
    const admin = await api.person('admin')
    const pipeline = await call<Pipeline>(admin, 'pipeline.create', { name: 'Sums' })
    const [first, second] = pipeline.stages
    const won = pipeline.stages.find((stage) => stage.kind === 'won')
    const make = (title: string, amount: string) =>
      call<Lead>(admin, 'leads.create', {
        title,
        stageId: first?.id,
        probability: 50,
        value: { amount, currency: 'EUR' },
      })
    const one = await make('One', '100.10')
    await make('Two', '200.20')
    await call(admin, 'leads.moveStage', { id: one.id, stageId: second?.id })
    await call(admin, 'leads.moveStage', { id: one.id, stageId: won?.id })
    type Overview = {
      stages: { stageId: string; leads: number; value: object[]; weighted: object[] }[]
      total: { leads: number; value: object[] }
    }
    const overview = await call<Overview>(admin, 'pipeline.overview', { pipelineId: pipeline.id })
    expect(overview.stages.find(({ stageId }) => stageId === first?.id)).toMatchObject({
      leads: 1,
      value: [{ amount: '200.20', currency: 'EUR' }],
      weighted: [{ amount: '100.10', currency: 'EUR' }],
    })
    expect(overview.total).toMatchObject({
      leads: 2,
      value: [{ amount: '300.30', currency: 'EUR' }],
    })
    const dear = await call<Overview>(admin, 'pipeline.overview', {
      pipelineId: pipeline.id,
      valueFrom: 150,
    })
    expect(dear.total.leads).toBe(1)
    const board = await call<{ columns: { stageId: string; cards: { title: string }[] }[] }>(
      admin,
      'pipeline.board',
      { pipelineId: pipeline.id },
    )
    expect(board.columns.map(({ cards }) => cards.map(({ title }) => title).join())).toEqual(
      pipeline.stages.map(({ id }) => (id === first?.id ? 'Two' : id === won?.id ? 'One' : '')),
    )
    const rates = await call<{ stageId: string; entered: number; rate: number | null }[]>(
      admin,
      'pipeline.conversionRates',
      { pipelineId: pipeline.id },
    )
    expect(rates.find(({ stageId }) => stageId === first?.id)).toMatchObject({
      entered: 2,
      rate: 0.5,
    })
    expect(
      (await refused(admin, ['GET', `/pipeline/overview?pipelineId=${missingId}`])).status,
    ).toBe(404)
  })

  it('makes a won lead a customer, once', async () => {
    const admin = await api.person('admin')
    const company = await call<Company>(admin, 'companies.create', { name: 'Converted Ltd' })
    const lead = await call<Lead>(admin, 'leads.create', {
      title: 'To convert',
      companyId: company.id,
      value: { amount: '12.00', currency: 'USD' },
    })
    const customer = await call<Customer>(admin, 'leads.convert', { id: lead.id })
    expect(customer).toMatchObject({
      name: 'Converted Ltd',
      company: { id: company.id },
      wonValue: [{ amount: '12.00', currency: 'USD' }],
    })
    expect(await call<Lead>(admin, 'leads.get', { id: lead.id })).toMatchObject({
      status: 'won',
      customer: { id: customer.id },
    })
    const again = await refused(admin, ['POST', `/leads/${lead.id}/convert`], {})
    expect([again.status, again.code]).toEqual([409, 'conflict'])
    const other = await call<Lead>(admin, 'leads.create', { title: 'Other' })
    expect(
      (await refused(admin, ['POST', `/leads/${other.id}/convert`], { customerId: missingId }))
        .status,
    ).toBe(404)
  })

  it('sends quotes and learns what became of them', async () => {
    const admin = await api.person('admin')
    const lead = await call<Lead>(admin, 'leads.create', { title: 'Quoted' })
    const make = () =>
      call<Quote>(admin, 'quotes.create', {
        title: 'Offer',
        leadId: lead.id,
        currency: 'EUR',
        taxRate: 21,
        lines: [{ description: 'Seats', quantity: 3, unitPrice: '33.33', discount: 10 }],
      })
    const quote = await make()
    expect([quote.status, quote.subtotal.amount, quote.tax.amount, quote.total]).toEqual([
      'draft',
      '89.99',
      '18.90',
      { amount: '108.89', currency: 'EUR' },
    ])
    expect((await refused(admin, ['POST', `/quotes/${quote.id}/accept`], {})).status).toBe(409)
    expect((await call<Quote>(admin, 'quotes.send', { id: quote.id })).status).toBe('sent')
    expect((await refused(admin, ['POST', `/quotes/${quote.id}/send`], {})).status).toBe(409)
    expect((await call<Quote>(admin, 'quotes.accept', { id: quote.id })).status).toBe('accepted')
    const second = await make()
    await call(admin, 'quotes.send', { id: second.id })
    const declined = await call<Quote>(admin, 'quotes.decline', { id: second.id, reason: 'Price' })
    expect([declined.status, declined.declineReason]).toEqual(['declined', 'Price'])
    const { items } = await call<Page<Activity>>(admin, 'activities.timelines.lead', {
      id: lead.id,
      type: 'quote_sent',
    })
    expect(items).toHaveLength(2)
  })
})

describe('Activities over HTTP', () => {
  it('are planned, overdue, completed and opened again', async () => {
    const admin = await api.person('admin')
    const lead = await call<Lead>(admin, 'leads.create', { title: 'Planned' })
    const plan = (subject: string, dueAt: string) =>
      call<Activity>(admin, 'activities.create', { type: 'task', subject, dueAt, leadId: lead.id })
    const late = await plan('Late', '2020-01-01T08:00:00Z')
    const soon = await plan('Soon', '2090-01-01T08:00:00Z')
    const subjects = async (name: string) =>
      (await call<Page<Activity>>(admin, name, { userId: admin.id })).items.map(
        (one) => one.subject,
      )
    expect(await subjects('activities.pending')).toEqual(['Late', 'Soon'])
    expect(await subjects('activities.overdue')).toEqual(['Late'])
    expect(await call(admin, 'leads.get', { id: lead.id })).toMatchObject({
      signal: 'overdue',
      nextStepAt: '2020-01-01T08:00:00.000Z',
    })
    const done = await call<Activity>(admin, 'activities.complete', {
      id: late.id,
      outcome: 'interested',
      durationMinutes: 15,
    })
    expect(done).toMatchObject({
      completedAt: expect.stringMatching(utc),
      completedBy: { id: admin.id },
      outcome: 'interested',
      durationMinutes: 15,
    })
    expect(await subjects('activities.overdue')).toEqual([])
    expect(await call(admin, 'leads.get', { id: lead.id })).toMatchObject({ signal: 'planned' })
    await call(admin, 'activities.reopen', { id: late.id })
    expect(await subjects('activities.overdue')).toEqual(['Late'])
    const changed = await call<Activity>(admin, 'activities.update', {
      id: soon.id,
      description: 'Bring the contract',
    })
    expect(changed).toEqual({
      ...soon,
      description: 'Bring the contract',
      updatedAt: changed.updatedAt,
    })
    await call(admin, 'activities.remove', { id: soon.id })
    expect(await subjects('activities.pending')).toEqual(['Late'])
    await call(admin, 'activities.restore', { id: soon.id })
    expect(await call<Activity>(admin, 'activities.get', { id: soon.id })).toMatchObject({
      subject: 'Soon',
      deletedAt: null,
    })
    const unknown = await refused(admin, ['PATCH', `/activities/${soon.id}/complete`], {
      outcome: 'unheard_of',
    })
    expect([unknown.status, unknown.paths]).toEqual([400, ['outcome']])
  })

  it('are on the timelines of all they are about, filtered as asked; what the system wrote stays', async () => {
    const admin = await api.person('admin')
    const company = await call<Company>(admin, 'companies.create', { name: 'Timeline' })
    const contact = await call<Contact>(admin, 'contacts.create', {
      lastName: 'Line',
      companyId: company.id,
    })
    const lead = await call<Lead>(admin, 'leads.create', {
      title: 'Timed',
      companyId: company.id,
      contactId: contact.id,
    })
    const log = (values: object) =>
      call<Activity>(admin, 'activities.create', { leadId: lead.id, ...values })
    await log({ type: 'call', occurredAt: '2024-03-01T10:00:00Z', outcome: 'no_answer' })
    await log({ type: 'note', occurredAt: '2024-03-02T10:00:00Z', description: 'Likes walnuts' })
    await log({ type: 'email_opened', category: 'automated', occurredAt: '2024-03-03T10:00:00Z' })
    await log({ type: 'note', occurredAt: '2024-03-04T10:00:00Z', visibleToRep: false })
    const customer = await call<Customer>(admin, 'leads.convert', { id: lead.id })
    const on = async (name: string, id: string, filter: object = {}) =>
      (
        await call<Page<Activity>>(admin, name, { id, category: 'manual,automated', ...filter })
      ).items
        .map((one) => one.type)
        .join()
    const whole = 'note,email_opened,note,call'
    for (const [name, id] of [
      ['activities.timelines.lead', lead.id],
      ['activities.timelines.company', company.id],
      ['activities.timelines.contact', contact.id],
      ['activities.timelines.customer', customer.id],
      ['activities.ofLead', lead.id],
      ['activities.ofUser', admin.id],
    ] as const)
      expect([name, await on(name, id)]).toEqual([name, whole])
    const onLead = (filter: object) => on('activities.timelines.lead', lead.id, filter)
    expect(await onLead({ type: 'call,email_opened' })).toBe('email_opened,call')
    expect(await onLead({ outcome: 'no_answer' })).toBe('call')
    expect(await onLead({ from: '2024-03-02', to: '2024-03-03' })).toBe('email_opened,note')
    expect(await onLead({ visibleOnly: true })).toBe('email_opened,note,call')
    expect(await onLead({ q: 'walnut' })).toBe('note')
    expect(await onLead({ limit: 2 })).toBe('note,email_opened')
    const everywhere = await call<Page<Activity>>(admin, 'activities.timeline', { q: 'walnuts' })
    expect(everywhere.items.map((one) => one.lead?.id)).toEqual([lead.id])
    const filtered = await call<Page<Activity>>(admin, 'activities.list', {
      leadId: lead.id,
      category: 'system',
    })
    const types = filtered.items.map((one) => one.type)
    expect(types).toEqual(expect.arrayContaining(['lead_created', 'lead_converted']))
    const written = await refused(admin, ['PATCH', `/activities/${filtered.items[0]?.id}`], {
      subject: 'Mine',
    })
    expect([written.status, written.code]).toEqual([409, 'conflict'])
    expect((await refused(admin, ['DELETE', `/activities/${filtered.items[0]?.id}`])).status).toBe(
      409,
    )
    expect((await refused(admin, ['POST', '/activities'], { type: 'lead_created' })).paths).toEqual(
      ['type'],
    )
  })
})

describe('What activities are made from, over HTTP', () => {
  it('are counted', async () => {
    const admin = await api.person('admin')
    for (const type of ['call', 'call', 'note'])
      await call(admin, 'activities.create', { type, subject: 'Counted' })
    const stats = await call<{
      byType: object[]
      trend: { manual: number }[]
      byUser: { user: { id: string }; count: number }[]
    }>(admin, 'activities.stats', { userId: admin.id })
    expect(stats.byType).toEqual(
      expect.arrayContaining([
        { type: 'call', category: 'manual', count: 2 },
        { type: 'note', category: 'manual', count: 1 },
      ]),
    )
    expect([stats.trend.length, stats.trend.at(-1)?.manual]).toEqual([7, 3])
    expect(stats.byUser.map(({ user, count }) => [user.id, count])).toEqual([[admin.id, 3]])
    expect((await refused(admin, ['GET', '/activities/stats?from=yesterday'])).paths).toEqual([
      'from',
    ])
  })

  it('are made from templates, types and outcomes that users add', async () => {
    const admin = await api.person('admin')
    const template = await call<{ id: string; name: string }>(
      admin,
      'activities.templates.create',
      {
        name: 'Second call',
        type: 'call',
        scheduleInDays: 3,
      },
    )
    const changed = await call<object>(admin, 'activities.templates.update', {
      id: template.id,
      durationMinutes: 20,
    })
    expect(changed).toEqual({ ...template, durationMinutes: 20 })
    expect(await call(admin, 'activities.templates.list')).toContainEqual(changed)
    await call(admin, 'activities.templates.remove', { id: template.id })
    expect(await call(admin, 'activities.templates.list')).not.toContainEqual(changed)
    const type = await call<{ name: string }>(admin, 'activities.types.add', {
      label: 'Site visit',
    })
    expect(type).toEqual({ name: 'site_visit', label: 'Site visit', builtIn: false, active: true })
    await call(admin, 'activities.create', { type: 'site_visit' })
    await call(admin, 'activities.types.update', { name: 'site_visit', label: 'Visit' })
    const types = await call<object[]>(admin, 'activities.types.list')
    expect(types).toContainEqual({ ...type, label: 'Visit' })
    const outcome = await call<{ name: string }>(admin, 'activities.outcomes.add', {
      label: 'Maybe',
    })
    const off = await call(admin, 'activities.outcomes.update', {
      name: outcome.name,
      active: false,
    })
    expect(await call<object[]>(admin, 'activities.outcomes.list')).toContainEqual(off)
    expect((await refused(admin, ['POST', '/activities'], { type: 'unheard_of' })).paths).toEqual([
      'type',
    ])
  })
})

testThatAllWasAsked('pipeline')
