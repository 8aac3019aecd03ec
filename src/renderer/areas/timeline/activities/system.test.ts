import { expect, test } from 'vitest'
import { changesIn } from './system'

test('a stage change names both stages', () => {
  expect(
    changesIn({ type: 'stage_changed', metadata: { old_stage: 'New', new_stage: 'Proposal' } }),
  ).toEqual([{ label: 'Stage', before: 'New', after: 'Proposal' }])
})

test('an owner who was nobody is no name', () => {
  expect(
    changesIn({ type: 'assignment_changed', metadata: { old_owner: null, new_owner: 'Ann' } }),
  ).toEqual([{ label: 'Owner', before: null, after: 'Ann' }])
})

test('each changed field of an update is listed, tags as words and values as numbers', () => {
  const metadata = {
    changes: [
      { field: 'expected_close_date', before: null, after: '2026-12-01' },
      { field: 'tags', before: '[]', after: '["vip","q4"]' },
      { field: 'value', before: 105_400, after: 200_000 },
    ],
  }
  expect(changesIn({ type: 'lead_updated', metadata })).toEqual([
    { label: 'Expected close date', before: null, after: '2026-12-01' },
    { label: 'Tags', before: null, after: 'vip, q4' },
    { label: 'Value', before: '1,054', after: '2,000' },
  ])
})

test('an entry without changes, or with broken metadata, lists none', () => {
  expect(changesIn({ type: 'lead_created', metadata: {} })).toEqual([])
  expect(changesIn({ type: 'lead_updated', metadata: { changes: 'x' } })).toEqual([])
})
