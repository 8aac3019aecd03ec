import fc from 'fast-check'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { minute, openReceiver, type Program, type Reception } from './testing-queue'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
})

function open() {
  const receiver = openReceiver()
  const program = receiver.openProgram()
  onTestFinished(() => {
    program.kill()
    receiver.remove()
  })
  const states = () => program.rows().map(({ state }) => state)
  return { ...receiver, program, states }
}

test('a row of the same key is added once', () => {
  const { program } = open()
  expect(program.enqueue('one', 'a')).toBeDefined()
  expect(program.enqueue('one', 'a')).toBeUndefined()
  expect(program.rows()).toHaveLength(1)
})

test('what may not go waits, is cancelled, or stops its lane', async () => {
  const { program, world, clock, states } = open()
  for (const key of ['one', 'two']) program.enqueue(key, 'a')
  program.enqueue('three', 'b')
  const until = clock.now() + minute
  world.mayGo = ({ key }) =>
    key === 'one'
      ? { may: 'wait', until }
      : key === 'two'
        ? { may: 'never', error: 'Not wanted.' }
        : { may: 'stop' }
  await program.work()
  expect(states()).toEqual(['waiting', 'cancelled', 'waiting'])
  world.mayGo = () => ({ may: 'go' })
  await program.work()
  expect(world.arrived).toEqual(['three'])
  clock.advance(minute)
  await program.work()
  expect(world.arrived).toEqual(['three', 'one'])
})

test('nothing goes while there is a hold', async () => {
  const { program, world, states } = open()
  program.enqueue('one', 'a')
  world.isHeld = true
  await program.work()
  expect(states()).toEqual(['waiting'])
})

test('a lane that cannot be reached pauses, and costs no row an attempt', async () => {
  const { program, world, clock } = open()
  for (const key of ['one', 'two']) program.enqueue(key, 'a')
  world.receptions = ['cannot be reached']
  await program.work()
  expect(program.rows()).toMatchObject([
    { state: 'waiting', attempts: 0 },
    { state: 'waiting', attempts: 0 },
  ])
  expect(program.queue.paused()).toMatchObject([{ lane: 'a', failures: 1 }])
  clock.advance(minute)
  await program.work()
  expect(world.arrived).toEqual(['one', 'two'])
})

test('a row that cannot even be asked keeps nobody waiting', async () => {
  const { program, world } = open()
  for (const key of ['one', 'two']) program.enqueue(key, 'a')
  world.mayGo = ({ key }) => {
    if (key === 'one') throw new Error('A fault.')
    return { may: 'go' }
  }
  await program.work()
  expect(world.arrived).toEqual(['two'])
  expect(world.faults).toHaveLength(1)
})

test('an attempt that takes too long is unknown, and its lane continues; the late answer counts', async () => {
  const { program, world, states } = open()
  for (const key of ['one', 'two']) program.enqueue(key, 'a')
  world.receptions = ['takes it and says nothing']
  await program.work()
  expect(states()).toEqual(['taken', 'waiting'])
  vi.advanceTimersByTime(2 * minute)
  await program.work()
  expect(states()).toEqual(['unknown', 'done'])
  world.silent[0]?.answer('done')
  await program.work()
  expect(states()).toEqual(['done', 'done'])
})

test('what another program took is given up after its lease, or at once where nothing else runs', async () => {
  const { program, openProgram, clock, world, states } = open()
  const other = openProgram()
  for (const key of ['one', 'two']) other.enqueue(key, key === 'one' ? 'a' : 'b')
  world.receptions = ['says nothing', 'says nothing']
  await other.work()
  other.kill()
  await program.work()
  expect(states()).toEqual(['taken', 'taken'])
  clock.advance(2 * minute)
  await program.work()
  expect(states()).toEqual(['unknown', 'unknown'])

  const third = openProgram()
  third.enqueue('three', 'a')
  world.receptions = ['says nothing']
  await third.work()
  third.kill()
  program.queue.takeOver()
  expect(states()).toEqual(['unknown', 'unknown', 'unknown'])
})

test('the late answer to an attempt that was given up says nothing of the next attempt', async () => {
  const { program, openProgram, clock, world, states } = open()
  const other = openProgram()
  onTestFinished(other.kill)
  const id = other.enqueue('one', 'a') ?? ''
  world.receptions = ['says nothing', 'says nothing']
  await other.work()
  clock.advance(2 * minute)
  await program.work()
  expect(states()).toEqual(['unknown'])
  program.queue.retry(id)
  await program.work()
  expect(states()).toEqual(['taken'])
  world.silent[0]?.answer('later')
  await other.work()
  expect(states()).toEqual(['taken'])
})

test('the late answer to an attempt that was repeated says nothing of the repetition', async () => {
  const { program, world, clock, states } = open()
  program.enqueue('one', 'repeatable')
  world.receptions = ['says nothing', 'says nothing']
  await program.work()
  vi.advanceTimersByTime(2 * minute)
  await program.work()
  expect(program.rows()).toMatchObject([{ state: 'waiting', attempts: 1 }])
  clock.advance(10 * minute)
  await program.work()
  expect(program.rows()).toMatchObject([{ state: 'taken', attempts: 2 }])
  world.silent[0]?.answer('later')
  await program.work()
  expect(states()).toEqual(['taken'])
})

test('what is under way is not attempted a second time, even where a person asks for it', async () => {
  const { program, world, states } = open()
  const id = program.enqueue('one', 'a') ?? ''
  world.receptions = ['says nothing']
  await program.work()
  vi.advanceTimersByTime(2 * minute)
  await program.work()
  expect(states()).toEqual(['unknown'])
  program.queue.retry(id)
  await program.work()
  expect(world.attempts.get('one')).toEqual(['under way'])
  world.silent[0]?.answer('later')
  await program.work()
  expect(world.arrived).toEqual(['one'])
  expect(states()).toEqual(['done'])
})

test('two programs that look at the same moment attempt a row once', async () => {
  const { program, openProgram, world } = open()
  const other = openProgram()
  onTestFinished(other.kill)
  program.enqueue('one', 'a')
  world.receptions = ['takes it and says nothing']
  await Promise.all([program.work(), other.work()])
  expect(world.arrived).toEqual(['one'])
})

test('what a person cancelled while it was under way stays cancelled', async () => {
  const { program, world, states } = open()
  const id = program.enqueue('one', 'a') ?? ''
  world.receptions = ['says nothing']
  await program.work()
  program.queue.cancel(id, 'Not wanted any more.')
  world.silent[0]?.answer('later')
  await program.work()
  expect(states()).toEqual(['cancelled'])
})

test.each([
  ['ahead', 48 * 60 * minute],
  ['back', -48 * 60 * minute],
])('a clock that is set %s ends no attempt that is under way', async (_where, by) => {
  const { program, world, clock, states } = open()
  program.enqueue('one', 'repeatable')
  world.receptions = ['takes it and says nothing']
  await program.work()
  clock.advance(by)
  await program.work()
  expect(states()).toEqual(['taken'])
  world.silent[0]?.answer('done')
  await program.work()
  expect(states()).toEqual(['done'])
})

test('what was put off by a clock that was ahead goes when the clock is right', async () => {
  const { program, clock, world } = open()
  const start = clock.now()
  clock.advance(400 * 24 * 60 * minute)
  program.enqueue('one', 'a')
  world.receptions = ['refuses it for now']
  await program.work()
  clock.set(start)
  await program.work()
  expect(world.arrived).toEqual(['one'])
})

test('it wakes by itself when a row is due', async () => {
  const { program, clock, world } = open()
  program.queue.start()
  program.enqueue('one', 'a')
  world.receptions = ['refuses it for now']
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(world.attempts.get('one')).toEqual(['refused'])
  for (let half = 0; half < 4; half++) {
    clock.advance(30_000)
    vi.advanceTimersByTime(30_000)
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(world.arrived).toEqual(['one'])
})

test('closing waits for what is under way, and takes nothing more', async () => {
  const { program, world, states } = open()
  for (const key of ['one', 'two']) program.enqueue(key, 'a')
  world.receptions = ['takes it and says nothing']
  await program.work()
  const closing = program.queue.close()
  world.silent[0]?.answer('done')
  await closing
  expect(states()).toEqual(['done', 'waiting'])
})

// The model --------------------------------------------------------------------------------------

/** Set QUEUE_RUNS for a longer run. */
const runs = Number(process.env.QUEUE_RUNS ?? 60)

const reception = fc.constantFrom<Reception>(
  'takes it',
  'refuses it for now',
  'refuses it for good',
  'cannot be reached',
  'breaks off before taking it',
  'breaks off after taking it',
  'fails in our own code',
  'takes it and says nothing',
  'says nothing',
)
type Event =
  | { what: 'enqueue'; key: number; lane: string }
  | { what: 'next'; reception: Reception }
  | { what: 'work'; program: number }
  | { what: 'kill'; program: number }
  | { what: 'retry'; program: number }
  | { what: 'answer'; answer: 'done' | 'later' }
  | { what: 'clock'; by: number }
  | { what: 'hold'; isHeld: boolean }
const program = fc.nat({ max: 1 })
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('enqueue' as const),
      key: fc.nat({ max: 30 }),
      lane: fc.constantFrom('a', 'b', 'repeatable'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('next' as const), reception }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('work' as const), program }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('kill' as const), program }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('retry' as const), program }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('answer' as const),
      answer: fc.constantFrom('done' as const, 'later' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('clock' as const),
      by: fc.constantFrom(
        1000,
        minute,
        2 * minute,
        60 * minute,
        24 * 60 * minute,
        -5 * minute,
        -48 * 60 * minute,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('hold' as const), isHeld: fc.boolean() }) },
)

test('whatever happens, nothing is sent twice, nothing is lost, and every row ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 10, maxLength: 60 }), async (events) => {
      const receiver = openReceiver()
      const { world, clock } = receiver
      const programs: [Program, Program] = [receiver.openProgram(), receiver.openProgram()]
      const keys = new Map<string, string>()
      const retries = new Map<string, number>()
      const at = (index: number) => programs[index] as Program
      try {
        for (const one of events) {
          if (one.what === 'enqueue') {
            at(0).enqueue(String(one.key), one.lane)
            if (!keys.has(String(one.key))) keys.set(String(one.key), one.lane)
          } else if (one.what === 'next') world.receptions.push(one.reception)
          else if (one.what === 'hold') world.isHeld = one.isHeld
          else if (one.what === 'answer') world.silent.shift()?.answer(one.answer)
          else if (one.what === 'work') await at(one.program).work()
          else if (one.what === 'retry') retry(at(one.program))
          else if (one.what === 'kill') {
            at(one.program).kill()
            programs[one.program] = receiver.openProgram()
          } else {
            clock.advance(one.by)
            if (one.by > 0) vi.advanceTimersByTime(one.by)
          }
          neverTwice()
        }
        // In the end all goes well, and one program is left.
        world.isHeld = false
        world.receptions = []
        at(0).kill()
        at(1).kill()
        programs[0] = receiver.openProgram()
        at(0).queue.takeOver()
        const isOpen = () =>
          at(0)
            .rows()
            .some(({ state }) => state === 'waiting' || state === 'taken')
        for (let hours = 0; hours < 100 && isOpen(); hours++) {
          await at(0).work()
          clock.advance(60 * minute)
          vi.advanceTimersByTime(60 * minute)
        }
        neverTwice()
        const rows = at(0).rows()
        expect(rows.map(({ key }) => key).sort()).toEqual([...keys.keys()].sort())
        for (const { key, state } of rows) {
          const arrivals = world.arrived.filter((one) => one === key).length
          expect(state).toMatch(/^(done|failed|unknown)$/)
          if (state === 'done') expect(arrivals).toBeGreaterThan(0)
          if (keys.get(key) === 'repeatable' || retries.has(key)) continue
          if (state === 'failed') expect(arrivals).toBe(0)
          // Only what nobody knows is unknown.
          if (state === 'unknown')
            expect(world.attempts.get(key)?.some((how) => how !== 'refused')).toBe(true)
        }
      } finally {
        for (const each of programs) each.kill()
        receiver.remove()
      }

      /** A person asks for one again that did not arrive, or may not have. */
      function retry({ rows, queue }: Program) {
        const row = rows().find(({ state }) => state === 'unknown' || state === 'failed')
        if (!row) return
        queue.retry(row.id)
        retries.set(row.key, (retries.get(row.key) ?? 0) + 1)
        world.attempts.set(row.key, [])
      }

      function neverTwice() {
        // What may be repeated may be so while its lost attempt is still under way.
        expect(world.doubled.filter((key) => keys.get(key) !== 'repeatable')).toEqual([])
        for (const [key, attempts] of world.attempts) {
          if (keys.get(key) === 'repeatable') continue
          const arrivals = world.arrived.filter((one) => one === key).length
          expect(arrivals).toBeLessThanOrEqual(1 + (retries.get(key) ?? 0))
          // Each but the last was refused for certain.
          expect(attempts.slice(0, -1).every((how) => how.startsWith('refused'))).toBe(true)
        }
      }
    }),
    { numRuns: runs, endOnFailure: true },
  )
})
