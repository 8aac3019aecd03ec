/** What is measured of reminders, tasks, cadences and mail. */
import { clock } from './database'
import type { Client, Operation } from './operation'
import { generatedId } from './seeded'
import type { Size } from './sizes'

const assignedAtOnce = 1000

export async function createWorkOperations(client: Client, size: Size): Promise<Operation[]> {
  /** Somebody with a usual share; the first user has a sixth of everything. */
  const rep = (round: number) => generatedId('user', 20 + (round % 100))
  const cadences = await client.cadences.list({})
  const cadence = (name: string) => {
    const found = cadences.items.find((one) => one.name === name)
    if (!found) throw new Error(`There is no cadence ${name}.`)
    return found.id
  }
  const outreach = cadence('Initial outreach')
  let assigned = cadence('Post-demo follow-up')
  let open: string[] | undefined

  async function openLeads(): Promise<string[]> {
    const ids: string[] = []
    let cursor: string | null = null
    while (ids.length < assignedAtOnce) {
      const page: Awaited<ReturnType<Client['leads']['list']>> = await client.leads.list({
        status: ['open'],
        limit: 500,
        ...(cursor ? { cursor } : {}),
      })
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
      if (!cursor) break
    }
    return ids
  }

  const read = (name: string, run: Operation['run']): Operation => ({ name, kind: 'read', run })
  const report = (name: string, run: Operation['run']): Operation => ({ name, kind: 'report', run })
  const planning = (name: string, days: number): Operation => ({
    name,
    kind: 'bulk',
    prepare: async () => clock.passDays(days),
    run: () => client.jobs.run({ name: 'plan_steps' }),
  })

  return [
    read('Today', (round) => client.agenda.today({ userId: rep(round) })),
    read('Today of who has a sixth of everything', () =>
      client.agenda.today({ userId: generatedId('user', 0) }),
    ),
    read('Today, the counts', (round) => client.agenda.counts({ userId: rep(round) })),
    read('calendar, a month', (round) =>
      client.agenda.calendar({
        from: '2026-11-01T00:00:00Z',
        to: '2026-12-01T00:00:00Z',
        userId: rep(round),
      }),
    ),
    read('calendar, a week of everybody', () =>
      client.agenda.calendar({
        from: '2026-11-16T00:00:00Z',
        to: '2026-11-23T00:00:00Z',
        everybody: true,
      }),
    ),
    read('reminders of a person', (round) => client.reminders.list({ userId: [rep(round)] })),
    ...['dueAt', '-dueAt', 'createdAt', 'title', '-priority'].map((sort) =>
      read(`tasks by ${sort}`, () => client.tasks.list({ sort })),
    ),
    read('tasks, person', (round) => client.tasks.list({ assigneeId: [rep(round)] })),
    read('cadence queue, 50 steps with texts', (round) =>
      client.plans.due({ userId: rep(round), limit: 50 }),
    ),
    read('plans', () => client.plans.list({})),
    read('suggestions of a lead', (round) =>
      client.suggestions.list({ leadId: generatedId('lead', round % size.leads) }),
    ),
    read('outbox', () => client.outbox.list({})),
    read('cadences', () => client.cadences.list({})),
    report('suggestions of a person', (round) => client.suggestions.list({ userId: rep(round) })),
    report('cadence analytics', () => client.cadences.analytics({ id: outreach })),
    report('cadences side by side', () => client.cadences.compare({})),
    {
      name: 'preview and assign 1,000 leads',
      kind: 'bulk',
      // Nobody is taken into a cadence twice: each round has one of its own.
      async prepare() {
        open ??= await openLeads()
        const { id } = await client.cadences.duplicate({ id: assigned })
        assigned = id
        await client.cadences.update({ id, state: 'active' })
      },
      async run() {
        const target = { leadIds: (open ?? []).slice(0, assignedAtOnce) }
        const { startAt } = await client.cadences.simulate({ id: assigned, target })
        return client.plans.createMany({ cadenceId: assigned, target, startAt })
      },
    },
    planning('nightly planning of 20,000 plans', 1),
    planning('planning after three weeks away', 21),
  ]
}
