/** What every area is built on. */

import type { Live } from './change-log/live'
import type { Database } from './database/database'
import type { Storage } from './database/storage'
import type { CustomFieldRegistry } from './fields/custom-fields'
import type { Lister } from './fields/list'
import type { Holds } from './holds/holds'
import type { Portions } from './portions/portions'
import type { Clock } from './time/clock'
import type { Watch } from './watch/watch'
import type { Workspace } from './workspace/workspace'

export interface Kernel {
  database: Database
  clock: Clock
  live: Live
  /** Asked in the transaction of whatever is about to leave. */
  holds: Holds
  lister: Lister
  customFields: CustomFieldRegistry
  workspace: Workspace
  /** Whether the disk takes what is written. */
  storage: Storage
  /** Told what is worked on; says which work is paused. */
  watch: Watch
  /** What long work is divided by, so that calls are answered in between. */
  portions: Portions
}
