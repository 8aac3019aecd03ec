/** What every area is built on, made on one open connection. */
import type BetterSqlite3 from 'better-sqlite3'
import type { Live } from '../kernel/change-log/live'
import { createDatabase } from '../kernel/database/database'
import { addTextFunctions } from '../kernel/database/sql-functions'
import { createReporting, createStorage } from '../kernel/database/storage'
import { createLister } from '../kernel/fields/list'
import { createReach, type Referred } from '../kernel/fields/reach'
import { createHolds } from '../kernel/holds/holds'
import type { Kernel } from '../kernel/kernel'
import { createPortions, type Portions } from '../kernel/portions/portions'
import { createReacting } from '../kernel/reactions/within'
import type { Clock } from '../kernel/time/clock'
import { addClockFunction } from '../kernel/time/past'
import { addDayFunction } from '../kernel/time/whole-days'
import type { Watch } from '../kernel/watch/watch'
import { createWorkspace } from '../kernel/workspace/workspace'
import { createCustomFieldRegistry } from '../records/custom-fields/registry'
import { within } from './reactions'
import { schema } from './schema'

export interface KernelNeeds {
  clock: Clock
  live: Live
  directory: string
  watch: Watch
  /** Tests give their own. */
  portions?: Portions | undefined
  /** The records of a kind that fields may refer to. */
  referred(kind: string): Referred | undefined
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

/** Also answers who is to hear of faults: whatever the disk is to blame for is noticed on the way. */
export function createKernel(
  connection: BetterSqlite3.Database,
  { clock, live, directory, watch, portions = createPortions(), referred, report }: KernelNeeds,
) {
  const storage = createStorage({
    directory,
    write: () =>
      void database.transaction(() =>
        database.prepare('update session set quiet = quiet where id = 1').run(),
      ),
    announce: () => database.announce(null, { storage: null }),
  })
  const database = createDatabase(connection, {
    schema,
    clock,
    live,
    reacting: (opened) => createReacting(opened, within),
    heartbeat: watch.heartbeat,
    explain: storage.explain,
  })
  const workspace = createWorkspace(database)
  addDayFunction(connection, workspace.timezone)
  addClockFunction(connection, clock)
  addTextFunctions(connection)
  const customFields = createCustomFieldRegistry(database)
  const reach = createReach(referred, customFields.conditionField)
  const kernel: Kernel = {
    ...{ database, clock, live, workspace, storage, customFields, watch, portions },
    holds: createHolds(database, directory),
    lister: createLister(database, { workspace, clock, reach, customSort: customFields.sort }),
  }
  return { kernel, report: createReporting(storage, report) }
}
