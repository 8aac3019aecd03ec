import { expect, test } from 'vitest'
import { doneText } from './doneText'

test.each([
  ['Log call', 'Logged call'],
  ['Change lead “Acme”', 'Changed lead “Acme”'],
  ['Move “Acme” to Proposal', 'Moved “Acme” to Proposal'],
  ['Complete 3 tasks', 'Completed 3 tasks'],
  ['Send quote Q-0001', 'Sent quote Q-0001'],
  ['Empty the trash', 'Emptied the trash'],
  ['Reply to “Acme”', 'Reply to “Acme”'],
  ['', ''],
])('%s: %s', (label, text) => {
  expect(doneText(label)).toBe(text)
})
