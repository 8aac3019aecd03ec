/** What every area is built on. */
import type { Clock } from './clock'
import type { Database } from './database'
import type { Holds } from './holds'
import type { Lister } from './list'
import type { Live } from './live'
import type { Storage } from './storage'
import type { Watch } from './watch/watch'
import type { Workspace } from './workspace'

export interface Ground {
  database: Database
  clock: Clock
  live: Live
  /** Asked in the transaction of whatever is about to leave. */
  holds: Holds
  lister: Lister
  workspace: Workspace
  /** Whether the disk takes what is written. */
  storage: Storage
  /** Told what is worked on; says which work is paused. */
  watch: Watch
}
