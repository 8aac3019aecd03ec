/** Two programs at one database, for tests of what happens between them. */
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { createAreas } from '../assembly/areas'
import { createLive } from '../kernel/change-log/live'
import { silentHost, type TestCore } from './testing'

/** A second program on the same database, past the lock that keeps it out. */
export function openSecondProgram({ directory, clock }: Pick<TestCore, 'directory' | 'clock'>) {
  const connection = new BetterSqlite3(join(directory, 'rapport.db'))
  connection.pragma('busy_timeout = 5000')
  connection.pragma('foreign_keys = on')
  const areas = createAreas(connection, {
    clock,
    live: createLive(),
    directory,
    host: silentHost,
    popups: { native: false, browser: false },
  })
  onTestFinished(async () => {
    await areas.outbox.close()
    connection.close()
  })
  return areas
}
