/** A program that tests start and kill: it makes reminders that are due at once and announces them by popup. */
import { writeSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { createRouterClient } from '@orpc/server'
import type { Router } from '../../assembly/router'
import { openCore } from '../../core'
import type { Host } from '../../kernel/host/host'
import { systemClock } from '../../kernel/time/clock'

const [directory = '', migrations = '', made = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

const host: Host = {
  async notify({ id }) {
    say(`shown ${id}`)
    // Whoever is killed here has shown it and not said so.
    await wait(Math.random() * 4)
    return true
  },
  showCounts: async () => {},
  openExternal: async () => {},
  secrets: {
    isAvailable: async () => false,
    get: async () => undefined,
    set: async () => {},
    remove: async () => {},
  },
}
const core = await openCore({ directory, migrations, clock: systemClock, host, door: 'desktop' })
const { reminders } = createRouterClient<Router, Record<never, never>>(core.router, {
  context: { actor: core.localActor('test') },
})
for (let index = 0; index < Number(made); index++) {
  const { id } = await reminders.create({ notes: 'Call', remindAt: new Date().toISOString() })
  say(`made ${id}`)
  // Some are announced alone, some together.
  if (Math.random() < 0.6) await core.tick()
}
await core.tick()
await core.close()
