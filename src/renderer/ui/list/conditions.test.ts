import { expect, test } from 'vitest'
import type { Comparison, Condition } from '../../../contract/kernel/conditions'
import {
  addPart,
  allOf,
  askable,
  countOfComparisons,
  demands,
  isComplete,
  removePart,
  replacePart,
  setGroupKind,
  startComparison,
  toggle,
  withOperator,
} from './conditions'

const urgent: Comparison = { field: 'priority', operator: 'in', value: ['urgent'] }
const big: Comparison = { field: 'value', operator: 'greater_than', value: 10_000 }
const web: Comparison = { field: 'source', operator: 'equals', value: 'Website' }

test('a filter grows by comparisons and groups, and the old one stays as it was', () => {
  const one: Condition = { all: [urgent] }
  const two = addPart(one, [], { any: [big] })
  const three = addPart(two, [1], web)
  expect(three).toEqual({ all: [urgent, { any: [big, web] }] })
  expect(two).toEqual({ all: [urgent, { any: [big] }] })
  expect(countOfComparisons(three)).toBe(3)
})

test('a comparison deep inside can be changed and its group turned from any to all', () => {
  const root: Condition = { all: [urgent, { any: [big, web] }] }
  expect(replacePart(root, [1, 0], { ...big, value: 5 })).toEqual({
    all: [urgent, { any: [{ ...big, value: 5 }, web] }],
  })
  expect(setGroupKind(root, [1], 'all')).toEqual({ all: [urgent, { all: [big, web] }] })
  expect(setGroupKind(root, [], 'any')).toEqual({ any: [urgent, { any: [big, web] }] })
})

test('removing the last comparison of a group removes the group', () => {
  expect(removePart({ all: [urgent, { any: [{ all: [big] }] }] }, [1, 0, 0])).toEqual({
    all: [urgent],
  })
  expect(removePart({ all: [urgent] }, [0])).toEqual({ all: [] })
})

test('an unfinished comparison narrows nothing yet', () => {
  const open = startComparison({ name: 'source', label: 'Source', kind: 'text' })
  expect(open).toEqual({ field: 'source', operator: 'contains' })
  expect(isComplete(open)).toBe(false)
  expect(askable({ all: [open] })).toBeUndefined()
  expect(askable({ all: [urgent, { any: [open] }] })).toEqual({ all: [urgent] })
  expect(askable({ any: [{ all: [{ field: 'tags', operator: 'in', value: [] }] }, big] })).toEqual({
    any: [big],
  })
})

test('is empty needs no value, and zero and no are values', () => {
  expect(isComplete({ field: 'source', operator: 'is_empty' })).toBe(true)
  expect(isComplete({ field: 'value', operator: 'equals', value: 0 })).toBe(true)
  expect(isComplete({ field: 'active', operator: 'equals', value: false })).toBe(true)
})

test('another operator keeps the value where it can', () => {
  expect(withOperator(web, 'in').value).toEqual(['Website'])
  expect(withOperator({ ...urgent, value: ['high', 'urgent'] }, 'equals').value).toBe('high')
  expect(withOperator(web, 'is_empty')).toEqual({ field: 'source', operator: 'is_empty' })
})

test('a chip adds its comparison, and takes it away when pressed again', () => {
  const pressed = toggle({ all: [big] }, urgent)
  expect(pressed).toEqual({ all: [big, urgent] })
  expect(demands(pressed, urgent)).toBe(true)
  expect(toggle(pressed, urgent)).toEqual({ all: [big] })
  expect(toggle({ all: [urgent] }, urgent)).toBeUndefined()
})

test('a chip narrows a filter of alternatives as a whole', () => {
  expect(toggle({ any: [big, web] }, urgent)).toEqual({ all: [{ any: [big, web] }, urgent] })
})

test('conditions of a screen and of its user hold together', () => {
  expect(allOf({ all: [big] }, undefined, { any: [web, urgent] })).toEqual({
    all: [big, { any: [web, urgent] }],
  })
  expect(allOf(undefined)).toBeUndefined()
})

test('“Overdue” stays pressed although its moment was an hour ago', () => {
  const at = (value: string): Comparison => ({ field: 'nextStepAt', operator: 'less_than', value })
  const pressed = { all: [big, at('2026-11-20T10:00:00Z')] }
  expect(demands(pressed, at('2026-11-20T11:00:00Z'))).toBe(false)
  expect(demands(pressed, at('2026-11-20T11:00:00Z'), true)).toBe(true)
  expect(toggle(pressed, at('2026-11-20T11:00:00Z'), true)).toEqual({ all: [big] })
})

test('a group of which none may hold stays one, and another condition goes beside it', () => {
  const none: Condition = { none: [urgent, web] }
  expect(askable({ none: [urgent, { field: 'value', operator: 'greater_than' }] })).toEqual({
    none: [urgent],
  })
  expect(replacePart(none, [0], big)).toEqual({ none: [big, web] })
  expect(setGroupKind(none, [], 'any')).toEqual({ any: [urgent, web] })
  expect(toggle(none, big)).toEqual({ all: [none, big] })
  expect(demands(none, urgent)).toBe(false)
})

test('what is between two values is asked once both are there, the lower one first', () => {
  const open: Comparison = { field: 'value', operator: 'between', value: [500, null] }
  expect(withOperator({ field: 'value', operator: 'equals', value: 500 }, 'between')).toEqual(open)
  expect(isComplete(open)).toBe(false)
  expect(askable({ all: [{ ...open, value: [500, 0] }] })).toEqual({
    all: [{ ...open, value: [0, 500] }],
  })
  const days: Comparison = {
    field: 'createdAt',
    operator: 'between',
    value: ['2026-11-30', '2026-02-01'],
  }
  expect(askable({ all: [days] })).toEqual({
    all: [{ ...days, value: ['2026-02-01', '2026-11-30'] }],
  })
  expect(withOperator(days, 'greater_than').value).toBe('2026-11-30')
})

test('how far from now begins with a week, and no other operator takes it for a value', () => {
  const date: Comparison = { field: 'createdAt', operator: 'less_than', value: '2026-11-20' }
  const lately = withOperator(date, 'within_last')
  expect(lately.value).toEqual({ amount: 7, unit: 'days' })
  expect(isComplete(lately)).toBe(true)
  const month: Comparison = { ...lately, value: { amount: 1, unit: 'months' } }
  expect(withOperator(month, 'within_next').value).toEqual({ amount: 1, unit: 'months' })
  expect(withOperator(month, 'equals')).toEqual({ field: 'createdAt', operator: 'equals' })
})
