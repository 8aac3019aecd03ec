/** What the screens say of steps that Rapport does by itself. */
import { expect, test } from 'vitest'
import { automatedText, queuedText } from './automated'

const sending = { stopped: false, approvalFirst: true, hasAccount: true }
const exact = (instant: string) => `at ${instant.slice(11, 16)}`

test('before it is due it says who has a say in it', () => {
  expect(automatedText(sending)).toMatch(/until somebody approves it/)
  expect(automatedText({ ...sending, approvalFirst: false })).toMatch(/writes and sends it/)
  expect(automatedText({ ...sending, stopped: true })).toMatch(/all e-mail is stopped/)
  expect(automatedText({ ...sending, hasAccount: false })).toMatch(/a person is asked/)
})

test('in the outbox it says what it waits for, or when it goes', () => {
  const message = {
    state: 'approved' as const,
    problems: [],
    nextAttemptAt: '2026-11-26T14:30:00Z',
  }
  expect(queuedText({ ...message, state: 'drafted' }, { stopped: false, exact })).toBe(
    'It waits for approval.',
  )
  const blank = { kind: 'blank' as const, message: 'contact.first_name has no value' }
  expect(
    queuedText({ ...message, state: 'drafted', problems: [blank] }, { stopped: false, exact }),
  ).toBe('It may not go out: contact.first_name has no value')
  expect(queuedText(message, { stopped: false, exact })).toBe('It is sent at 14:30.')
  expect(queuedText(message, { stopped: true, exact })).toMatch(/not stopped any more/)
  expect(queuedText({ ...message, state: 'unknown' }, { stopped: false, exact })).toMatch(
    /needs a decision/,
  )
})
