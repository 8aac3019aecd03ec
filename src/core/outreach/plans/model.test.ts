import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { CadenceStepInput } from '../../../contract/outreach/cadences'
import { removeFolder } from '../../../testing-folder'
import { type Areas, createAreas } from '../../assembly/areas'
import { createRouter, type Router } from '../../assembly/router'
import {
  createTriggersAndViews,
  dropTriggersAndViews,
  triggersFingerprint,
} from '../../assembly/triggers-and-views'
import { createLive } from '../../kernel/change-log/live'
import { openFile } from '../../kernel/file/open-file'
import { createFakeClock, migrations, silentHost } from '../../testing/testing'
import { createModel, isQueued, type Model, type ModelPlan } from './testing-model'

const hour = 3_600_000
const start = Date.parse('2026-10-19T08:00:00.000Z')
const types = ['call', 'email', 'meeting'] as const
const outcomes = ['interested', 'not_interested', 'no_answer', null] as const
const choices = ['stop', 'continue', undefined, undefined] as const
const zones = ['UTC', 'Europe/Prague', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const idOfStep = (number: number) => `0190d3a2-0000-7000-8000-${String(number).padStart(12, '0')}`

/** The core's areas on a file, without a thread around them; they can be lost and opened again. */
async function openAreas() {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-'))
  const clock = createFakeClock(new Date(start).toISOString())
  const open = async () => {
    const file = await openFile({
      directory,
      migrations,
      clock,
      beforeMigration: dropTriggersAndViews,
      afterMigration: createTriggersAndViews,
      triggersFingerprint: triggersFingerprint(),
    })
    if (file.state !== 'ready') throw new Error(file.message)
    const areas = createAreas(file.connection, {
      clock,
      live: createLive(),
      directory,
      host: silentHost,
    })
    const actor = areas.users.localActor('test')
    const client = createRouterClient<Router, Record<never, never>>(
      createRouter(
        () => areas,
        () => {
          throw new Error('No database to restore here.')
        },
      ),
      { context: { actor } },
    )
    return { areas, actor, client, file }
  }
  let opened = await open()
  onTestFinished(() => {
    opened.file.connection.close()
    opened.file.lock.release()
    removeFolder(directory)
  })
  return {
    clock,
    now: () => opened,
    /** As after a crash: nothing was closed in order. */
    async crash() {
      opened.file.connection.close()
      opened.file.lock.release()
      opened = await open()
    },
  }
}
type Opened = Awaited<ReturnType<typeof openAreas>>

const written = { automated: true, subject: 'A word', body: 'Hello {{ contact.first_name }}' }
const unwritten = { automated: false, subject: null, body: null }
const step = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  type: fc.constantFrom(...types, 'email'),
  delay: fc.integer({ min: 0, max: 4 }),
  delayUnit: fc.constantFrom('hours', 'days', 'business_days'),
  window: fc.constantFrom(
    null,
    null,
    { from: '09:00', to: '11:00', weekdays: [1, 2, 3, 4, 5] },
    { from: '13:30', to: '20:00', weekdays: [2, 4] },
  ),
  missed: fc.constantFrom('do_now', 'do_now', 'skip', 'move'),
  byItself: fc.constantFrom(true, true, false),
  branch: fc.option(
    fc.record({
      when: fc.constantFrom('outcome', 'replied', 'no_reply'),
      go: fc.constantFrom('to_step', 'skip_next', 'end'),
      to: fc.nat({ max: 3 }),
    }),
    { nil: undefined, freq: 2 },
  ),
})
const steps = fc
  .uniqueArray(step, { minLength: 1, maxLength: 5, selector: ({ number }) => number })
  .map((list) =>
    list.map(({ number, branch, byItself, ...values }, index): CadenceStepInput => {
      const target = list[index + 1 + (branch?.to ?? 0)]
      const isWhole = branch && (branch.go !== 'to_step' || target)
      return {
        id: idOfStep(number),
        ...(byItself && values.type === 'email' ? written : unwritten),
        variants: [],
        ...values,
        branches: isWhole
          ? [
              {
                when: branch.when,
                outcomes: branch.when === 'outcome' ? ['interested'] : [],
                go: branch.go,
                stepId: branch.go === 'to_step' && target ? idOfStep(target.number) : null,
              },
            ]
          : [],
      } as CadenceStepInput
    }),
  )
const cadence = fc.record({
  steps,
  stopOnReply: fc.boolean(),
  stopOnOutcomes: fc.constantFrom<string[]>([], ['interested'], ['interested', 'not_interested']),
  workingTimeOnly: fc.boolean(),
  onOwnerChange: fc.constantFrom('reassign', 'keep', 'end'),
})

/** Scenes to play; each has some twenty plans. Set it higher to look for what is rare. */
const runs = Number(process.env.PLANS_RUNS ?? 15)
const leadCount = 8
/** The owner, in the zone of the workspace, and one who lives elsewhere. */
const users: string[] = []
const zoneOfRep = 'America/New_York'
const action = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('assign' as const), lead: fc.nat(), cadence: fc.nat() }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('log' as const),
      lead: fc.nat(),
      type: fc.constantFrom(...types),
      outcome: fc.constantFrom(...outcomes),
      choice: fc.constantFrom(...choices),
      hoursAgo: fc.integer({ min: 0, max: 30 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('complete' as const),
      plan: fc.nat(),
      outcome: fc.constantFrom(...outcomes),
      choice: fc.constantFrom(...choices),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('skip' as const), plan: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pause' as const),
      plan: fc.nat(),
      hours: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume' as const), plan: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('abort' as const), plan: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reply' as const), lead: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('win' as const), lead: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send' as const), plan: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refuse' as const), plan: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('give' as const),
      lead: fc.nat(),
      user: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('many' as const),
      plans: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
      action: fc.constantFrom('pause', 'resume', 'skip', 'abort', 'reassign'),
      user: fc.nat({ max: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      cadence: fc.nat(),
      steps,
      move: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('zone' as const),
      lead: fc.option(fc.nat(), { nil: undefined }),
      zone: fc.constantFrom(...zones),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('dayOff' as const),
      ahead: fc.integer({ min: 0, max: 12 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 80 }),
      /** Whether the program looks after its plans then. */
      plans: fc.boolean(),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

/** Who works plans, and an account by which nothing goes out without approval. */
async function prepareUsers({ now }: Opened) {
  const { client, actor } = now()
  await client.mail.accounts.create({
    name: 'Sales',
    fromAddress: 'sales@rapport.example',
    host: '127.0.0.1',
    security: 'none',
  })
  const rep = await client.users.create({ name: 'Rep', role: 'manager', timezone: zoneOfRep })
  users.splice(0, users.length, actor.userId, rep.id)
}

/** A fresh scene in the real program and in the model. */
async function setScene(
  { now, clock }: Opened,
  cadences: (typeof cadence extends fc.Arbitrary<infer T> ? T : never)[],
): Promise<Model> {
  const { client, areas, actor } = now()
  areas.kernel.database.act(actor, { label: 'Clear the scene', kind: 'system' }, (writer) => {
    for (const table of [
      'email_message',
      'plan',
      'reminder',
      'day_off',
      'activity',
      'lead',
      'contact',
    ])
      writer.run(`delete from ${table}`)
  })
  clock.set(Math.ceil((clock.now() + 1) / hour) * hour)
  await client.settings.updateWorkspace({ timezone: 'UTC' })
  const model: Model = {
    cadences: [],
    plans: [],
    leads: [],
    zones: ['UTC', zoneOfRep],
    daysOff: [],
    sent: [],
  }
  for (const { steps, ...settings } of cadences) {
    const made = await client.cadences.create({
      name: 'Outreach',
      state: 'active',
      steps,
      settings,
    })
    model.cadences.push({ id: made.id, version: 1, steps: made.steps, settings: made.settings })
  }
  for (let index = 0; index < leadCount; index++) {
    const zone = zones[index % zones.length] ?? 'UTC'
    const contact = await client.contacts.create({
      firstName: `C${index}`,
      email: `c${index}@acme.example`,
      timezone: zone,
    })
    const owner = index % users.length
    const lead = await client.leads.create({
      title: `Lead ${index}`,
      contactId: contact.id,
      ownerId: users[owner] ?? '',
    })
    model.leads.push({ id: lead.id, contactId: contact.id, zone, status: 'open', owner })
  }
  for (const { id: cadenceId } of model.cadences) {
    await client.plans.createMany({
      cadenceId,
      target: { leadIds: model.leads.map(({ id }) => id) },
    })
    const made = areas.kernel.database.all<{ id: string; lead_id: string }>(
      'select id, lead_id from plan where cadence_id = ? order by seq',
      cadenceId,
    )
    for (const { id, lead_id } of made) {
      const lead = model.leads.findIndex((one) => one.id === lead_id)
      const user = model.leads[lead]?.owner ?? 0
      createModel(model).add({ id, cadenceId, lead, user }, clock.now())
    }
  }
  return model
}

const pick = <T>(list: readonly T[], number: number): T | undefined =>
  list[number % Math.max(1, list.length)]
const isLive = ({ state }: ModelPlan) => state !== 'completed' && state !== 'aborted'

/** Does the same in the program and in the model. */
async function perform({ now, clock, crash }: Opened, model: Model, step: Action): Promise<void> {
  const { client, areas, actor } = now()
  const simple = createModel(model)
  const instant = clock.now()
  const plan = 'plan' in step ? pick(model.plans, step.plan) : undefined
  const place = 'lead' in step && step.lead !== undefined ? step.lead % leadCount : 0
  const lead = model.leads[place]
  if (!lead) return
  switch (step.do) {
    case 'assign': {
      const chosen = pick(model.cadences, step.cadence)
      const isIn = model.plans.some(
        (one) => one.lead === place && one.cadenceId === chosen?.id && isLive(one),
      )
      if (!chosen) return
      const wanted = { cadenceId: chosen.id, leadId: lead.id }
      if (isIn || lead.status === 'won')
        return expect(client.plans.create(wanted)).rejects.toThrow(/is in this cadence|is won/)
      const made = await client.plans.create(wanted)
      return simple.add(
        { id: made.id, cadenceId: chosen.id, lead: place, user: lead.owner },
        instant,
      )
    }
    case 'log': {
      const at = instant - step.hoursAgo * hour
      await client.activities.create({
        type: step.type,
        leadId: lead.id,
        occurredAt: new Date(at).toISOString(),
        outcome: step.outcome,
        ...(step.choice && { plan: step.choice }),
      })
      return simple.log(place, step.type, step.outcome, { at, choice: step.choice })
    }
    case 'complete':
      if (plan?.state !== 'in_progress') return
      await client.plans.completeStep({
        id: plan.id,
        outcome: step.outcome,
        ...(step.choice && { plan: step.choice }),
      })
      return void simple.complete(plan, step.outcome, { at: instant, choice: step.choice })
    case 'skip':
      if (plan?.state !== 'in_progress') return
      await client.plans.skip({ id: plan.id })
      return simple.skip(plan, instant)
    case 'pause': {
      if (!plan || !['in_progress', 'paused'].includes(plan.state)) return
      const until = step.hours === undefined ? undefined : instant + step.hours * hour
      await client.plans.pause({
        id: plan.id,
        ...(until !== undefined && { until: new Date(until).toISOString() }),
      })
      return simple.pause(plan, until ?? null, instant)
    }
    case 'resume':
      if (plan?.state !== 'paused') return
      await client.plans.resume({ id: plan.id })
      return simple.resume(plan, instant)
    case 'abort':
      if (!plan || !isLive(plan)) return
      await client.plans.abort({ id: plan.id })
      return simple.end(plan, 'by_hand')
    case 'reply':
      await client.activities.create({
        category: 'automated',
        type: 'email_received',
        leadId: lead.id,
      })
      return simple.reply(place, instant)
    case 'win': {
      const won = (await client.pipeline.stages.list({})).find(({ kind }) => kind === 'won')
      await client.leads.moveStage({ id: lead.id, stageId: won?.id ?? '' })
      if (lead.status === 'open') simple.win(place)
      lead.status = 'won'
      return
    }
    case 'send': {
      const queued = pick(model.plans.filter(isQueued), step.plan)
      const waiting = queued && messageOf(areas, queued)
      if (!waiting) return
      // The server has had it, and nobody heard its answer: a person says that it arrived.
      areas.kernel.database.act(actor, { label: 'Send', kind: 'system' }, (writer) =>
        writer.run(`update email_message set state = 'unknown' where id = ?`, waiting),
      )
      await client.outbox.resolve({ id: waiting, as: 'sent' })
      return simple.send(queued, instant)
    }
    case 'refuse': {
      const queued = pick(model.plans.filter(isQueued), step.plan)
      const waiting = queued && messageOf(areas, queued)
      if (!waiting) return
      await client.outbox.cancel({ id: waiting })
      return simple.refuse(queued)
    }
    case 'give':
      await client.leads.update({ id: lead.id, ownerId: users[step.user] ?? '' })
      return simple.give(place, step.user)
    case 'many': {
      const chosen = [...new Set(step.plans.map((number) => pick(model.plans, number)))].filter(
        (one) => one !== undefined,
      )
      if (chosen.length === 0) return
      const userId = users[step.user] ?? ''
      await client.plans.bulk({
        ids: chosen.map(({ id }) => id),
        action: step.action === 'reassign' ? { type: 'reassign', userId } : { type: step.action },
      })
      for (const one of chosen) simple.change(one, step.action, { user: step.user, now: instant })
      return
    }
    case 'edit': {
      const chosen = pick(model.cadences, step.cadence)
      if (!chosen) return
      const edited = await client.cadences.setSteps({
        id: chosen.id,
        steps: step.steps,
        updatePlans: step.move ? 'move' : 'keep',
      })
      return simple.edit(chosen, edited.steps, step.move, instant)
    }
    case 'zone':
      if (step.lead === undefined) {
        await client.settings.updateWorkspace({ timezone: step.zone })
        model.zones[0] = step.zone
      } else {
        await client.contacts.update({ id: lead.contactId, timezone: step.zone })
        lead.zone = step.zone
      }
      return
    case 'dayOff': {
      const date = new Date(instant + step.ahead * 24 * hour).toISOString().slice(0, 10)
      await client.workingHours.daysOff.add({ from: date, name: 'Day off' })
      if (!model.daysOff.includes(date)) model.daysOff.push(date)
      return
    }
    case 'wait':
      clock.advance(step.hours * hour)
      if (!step.plans) return
      await areas.plans.planDue(actor, (work) => areas.kernel.portions.run(work))
      simple.tick(clock.now())
      return
    case 'crash':
      return crash()
    case 'undo':
      return
  }
}

/** The e-mail of the step that a plan waits at. */
const messageOf = (areas: Areas, { id, current }: ModelPlan) =>
  areas.kernel.database.value<string>(
    `select email_message.id from plan_step join email_message on email_message.plan_step_id = plan_step.id
     where plan_step.plan_id = ? and plan_step.step_id = ?`,
    id,
    current,
  )

interface Seen {
  id: string
  user_id: string
  state: string
  ending: string | null
  step_id: string | null
  next_step_due_at: number | null
  paused_until: number | null
  next_step_at: number | null
}

/** Everything the program holds about plans is what the model says. */
function compare({ areas }: { areas: Areas }, model: Model) {
  const { database } = areas.kernel
  const plans = database.all<Seen>(
    `select plan.id, user_id, state, ending, step_id, next_step_due_at, paused_until from plan order by plan.seq`,
  )
  expect(plans).toEqual(
    model.plans.map((plan) => ({
      id: plan.id,
      user_id: users[plan.user],
      state: plan.state,
      ending: plan.ending,
      step_id: plan.current,
      next_step_due_at: plan.due,
      paused_until: plan.until,
    })),
  )
  const ran = database.all<{ plan_id: string; step_id: string; state: string }>(
    'select plan_id, step_id, state from plan_step order by plan_id, step_id',
  )
  expect(ran).toEqual(
    model.plans
      .flatMap((plan) =>
        Object.entries(plan.ran).map(([step_id, state]) => ({ plan_id: plan.id, step_id, state })),
      )
      .sort(
        (one, other) =>
          one.plan_id.localeCompare(other.plan_id) || one.step_id.localeCompare(other.step_id),
      ),
  )
  // One reminder for each step that a person is to do, at its instant, and none besides.
  const reminders = database.all<{ plan_id: string; user_id: string; due_at: number }>(
    'select plan_id, user_id, due_at from reminder where plan_id is not null and due_at is not null order by plan_id',
  )
  const waiting = model.plans.filter(({ due }) => due !== null)
  const byPlan = (one: { plan_id: string }, other: { plan_id: string }) =>
    one.plan_id.localeCompare(other.plan_id)
  expect(reminders).toEqual(
    waiting
      .filter(({ automated }) => !automated)
      .map(({ id, user, due }) => ({ plan_id: id, user_id: users[user], due_at: due }))
      .sort(byPlan),
  )
  // One e-mail in the outbox for each step that waits there, and each went out once at most.
  expect(
    database.all(
      `select plan_id from email_message where state in ('drafted', 'approved') order by plan_id`,
    ),
  ).toEqual(
    model.plans
      .filter(isQueued)
      .map(({ id }) => ({ plan_id: id }))
      .sort(byPlan),
  )
  const sent = database.all<{ plan_id: string; step_id: string }>(
    `select plan_step.plan_id, plan_step.step_id from email_message
     join plan_step on plan_step.id = email_message.plan_step_id where email_message.state = 'sent'`,
  )
  expect(sent.map(({ plan_id, step_id }) => `${plan_id} ${step_id}`).sort()).toEqual(
    model.sent.toSorted(),
  )
  for (const [index, { id }] of model.leads.entries()) {
    const dues = model.plans
      .filter(({ lead }) => lead === index)
      .map(({ due, state, until }) => (state === 'paused' ? until : due))
      .filter((due) => due !== null)
    expect(database.value('select next_step_at from lead where id = ?', id)).toBe(
      dues.length > 0 ? Math.min(...dues) : null,
    )
  }
}

describe('plans', () => {
  test('are what a simple model says, whatever happens to them', async () => {
    const opened = await openAreas()
    await prepareUsers(opened)
    const latest = () =>
      opened
        .now()
        .areas.kernel.database.value<string>(
          `select id from batch where kind in ('edit', 'bulk', 'redo') order by rowid desc limit 1`,
        )
    let made = 0
    let sent = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(cadence, { minLength: 1, maxLength: 3 }),
        fc.array(action, { minLength: 10, maxLength: 60, size: 'max' }),
        async (cadences, actions) => {
          let model = await setScene(opened, cadences)
          // What undo takes back, and what was before it.
          let past: { batch: string; before: Model }[] = []
          for (const one of actions) {
            if (one.do === 'undo') {
              const last = past.pop()
              if (!last) continue
              await opened.now().client.changes.undo({ batchId: last.batch })
              model = last.before
            } else {
              const before = structuredClone(model)
              const batch = latest()
              await perform(opened, model, one)
              const now = latest()
              if (now && now !== batch) past.push({ batch: now, before })
              // What happened by itself is no step back: earlier actions stay as they are.
              if (one.do === 'send' || (one.do === 'wait' && one.plans)) past = []
            }
            compare(opened.now(), model)
          }
          made += model.plans.length
          sent += model.sent.length
        },
      ),
      { numRuns: runs },
    )
    expect(made).toBeGreaterThan(runs * 8)
    // Among them plans that went on because their e-mail was sent.
    expect(sent).toBeGreaterThan(0)
  }, 3_600_000)
})
