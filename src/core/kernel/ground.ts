/** What every area stands on. */
import type { Clock } from './clock'
import type { Database } from './database'
import type { Lister } from './list'
import type { Live } from './live'
import type { Workspace } from './workspace'

export interface Ground {
  database: Database
  clock: Clock
  live: Live
  lister: Lister
  workspace: Workspace
}
