import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { openTestCore } from '../../testing/testing'
import { recountTallies } from './tally-triggers'

const kept = {
  lead_tally: `select * from lead_tally where leads <> 0 order by 1, 2, 3, 4`,
  activity_tally: `select * from activity_tally where activities <> 0 order by 1, 2, 3`,
}

/** The kept numbers, and what counting everything says they should be. */
function tallies(directory: string) {
  const connection = new Database(join(directory, 'rapport.db'))
  try {
    const read = () => Object.values(kept).map((sql) => connection.prepare(sql).raw().all())
    const before = read()
    connection.exec('begin')
    for (const sql of recountTallies(schema)) connection.exec(sql)
    const counted = read()
    connection.exec('rollback')
    return { kept: before, counted }
  } finally {
    connection.close()
  }
}

test('kept numbers are those that counting gives, whatever is done', async () => {
  const core = await openTestCore()
  const { client, directory, stage } = core
  const colleague = await core.addUser('Ann', 'rep')
  const check = (what: string) => {
    const { kept, counted } = tallies(directory)
    expect(kept, what).toEqual(counted)
    return kept
  }

  const first = await client.leads.create({
    title: 'Acme',
    value: { amount: '100.00', currency: 'EUR' },
    probability: 30,
  })
  const second = await client.leads.create({ title: 'Bolt' })
  expect(check('created').flat().length).toBeGreaterThan(2)
  await client.leads.update({ id: second.id, value: { amount: '5', currency: 'USD' } })
  await client.leads.update({ id: first.id, probability: null, ownerId: colleague.id })
  check('value, probability and owner changed')
  await client.leads.moveStage({ id: first.id, stageId: (await stage('Won')).id })
  check('won')
  await client.activities.create({ type: 'call', leadId: second.id })
  const meeting = await client.activities.create({ type: 'meeting', leadId: second.id })
  await client.activities.update({ id: meeting.id, type: 'demo' })
  check('activities logged and changed')
  await client.activities.remove({ id: meeting.id })
  await client.leads.remove({ id: second.id })
  check('in the trash')
  for (let step = 0; step < 6; step++) {
    await client.changes.undo({})
    check(`undone ${step + 1}`)
  }
  for (let step = 0; step < 6; step++) {
    await client.changes.redo({})
    check(`done again ${step + 1}`)
  }
})
