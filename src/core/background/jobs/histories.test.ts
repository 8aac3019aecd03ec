/** Whatever people, clocks and crashes do, what is due is announced once for each time that the clock reaches its instant: random histories against the rows themselves. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { type Areas, createAreas } from '../../assembly/areas'
import { createLive } from '../../kernel/change-log/live'
import type { Host } from '../../kernel/host/host'
import { openTestCore, silentHost, type TestCore } from '../../testing/testing'

/** Set HISTORIES for a longer run, e.g. ten thousand before a release. */
const histories = Number(process.env.HISTORIES ?? 250)

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Zones and the instants around which their clocks change: a gap and an overlap of each. */
const changes = [
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
  ['Africa/Casablanca', '2026-03-22T02:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
] as const
const zones = [...new Set(changes.map(([zone]) => zone)), 'UTC']

type Step =
  | { does: 'create'; after: number }
  | { does: 'createLocal'; zone: string; after: number }
  | { does: 'move' | 'snooze'; which: number; after: number }
  | { does: 'complete' | 'dismiss' | 'reopen'; which: number }
  | { does: 'wait'; for: number }
  | { does: 'setClock'; by: number }
  | { does: 'tick'; host: number }
  | { does: 'tickBoth' }
  | { does: 'crash'; host: number; when: 'idle' | 'before' | 'after' }
  | { does: 'zone'; zone: string }
  | { does: 'settle' }

const which = fc.nat(9)
const host = fc.nat(1)
const span = fc.oneof(
  fc.integer({ min: -30, max: 90 }).map((minutes) => minutes * minute),
  fc.integer({ min: -2, max: 40 }).map((hours) => hours * hour),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('create' as const), after: span }) },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('createLocal' as const),
      zone: fc.constantFrom(...zones),
      after: span,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('move' as const, 'snooze' as const),
      which,
      after: span,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constantFrom('complete' as const, 'dismiss' as const, 'reopen' as const),
      which,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      for: fc.oneof(
        fc.integer({ min: 1, max: 120 }).map((seconds) => seconds * 1000),
        fc.integer({ min: 1, max: 20 }).map((hours) => hours * hour),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('setClock' as const),
      by: fc.constantFrom(-day, -hour, hour, day),
    }),
  },
  { weight: 8, arbitrary: fc.record({ does: fc.constant('tick' as const), host }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('tickBoth' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('crash' as const),
      host,
      when: fc.constantFrom('idle' as const, 'before' as const, 'after' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('zone' as const), zone: fc.constantFrom(...zones) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('settle' as const) }) },
)

/** A clock was confirmed while nothing had been announced: what came after was announced twice. */
const confirmedBeforeAnything: Step[] = [
  { does: 'crash', host: 1, when: 'after' },
  { does: 'tick', host: 1 },
  { does: 'create', after: 19 * hour },
  { does: 'tick', host: 0 },
  { does: 'tickBoth' },
  { does: 'setClock', by: -day },
  { does: 'create', after: 38 * hour },
  { does: 'setClock', by: -hour },
  { does: 'tick', host: 1 },
  { does: 'create', after: 34 * hour },
  { does: 'tick', host: 1 },
  { does: 'tick', host: 1 },
  { does: 'createLocal', zone: 'Africa/Casablanca', after: 0 },
  { does: 'tick', host: 1 },
  { does: 'snooze', which: 9, after: 68 * minute },
  { does: 'wait', for: 14 * hour },
  { does: 'setClock', by: -day },
  { does: 'snooze', which: 7, after: 85 * minute },
  { does: 'wait', for: 33000 },
  { does: 'settle' },
  { does: 'tick', host: 0 },
  { does: 'create', after: -23 * minute },
  { does: 'setClock', by: hour },
  { does: 'wait', for: 17 * hour },
  { does: 'tick', host: 0 },
  { does: 'crash', host: 1, when: 'idle' },
]

interface Announced {
  reminderId: string
  due: number
}

test(
  `what is due is announced once, never early, never lost, never after it is done, in ${histories} histories`,
  async () => {
    const core = await openTestCore()
    const { clock } = core
    const world = createWorld(core)
    onTestFinished(world.close)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...changes),
        fc.integer({ min: -180, max: 60 }),
        fc.array(step, { minLength: 8, maxLength: 40 }),
        async ([, instant], minutes, steps) => {
          clock.set(Date.parse(instant) + minutes * minute)
          const take = world.begin()
          for (const one of [...steps, { does: 'settle' } as const]) await take(one)
        },
      ),
      {
        numRuns: histories,
        endOnFailure: true,
        examples: [[['America/New_York', '2026-11-01T06:00:00Z'], 4, confirmedBeforeAnything]],
      },
    )
  },
  120_000 + histories * 300,
)

/** No power fails here: only programs die, and what they committed stays. */
function connect(file: string): Database.Database {
  const connection = new Database(file)
  connection.pragma('synchronous = off')
  return connection
}

interface Machine {
  areas: Areas
  connection: Database.Database
  /** What its next popup does to it. */
  dies: 'before' | 'after' | undefined
}

/** Somebody who watches what the programs on a database announce, and knows what they may. */
function createWitness(watcher: Database.Database, clock: TestCore['clock']) {
  /** What has been announced for the time that the clock has reached it. */
  let seen = new Set<string>()
  /** How often each was announced, and how often it may be: once more each time it turns out to have been too early. */
  let counts = new Map<string, number>()
  let allowed = new Map<string, number>()
  /** Notification → how often a popup of it was shown. */
  const popups = new Map<string, number>()
  const rowOf = watcher.prepare(
    `select status in ('pending', 'snoozed') and deleted_at is null as open,
       coalesce(iif(status = 'snoozed', snoozed_until, null), remind_at) as due from reminder where id = ?`,
  )
  const countAlone = watcher
    .prepare(`select count(*) from notification where kind = 'reminder_due'`)
    .pluck()
  let seenAlone = 0
  const stateOf = (id: string) => rowOf.get(id) as { open: number; due: number }

  /** A popup of one reminder comes while it is open, due, and due at the instant that was announced. */
  function expectTimely(notificationId: string) {
    const row = watcher
      .prepare('select key, subject_id from notification where id = ?')
      .get(notificationId) as { key: string; subject_id: string | null }
    if (row.subject_id === null) return
    const { open, due } = stateOf(row.subject_id)
    expect([open, row.key]).toEqual([1, `reminder:${row.subject_id}:${due}`])
    expect(due).toBeLessThanOrEqual(clock.now())
  }

  /** Everything the centre announces, alone or in a digest. */
  function allAnnounced(): Announced[] {
    const rows = watcher
      .prepare(
        `select kind, subject_id, key, items from notification where kind in ('reminder_due', 'catch_up')`,
      )
      .all() as { kind: string; subject_id: string; key: string; items: string }[]
    return rows.flatMap(({ kind, subject_id, key, items }) =>
      kind === 'reminder_due'
        ? [{ reminderId: subject_id, due: Number(key.split(':')[2]) }]
        : (JSON.parse(items) as { at: number; record: { id: string } }[]).map((item) => ({
            reminderId: item.record.id,
            due: item.at,
          })),
    )
  }

  /**
   * What was announced since is announced for the first time, of what is open and due at this very instant; more
   * than three things at once are one notice.
   */
  function check() {
    const alone = Number(countAlone.get())
    expect(alone - seenAlone).toBeLessThanOrEqual(3)
    seenAlone = alone
    const announced = allAnnounced().map(({ reminderId, due }) => `${reminderId} ${due}`)
    for (const [one, times] of Map.groupBy(announced, (each) => each)) {
      expect(times.length).toBeLessThanOrEqual(allowed.get(one) ?? 1)
      if (times.length === (counts.get(one) ?? 0)) continue
      counts.set(one, times.length)
      seen.add(one)
      const [id = '', due] = one.split(' ')
      expect(stateOf(id)).toEqual({ open: 1, due: Number(due) })
      expect(Number(due)).toBeLessThanOrEqual(clock.now())
    }
    for (const times of popups.values()) expect(times).toBe(1)
  }

  /** A popup of this notification is shown. */
  function popUp(notificationId: string) {
    expectTimely(notificationId)
    popups.set(notificationId, (popups.get(notificationId) ?? 0) + 1)
  }

  /** Nothing that is open and due was left out, and nothing waits to go out. */
  function expectSettled(ids: readonly string[]) {
    for (const id of ids) {
      const { open, due } = stateOf(id)
      if (open && due <= clock.now()) expect(seen).toContain(`${id} ${due}`)
    }
    const left = watcher
      .prepare(
        `select count(*) from delivery where channel = 'native' and next_attempt_at <= ?
           and state in ('waiting', 'taken')`,
      )
      .pluck()
      .get(clock.now())
    expect(left).toBe(0)
  }

  /** The clock was set back to more than an hour before what was announced already: that was too early. */
  function forgetWhatWasEarly() {
    for (const one of seen)
      if (Number(one.split(' ')[1]) > clock.now() + hour) {
        seen.delete(one)
        allowed.set(one, (allowed.get(one) ?? 1) + 1)
      }
  }

  function forgetAll() {
    seen = new Set()
    counts = new Map()
    allowed = new Map()
    seenAlone = 0
    popups.clear()
  }

  return { popUp, check, forgetWhatWasEarly, expectSettled, forgetAll }
}

/** Two programs on one database, and what people, clocks and crashes do to them. */
function createWorld({ clock, owner, directory }: TestCore) {
  const file = join(directory, 'rapport.db')
  const watcher = connect(file)
  const witness = createWitness(watcher, clock)
  let ids: string[] = []
  const machines = [start(), start()]

  function start(): Machine {
    const connection = connect(file)
    const machine: Partial<Machine> = { connection, dies: undefined }
    const host: Host = {
      ...silentHost,
      async notify({ id }) {
        if (machine.dies === 'before') return die()
        witness.popUp(id)
        return machine.dies === 'after' ? die() : true
      },
    }
    const die = () => {
      connection.close()
      return new Promise<boolean>(() => {})
    }
    machine.areas = createAreas(connection, {
      clock,
      live: createLive(),
      directory,
      host,
      report: (error) => {
        if (connection.open) throw error
      },
    })
    return machine as Machine
  }

  async function tick(machine: Machine) {
    // Somebody looks at the clock where it went back by days, and says that it is right.
    const { holds } = machine.areas.kernel
    if (holds.isHeld('clock')) holds.release('clock', owner.userId)
    witness.forgetWhatWasEarly()
    const dead = new Promise<void>((resolve) => {
      const look = () => (machine.connection.open ? setImmediate(look) : resolve())
      if (machine.dies) look()
    })
    const done = machine.areas.jobs.tick()
    await (machine.dies ? Promise.race([done, dead]) : done)
    witness.check()
  }

  const areas = () => machines[0]?.areas as Areas
  const at = (after: number) => new Date(clock.now() + after).toISOString()
  const chosen = (which: number) => ids[which % Math.max(ids.length, 1)]
  /** What the CRM refuses, such as completing twice, is no step. */
  const attempt = (work: () => unknown) => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof Error) || !('status' in error)) throw error
    }
  }

  async function take(step: Step) {
    const { reminders, users } = areas()
    switch (step.does) {
      case 'create':
        ids.push(reminders.create(owner, { notes: 'Call', remindAt: at(step.after) }).id)
        break
      case 'createLocal':
        ids.push(
          reminders.create(owner, {
            notes: 'Call',
            wallTime: at(step.after).slice(0, 16),
            zone: step.zone,
          }).id,
        )
        break
      case 'move':
      case 'snooze': {
        const id = chosen(step.which)
        if (id === undefined) break
        attempt(() =>
          step.does === 'move'
            ? reminders.update(owner, { id, remindAt: at(step.after) })
            : reminders.snooze(owner, id, at(step.after)),
        )
        break
      }
      case 'complete':
      case 'dismiss':
      case 'reopen': {
        const id = chosen(step.which)
        if (id !== undefined) attempt(() => reminders[step.does](owner, id))
        break
      }
      case 'wait':
        clock.advance(step.for)
        break
      case 'setClock':
        clock.advance(step.by)
        break
      case 'tick':
        await tick(machines[step.host] as Machine)
        break
      case 'tickBoth':
        await Promise.all(machines.map(tick))
        break
      case 'crash': {
        const machine = machines[step.host] as Machine
        if (step.when !== 'idle') {
          machine.dies = step.when
          await tick(machine)
        }
        machine.connection.close()
        machines[step.host] = start()
        break
      }
      case 'zone':
        users.update(owner, { id: owner.userId, timezone: step.zone })
        break
      case 'settle': {
        // Longer than a lease lasts: whoever died is not waited for any more.
        clock.advance(3 * minute)
        for (const machine of machines) await tick(machine)
        witness.expectSettled(ids)
        break
      }
    }
  }

  return {
    /** A history on a clean database; answers what takes its steps. */
    begin() {
      watcher.exec(
        `delete from reminder; delete from notification; delete from told; delete from lease; delete from job;
         delete from hold; delete from change_cursor where reader = 'told_early'; update installation set last_seen = null`,
      )
      ids = []
      witness.forgetAll()
      return take
    },
    close() {
      for (const { connection } of machines) connection.close()
      watcher.close()
    },
  }
}
