/** A program that tests start and kill: it imports a file, resumes an import, or undoes one. */
import { readFileSync, writeSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import type { Router } from '../../../assembly/router'
import { openCore } from '../../../core'
import type { Host } from '../../../kernel/host/host'
import { systemClock } from '../../../kernel/time/clock'

const [task = '', directory = '', migrations = '', given = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

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
// Without its jobs: what they note would not be there without the import, and does not go with it.
const core = await openCore({ directory, migrations, clock: systemClock, host, ticks: false })
const actor = core.localActor('test')
const { transfer } = createRouterClient<Router, Record<never, never>>(core.router, {
  context: { actor },
})

async function begin(): Promise<string> {
  if (task === 'import') {
    const file = new File([readFileSync(given)], 'leads.csv')
    return (await transfer.start({ kind: 'leads', file, onDuplicate: 'update' })).importId
  }
  const { state, batchId } = await transfer.get({ importId: given })
  if (task === 'resume' && state !== 'done') await transfer.resume({ importId: given })
  // An undo that was cut short continues by itself.
  if (task === 'undo' && batchId !== null && state !== 'undoing' && state !== 'undone')
    await transfer.undo({ importId: given })
  return given
}

const importId = await begin()
say(importId)
for (;;) {
  const { state } = await transfer.get({ importId })
  if (state !== 'running' && state !== 'undoing') {
    say(state)
    break
  }
  await new Promise((resolve) => setTimeout(resolve, 5))
}
await core.close()
