/** Working hours of the workspace and its users, and the days off that no country's calendar knows. */

import { sql } from 'drizzle-orm'
import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { WeeklyHours } from '../../../contract/agenda/working-hours'
import { type Json, timestamps } from '../../kernel/database/columns'
import { user } from '../../records/users/table'

export const workingHours = sqliteTable(
  'working_hours',
  {
    /** `workspace` for those of the workspace: it has one row. */
    id: text('id').primaryKey(),
    /** Null for the workspace. */
    userId: text('user_id').references(() => user.id, { onDelete: 'cascade' }),
    /** JSON: seven lists of spans, Monday first. */
    hours: text('hours').$type<Json<WeeklyHours>>().notNull(),
    country: text('country'),
    region: text('region'),
    ...timestamps(),
  },
  (table) => [uniqueIndex('working_hours_user').on(table.userId).where(sql`user_id is not null`)],
)

export const dayOff = sqliteTable(
  'day_off',
  {
    id: text('id').primaryKey(),
    /** Null for everybody. */
    userId: text('user_id').references(() => user.id, { onDelete: 'cascade' }),
    /** ISO date. */
    date: text('date').notNull(),
    name: text('name').notNull(),
    source: text('source', { enum: ['calendar', 'own'] }).notNull(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex('day_off_user')
      .on(table.userId, table.date, table.name)
      .where(sql`user_id is not null`),
    uniqueIndex('day_off_workspace').on(table.date, table.name).where(sql`user_id is null`),
  ],
)
