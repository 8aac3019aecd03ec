import { describe, expect, test, vi } from 'vitest'
import { differs, viewStateOf } from '../../../ui/list/state'
import {
  type BoardState,
  isFiltered,
  queryOf,
  readBoardState,
  viewStoreOf,
  withoutFilters,
} from './state'

test('an address is read as far as it makes sense', () => {
  expect(
    readBoardState({
      q: 'fleet',
      owner: ['ana'],
      source: 'not a list',
      valueFrom: 'much',
      closeTo: '2026-12-31',
      closeFrom: 'soon',
      sort: 'colour',
      other: true,
    }),
  ).toEqual({ q: 'fleet', owner: ['ana'], closeTo: '2026-12-31' })
})

test('the core is asked in its own words, in the cards’ own order by default', () => {
  expect(queryOf({ pipeline: 'sales', owner: ['ana'], q: 'fleet', view: 'mine' })).toEqual({
    pipelineId: 'sales',
    ownerId: ['ana'],
    q: 'fleet',
    sort: 'position',
  })
})

test('clearing the filters keeps the pipeline and the sort', () => {
  const state: BoardState = { pipeline: 'sales', sort: 'value', q: 'fleet', tag: ['vip'] }
  expect(isFiltered(state)).toBe(true)
  expect(withoutFilters(state)).toEqual({ pipeline: 'sales', sort: 'value' })
  expect(isFiltered(withoutFilters(state))).toBe(false)
})

describe('a saved view', () => {
  test('brings back what it was made of, and knows when something else is shown', () => {
    const state: BoardState = { q: 'fleet', sort: 'value', tag: ['vip'], valueFrom: 1000 }
    const kept = viewStateOf(storeOf(state).store.state)
    const { store, replace } = storeOf({})
    store.replace({ ...kept, view: 'id' })
    expect(replace).toHaveBeenCalledWith({ ...state, view: 'id' })
    expect(differs(storeOf({ ...state, view: 'id' }).store.state, kept)).toBe(false)
    expect(differs(storeOf({ ...state, view: 'id', tag: ['new'] }).store.state, kept)).toBe(true)
  })

  test('left for all leads stays in its pipeline', () => {
    const { store, replace } = storeOf({ pipeline: 'renewals', view: 'id', q: 'fleet' })
    store.replace({})
    expect(replace).toHaveBeenCalledWith({ pipeline: 'renewals' })
  })
})

function storeOf(state: BoardState) {
  const replace = vi.fn<(next: BoardState) => void>()
  return { store: viewStoreOf({ state, change: () => {}, replace }), replace }
}
