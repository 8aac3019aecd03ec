/** What is asked before the screens are there. */
import { describe, expect, test } from 'vitest'
import { answeringEarly, askEarly } from './early'

/** A core that notes what it is asked, and answers with the number of the call. */
function askedCore(answers: Record<string, unknown> = {}) {
  const asked: string[] = []
  const early = answeringEarly({
    async call(path, input) {
      const procedure = path.join('.')
      const number = asked.push(
        input === undefined ? procedure : `${procedure} ${JSON.stringify(input)}`,
      )
      return answers[procedure] ?? number
    },
  })
  return {
    asked,
    ...early,
    call: (path: string, input?: unknown) =>
      early.link.call(path.split('.'), input, { context: {} }),
  }
}

describe('an answer that was asked early', () => {
  test('is for the first call that asks the same', async () => {
    const { asked, early, call } = askedCore()
    await early.ask('drafts.list', {})
    expect(await call('drafts.list', {})).toBe(1)
    expect(await call('drafts.list', {})).toBe(2)
    expect(asked).toHaveLength(2)
  })

  test('is not for another question', async () => {
    const { early, call } = askedCore()
    await early.ask('settings.views.list', { list: 'board' })
    expect(await call('settings.views.list', { list: 'leads' })).toBe(2)
    expect(await call('settings.views.list', { list: 'board' })).toBe(1)
  })

  test('is nobody’s any more once changes are heard live', async () => {
    const { early, call } = askedCore()
    await early.ask('users.me')
    early.forget()
    expect(await call('users.me')).toBe(2)
  })

  test('fails for who calls for it, and only there', async () => {
    const { link, early } = answeringEarly({ call: () => Promise.reject(new Error('away')) })
    await early.ask('users.me').catch(() => {})
    await expect(link.call(['users', 'me'], undefined, { context: {} })).rejects.toThrow('away')
  })
})

describe('the first screen', () => {
  const ready = { 'database.status': { state: 'ready' } }

  test('has its data asked for once the position of the change feed is known', async () => {
    let answer = (_status: unknown) => {}
    const asked: string[] = []
    const { early } = answeringEarly({
      call: (path) => {
        asked.push(path.join('.'))
        return new Promise((resolve) => {
          answer = resolve
        })
      },
    })
    const done = askEarly(early, '#/pipeline')
    expect(asked).toEqual(['database.status'])
    answer({ state: 'ready' })
    await done
    expect(asked.slice(0, 2)).toEqual(['database.status', 'pipeline.board'])
  })

  test.each(['', '#/', '#/pipeline'])('at “%s” is the board', async (hash) => {
    const { asked, early } = askedCore(ready)
    await askEarly(early, hash)
    expect(asked).toContain('pipeline.board {"sort":"position","limit":30}')
    expect(asked).toContain('users.me')
  })

  test.each(['#/leads', '#/pipeline?q="acme"', '#/welcome'])('at “%s” is another', async (hash) => {
    const { asked, early } = askedCore(ready)
    await askEarly(early, hash)
    expect(asked.filter((procedure) => procedure.startsWith('pipeline'))).toEqual([])
    expect(asked).toContain('users.me')
  })

  test('of a damaged database asks for nothing but its state', async () => {
    const { asked, early } = askedCore({ 'database.status': { state: 'damaged' } })
    await askEarly(early, '#/pipeline')
    expect(asked).toEqual(['database.status'])
  })
})
