import { expect, test, vi } from 'vitest'
import { askingAboutOpenWork } from './asking'

const work = { tasks: 1, reminders: 0, meetings: 2, activities: 0 }
const none = { tasks: 0, reminders: 0, meetings: 0, activities: 0 }

function open(found: typeof work, answer: boolean | undefined) {
  const call = vi.fn(async (path: readonly string[], _input: unknown) =>
    path[1] === 'openWork' ? found : 'saved',
  )
  const ask = vi.fn(async () => answer)
  const link = askingAboutOpenWork({ call } as never, ask)
  const save = (path: string[], input: unknown) =>
    link.call(path, input, { context: {}, signal: undefined } as never)
  return { save, ask, last: () => call.mock.lastCall?.[1] }
}

test('A change of owner asks about open work once, and says what was answered', async () => {
  const { save, ask, last } = open(work, false)
  await save(['leads', 'update'], { id: '1', ownerId: '2' })
  expect(last()).toEqual({ id: '1', ownerId: '2', moveOpenWork: false })
  const target = { ids: ['1'] }
  const action = { type: 'update', patch: { ownerId: '2' } }
  await save(['contacts', 'bulk'], { target, action })
  expect(last()).toMatchObject({ action: { patch: { ownerId: '2', moveOpenWork: false } } })
  expect(ask).toHaveBeenCalledTimes(2)
})

test('Nobody is asked where nothing is open or nobody gets it; who goes back changes nothing', async () => {
  const quiet = open(none, true)
  await quiet.save(['leads', 'update'], { id: '1', ownerId: '2' })
  expect(quiet.last()).toEqual({ id: '1', ownerId: '2' })
  const other = open(work, undefined)
  await other.save(['leads', 'update'], { id: '1', title: 'New', ownerId: null })
  expect(other.ask).not.toHaveBeenCalled()
  await expect(other.save(['leads', 'update'], { id: '1', ownerId: '2' })).rejects.toThrow(
    'The owner was not changed.',
  )
})
