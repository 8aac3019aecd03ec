import { describe, expect, it } from 'vitest'
import { parseArguments, usage, WrongArguments } from './arguments'

describe('The command line', () => {
  it('serves this computer only, opens the browser and takes the usual folder when nothing is said', () => {
    expect(parseArguments([])).toEqual({
      port: undefined,
      host: '127.0.0.1',
      directory: undefined,
      token: undefined,
      open: true,
      sample: false,
      help: false,
    })
  })

  it('takes every option that api.md names', () => {
    const words = '--web --port 0 --data /tmp/x --token abc-123 --no-open --sample --host ::1'
    expect(parseArguments(words.split(' '))).toEqual({
      port: 0,
      host: '::1',
      directory: '/tmp/x',
      token: 'abc-123',
      open: false,
      sample: true,
      help: false,
    })
  })

  it.each([
    ['--port', 'abc'],
    ['--port', '-1'],
    ['--port', '65536'],
    ['--port', '80.5'],
    ['--port', ''],
  ])('refuses %s %s by its name', (...words) => {
    expect(() => parseArguments(words)).toThrow(WrongArguments)
    expect(() => parseArguments(words)).toThrow('--port')
  })

  it.each([['a b'], ['a#b'], [''], ['ä']])(
    'refuses the token "%s", which an address would change',
    (token) => {
      expect(() => parseArguments(['--token', token])).toThrow('--token')
    },
  )

  it('names an option it does not know', () => {
    expect(() => parseArguments(['--prot', '80'])).toThrow('--prot')
    expect(() => parseArguments(['leads.csv'])).toThrow('leads.csv')
  })

  it('explains every option in its help', () => {
    for (const option of ['web', 'port', 'data', 'token', 'no-open', 'sample', 'host', 'help']) {
      expect(usage).toContain(`--${option}`)
    }
    expect(parseArguments(['-h']).help).toBe(true)
  })
})
