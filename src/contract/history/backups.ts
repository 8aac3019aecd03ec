/** The database file: its state, and its backups. */
import * as z from 'zod'
import { Backup } from '../kernel/backup'
import { may } from '../kernel/base'
import { Instant } from '../kernel/shapes'

export const DatabaseStatus = z.object({
  /** `damaged`: nothing but restoring works until a good file is back in place. */
  state: z.enum(['ready', 'damaged']),
  message: z.string().nullable(),
  /** Null for whoever may not administer: where on the machine it is. */
  file: z.string().nullable(),
  bytes: z.number().int(),
  version: z.number().int(),
  sqlite: z.string(),
  quarantined: z.array(z.string()),
  /** How far the change feed is: the same as before while nothing changed. */
  feedPosition: z.string(),
  /** Whether the disk takes what is written now. */
  storage: z.enum(['ok', 'full', 'read_only']),
  /** The last restart of the database within a quarter of an hour; `GET /jobs/safe-start` says more. */
  restartedAt: Instant.nullable(),
  /** Since when jobs are paused because the database had to be restarted twice. */
  jobsPausedSince: Instant.nullable(),
})
export type DatabaseStatus = z.infer<typeof DatabaseStatus>

export const database = {
  status: may('open')
    .route({ method: 'GET', path: '/database', tags: ['Database'] })
    .output(DatabaseStatus),
  backups: may('open')
    .route({ method: 'GET', path: '/database/backups', tags: ['Database'] })
    .output(z.array(Backup)),
  backUp: may('administer')
    .route({ method: 'POST', path: '/database/backups', tags: ['Database'], successStatus: 201 })
    .input(z.object({}))
    .output(Backup),
  /** Puts a backup in place of the database; what was there is kept beside it. */
  restore: may('administer')
    .route({ method: 'POST', path: '/database/backups/{name}/restore', tags: ['Database'] })
    .input(z.object({ name: z.string().max(200) }))
    .output(DatabaseStatus),
  /** Starts with an empty database in place of a damaged one. What was set aside and the backups stay. */
  startEmpty: may('administer')
    .route({ method: 'POST', path: '/database/start-empty', tags: ['Database'] })
    .input(z.object({}))
    .output(DatabaseStatus),
}
