import { expect, test } from 'vitest'
import { cleanLine, cleanText, webAddress } from './text'

test('a line has no control characters, and none at all where nothing is to be seen', () => {
  expect(cleanLine('Crlf\r\nBcc: vil@exemplo.pt')).toBe('Crlf Bcc: vil@exemplo.pt')
  expect(cleanLine(' a\0b\tc\u2028d ')).toBe('a b c d')
  expect(cleanLine('\ufeffŁukasz\u202e')).toBe('Łukasz')
  expect(cleanLine('\ud800')).toBe('\ufffd')
  // Joiners belong to Persian words and to emoji.
  expect(cleanLine('می\u200cخواهم 👩\u200d💻')).toBe('می\u200cخواهم 👩\u200d💻')
  for (const text of ['', '  ', '\u200b', '\u200d\u200c', '\0', '\r\n', '\u3164', '\u2066\u2069'])
    expect(cleanLine(text), JSON.stringify(text)).toBe('')
})

test('longer text keeps its lines', () => {
  expect(cleanText('one\r\n\ttwo\0\u0007')).toBe('one\r\n\ttwo')
})

test.each([
  ['acme.com', 'https://acme.com'],
  ['//acme.com/shop', 'https://acme.com/shop'],
  ['acme.com:8080/a?b#c', 'https://acme.com:8080/a?b#c'],
  [' http://acme.com ', 'http://acme.com'],
  ['HTTPS://münchen.example/größe', 'HTTPS://münchen.example/größe'],
  ['localhost:3000', 'https://localhost:3000'],
])('%s is the web address %s', (text, address) => {
  expect(webAddress(text)).toBe(address)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\u200bscript:alert(1)',
  'javascript://acme.com/%0aalert(1)',
  'javascript:8080',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'mailto:a@b.example',
  'https:alert',
  'https://',
  'https://user:secret@acme.com',
  'https://acme.com@evil.example',
  'acme',
  'not an address',
  '',
])('%j is no web address', (text) => {
  expect(webAddress(text)).toBeUndefined()
})
