/** What runs by itself: when each job ran and will run, and who may run jobs now. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { jobNames } from '../../../contract/background/words'
import { id, seq } from '../../kernel/database/columns'
import { declare } from '../../kernel/database/declare'

export const job = sqliteTable('job', {
  name: text('name', { enum: jobNames }).primaryKey(),
  paused: integer('paused').notNull().default(0),
  /** UTC; null while it has never been planned. */
  nextRunAt: integer('next_run_at'),
})

export const jobRun = sqliteTable(
  'job_run',
  {
    seq: seq(),
    id: id(),
    job: text('job', { enum: jobNames }).notNull(),
    startedAt: integer('started_at').notNull(),
    finishedAt: integer('finished_at'),
    /** For people: what it did. */
    result: text('result'),
    error: text('error'),
  },
  (table) => [index('job_run_job').on(table.job, table.seq)],
)

/** Held by the one host that runs the scheduler on this database. */
export const lease = sqliteTable('lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

for (const table of [job, jobRun, lease]) declare(table, { local: true })
