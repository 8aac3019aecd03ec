/** Two people edit one thing: nobody overwrites what they have not seen, whatever is edited. */
import { ORPCError } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { contract } from '../../../contract'
import type { Clash } from '../../../contract/kernel/based-on'
import { openTestCore, type TestCore } from '../../testing/testing'

type Client = TestCore['client']
type Values = Record<string, unknown>

interface Case {
  /** Makes what is edited; answers how the edit names it. */
  make(setting: TestCore): Promise<Values>
  save(client: Client, input: Values): Promise<unknown>
  /** What the field is at first, and what two people make of it. */
  field: string
  before: unknown
  theirs: unknown
  yours: unknown
  /** Another field, which is no clash: its value before and after. */
  other: { field: string; before: unknown; after: unknown } | null
  /** What an edit cannot leave out. */
  rest?: Values
  /** Whether each person has one of their own. */
  own?: true
}

const call =
  (path: string): Case['save'] =>
  (client, input) => {
    let found: unknown = client
    for (const part of path.split('.')) found = (found as Record<string, unknown>)[part]
    return (found as (input: Values) => Promise<unknown>)(input)
  }
const text = (field: string, before: unknown = null) => ({
  field,
  before,
  theirs: 'Theirs, written first',
  yours: 'Mine, written later',
})
const made = async (record: Promise<{ id: string }>) => ({ id: (await record).id })

const step = { type: 'call', automated: false, delay: 1, delayUnit: 'days' } as const
const stepOf = (id: string, subject: string) => ({
  ...step,
  id,
  window: null,
  subject,
  body: null,
  variants: [],
  branches: [],
  missed: 'do_now',
})
const stepId = '0190a0a0-0000-7000-8000-000000000001'
const office = [{ from: '09:00', to: '17:00' }]
const week = (first: { from: string; to: string }[]) => [
  first,
  office,
  office,
  office,
  office,
  [],
  [],
]

const cases: Record<string, Omit<Case, 'save'>> = {
  'companies.update': {
    make: ({ client }) => made(client.companies.create({ name: 'Acme' })),
    ...text('description'),
    other: { field: 'city', before: null, after: 'Brno' },
  },
  'contacts.update': {
    make: ({ client }) => made(client.contacts.create({ lastName: 'Novak' })),
    ...text('description'),
    other: { field: 'phone', before: null, after: '+420 1' },
  },
  'leads.update': {
    make: ({ client }) => made(client.leads.create({ title: 'Roll-out' })),
    ...text('description'),
    other: {
      field: 'value',
      before: null,
      after: { amount: '10.00', currency: 'USD' },
    },
  },
  'customers.update': {
    make: ({ client }) => made(client.customers.create({ name: 'Acme' })),
    ...text('name', 'Acme'),
    other: { field: 'tags', before: [], after: ['big'] },
  },
  'quotes.update': {
    make: async ({ client }) => {
      const lead = await client.leads.create({ title: 'Roll-out' })
      return made(client.quotes.create({ title: 'Offer', leadId: lead.id }))
    },
    ...text('notes'),
    other: { field: 'title', before: 'Offer', after: 'Better offer' },
  },
  'users.update': {
    make: ({ client }) => made(client.users.create({ name: 'Kim', role: 'rep' })),
    ...text('signature'),
    other: { field: 'role', before: 'rep', after: 'manager' },
  },
  'users.updateMe': {
    make: async () => ({}),
    ...text('signature'),
    other: { field: 'email', before: null, after: 'me@example.com' },
    own: true,
  },
  'teams.update': {
    make: ({ client }) => made(client.teams.create({ name: 'East' })),
    ...text('description'),
    other: { field: 'name', before: 'East', after: 'West' },
  },
  'pipeline.update': {
    make: ({ client }) => made(client.pipeline.create({ name: 'Partners' })),
    ...text('name', 'Partners'),
    other: null,
  },
  'pipeline.stages.update': {
    make: ({ client }) =>
      made(client.pipeline.stages.create({ name: 'Trial', probability: 10, color: '#111111' })),
    ...text('name', 'Trial'),
    other: { field: 'probability', before: 10, after: 20 },
  },
  'activities.update': {
    make: ({ client }) => made(client.activities.create({ type: 'note', description: 'Called' })),
    ...text('description', 'Called'),
    other: { field: 'subject', before: null, after: 'Call' },
  },
  'activities.complete': {
    make: ({ client }) =>
      made(
        client.activities.create({
          type: 'call',
          description: 'Call',
          scheduledAt: '2026-11-21T10:00:00Z',
        }),
      ),
    ...text('description', 'Call'),
    other: null,
  },
  'activities.templates.update': {
    make: ({ client }) => made(client.activities.templates.create({ name: 'Demo', type: 'call' })),
    ...text('description'),
    other: { field: 'subject', before: null, after: 'Demo' },
  },
  'activities.types.update': {
    make: async ({ client }) => ({
      name: (await client.activities.types.add({ label: 'Site visit' })).name,
    }),
    ...text('label', 'Site visit'),
    other: { field: 'active', before: true, after: false },
  },
  'activities.outcomes.update': {
    make: async ({ client }) => ({
      name: (await client.activities.outcomes.add({ label: 'Maybe' })).name,
    }),
    ...text('label', 'Maybe'),
    other: { field: 'active', before: true, after: false },
  },
  'reminders.update': {
    make: ({ client }) =>
      made(client.reminders.create({ notes: 'Call', wallTime: '2026-12-01T09:00', zone: 'UTC' })),
    ...text('notes', 'Call'),
    other: { field: 'wallTime', before: '2026-12-01T09:00', after: '2026-12-02T09:00' },
  },
  'tasks.update': {
    make: ({ client }) => made(client.tasks.create({ title: 'Prepare' })),
    ...text('description'),
    other: { field: 'title', before: 'Prepare', after: 'Prepare it' },
  },
  'cadences.update': {
    make: ({ client }) => made(client.cadences.create({ name: 'Outreach' })),
    ...text('description'),
    other: { field: 'name', before: 'Outreach', after: 'Cold outreach' },
  },
  'cadences.setSteps': {
    make: ({ client }) =>
      made(client.cadences.create({ name: 'Outreach', steps: [stepOf(stepId, 'Hello')] as never })),
    field: 'steps',
    before: [stepOf(stepId, 'Hello')],
    theirs: [stepOf(stepId, 'Theirs')],
    yours: [stepOf(stepId, 'Mine')],
    other: null,
  },
  'outbox.update': {
    make: async ({ client }) => {
      const contact = await client.contacts.create({ lastName: 'Novak', email: 'n@example.com' })
      return made(
        client.outbox.create({ contactId: contact.id, subject: 'Hi', body: 'Hello', final: true }),
      )
    },
    ...text('body', 'Hello'),
    other: { field: 'subject', before: 'Hi', after: 'Hi there' },
  },
  'outbox.settings': {
    make: async () => ({}),
    field: 'identicalMost',
    before: 5,
    theirs: 6,
    yours: 7,
    other: { field: 'nameRequired', before: true, after: false },
  },
  'templates.update': {
    make: ({ client }) =>
      made(client.templates.create({ name: 'Intro', subject: 'Hi', body: 'Hello' })),
    ...text('body', 'Hello'),
    other: { field: 'subject', before: 'Hi', after: 'Hi there' },
  },
  'mail.accounts.update': {
    make: ({ client }) =>
      made(
        client.mail.accounts.create({
          name: 'Sales',
          fromAddress: 'sales@example.com',
          host: 'smtp.example.com',
        }),
      ),
    ...text('fromName'),
    other: { field: 'perHour', before: 50, after: 20 },
  },
  'notifications.settings.update': {
    make: async () => ({}),
    field: 'emailAs',
    before: 'single',
    theirs: 'hourly',
    yours: 'daily',
    other: {
      field: 'quietHours',
      before: { on: false, from: '20:00', to: '08:00', days: [] },
      after: { on: true, from: '20:00', to: '08:00', days: [] },
    },
    own: true,
  },
  'settings.updateWorkspace': {
    make: async () => ({}),
    field: 'name',
    before: 'My workspace',
    theirs: 'Theirs',
    yours: 'Mine',
    other: { field: 'trashDays', before: 30, after: 60 },
  },
  'settings.customFields.update': {
    make: ({ client }) =>
      made(client.settings.customFields.create({ table: 'lead', label: 'Budget', type: 'text' })),
    ...text('label', 'Budget'),
    other: { field: 'type', before: 'text', after: 'number' },
  },
  'settings.views.update': {
    make: ({ client }) =>
      made(client.settings.views.create({ list: 'leads', name: 'Mine', shared: true, state: {} })),
    ...text('name', 'Mine'),
    other: { field: 'state', before: {}, after: { q: 'acme' } },
  },
  'workingHours.set': {
    make: async ({ client }) => {
      await client.workingHours.set({ hours: week(office), country: null, region: null })
      return {}
    },
    field: 'hours',
    before: week(office),
    theirs: week([{ from: '08:00', to: '16:00' }]),
    yours: week([{ from: '10:00', to: '18:00' }]),
    other: null,
    rest: { country: null, region: null },
  },
}

/** PATCH and PUT that are no edits of what somebody else may be writing. */
const noEdits: Record<string, string> = {
  'leads.moveStage': 'a gesture on the board, shown at once to everybody',
  'pipeline.stages.reorder': 'a gesture on the list of stages',
  'settings.setPreference': 'the screen state of one person',
  'drafts.save': 'what one person types and has not saved',
  'activities.reopen': 'has no values',
  'tasks.complete': 'has no values',
  'tasks.reopen': 'has no values',
}

const clashesOf = async (save: Promise<unknown>): Promise<Clash[]> => {
  const error = await save.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ORPCError)) throw error ?? new Error('It was saved.')
  expect(error).toMatchObject({ code: 'clash', status: 409 })
  return (error.data as { clashes: Clash[] }).clashes
}

async function twoPeople(setting: TestCore, { own, make }: Pick<Case, 'own' | 'make'>) {
  const other = await setting.addUser('Riley', 'admin')
  return {
    key: await make(setting),
    me: setting.client,
    // Of what each person has for itself, the other is the same person on another screen.
    them: own ? setting.as({ ...setting.owner, door: 'web' }) : other.client,
    theirName: own ? undefined : 'Riley',
  }
}

describe('edits', () => {
  it('say what they began from, in every procedure that changes what people write', () => {
    const found = updatesIn(contract)
    expect(found.filter((path) => !(path in noEdits)).sort()).toEqual(Object.keys(cases).sort())
    expect(Object.keys(noEdits).filter((path) => !found.includes(path))).toEqual([])
  })

  for (const [path, one] of Object.entries(cases)) {
    const save = call(path)
    const { field, before, theirs, yours, other, rest } = one

    it(`${path} refuses to overwrite what was not seen, and shows both`, async () => {
      const setting = await openTestCore()
      const { key, me, them, theirName } = await twoPeople(setting, one)
      const input = { ...key, ...rest }
      // A completed activity is not completed again: there the other one edits it.
      const saveTheirs = path === 'activities.complete' ? call('activities.update') : save
      await saveTheirs(them, { ...input, [field]: theirs })
      setting.clock.advance(60_000)

      const clashes = await clashesOf(
        save(me, { ...input, [field]: yours, basedOn: { [field]: before } }),
      )
      expect(clashes).toEqual([
        {
          field,
          label: expect.stringMatching(/^[A-Z]/),
          basedOn: before,
          current: theirs,
          yours,
          names: {},
          by: path === 'notifications.settings.update' ? null : expect.anything(),
          at: path === 'notifications.settings.update' ? null : '2026-11-20T09:30:00.000Z',
        },
      ])
      if (theirName) expect(clashes[0]?.by?.name).toBe(theirName)
      // Nothing was written: theirs is still what it is now.
      const saved = await save(me, { ...input, [field]: yours, basedOn: { [field]: theirs } })
      if (path !== 'outbox.settings') expect(saved).toMatchObject({ [field]: yours })
    })

    if (other)
      it(`${path} lets two people edit different fields`, async () => {
        const setting = await openTestCore()
        const { key, me, them } = await twoPeople(setting, one)
        const input = { ...key, ...rest }
        const fields = { [field]: before, [other.field]: other.before }
        await save(them, { ...input, [field]: theirs, basedOn: fields })
        // A form that sends all it shows changes only what was changed in it.
        const saved = await save(me, {
          ...input,
          [field]: before,
          [other.field]: other.after,
          basedOn: fields,
        })
        expect(saved).toMatchObject({ [field]: theirs, [other.field]: other.after })
      })
  }

  it('count without a base as they always did: the last save stays', async () => {
    const { client } = await openTestCore()
    const { id } = await client.companies.create({ name: 'Acme', description: 'One' })
    await client.companies.update({ id, description: 'Two' })
    expect(await client.companies.update({ id, description: 'Three' })).toMatchObject({
      description: 'Three',
    })
  })

  it('of custom fields clash only key by key, and keep the keys of others', async () => {
    const { client } = await openTestCore()
    await client.settings.customFields.create({ table: 'lead', label: 'Budget', type: 'number' })
    const before = { budget: 1, area: 'East' }
    const { id } = await client.leads.create({ title: 'Roll-out', custom: before })
    await client.leads.update({ id, custom: { ...before, budget: 2 }, basedOn: { custom: before } })
    expect(
      await client.leads.update({
        id,
        custom: { ...before, area: 'West' },
        basedOn: { custom: before },
      }),
    ).toMatchObject({ custom: { budget: 2, area: 'West' } })
    expect(
      await clashesOf(
        client.leads.update({
          id,
          custom: { ...before, budget: 3 },
          basedOn: { custom: before },
        }),
      ),
    ).toMatchObject([{ field: 'custom.budget', label: 'Budget', basedOn: 1, current: 2, yours: 3 }])
  })

  it('of references clash by what they refer to, and are named', async () => {
    const { client, addUser, owner } = await openTestCore()
    const [kim, lee] = [await addUser('Kim', 'manager'), await addUser('Lee', 'manager')]
    const { id } = await client.leads.create({ title: 'Roll-out' })
    await client.leads.update({ id, ownerId: kim.id })
    const [clash] = await clashesOf(
      client.leads.update({ id, ownerId: lee.id, basedOn: { ownerId: owner.userId } }),
    )
    expect(clash).toMatchObject({
      field: 'ownerId',
      label: 'Owner',
      current: kim.id,
      yours: lee.id,
    })
    expect(clash?.names).toMatchObject({ [kim.id]: 'Kim', [lee.id]: 'Lee' })
  })

  it('that come to the same are no clash', async () => {
    const { client } = await openTestCore()
    const { id } = await client.companies.create({ name: 'Acme', description: 'One' })
    const input = { id, description: 'Two', basedOn: { description: 'One' } }
    await client.companies.update(input)
    expect(await client.companies.update(input)).toMatchObject({ description: 'Two' })
  })

  it('name whoever changed the field, not whoever changed another one later', async () => {
    const { client, addUser } = await openTestCore()
    const [kim, lee] = [await addUser('Kim', 'admin'), await addUser('Lee', 'admin')]
    const { id } = await client.companies.create({ name: 'Acme' })
    await kim.client.companies.update({ id, description: 'Of Kim' })
    await lee.client.companies.update({ id, city: 'Brno' })
    const [clash] = await clashesOf(
      client.companies.update({ id, description: 'Mine', basedOn: { description: null } }),
    )
    expect(clash?.by?.name).toBe('Kim')
  })
})

/** Paths of all procedures that change by PATCH or PUT. */
function updatesIn(router: object, path: string[] = []): string[] {
  return Object.entries(router).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return []
    const here = [...path, name]
    if (!('~orpc' in value)) return updatesIn(value, here)
    const { method } = (value['~orpc'] as { route: { method?: string } }).route
    return method === 'PATCH' || method === 'PUT' ? [here.join('.')] : []
  })
}
