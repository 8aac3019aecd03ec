import { expect, test } from 'vitest'
import { type RecentRecord, readRecent, withRecent } from './recent'

const lead = (id: string): RecentRecord => ({ kind: 'lead', id, name: `Lead ${id}` })

test('the record opened last comes first, each only once', () => {
  const list = withRecent(withRecent([lead('a'), lead('b')], lead('c')), {
    ...lead('a'),
    name: 'Renamed',
  })
  expect(list.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  expect(list[0]?.name).toBe('Renamed')
})

test('only the latest eight are kept', () => {
  const many = Array.from({ length: 12 }, (_, index) => lead(String(index)))
  expect(many.reduce<RecentRecord[]>((list, record) => withRecent(list, record), [])).toHaveLength(
    8,
  )
})

test('what an older version stored, or somebody wrote there, does no harm', () => {
  expect(readRecent('x')).toEqual([])
  expect(readRecent([null, { kind: 'spaceship', id: '1', name: 'x' }, lead('a')])).toEqual([
    lead('a'),
  ])
})
