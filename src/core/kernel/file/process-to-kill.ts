/** A program that tests start and kill: it opens a database and says on its output what it has done. */

import { writeSync } from 'node:fs'
import { schema } from '../../assembly/schema'
import { company } from '../../assembly/tables'
import {
  createTriggersAndViews,
  dropTriggersAndViews,
  triggersFingerprint,
} from '../../assembly/triggers-and-views'
import { createLive } from '../change-log/live'
import { createDatabase } from '../database/database'
import { systemClock } from '../time/clock'
import { backUp } from './backup'
import { openFile } from './open-file'

const [task, directory = '', migrations = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

const ofTheProgram = {
  beforeMigration: dropTriggersAndViews,
  afterMigration: createTriggersAndViews,
  triggersFingerprint: triggersFingerprint(),
}
const none = { beforeMigration: dropTriggersAndViews, afterMigration() {}, triggersFingerprint: '' }

const opened = await openFile({
  directory,
  migrations,
  clock: systemClock,
  ...(task === 'save' ? ofTheProgram : none),
}).catch((error: Error & { code?: string }) => {
  say(`refused ${error.code}`)
  process.exit(1)
})
if (opened.state === 'damaged') {
  say('damaged')
  process.exit(1)
}
const { connection } = opened

switch (task) {
  case 'save': {
    const database = createDatabase(connection, { schema, clock: systemClock, live: createLive() })
    const actor = { userId: 'process', role: 'admin', door: 'test' } as const
    for (;;)
      say(
        database.act(actor, { label: 'Add a company' }, (writer) =>
          writer.insert(company, { name: 'Acme' }),
        ),
      )
  }
  case 'backup':
    for (;;) {
      say('begins')
      const made = await backUp({ connection, directory, clock: systemClock, reason: 'manual' })
      say(made.name)
    }
  case 'backup once':
    await backUp({ connection, directory, clock: systemClock, reason: 'manual' }).then(
      () => say('made'),
      (error: Error & { code?: string }) => say(`${error.code}: ${error.message}`),
    )
    break
  default:
    say('open')
    setInterval(() => {}, 1000)
}
