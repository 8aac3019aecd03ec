import { expect, test } from 'vitest'
import { canResume, canUndo, type ImportState, percentOf } from './progress'

const run = (state: ImportState, patch = {}) => ({
  state,
  dryRun: false,
  created: 3,
  updated: 0,
  ...patch,
})

test('an import can be taken back once it has stopped and left something', () => {
  const stopped: ImportState[] = ['done', 'cancelled', 'interrupted', 'failed']
  const others: ImportState[] = ['checking', 'checked', 'running', 'undoing', 'undone']
  expect(stopped.map((state) => canUndo(run(state)))).toEqual([true, true, true, true])
  expect(others.map((state) => canUndo(run(state)))).toEqual([false, false, false, false, false])
  expect(canUndo(run('done', { created: 0 }))).toBe(false)
  expect(canUndo(run('done', { created: 0, updated: 1 }))).toBe(true)
})

test('only what was cut short can be gone on with, and never a check', () => {
  expect(canResume(run('interrupted'))).toBe(true)
  expect(canResume(run('cancelled', { created: 0 }))).toBe(true)
  expect(canResume(run('done'))).toBe(false)
  expect(canResume(run('cancelled', { dryRun: true }))).toBe(false)
})

test('progress is the part of the file that was read', () => {
  expect(percentOf({ bytes: 200, bytesDone: 50 })).toBe(25)
  expect(percentOf({ bytes: 200, bytesDone: 250 })).toBe(100)
  expect(percentOf({ bytes: 0, bytesDone: 0 })).toBe(100)
})
