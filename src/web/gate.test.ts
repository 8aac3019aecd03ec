import { describe, expect, it } from 'vitest'
import { bearerToken, createGate, createTokenCheck, isLoopback } from './gate'

const gate = createGate('127.0.0.1', 4780)

describe('The gate of the web host', () => {
  it.each(['127.0.0.1:4780', 'localhost:4780', 'LOCALHOST:4780', '[::1]:4780'])(
    'knows itself as %s',
    (host) => {
      expect(gate.isOurHost({ host })).toBe(true)
    },
  )

  it.each([
    'evil.example:4780',
    'evil.example',
    '127.0.0.1',
    '127.0.0.1:4781',
    'localhost.evil.example:4780',
    '127.0.0.1:4780.evil.example',
    'user@127.0.0.1:4780',
    '127.0.0.1:04780x',
    '',
  ])('does not answer to the name "%s"', (host) => {
    expect(gate.isOurHost({ host })).toBe(false)
  })

  it('answers to no name at all when none is sent', () => {
    expect(gate.isOurHost({})).toBe(false)
  })

  it('leaves the port out where a browser does', () => {
    expect(createGate('127.0.0.1', 80).isOurHost({ host: '127.0.0.1' })).toBe(true)
  })

  it('lets in our own page and programs that are no browser', () => {
    expect(gate.isOurOrigin({})).toBe(true)
    expect(gate.isOurOrigin({ origin: 'http://127.0.0.1:4780' })).toBe(true)
    expect(
      gate.isOurOrigin({ origin: 'http://localhost:4780', 'sec-fetch-site': 'same-origin' }),
    ).toBe(true)
  })

  it.each([
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:4781' },
    { origin: 'https://127.0.0.1:4780' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:4780.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('keeps out a page that comes with %o', (headers) => {
    expect(gate.isOurOrigin(headers)).toBe(false)
  })

  it('on another address answers to that address, not to this machine', () => {
    const wide = createGate('192.168.1.20', 4780)
    expect(wide.isOurHost({ host: '192.168.1.20:4780' })).toBe(true)
    expect(wide.isOurHost({ host: 'evil.example:4780' })).toBe(false)
    expect(createGate('fe80::1', 4780).isOurHost({ host: '[fe80::1]:4780' })).toBe(true)
  })

  it('on every address answers to this machine by number, still not to a foreign name', () => {
    const open = createGate('0.0.0.0', 4780)
    expect(open.isOurHost({ host: '127.0.0.1:4780' })).toBe(true)
    expect(open.isOurHost({ host: 'evil.example:4780' })).toBe(false)
  })
})

describe('A token', () => {
  it('is taken from the header in its usual form only', () => {
    expect(bearerToken({ authorization: 'Bearer abc' })).toBe('abc')
    expect(bearerToken({ authorization: 'bearer abc' })).toBe('abc')
    expect(bearerToken({ authorization: 'Basic abc' })).toBeUndefined()
    expect(bearerToken({ authorization: 'Bearer' })).toBeUndefined()
    expect(bearerToken({ authorization: 'Bearer a b' })).toBeUndefined()
    expect(bearerToken({})).toBeUndefined()
  })
  it('must be right to the last letter, and may be of any length', () => {
    const isRight = createTokenCheck('secret')
    expect(isRight('secret')).toBe(true)
    for (const wrong of ['', 'secre', 'secret ', 'Secret', 'secretsecret'])
      expect(isRight(wrong)).toBe(false)
  })
})

describe('Loopback', () => {
  it('is this computer and nothing else', () => {
    for (const name of ['127.0.0.1', '127.1.2.3', '::1', 'localhost'])
      expect(isLoopback(name)).toBe(true)
    for (const name of ['0.0.0.0', '::', '192.168.1.1', '127.evil.example', ''])
      expect(isLoopback(name)).toBe(false)
  })
})
