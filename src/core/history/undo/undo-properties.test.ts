import fc from 'fast-check'
import { describe, test } from 'vitest'
import { openTestCore, type TestCore } from '../../testing/testing'
import { expectTakenBack } from './testing'

/** Everything a user can do in these tests, each one action. Records are picked by number among those alive. */
const action = fc.oneof(
  fc.record({
    type: fc.constant('create' as const),
    title: fc.string({ minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    type: fc.constant('rename' as const),
    at: fc.nat(),
    title: fc.string({ minLength: 1, maxLength: 20 }),
  }),
  fc.record({ type: fc.constant('move' as const), at: fc.nat(), stage: fc.nat() }),
  fc.record({ type: fc.constant('log' as const), at: fc.nat(), planned: fc.boolean() }),
  fc.record({ type: fc.constant('delete' as const), at: fc.nat() }),
  fc.record({ type: fc.constant('convert' as const), at: fc.nat() }),
  fc.record({
    type: fc.constant('bulk' as const),
    priority: fc.constantFrom('low' as const, 'high' as const),
  }),
  fc.record({
    type: fc.constant('addStage' as const),
    name: fc.string({ minLength: 1, maxLength: 8 }),
  }),
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

async function perform({ client }: TestCore, step: Action) {
  const leads = (await client.leads.list({ sort: 'createdAt' })).items
  const lead = 'at' in step ? leads[step.at % Math.max(1, leads.length)] : undefined
  switch (step.type) {
    case 'create':
      return client.leads.create({ title: `L${step.title}` })
    case 'addStage':
      return client.pipeline.stages.create({
        name: `S${step.name}${(await client.pipeline.stages.list({})).length}`,
      })
    case 'bulk':
      return leads.length > 0
        ? client.leads.bulk({
            target: { ids: leads.map((each) => each.id) },
            action: { type: 'update', patch: { priority: step.priority } },
          })
        : undefined
  }
  if (!lead) return
  switch (step.type) {
    case 'rename':
      return client.leads.update({ id: lead.id, title: `L${step.title}` })
    case 'move': {
      const stages = await client.pipeline.stages.list({})
      return client.leads.moveStage({
        id: lead.id,
        stageId: stages[step.stage % stages.length]?.id ?? '',
      })
    }
    case 'log':
      return client.activities.create({
        type: 'call',
        leadId: lead.id,
        ...(step.planned ? { dueAt: '2027-01-01T00:00:00Z' } : {}),
      })
    case 'delete':
      return client.leads.remove({ id: lead.id })
    case 'convert':
      return lead.customer ? undefined : client.leads.convert({ id: lead.id })
  }
}

describe('any run of actions', () => {
  test('is taken back step by step to what was before, row for row, and done again by redo', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (steps) => {
        const core = await openTestCore()
        await expectTakenBack(core, steps, perform)
        await core.close()
      }),
      { numRuns: 25 },
    )
  }, 300_000)
})
