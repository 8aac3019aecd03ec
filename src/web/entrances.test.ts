import { describe, expect, it } from 'vitest'
import { createEntrances } from './entrances'

describe('An entrance', () => {
  it('leads to the screens with the token, once', () => {
    const entrances = createEntrances('T')
    const path = entrances.create()
    expect(entrances.use(path)).toBe('/#token=T')
    expect(entrances.use(path)).toBeUndefined()
  })
  it('closes after a minute', () => {
    let now = 0
    const entrances = createEntrances('T', () => now)
    const [early, late] = [entrances.create(), entrances.create()]
    now = 59_000
    expect(entrances.use(early)).toBeDefined()
    now = 61_000
    expect(entrances.use(late)).toBeUndefined()
  })
  it('cannot be guessed', () => {
    const entrances = createEntrances('T')
    expect(entrances.create()).not.toBe(entrances.create())
    expect(entrances.use('/start/')).toBeUndefined()
    expect(entrances.use('/')).toBeUndefined()
  })
})
