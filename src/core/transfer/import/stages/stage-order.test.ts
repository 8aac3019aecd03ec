/** New stages come in the order in which a funnel has them. */
import { expect, test } from 'vitest'
import { csv, fixture, importWell, openTestCore } from '../../testing'

const stagesOf = async (client: Awaited<ReturnType<typeof openTestCore>>['client']) =>
  (await client.pipeline.stages.list({})).map(({ name }) => name)

const words = `Title,Stage
A,Closed as lost
B,Negotiation
C,Signed
D,Proposal sent
E,Prospecting
F,Needs analysis
G,New
`

test('by the words of their names, among those that are there', async () => {
  const { client } = await openTestCore()
  const check = await importWell(client, 'leads', csv(words), { dryRun: true })
  const expected = [
    ['Prospecting', 'open'],
    ['Needs analysis', 'open'],
    ['Proposal sent', 'open'],
    ['Negotiation', 'open'],
    ['Signed', 'won'],
    ['Closed as lost', 'lost'],
  ]
  expect(check.unknownStages.map(({ value, suggestedKind }) => [value, suggestedKind])).toEqual(
    expected,
  )
  const done = await importWell(client, 'leads', csv(words))
  expect(done.unknownStages.map(({ value, suggestedKind }) => [value, suggestedKind])).toEqual(
    expected,
  )
  expect(await stagesOf(client)).toEqual([
    'New',
    'Prospecting',
    'Qualified',
    'Contacted',
    'Needs analysis',
    'Proposal',
    'Proposal sent',
    'Negotiation',
    'Won',
    'Signed',
    'Lost',
    'Closed as lost',
  ])
  const stages = await client.pipeline.stages.list({})
  const likely = stages.filter(({ kind }) => kind === 'open').map(({ probability }) => probability)
  expect(likely.slice(0, 2)).toEqual([10, 10])
})

test('by how old their leads are where the words say nothing', async () => {
  const { client } = await openTestCore()
  const rows = ['Beta,2026-03', 'Gamma,2026-01', 'Alpha,2026-05'].flatMap((row) =>
    ['01', '10', '28'].map((day) => `${row}-${day}`),
  )
  const file = () =>
    csv(
      `Title,Stage,Created\n${rows.map((row, index) => `L${index},${row}`).join('\n')}\nX,Gamma,2026-06-01\n`,
    )
  const check = await importWell(client, 'leads', file(), { dryRun: true })
  expect(check.unknownStages.map(({ value }) => value)).toEqual(['Alpha', 'Beta', 'Gamma'])
  await importWell(client, 'leads', file())
  const open = (await client.pipeline.stages.list({})).filter(({ kind }) => kind === 'open')
  expect(open.slice(-3).map(({ name }) => name)).toEqual(['Alpha', 'Beta', 'Gamma'])
  const likely = open.map(({ probability }) => probability)
  expect(likely.slice(-3)).toEqual(likely.slice(-3).toSorted((a, b) => a - b))
})

test('in the order somebody selected', async () => {
  const { client } = await openTestCore()
  const stageOrder = ['Negotiation', 'Needs analysis', 'Prospecting']
  const check = await importWell(client, 'leads', csv(words), { dryRun: true, stageOrder })
  expect(check.unknownStages.map(({ value }) => value)).toEqual([
    'Negotiation',
    'Needs analysis',
    'Proposal sent',
    'Prospecting',
    'Signed',
    'Closed as lost',
  ])
  await importWell(client, 'leads', csv(words), { stageOrder })
  expect((await stagesOf(client)).filter((name) => stageOrder.includes(name))).toEqual(stageOrder)
})

test('of the Maven leads: prospecting, then engaging', async () => {
  const { client } = await openTestCore()
  await importWell(client, 'leads', fixture('maven-crm/sales_pipeline.csv'))
  const names = await stagesOf(client)
  expect(names.indexOf('Prospecting')).toBeLessThan(names.indexOf('Engaging'))
  expect(names.indexOf('Engaging')).toBeLessThan(names.indexOf('Won'))
})
