import { expect, test } from 'vitest'
import { openSecondProgram } from '../../testing/second'
import { openTestCore } from '../../testing/testing'
import { attempt } from './attempt'
import { plannedOnce } from './database'

test.each([
  ['select * from lead where id = ?', 'select * from lead where id = +?'],
  [
    'update lead set title = ? where lead.id = ? and stage_id = ?',
    'update lead set title = ? where lead.id = +? and stage_id = ?',
  ],
  [
    'select seq from company where name_folded = ? and external_id = ? order by seq',
    'select seq from company where name_folded = +? and external_id = +? order by seq',
  ],
  ['select 1 from a join b on b.id = a.b_id', 'select 1 from a join b on b.id = a.b_id'],
])('ids and names that a statement is given never change its plan: %s', (sql, planned) => {
  expect(plannedOnce(sql)).toBe(planned)
})

test('an action within another one is refused, and nothing of either is left; a part may be tried within one', async () => {
  const core = await openTestCore()
  const { database } = openSecondProgram(core).kernel
  const batches = () => database.value<number>('select count(*) from batch')
  const before = batches()
  expect(() =>
    database.act(core.owner, { label: 'Outer' }, () =>
      attempt(database, () => database.act(core.owner, { label: 'Inner' }, () => {})),
    ),
  ).toThrow('“Inner” began within “Outer”')
  expect(batches()).toBe(before)
  database.act(core.owner, { label: 'Next' }, (writer) =>
    attempt(database, () => void writer.run(`update user set name = 'Ada' where is_local = 1`)),
  )
  expect(batches()).toBe(Number(before) + 1)
})
