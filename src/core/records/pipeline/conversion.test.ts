import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addTextFunctions } from '../../kernel/database/sql-functions'
import { openTestCore } from '../../testing/testing'

const hour = 3_600_000
const day = 24 * hour

interface Stay {
  stage: string
  from: number
  to: number | null
}
interface History {
  id: string
  stays: Stay[]
  closedAt: number | null
  trashed: boolean
}

test('a lead has advanced when it ever stood further right, whatever became of it', async () => {
  const { client, clock, stage } = await openTestCore()
  const journeys = [
    ['Qualified', 'Lost'],
    ['Qualified', 'New'],
    ['Qualified', 'Contacted', 'Won', 'Contacted'],
    ['Qualified'],
    ['Qualified'],
    ['Proposal'],
    ['Won'],
    ['Lost'],
  ]
  for (const [index, names] of journeys.entries()) {
    const { id } = await client.leads.create({ title: `Lead ${index}` })
    for (const name of names) {
      clock.advance(day)
      await client.leads.moveStage({ id, stageId: (await stage(name)).id })
    }
  }
  const [fresh, qualified, contacted] = await client.pipeline.conversionRates({})
  expect(fresh).toMatchObject({ entered: 8, advanced: 7, lost: 2, lostWithoutAdvancing: 1 })
  expect(qualified).toMatchObject({ entered: 5, advanced: 1, lost: 1, lostWithoutAdvancing: 1 })
  expect(contacted).toMatchObject({ entered: 1, advanced: 1, won: 0, averageDays: 3 })
})

test('what is written of a move that belongs to no lead counts nowhere', async () => {
  const core = await openTestCore()
  const { client, clock, stage } = core
  const { id } = await client.leads.create({ title: 'Lead' })
  clock.advance(day)
  await client.leads.moveStage({ id, stageId: (await stage('Qualified')).id })
  const before = await client.pipeline.conversionRates({})
  const database = new Database(join(core.directory, 'rapport.db'))
  addTextFunctions(database)
  database.exec(
    `create table copy as select * from activity where type = 'stage_changed';
     update copy set seq = 1000, id = 'other', lead_id = null, occurred_at = at + 864000000;`,
  )
  const columns = database
    .prepare("select name from pragma_table_info('activity')")
    .pluck()
    .all()
    .join(', ')
  database.exec(`insert into activity (${columns}) select ${columns} from copy`)
  database.close()
  expect(await client.pipeline.conversionRates({})).toEqual(before)
})

test('rates agree with a plain count over random histories', async () => {
  const core = await openTestCore()
  const { client, clock } = core
  const rep = await core.addUser('Riley', 'rep')
  const first = (await client.pipeline.list())[0]
  const other = await client.pipeline.create({ name: 'Partners', copyStagesFrom: first?.id ?? '' })
  const pipelines = [first, other].flatMap((pipeline) => (pipeline ? [pipeline] : []))
  const stages = pipelines.flatMap((pipeline) => pipeline.stages)
  const kindOf = (id: string) => stages.find((stage) => stage.id === id)?.kind
  const began = clock.now()

  const steps = fc.sample(
    fc.record({
      lead: fc.nat(24),
      stage: fc.nat(stages.length - 1),
      hours: fc.nat(40),
      act: fc.constantFrom('move', 'move', 'move', 'move', 'undo', 'trash', 'restore'),
    }),
    { numRuns: 160, seed: 11 },
  )
  const histories: History[] = []
  for (let index = 0; index < 25; index++) {
    const start = stages[(index * 5) % stages.length]
    if (!start) continue
    const owner = index % 3 === 0 ? { ownerId: rep.id } : {}
    const { id } = await client.leads.create({ title: `${index}`, stageId: start.id, ...owner })
    const now = clock.now()
    const stays = [{ stage: start.id, from: now, to: null }]
    histories.push({ id, stays, closedAt: start.kind === 'open' ? null : now, trashed: false })
    clock.advance(hour)
  }
  for (const step of steps) {
    const history = histories[step.lead]
    const target = stages[step.stage]
    const last = history?.stays.at(-1)
    if (!history || !target || !last) continue
    clock.advance(step.hours * hour)
    const { id } = history
    if (step.act === 'trash' || step.act === 'restore') {
      const trashes = step.act === 'trash'
      if (history.trashed === trashes) continue
      if (trashes) await client.leads.remove({ id })
      else await client.leads.restore({ id })
      history.trashed = trashes
      continue
    }
    if (history.trashed || last.stage === target.id) continue
    await client.leads.moveStage({ id, stageId: target.id })
    if (step.act === 'undo') {
      clock.advance(hour)
      await client.changes.undo({})
      continue
    }
    const now = clock.now()
    if (target.kind === 'open') history.closedAt = null
    else if (kindOf(last.stage) !== target.kind) history.closedAt = now
    last.to = now
    history.stays.push({ stage: target.id, from: now, to: null })
  }
  clock.advance(day)

  const dateOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)
  const middle = dateOf(began + (clock.now() - began) / 2)
  const periods = [{}, { from: middle }, { to: middle }, { from: middle, to: middle }]
  for (const pipeline of pipelines)
    for (const period of periods)
      for (const [door, mine] of [
        [client, false],
        [rep.client, true],
      ] as const) {
        const from = 'from' in period ? Date.parse(`${period.from}T00:00:00Z`) : 0
        const to = 'to' in period ? Date.parse(`${period.to}T00:00:00Z`) + day : Infinity
        const within = ({ from: at }: Stay) => at >= from && at < to
        const counted = histories.filter(
          ({ trashed }, index) => !trashed && (!mine || index % 3 === 0),
        )
        const naive = pipeline.stages.map((stage) => {
          const entered = counted.filter(({ stays }) =>
            stays.some((stay) => stay.stage === stage.id && within(stay)),
          )
          const advanced = entered.filter(({ stays }) =>
            stays.some((stay) =>
              pipeline.stages.some(
                ({ id, position, kind }) =>
                  id === stay.stage && position > stage.position && kind !== 'lost',
              ),
            ),
          )
          const now = ({ stays }: History) => kindOf(stays.at(-1)?.stage ?? '')
          const days = counted.flatMap(({ stays, closedAt }) =>
            stays
              .filter((stay) => stay.stage === stage.id && within(stay))
              .map(({ from: at, to: left }) =>
                Math.max(0, ((left ?? closedAt ?? clock.now()) - at) / day),
              ),
          )
          const average = days.reduce((sum, each) => sum + each, 0) / days.length
          return {
            stageId: stage.id,
            name: stage.name,
            entered: entered.length,
            advanced: advanced.length,
            lost: entered.filter((lead) => now(lead) === 'lost').length,
            lostWithoutAdvancing: entered.filter(
              (lead) => now(lead) === 'lost' && !advanced.includes(lead),
            ).length,
            won: entered.filter((lead) => now(lead) === 'won').length,
            rate: entered.length > 0 ? advanced.length / entered.length : null,
            averageDays: days.length > 0 ? expect.closeTo(average, 6) : null,
          }
        })
        const rates = await door.pipeline.conversionRates({ pipelineId: pipeline.id, ...period })
        expect(rates).toEqual(naive)
      }
})
