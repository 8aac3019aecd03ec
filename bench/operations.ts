/** What is measured: calls of the contract as the screens make them. */
import type { Client, Operation } from './operation'
import { generatedId } from './seeded'
import type { Size } from './sizes'
import { createWorkOperations } from './work-operations'

/** @param size what there is, so that calls spread over all of it */
export async function createOperations(client: Client, size: Size): Promise<Operation[]> {
  const stages = await client.pipeline.stages.list({})
  const open = stages.filter((stage) => stage.kind === 'open')
  const stageId = (index: number) => open[index % open.length]?.id ?? ''
  const won = stages.find((stage) => stage.kind === 'won')?.id ?? ''
  const lead = (round: number) => generatedId('lead', (round * 7919) % size.leads)
  const user = (round: number) => generatedId('user', round % 20)
  const company = (round: number) => generatedId('company', round % size.companies)

  const deepPage = async () => {
    let cursor: string | undefined
    for (let page = 0; page < 20; page++)
      cursor =
        (await client.activities.list({ limit: 500, ...(cursor ? { cursor } : {}) })).nextCursor ??
        undefined
    return cursor
  }
  let deep: string | undefined

  const operation =
    (kind: Operation['kind']) =>
    (name: string, run: Operation['run']): Operation => ({ name, kind, run })
  const read = operation('read')
  const write = operation('write')
  const report = operation('report')
  const bulk = operation('bulk')

  return [
    read('board, first screen', () => client.pipeline.board({})),
    read('board, text', () => client.pipeline.board({ q: 'karen' })),
    read('column', (round) => client.pipeline.stages.leads({ id: stageId(round) })),
    read('column of 54,000 won, by value', () =>
      client.pipeline.stages.leads({ id: won, sort: 'value' }),
    ),
    read('overview', () => client.pipeline.overview({})),
    read('overview, owner', (round) => client.pipeline.overview({ ownerId: [user(round)] })),
    read('overview, text', () => client.pipeline.overview({ q: 'karen' })),
    read('overview, source and value', () =>
      client.pipeline.overview({ source: ['Website'], valueFrom: 1000 }),
    ),

    read('lead', (round) => client.leads.get({ id: lead(round) })),
    read('company', (round) => client.companies.get({ id: company(round) })),
    read('contact', (round) =>
      client.contacts.get({ id: generatedId('contact', round % size.contacts) }),
    ),
    ...[
      '-updatedAt',
      'createdAt',
      'title',
      '-value',
      'expectedCloseDate',
      '-lastActivityAt',
      'nextStepAt',
      'company',
      'owner',
      'stage',
      'source',
      '-priority',
      '-score',
    ].map((sort) => read(`leads by ${sort}`, () => client.leads.list({ sort }))),
    read('leads, owner', (round) => client.leads.list({ ownerId: [user(round)] })),
    read('leads, open', () => client.leads.list({ status: ['open'] })),
    read('leads, tag', () => client.leads.list({ tag: ['Hot'] })),
    read('leads, text', (round) => client.leads.list({ q: ['karen', 'mi', 'lota'][round % 3] })),
    read('leads, conditions (new each time)', (round) =>
      client.leads.list({
        filter: {
          all: [
            { field: 'value', operator: 'greater_than', value: 1000 + round },
            { field: 'source', operator: 'equals', value: 'Website' },
          ],
        },
      }),
    ),
    read('companies', () => client.companies.list({})),
    read('contacts', () => client.contacts.list({})),
    read('customers', () => client.customers.list({})),
    read('quotes', () => client.quotes.list({})),
    read('users', () => client.users.list({})),

    read('timeline of a lead', (round) => client.activities.timelines.lead({ id: lead(round) })),
    read('timeline of a busy lead', (round) =>
      client.activities.timelines.lead({ id: generatedId('lead', round % 40) }),
    ),
    read('timeline of a company', (round) =>
      client.activities.timelines.company({ id: company(round) }),
    ),
    read('timeline of all', () => client.activities.timeline({})),
    read('timeline, system entries', () => client.activities.timeline({ category: ['system'] })),
    read('timeline, one type', () => client.activities.timeline({ type: ['demo'] })),
    read('timeline, person', (round) => client.activities.timeline({ userId: [user(round)] })),
    read('timeline, two months', () =>
      client.activities.timeline({ from: '2026-01-01', to: '2026-03-01' }),
    ),
    read('timeline, text', () => client.activities.timeline({ q: 'karen' })),
    read('activities', () => client.activities.list({})),
    read('activities, 10,000 rows down', async () => {
      deep ??= await deepPage()
      return client.activities.list(deep ? { cursor: deep } : {})
    }),
    read('overdue', () => client.activities.overdue({})),
    read('pending', () => client.activities.pending({})),
    read('pending, person', (round) => client.activities.pending({ userId: user(round) })),

    ...['k', 'ka', 'kar', 'karen', 'karen mi', 'lota', 'zzz'].map((q) =>
      read(`search “${q}”`, () => client.search({ q })),
    ),
    read('choices of lead filters', () => client.leads.facets()),
    read('history', () => client.changes.list({})),
    read('recent actions', () => client.changes.batches({})),
    read('trash', () => client.trash.list({})),

    report('statistics of all activities', () => client.activities.stats({})),
    report('statistics of a year', () =>
      client.activities.stats({ from: '2025-11-21', to: '2026-11-20' }),
    ),
    report('conversion rates', () => client.pipeline.conversionRates({})),

    write('create lead', (round) =>
      client.leads.create({ title: `New lead ${round}`, companyId: company(round) }),
    ),
    write('change lead', (round) =>
      client.leads.update({ id: lead(round), source: `Source ${round}` }),
    ),
    write('move lead', (round) =>
      client.leads.moveStage({ id: lead(round), stageId: stageId(round) }),
    ),
    write('log activity', (round) =>
      client.activities.create({ type: 'call', leadId: lead(round), description: 'Hello there' }),
    ),
    write('undo', () => client.changes.undo({})),

    bulk('change 1,000 leads', (round) =>
      client.leads.bulk({
        target: { ids: Array.from({ length: 1000 }, (_, index) => lead(index)) },
        action: { type: 'update', patch: { source: `Bulk ${round}` } },
      }),
    ),
    bulk('undo changing 1,000 leads', () => client.changes.undo({})),
    bulk('log 1,000 activities', (round) =>
      client.activities.createMany({
        activities: Array.from({ length: 1000 }, (_, index) => ({
          type: 'call',
          leadId: lead(index + round),
          description: 'Hello there',
        })),
      }),
    ),
    ...(await createWorkOperations(client, size)),
  ]
}
