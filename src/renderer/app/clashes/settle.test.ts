import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import type { Clash } from '../../../contract/kernel/based-on'
import { editFrom } from './edit'
import { combinedText, settled, settlingClashes } from './settle'

const clash = (part: Partial<Clash>): Clash => ({
  field: 'description',
  label: 'Description',
  basedOn: 'old',
  current: 'theirs',
  yours: 'mine',
  names: {},
  by: null,
  at: null,
  ...part,
})

describe('An edit', () => {
  it('holds only what was changed, and what that was', () => {
    const before = { name: 'Acme', description: null, owner: { id: 'a', name: 'Kim' }, tags: ['x'] }
    expect(
      editFrom(before, { name: 'Acme', description: 'New', ownerId: 'b', tags: ['x'] }),
    ).toEqual({ description: 'New', ownerId: 'b', basedOn: { description: null, ownerId: 'a' } })
  })

  it('takes an empty field and none for the same', () => {
    expect(editFrom({ email: null }, { email: '' })).toEqual({ basedOn: {} })
  })
})

describe('A save that clashes', () => {
  const refusing = (refusals: Clash[][]) => {
    const inputs: unknown[] = []
    const link = {
      async call(_path: readonly string[], input: unknown) {
        inputs.push(input)
        const clashes = refusals.shift()
        if (clashes) throw new ORPCError('clash', { status: 409, data: { clashes } })
        return 'saved'
      },
    }
    return { inputs, link }
  }
  const edit = { id: '1', description: 'mine', city: 'Brno', basedOn: { description: 'old' } }

  it('is sent again with what was chosen, based on what was seen', async () => {
    const { inputs, link } = refusing([[clash({})]])
    const settling = settlingClashes(link, async () => new Map([['description', 'both']]))
    expect(await settling.call(['leads', 'update'], edit, { context: {} })).toBe('saved')
    expect(inputs[1]).toEqual({ ...edit, description: 'both', basedOn: { description: 'theirs' } })
  })

  it('asks again when the field changed once more', async () => {
    const { inputs, link } = refusing([[clash({})], [clash({ current: 'theirs again' })]])
    let asked = 0
    const settling = settlingClashes(link, async () => {
      asked++
      return new Map()
    })
    await settling.call(['leads', 'update'], edit, { context: {} })
    expect(asked).toBe(2)
    expect(inputs[2]).toMatchObject({
      description: 'mine',
      basedOn: { description: 'theirs again' },
    })
  })

  it('goes back to its form when nothing was chosen', async () => {
    const { inputs, link } = refusing([[clash({})]])
    const settling = settlingClashes(link, async () => null)
    await expect(settling.call(['leads', 'update'], edit, { context: {} })).rejects.toMatchObject({
      code: 'clash',
      message: expect.stringContaining('Save again to compare'),
    })
    expect(inputs).toHaveLength(1)
  })

  it('leaves every other refusal alone', async () => {
    const link = {
      call: async () => {
        throw new ORPCError('conflict', { status: 409 })
      },
    }
    const settling = settlingClashes(link, async () => new Map())
    await expect(settling.call([], edit, { context: {} })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('settles one key of an object and keeps the others', () => {
    const custom = { budget: 1, area: 'East' }
    expect(
      settled(
        { custom: { ...custom, budget: 3 }, basedOn: { custom } },
        [clash({ field: 'custom.budget', current: 2, yours: 3 })],
        new Map([['custom.budget', 2]]),
      ),
    ).toEqual({ custom: { ...custom, budget: 2 }, basedOn: { custom: { ...custom, budget: 2 } } })
  })
})

describe('Two texts in one', () => {
  it('hold every line of both once', () => {
    expect(combinedText('One', 'One\nTwo', 'One\nThree')).toBe('One\nTwo\nThree')
    expect(combinedText('', 'Theirs', 'Mine')).toBe('Theirs\nMine')
    expect(combinedText('One\nTwo', 'One\nTwo\nMore', 'One')).toBe('One\nTwo\nMore')
  })
})
