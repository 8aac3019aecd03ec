import { expect, test } from 'vitest'
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
