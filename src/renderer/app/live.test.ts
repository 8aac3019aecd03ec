import { expect, test } from 'vitest'
import { type FollowOptions, followChanges, type LiveEvent } from './live'

type Events = FollowOptions['client']['changes']['events']

const event = (seq: number): LiveEvent => ({
  seq,
  batchId: '01a1f992-0008-7286-8a79-22ace2086edc',
  label: 'Change',
  kind: 'edit',
  userId: null,
  door: 'web',
  undoable: true,
  tables: { lead: ['l1'] },
})

/** A core whose feed ends after each list of events; undefined is a failed connection. */
function coreWith(connections: (LiveEvent[] | undefined)[], done: () => void) {
  const left = [...connections]
  const events = async () => {
    if (left.length === 0) {
      done()
      throw new TypeError('Failed to fetch')
    }
    const batch = left.shift()
    if (!batch) throw new TypeError('Failed to fetch')
    return (async function* () {
      yield* batch
    })()
  }
  return {
    changes: { events: events as unknown as Events },
    database: { status: async () => ({ feedPosition: 'now' }) },
  } as FollowOptions['client']
}

test('after a loss it connects again, and says that events may have been missed', async () => {
  const leaving = new AbortController()
  const heard: number[] = []
  const lines: string[] = []
  await followChanges({
    client: coreWith([[event(1)], undefined, [event(2), event(3)]], () => leaving.abort()),
    readAt: 'now',
    signal: leaving.signal,
    onEvent: ({ seq }) => heard.push(seq),
    onLine: (line, missed) => lines.push(missed ? `${line}, missed some` : line),
  })
  expect(heard).toEqual([1, 2, 3])
  expect(lines).toEqual(['live', 'lost', 'lost', 'live, missed some', 'lost'])
})

test('what changed between the first reading and the connection counts as missed', async () => {
  const leaving = new AbortController()
  const lines: string[] = []
  await followChanges({
    client: coreWith([[]], () => leaving.abort()),
    readAt: 'before',
    signal: leaving.signal,
    onEvent: () => undefined,
    onLine: (line, missed) => lines.push(missed ? `${line}, missed some` : line),
  })
  expect(lines).toEqual(['live, missed some', 'lost'])
})

test('leaving the page ends it at once, also while it waits', async () => {
  const leaving = new AbortController()
  const following = followChanges({
    client: coreWith([undefined], () => undefined),
    readAt: 'now',
    signal: leaving.signal,
    onEvent: () => undefined,
    onLine: () => leaving.abort(),
  })
  await expect(following).resolves.toBeUndefined()
})
