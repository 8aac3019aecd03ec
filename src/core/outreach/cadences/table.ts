/** Cadences and the versions of their steps. */

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import { cadenceStates } from '../../../contract/outreach/words'
import { deletedAt, id, type Json, seq, timestamps } from '../../kernel/database/columns'
import { user } from '../../records/users/table'

export const cadence = sqliteTable(
  'cadence',
  {
    seq: seq(),
    id: id(),
    name: text('name').notNull(),
    description: text('description'),
    state: text('state', { enum: cadenceStates }).notNull().default('draft'),
    /** JSON, as in the contract. */
    settings: text('settings').$type<Json<CadenceSettings>>().notNull(),
    /** Which of the ready cadences it is; null for one of the workspace's own. */
    ready: text('ready'),
    createdBy: text('created_by').references(() => user.id, { onDelete: 'set null' }),
    ...timestamps(),
    deletedAt: deletedAt(),
  },
  (table) => [
    index('cadence_name').on(sql`name collate nocase`, table.seq).where(sql`deleted_at is null`),
    index('cadence_deleted').on(table.deletedAt).where(sql`deleted_at is not null`),
  ],
)

/**
 * Steps as plans follow them. A version that plans were made from never changes; the one with the
 * highest number is the cadence as it is now. Without a cadence: steps of one plan's own, or of a
 * cadence that is gone.
 */
export const cadenceVersion = sqliteTable(
  'cadence_version',
  {
    id: text('id').primaryKey(),
    cadenceId: text('cadence_id').references(() => cadence.id, { onDelete: 'set null' }),
    number: integer('number').notNull(),
    /** JSON array of steps, as in the contract. */
    steps: text('steps').$type<Json<CadenceStep[]>>().notNull(),
    /** JSON; only where there was never a cadence. */
    settings: text('settings').$type<Json<CadenceSettings>>(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex('cadence_version_number')
      .on(table.cadenceId, table.number)
      .where(sql`cadence_id is not null`),
  ],
)
