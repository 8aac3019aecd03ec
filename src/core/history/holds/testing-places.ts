/** Data folders on machines, the program that runs on one of them, and what somebody who watched would know. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect } from 'vitest'
import type { Router } from '../../assembly/router'
import { type Core, openCore } from '../../core'
import type { PostOffice } from '../../testing/mail'
import { createFakeClock, type FakeClock, migrations, silentHost } from '../../testing/testing'

type Client = ReturnType<typeof clientOf>
const clientOf = (core: Core) =>
  createRouterClient<Router, Record<never, never>>(core.router, {
    context: () => ({ actor: core.localActor('test') }),
  })

/** A data folder on a machine, and what somebody who watched would know of it. */
export interface Place {
  directory: string
  machine: string
  clock: FakeClock
  /** Who must not get anything from here any more. */
  optedOut: Set<string>
  /** Subjects of what was approved and must be in the outbox in some state. */
  kept: Set<string>
  /** What was known at each backup. */
  backups: Map<string, Known>
  /** A copy that is known to be one: what was written elsewhere is not for its people to send. */
  isCopy: boolean
  own: Set<string>
  /** It was moved away. */
  isGone: boolean
  /** What somebody who knows says when asked whether it was moved or copied. */
  answer: 'moved' | 'copied'
  /** Somebody has said so; the first one was neither. */
  isSettled: boolean
}
type Known = Pick<Place, 'optedOut' | 'kept'>

export type World = ReturnType<typeof createWorld>

/** The program is at one place at a time, `world.here`. */
export function createWorld(office: PostOffice) {
  const folders: string[] = []
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-model-'))
    folders.push(folder)
    return folder
  }
  const first: Place = {
    directory: newFolder(),
    machine: 'machine 0',
    clock: createFakeClock(),
    ...{ optedOut: new Set(), kept: new Set(), backups: new Map(), own: new Set() },
    ...{ isCopy: false, isGone: false, answer: 'moved', isSettled: true },
  }
  let core: Core | undefined
  let checked = 0
  const world = {
    here: first,
    places: [first],
    client: undefined as unknown as Client,
    newFolder,
    /** Subjects, in their order. */
    arrived: () => office.letters.map(({ subject }) => subject ?? ''),
    known: ({ optedOut, kept }: Place): Known => ({
      optedOut: new Set(optedOut),
      kept: new Set(kept),
    }),

    async open() {
      const { directory, machine, clock } = world.here
      core = await openCore({
        ...{ directory, machine, clock, migrations },
        host: silentHost,
        ticks: false,
      })
      world.client = clientOf(core)
    },
    async close() {
      await core?.close()
      core = undefined
    },
    tick: async () => await core?.tick(),

    /** No message goes out twice, and none goes to an address this database must not write to. */
    check(): void {
      const subjects = world.arrived()
      expect(subjects.filter((subject, index) => subjects.indexOf(subject) !== index)).toEqual([])
      for (const { to } of office.letters.slice(checked))
        expect([...world.here.optedOut]).not.toContain(to?.[0]?.address)
      checked = subjects.length
    },
    async checkNothingLost(): Promise<void> {
      const messages = new Map<string, string>()
      for (let cursor: string | undefined, more = true; more; ) {
        const page = await world.client.outbox.list({ limit: 200, ...(cursor ? { cursor } : {}) })
        for (const { subject, state } of page.items)
          if (messages.get(subject) !== 'sent') messages.set(subject, state)
        cursor = page.nextCursor ?? undefined
        more = cursor !== undefined
      }
      for (const subject of world.here.kept) expect([...messages.keys()]).toContain(subject)
      for (const [subject, state] of messages)
        if (state === 'sent') expect(world.arrived()).toContain(subject)
    },

    /** As the power goes: what was on the disk at that moment is all there is. */
    async kill(whileSending: boolean) {
      const { directory } = world.here
      const sending = whileSending ? world.client.outbox.send({}).catch(() => undefined) : undefined
      if (whileSending) await new Promise((resolve) => setTimeout(resolve, 4))
      const snapshot = newFolder()
      cpSync(directory, snapshot, { recursive: true })
      // The program that lives on here for a moment hands over nothing that a dead one would not have.
      office.trouble = 'hangs_up_before_data'
      await sending
      await world.close()
      office.trouble = 'none'
      world.check()
      for (const name of readdirSync(directory))
        rmSync(join(directory, name), { recursive: true, maxRetries: 5 })
      cpSync(snapshot, directory, { recursive: true })
      await world.open()
    },

    async end() {
      await world.close().catch(() => {})
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return world
}
