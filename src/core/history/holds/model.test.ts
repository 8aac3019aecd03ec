/**
 * Whatever people, clocks, restores, copies and crashes do: no e-mail reaches anybody twice or
 * against an opt-out that was known there, and nothing that was approved is lost without a word.
 */
import { cpSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'vitest'
import { accountAt, openPostOffice, type PostOffice } from '../../testing/mail'
import { createFakeClock } from '../../testing/testing'
import { createWorld, type Place, type World } from './testing-places'

/** Set HOLDS_RUNS for a longer run, e.g. a thousand before a release. */
const runs = Number(process.env.HOLDS_RUNS ?? 3)
/** Gives a failed run again. */
const seed = process.env.HOLDS_SEED === undefined ? undefined : Number(process.env.HOLDS_SEED)

const hour = 3_600_000
const day = 24 * hour
const jumps = [hour, 13 * hour, 2 * day, 40 * day, 400 * day, 70 * 365 * day]

type Command =
  | { does: 'write'; next: 'draft' | 'approve' | 'now'; later: number }
  | {
      does: 'approve' | 'optOut' | 'restore' | 'copy' | 'move' | 'damage' | 'old file'
      which: number
    }
  | {
      does: 'plan' | 'back up' | 'work' | 'restart' | 'kill' | 'kill sending' | 'decide' | 'release'
    }
  | { does: 'go to'; which: number }
  | { does: 'wait'; for: number }
  | { does: 'clock'; by: number }

const which = fc.nat(7)
const of = <T extends string>(does: T, weight: number) => ({
  weight,
  arbitrary: fc.record({ does: fc.constant(does) }),
})
const picking = <T extends string>(does: T, weight: number) => ({
  weight,
  arbitrary: fc.record({ does: fc.constant(does), which }),
})
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('write' as const),
      next: fc.constantFrom('draft' as const, 'approve' as const, 'now' as const),
      later: fc.constantFrom(0, 0, 5, 30),
    }),
  },
  picking('approve', 2),
  picking('optOut', 3),
  picking('restore', 4),
  picking('copy', 2),
  picking('move', 1),
  picking('damage', 1),
  picking('old file', 1),
  picking('go to', 3),
  of('plan', 3),
  of('back up', 4),
  of('work', 8),
  of('restart', 1),
  of('kill', 1),
  of('kill sending', 1),
  of('decide', 2),
  of('release', 4),
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('wait' as const), for: fc.constantFrom(1, 6, 25) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('clock' as const),
      by: fc.constantFrom(...jumps.flatMap((jump) => [jump, -jump])),
    }),
  },
)

/** What people and the program do at a place. */
function createWork(world: World) {
  let lastNumber = 0

  async function addContact(number: number) {
    const email = `person${number}@acme.example`
    const { id } = await world.client.contacts.create({ firstName: `Person${number}`, email })
    return id
  }

  return {
    async write({ next, later }: Extract<Command, { does: 'write' }>) {
      const { here, client } = world
      const number = ++lastNumber
      const contactId = await addContact(number)
      const subject = `Number ${number}`
      here.own.add(subject)
      await client.outbox.create({
        ...{ contactId, subject, body: `Hello Person${number}`, final: true, next },
        ...(later > 0 && next !== 'draft'
          ? { sendAfter: new Date(here.clock.now() + later * hour).toISOString() }
          : {}),
      })
      if (next !== 'draft') here.kept.add(subject)
      world.check()
    },

    async approve(which: number) {
      const { here, client } = world
      const { items } = await client.outbox.list({ state: ['drafted'], limit: 200 })
      const draft = items[which % Math.max(1, items.length)]
      if (!draft || (here.isCopy && !here.own.has(draft.subject))) return
      if (world.arrived().includes(draft.subject)) await client.outbox.cancel({ id: draft.id })
      else await client.outbox.approve({ id: draft.id }).catch(() => {})
      world.check()
    },

    async optOut(which: number) {
      const { here, client } = world
      const address = `person${lastNumber - which}@acme.example`
      if (which >= lastNumber) return
      await client.optOuts.add({ address })
      // What was on its way at that moment may arrive.
      await client.outbox.send({})
      world.check()
      here.optedOut.add(address)
    },

    async plan() {
      const { client } = world
      const number = ++lastNumber
      const contactId = await addContact(number)
      const lead = await client.leads.create({ title: `Lead ${number}`, contactId })
      await client.plans.create({
        leadId: lead.id,
        settings: { workingTimeOnly: false },
        steps: [1, 2, 3].map((step) => ({
          ...{ type: 'email', automated: true, delay: step - 1, delayUnit: 'days' as const },
          ...{ subject: `Lead ${number}, step ${step}`, body: `Hello Person${number}` },
        })),
      })
    },

    async work() {
      const { client } = world
      await client.jobs.run({ name: 'plan_steps' })
      await client.outbox.send({})
      await world.tick()
      world.check()
    },

    /** Somebody who knows what has arrived decides. In a copy, what is the original's is left to it. */
    async decide() {
      const { here, client } = world
      const { items } = await client.outbox.list({
        state: ['unknown', 'late', 'failed'],
        limit: 200,
      })
      for (const { id, subject, state } of items) {
        const isOthers = here.isCopy && !here.own.has(subject)
        const as = world.arrived().includes(subject)
          ? 'sent'
          : isOthers
            ? 'cancelled'
            : 'send_again'
        if (state === 'unknown') await client.outbox.resolve({ id, as })
        else if (as === 'send_again' && state === 'late')
          await client.outbox.approve({ id, now: true }).catch(() => {})
        else await client.outbox.cancel({ id }).catch(() => {})
      }
      world.check()
    },

    async release() {
      const { here, client } = world
      for (const { reason, ...hold } of (await client.holds.status()).holds) {
        if (reason === 'clock') await client.holds.clockIsRight({})
        else if (reason === 'restored') await client.holds.resume({})
        else if ('answer' in hold && hold.answer === null) {
          await client.holds.place({ answer: here.answer })
          here.isCopy ||= here.answer === 'copied'
          here.isSettled = true
        } else await client.holds.sendFromCopy({})
      }
      world.check()
    },
  }
}

/** What happens to the database file and its folder. */
function createUpheavals(world: World) {
  const { open, close, check, known } = world

  const pickBackup = (number: number) => {
    const names = [...world.here.backups.keys()]
    return names[number % Math.max(1, names.length)]
  }

  /** From what cannot be read, only what some backup knew is known still. */
  const forgetAllBut = (name: string, alsoKnown: string | undefined) => {
    const { here } = world
    const restored = here.backups.get(name)
    const newest = alsoKnown === undefined ? undefined : here.backups.get(alsoKnown)
    here.kept = new Set(restored?.kept)
    here.optedOut = new Set([...(restored?.optedOut ?? []), ...(newest?.optedOut ?? [])])
  }

  const newestBackup = async () => (await world.client.database.backups())[0]?.name

  async function restart() {
    await close()
    check()
    await open()
  }

  return {
    restart,

    async backUp() {
      const { name } = await world.client.database.backUp({})
      world.here.backups.set(name, known(world.here))
    },

    async restore(which: number) {
      const { here, client } = world
      const name = pickBackup(which)
      if (name === undefined) return
      const before = known(here)
      const had = new Set((await client.database.backups()).map((backup) => backup.name))
      await client.database.restore({ name })
      for (const backup of await client.database.backups())
        if (!had.has(backup.name) && backup.reason === 'restore')
          here.backups.set(backup.name, before)
      here.kept = new Set(here.backups.get(name)?.kept)
      check()
    },

    async damage(which: number) {
      const name = pickBackup(which)
      if (name === undefined) return
      await close()
      check()
      truncateSync(join(world.here.directory, 'rapport.db'), 5000)
      await open()
      const newest = await newestBackup()
      await world.client.database.restore({ name })
      forgetAllBut(name, newest)
      check()
    },

    async putOldFileThere(which: number) {
      const { directory } = world.here
      const name = pickBackup(which)
      if (name === undefined) return
      const newest = await newestBackup()
      await close()
      check()
      for (const file of ['rapport.db', 'rapport.db-wal', 'rapport.db-shm'])
        rmSync(join(directory, file), { force: true })
      cpSync(join(directory, 'backups', name), join(directory, 'rapport.db'))
      forgetAllBut(name, newest)
      await open()
    },

    async takeElsewhere(does: 'move' | 'copy', which: number) {
      const { here, places } = world
      if (places.length > 3) return
      await close()
      check()
      const directory = world.newFolder()
      cpSync(here.directory, directory, { recursive: true })
      const clock = createFakeClock(new Date(here.clock.now()).toISOString())
      if (does === 'move') here.isGone = true
      world.here = {
        ...here,
        isGone: false,
        ...{ directory, clock, ...known(here), backups: new Map(here.backups) },
        machine: which % 2 === 0 ? here.machine : `machine ${places.length}`,
        // What waits in a copy is the original's to send.
        own: new Set(does === 'copy' ? [] : here.own),
        // Of a copy that nobody was asked about yet, what is moved is a copy still.
        answer: does === 'copy' || !here.isSettled ? 'copied' : 'moved',
        isSettled: false,
      }
      places.push(world.here)
      await open()
    },

    async goTo(place: Place | undefined) {
      if (!place || place === world.here) return
      await close()
      check()
      world.here = place
      await open()
    },
  }
}

async function play(commands: readonly Command[], office: PostOffice): Promise<void> {
  const world = createWorld(office)
  const work = createWork(world)
  const upheavals = createUpheavals(world)
  const alive = () => world.places.filter(({ isGone }) => !isGone)

  async function obey(command: Command): Promise<void> {
    switch (command.does) {
      case 'write':
        return work.write(command)
      case 'approve':
        return work.approve(command.which)
      case 'optOut':
        return work.optOut(command.which)
      case 'plan':
        return work.plan()
      case 'work':
        return work.work()
      case 'decide':
        return work.decide()
      case 'release':
        return work.release()
      case 'back up':
        return upheavals.backUp()
      case 'restore':
        return upheavals.restore(command.which)
      case 'damage':
        return upheavals.damage(command.which)
      case 'old file':
        return upheavals.putOldFileThere(command.which)
      case 'move':
      case 'copy':
        return upheavals.takeElsewhere(command.does, command.which)
      case 'go to':
        return upheavals.goTo(alive()[command.which % alive().length])
      case 'restart':
        return upheavals.restart()
      case 'kill':
      case 'kill sending':
        return world.kill(command.does === 'kill sending')
      case 'wait':
        return void world.here.clock.advance(command.for * hour)
      case 'clock':
        return void world.here.clock.advance(command.by)
    }
  }

  try {
    await world.open()
    await world.client.mail.accounts.create(accountAt(office))
    await world.client.outbox.settings({
      approvalFirst: false,
      nameRequired: false,
      identicalMost: 10_000,
    })
    await world.client.settings.updateWorkspace({ timezone: 'UTC' })
    await upheavals.backUp()
    for (const one of commands) await obey(one)
    // In the end somebody looks at everything, and then all that may go out does.
    for (const place of alive()) {
      await upheavals.goTo(place)
      for (let round = 0; round < 4; round++) {
        await work.release()
        await work.decide()
        await work.work()
        world.here.clock.advance(day)
      }
      await world.checkNothingLost()
    }
  } finally {
    await world.end()
  }
}

test(
  'nothing goes out twice or against an opt-out, and nothing is lost without a word',
  async () => {
    const office = await openPostOffice()
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 10, maxLength: 24 }), async (commands) => {
        office.letters.length = 0
        await play(commands, office)
      }),
      {
        numRuns: runs,
        endOnFailure: process.env.HOLDS_SHRINK === undefined,
        ...(seed === undefined ? {} : { seed }),
      },
    )
  },
  60_000 + runs * 60_000,
)
