import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moneyFromMinor } from '../../../contract/kernel/money'
import { openTestCore } from '../../testing/testing'

const day = 86_400_000

describe('a stage', () => {
  test('is created before the closed ones, renamed, coloured and reordered', async () => {
    const { client } = await openTestCore()
    const demo = await client.pipeline.stages.create({
      name: 'Demo',
      color: '#123456',
      probability: 55,
    })
    const names = async () => (await client.pipeline.stages.list({})).map((stage) => stage.name)
    expect(await names()).toEqual([
      'New',
      'Qualified',
      'Contacted',
      'Proposal',
      'Demo',
      'Won',
      'Lost',
    ])
    await client.pipeline.stages.update({ id: demo.id, name: 'Showing' })
    const ids = (await client.pipeline.stages.list({})).map((stage) => stage.id)
    await client.pipeline.stages.reorder({
      pipelineId: demo.pipelineId,
      stageIds: [demo.id, ...ids.filter((id) => id !== demo.id)],
    })
    expect((await names())[0]).toBe('Showing')
  })

  test('of a name that is taken is refused, naming the field', async () => {
    const { client } = await openTestCore()
    await expect(client.pipeline.stages.create({ name: 'proposal' })).rejects.toMatchObject({
      code: 'invalid',
      data: { issues: [{ path: 'name' }] },
    })
  })

  test('with leads is deleted only when they are given a place to go', async () => {
    const { client, stage } = await openTestCore()
    const from = await stage('Qualified')
    const to = await stage('Won')
    const { id } = await client.leads.create({ title: 'Acme', stageId: from.id })
    await expect(client.pipeline.stages.remove({ id: from.id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Qualified still has 1 lead. Say which stage it goes to.',
      data: { leads: 1 },
    })
    expect(await client.pipeline.stages.remove({ id: from.id, moveLeadsTo: to.id })).toMatchObject({
      changed: 1,
    })
    expect(await client.leads.get({ id })).toMatchObject({ status: 'won', stage: { name: 'Won' } })
    await client.changes.undo({})
    expect(await client.leads.get({ id })).toMatchObject({
      status: 'open',
      stage: { name: 'Qualified' },
    })
  })

  test('that is the last open one stays', async () => {
    const { client, stage } = await openTestCore()
    for (const name of ['New', 'Qualified', 'Contacted'])
      await client.pipeline.stages.remove({ id: (await stage(name)).id })
    await expect(
      client.pipeline.stages.remove({ id: (await stage('Proposal')).id }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('that becomes a won one wins its leads', async () => {
    const { client, stage } = await openTestCore()
    const proposal = await stage('Proposal')
    const { id } = await client.leads.create({ title: 'Acme', stageId: proposal.id })
    await client.pipeline.stages.update({ id: proposal.id, kind: 'won' })
    expect((await client.leads.get({ id })).status).toBe('won')
  })
})

describe('several pipelines', () => {
  test('each have their own stages; the last one stays', async () => {
    const { client } = await openTestCore()
    const [first] = await client.pipeline.list()
    const partners = await client.pipeline.create({
      name: 'Partners',
      copyStagesFrom: first?.id ?? '',
    })
    expect(partners.stages.map((stage) => stage.name)).toEqual(
      first?.stages.map((stage) => stage.name),
    )
    await client.pipeline.update({ id: partners.id, isDefault: true })
    expect((await client.leads.create({ title: 'X' })).stage.pipelineId).toBe(partners.id)
    await expect(client.pipeline.remove({ id: partners.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await client.pipeline.remove({ id: partners.id, moveLeadsTo: first?.stages[0]?.id ?? '' })
    await expect(client.pipeline.remove({ id: first?.id ?? '' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the cards of some leads', () => {
  test('are where the board has them, under any filter and for whoever asks', async () => {
    const { client, stage, addUser } = await openTestCore()
    const rep = await addUser('Kim', 'rep')
    const stages = [await stage('New'), await stage('Proposal')]
    const leads: string[] = []
    for (let index = 0; index < 12; index++)
      leads.push(
        (
          await client.leads.create({
            title: `Lead ${index}`,
            stageId: stages[index % 2]?.id,
            source: index % 3 === 0 ? 'Web' : 'Fair',
            ownerId: index < 8 ? rep.id : null,
          })
        ).id,
      )
    await client.leads.moveStage({
      id: leads[4] ?? '',
      stageId: stages[1]?.id ?? '',
      afterId: leads[3] ?? '',
    })
    for (const [asking, filter] of [
      [client, {}],
      [client, { source: ['Fair'] }],
      [client, { q: 'lead' }],
      [rep.client, {}],
    ] as const) {
      const board = await asking.pipeline.board(filter)
      const shown = board.columns.flatMap(({ cards }) =>
        cards.map((card, index) => ({ card, afterId: cards[index - 1]?.id ?? null })),
      )
      const read = await asking.pipeline.cards({ ...filter, leadId: leads })
      const byId = (one: { card: { id: string } }, other: { card: { id: string } }) =>
        one.card.id.localeCompare(other.card.id)
      expect(read?.cards.toSorted(byId)).toEqual(shown.toSorted(byId))
      expect(shown.length).toBeGreaterThan(3)
      expect(read?.totals).toEqual(board.totals)
    }
  })

  test('come in the order of the board, without those in the trash and of other pipelines', async () => {
    const { client, stage } = await openTestCore()
    const first = await stage('New')
    const make = async (title: string) =>
      (await client.leads.create({ title, stageId: first.id })).id
    const [low, gone, high] = [await make('Low'), await make('Gone'), await make('High')]
    await client.leads.remove({ id: gone })
    const other = await client.pipeline.create({ name: 'Renewals' })
    const read = async (query: { pipelineId?: string }) =>
      (await client.pipeline.cards({ ...query, leadId: [low, gone, high] }))?.cards.map(
        ({ card, afterId }) => [card.title, afterId],
      )
    expect(await read({})).toEqual([
      ['High', null],
      ['Low', high],
    ])
    expect(await read({ pipelineId: other.id })).toEqual([])
  })

  test('are not all that changed where an activity is no note of the system about them', async () => {
    const { client, stage } = await openTestCore()
    const { id } = await client.leads.create({ title: 'Renewal' })
    const other = await client.leads.create({ title: 'Other' })
    await client.leads.moveStage({ id, stageId: (await stage('Proposal')).id })
    const call = await client.activities.create({ type: 'call', leadId: id })
    const { items } = await client.activities.timelines.lead({ id, category: ['system'] })
    const notes = items.map((note) => note.id)
    expect(notes.length).toBeGreaterThan(0)
    const read = (leadId: string, activityId: string[]) =>
      client.pipeline.cards({ leadId: [leadId], activityId })
    expect(await read(id, notes)).not.toBeNull()
    expect(await read(other.id, notes)).toBeNull()
    expect(await read(id, [...notes, call.id])).toBeNull()
    expect(await read(id, ['0190d3a2-0000-7000-8000-000000000000'])).toBeNull()
  })
})

describe('the board', () => {
  test('totals every lead exactly, in each currency, weighted by probability', async () => {
    const { client, stage } = await openTestCore()
    const proposal = await stage('Proposal')
    for (const [amount, currency, probability] of [
      ['100.10', 'USD', null],
      ['200.20', 'USD', 50],
      ['7', 'JPY', null],
    ] as const)
      await client.leads.create({
        title: 'x',
        stageId: proposal.id,
        value: { amount, currency },
        probability,
      })
    const board = await client.pipeline.board({ limit: 1 })
    expect(board.columns.find((column) => column.stageId === proposal.id)?.cards).toHaveLength(1)
    expect(board.totals.find((totals) => totals.stageId === proposal.id)).toMatchObject({
      leads: 3,
      value: [
        { amount: '7', currency: 'JPY' },
        { amount: '300.30', currency: 'USD' },
      ],
      weighted: [
        { amount: '4', currency: 'JPY' },
        { amount: '160.16', currency: 'USD' },
      ],
    })
  })

  test('counts what is overdue and what rots', async () => {
    const { client, clock, stage } = await openTestCore()
    const fresh = await stage('New')
    const { id } = await client.leads.create({ title: 'Forgotten' })
    await client.leads.create({ title: 'Silent' })
    await client.activities.create({
      type: 'call',
      leadId: id,
      dueAt: new Date(clock.now() + day).toISOString(),
    })
    const totals = async () =>
      (await client.pipeline.overview({})).stages.find((each) => each.stageId === fresh.id)
    expect(await totals()).toMatchObject({ overdue: 0, rotting: 0 })
    clock.advance(8 * day)
    expect(await totals()).toMatchObject({ overdue: 1, rotting: 2 })
  })

  test('pages a column without losing or doubling a card, in every order', async () => {
    const { client, stage } = await openTestCore()
    const fresh = await stage('New')
    for (let index = 0; index < 23; index++)
      await client.leads.create({
        title: `L${index}`,
        ...(index % 3 === 0 ? {} : { value: { amount: String(index % 5), currency: 'USD' } }),
      })
    for (const sort of [
      'position',
      'value',
      'expectedCloseDate',
      'lastActivityAt',
      'nextStepAt',
    ] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await client.pipeline.stages.leads({
          id: fresh.id,
          sort,
          limit: 5,
          ...(cursor ? { cursor } : {}),
        })
        seen.push(...page.items.map((card) => card.id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(new Set(seen).size, sort).toBe(23)
      expect(seen, sort).toHaveLength(23)
    }
  })

  test('filters by owner, source, tag, value, close date and text, cards and totals alike', async () => {
    const { client, owner } = await openTestCore()
    const acme = await client.companies.create({ name: 'Acme' })
    await client.leads.create({
      title: 'Alpha',
      companyId: acme.id,
      source: 'Web',
      tags: ['hot'],
      value: { amount: '50', currency: 'USD' },
      expectedCloseDate: '2026-12-01',
    })
    await client.leads.create({ title: 'Beta', ownerId: null })
    for (const filter of [
      { ownerId: [owner.userId] },
      { source: ['Web'] },
      { tag: ['HOT'] },
      { valueFrom: 49, valueTo: 51 },
      { closeFrom: '2026-12-01', closeTo: '2026-12-01' },
      { q: 'alph' },
      { q: 'acme' },
      { filter: { all: [{ field: 'companyName', operator: 'contains' as const, value: 'acm' }] } },
    ]) {
      const board = await client.pipeline.board(filter)
      const cards = board.columns.flatMap((column) => column.cards.map((card) => card.title))
      expect(cards, JSON.stringify(filter)).toEqual(['Alpha'])
      expect(board.totals.reduce((sum, totals) => sum + totals.leads, 0)).toBe(1)
    }
  })
})

test('conversion rates count who entered, advanced, won and lost, and how long they stayed', async () => {
  const { client, clock, stage } = await openTestCore()
  const [fresh, proposal, won, lost] = await Promise.all(
    ['New', 'Proposal', 'Won', 'Lost'].map(stage),
  )
  const ids: string[] = []
  for (const title of ['a', 'b', 'c']) ids.push((await client.leads.create({ title })).id)
  clock.advance(2 * day)
  await client.leads.moveStage({ id: ids[0] ?? '', stageId: proposal?.id ?? '' })
  await client.leads.moveStage({ id: ids[1] ?? '', stageId: lost?.id ?? '' })
  clock.advance(2 * day)
  await client.leads.moveStage({ id: ids[0] ?? '', stageId: won?.id ?? '' })
  const rates = await client.pipeline.conversionRates({})
  const of = (id: string | undefined) => rates.find((rate) => rate.stageId === id)
  expect(of(fresh?.id)).toMatchObject({ entered: 3, advanced: 1, won: 1, lost: 1, rate: 1 / 3 })
  expect(of(fresh?.id)?.averageDays).toBeCloseTo((2 + 2 + 4) / 3)
  expect(of(proposal?.id)).toMatchObject({
    entered: 1,
    advanced: 1,
    won: 1,
    lost: 0,
    averageDays: 2,
  })
})

test('a lead that comes back to a stage has entered it once and stayed twice', async () => {
  const { client, clock, stage } = await openTestCore()
  const [fresh, proposal] = await Promise.all(['New', 'Proposal'].map(stage))
  const { id } = await client.leads.create({ title: 'Acme renewal' })
  for (const to of [proposal, fresh]) {
    clock.advance(2 * day)
    await client.leads.moveStage({ id, stageId: to?.id ?? '' })
  }
  clock.advance(4 * day)
  const [inNew] = await client.pipeline.conversionRates({})
  expect(inNew).toMatchObject({ stageId: fresh?.id, entered: 1, advanced: 1, averageDays: 3 })
  // Of the stay that began today, the one before is no part.
  const today = new Date(clock.now() - 4 * day).toISOString().slice(0, 10)
  const [since] = await client.pipeline.conversionRates({ from: today })
  expect(since).toMatchObject({ entered: 1, averageDays: 4 })
  await client.changes.undo({})
  const [undone] = await client.pipeline.conversionRates({})
  expect(undone).toMatchObject({ entered: 1, advanced: 1, averageDays: 2 })
})

test('the overview agrees with plain sums over random leads', async () => {
  const { client } = await openTestCore()
  const stages = await client.pipeline.stages.list({})
  const drawn = fc.sample(
    fc.record({
      stage: fc.nat(stages.length - 1),
      minor: fc.option(fc.nat(100_000), { freq: 3 }),
      currency: fc.constantFrom('USD', 'JPY', 'KWD'),
      probability: fc.option(fc.nat(100)),
    }),
    { numRuns: 40, seed: 3 },
  )
  for (const { stage, minor, currency, probability } of drawn)
    await client.leads.create({
      title: 'x',
      stageId: stages[stage]?.id ?? '',
      value: minor === null ? null : moneyFromMinor(minor, currency),
      probability,
      source: 'Fair',
    })
  const sums = (counted: typeof drawn, share: (lead: (typeof drawn)[number]) => number) =>
    ['JPY', 'KWD', 'USD'].flatMap((currency) => {
      const own = counted.filter((lead) => lead.currency === currency && lead.minor !== null)
      const minor = own.reduce((sum, lead) => sum + (lead.minor ?? 0) * share(lead), 0)
      return own.length > 0 ? [moneyFromMinor(Math.round(minor), currency)] : []
    })
  const chance = ({ stage, probability }: (typeof drawn)[number]) =>
    (probability ?? stages[stage]?.probability ?? 0) / 100
  for (const query of [{}, { source: ['Fair'] }]) {
    const overview = await client.pipeline.overview(query)
    for (const [index, { id }] of stages.entries()) {
      const own = drawn.filter(({ stage }) => stage === index)
      expect(overview.stages.find(({ stageId }) => stageId === id)).toMatchObject({
        leads: own.length,
        value: sums(own, () => 1),
        weighted: sums(own, chance),
      })
    }
    const byCurrency = (one: { currency: string }, other: { currency: string }) =>
      one.currency < other.currency ? -1 : 1
    expect(overview.total.value.sort(byCurrency)).toEqual(sums(drawn, () => 1))
    // Each stage is rounded to whole minor units before they are added.
    const open = stages.flatMap(({ kind }, index) =>
      kind === 'open'
        ? sums(
            drawn.filter(({ stage }) => stage === index),
            chance,
          )
        : [],
    )
    for (const { currency, amount } of overview.total.weighted) {
      const naive = open
        .filter((sum) => sum.currency === currency)
        .reduce((sum, each) => sum + Number(each.amount), 0)
      expect(Number(amount)).toBeCloseTo(naive, 4)
    }
  }
})

test('leads without a value add up to nothing, and won ones are no forecast', async () => {
  const { client, stage } = await openTestCore()
  await client.leads.create({ title: 'No value' })
  await client.leads.create({
    title: 'Won',
    stageId: (await stage('Won')).id,
    value: { amount: '100', currency: 'USD' },
  })
  const { total, stages } = await client.pipeline.overview({})
  expect(stages[0]).toMatchObject({ leads: 1, value: [], weighted: [] })
  expect(total).toMatchObject({ value: [{ amount: '100.00' }], weighted: [] })
})
