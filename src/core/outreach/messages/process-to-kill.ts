/** A program that tests start and kill: it sends what is in the outbox. */
import { writeSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import type { Router } from '../../assembly/router'
import { openCore } from '../../core'
import type { Host } from '../../kernel/host/host'
import { systemClock } from '../../kernel/time/clock'

const [directory = '', migrations = ''] = process.argv.slice(2)
const host: Host = {
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
const core = await openCore({ directory, migrations, clock: systemClock, host })
const { outbox } = createRouterClient<Router, Record<never, never>>(core.router, {
  context: { actor: core.localActor('test') },
})
writeSync(1, 'sending\n')
await outbox.send({})
writeSync(1, 'done\n')
await core.close()
