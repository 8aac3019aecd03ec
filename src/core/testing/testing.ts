/** A real core on a real file in a temporary directory, with a clock that tests set. */
import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { inject, onTestFinished } from 'vitest'
import type { Role } from '../../contract/kernel/words'
import { removeFolder } from '../../testing-folder'
import type { Router } from '../assembly/router'
import { openCore } from '../core'
import type { Actor } from '../kernel/actor'
import type { Host } from '../kernel/host/host'
import type { Portions } from '../kernel/portions/portions'
import type { Clock } from '../kernel/time/clock'

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of a database as it is when new. */
    newDatabase: string
  }
}

export interface FakeClock extends Clock {
  set(instant: string | number): void
  advance(milliseconds: number): void
}

export function createFakeClock(start = '2026-11-20T09:30:00.000Z'): FakeClock {
  let now = Date.parse(start)
  return {
    now: () => now,
    set: (instant) => {
      now = typeof instant === 'number' ? instant : Date.parse(instant)
    },
    advance: (milliseconds) => {
      now += milliseconds
    },
  }
}

export const migrations = join(import.meta.dirname, '../../../drizzle')

/** A host with nothing in it. */
export const silentHost: Host = {
  notify: async () => false,
  showCounts: async () => {},
  openExternal: async () => {},
  secrets: {
    isAvailable: async () => false,
    get: async () => undefined,
    set: async () => {},
    remove: async () => {},
  },
}

export type TestCore = Awaited<ReturnType<typeof openTestCore>>

interface TestCoreOptions {
  directory?: string
  /** What the clock says at first. */
  start?: string
  /** False where there is no sound database to set up. */
  prepare?: boolean
  /** A host that answers. */
  host?: Host
  /** Names the machine; unless given, nobody is asked whether the database was moved. */
  machine?: string
  /** What long work is divided by; by time unless given. */
  portions?: Portions
}

/** Closed and deleted when the test ends. Give a directory to open one that exists. */
export async function openTestCore({ directory: given, ...options }: TestCoreOptions = {}) {
  const directory = given ?? mkdtempSync(join(tmpdir(), 'rapport-'))
  // One that begins at another time, or bare, is created from scratch.
  if (!given && !options.start && options.prepare !== false)
    copyFileSync(join(inject('newDatabase'), 'rapport.db'), join(directory, 'rapport.db'))
  const { core, clock, as, owner, client } = await openPrepared({ directory, ...options })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await core.close()
  }
  onTestFinished(async () => {
    await close()
    if (!given) removeFolder(directory)
  })

  return {
    core,
    clock,
    directory,
    close,
    owner,
    client,
    as,
    /** A further user, and the contract as that user may use it. */
    async addUser(name: string, role: Role) {
      const user = await client.users.create({ name, role })
      return { id: user.id, client: as({ userId: user.id, role, door: 'test' }) }
    },
    /** The stage of this name in the default pipeline. */
    async stage(name: string) {
      const found = (await client.pipeline.stages.list({})).find((stage) => stage.name === name)
      if (!found) throw new Error(`There is no stage ${name}.`)
      return found
    },
  }
}

/** Opens a core, and sets up its workspace for tests. */
export async function openPrepared({
  directory,
  start,
  prepare = true,
  host = silentHost,
  machine,
  portions,
}: TestCoreOptions & { directory: string }) {
  const clock = createFakeClock(start)
  const core = await openCore({
    ...{ directory, migrations, clock, host, machine, ticks: false },
    ...(portions && { portions }),
  })

  /** The contract as this actor may use it. */
  const as = (actor: Actor) =>
    createRouterClient<Router, Record<never, never>>(core.router, { context: { actor } })
  const owner = core.localActor('test')
  const client = as(owner)
  if (prepare) await client.settings.updateWorkspace({ timezone: 'UTC' })
  return { core, clock, as, owner, client }
}
