import { describe, expect, test } from 'vitest'
import { changedLeads } from './changedLeads'

const key = [['pipeline', 'board', 'screen'], { input: {} }]

describe('what is read of a board after a change', () => {
  test('is the cards of the leads that changed, with what the timeline notes of them', () => {
    expect(changedLeads(key, { lead: ['a', 'b', 'a'], activity: ['x'] })).toEqual({
      leadId: ['a', 'b'],
      activityId: ['x'],
    })
    expect(changedLeads(key, { lead: ['a'] })).toEqual({ leadId: ['a'], activityId: [] })
    // Tables that the board shows nothing of.
    expect(changedLeads(key, { lead: ['a'], notification: ['n'] })).toBeDefined()
  })

  test('is all of it where other rows changed that cards show', () => {
    for (const table of ['task', 'reminder', 'company', 'contact', 'user', 'stage', 'plan'])
      expect(changedLeads(key, { lead: ['a'], [table]: ['x'] }), table).toBeUndefined()
    expect(changedLeads(key, { activity: ['x'] })).toBeUndefined()
  })

  test('is all of it where many leads changed, or too many to name', () => {
    expect(changedLeads(key, { lead: null })).toBeUndefined()
    expect(changedLeads(key, { lead: ['a'], activity: null })).toBeUndefined()
    const many = Array.from({ length: 21 }, (_, index) => `${index}`)
    expect(changedLeads(key, { lead: many })).toBeUndefined()
  })
})
