import { expect, test } from 'vitest'
import { fileFromPaste } from './paste'

test('rows copied from a spreadsheet become a file with the same text', async () => {
  const file = fileFromPaste('name\tcity\nAcme\tOslo\n')
  expect(await file?.text()).toBe('name\tcity\nAcme\tOslo\n')
  expect(file?.name).toBe('Pasted rows.csv')
})

test('one line, or nothing, is no table', () => {
  expect(fileFromPaste('')).toBeUndefined()
  expect(fileFromPaste('just a sentence, with a comma\n\n')).toBeUndefined()
})
