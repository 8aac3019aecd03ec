/** Views and triggers: dropped before a migration rebuilds tables, created again after it. */
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { reminderTriggers } from '../agenda/reminders/reminder-triggers'
import { notificationTriggers } from '../background/notifications/settle-triggers'
import { changeTriggers } from '../kernel/change-log/change-triggers'
import { followingTriggers } from '../kernel/database/following-columns'
import { recountTallies, tallyTriggers } from '../kernel/database/tally-triggers'
import { hangingTriggers } from '../kernel/records/hanging-triggers'
import { recountSpellings, spellingTriggers } from '../kernel/spellings/spellings'
import { leadStepTriggers } from '../records/leads/step-triggers'
import { searchTriggers } from '../records/search/search-triggers'
import { systemActivityTriggers } from '../timeline/activities/system-triggers'
import { activityViews } from '../timeline/activities/views'
import { schema } from './schema'

/**
 * The order matters: SQLite fires triggers of one event newest first, and the change log
 * must hear of a row before of the rows that its other triggers write.
 */
const statements = (): string[] => [
  ...tallyTriggers(schema),
  ...followingTriggers(schema),
  ...spellingTriggers(schema),
  ...leadStepTriggers(),
  ...reminderTriggers(),
  ...hangingTriggers(schema),
  ...notificationTriggers(),
  ...systemActivityTriggers(),
  ...searchTriggers(schema),
  ...changeTriggers(schema),
  ...Object.entries(activityViews).map(([name, query]) => `create view ${name} as ${query}`),
]

const recounts = (): string[] => [...recountTallies(schema), ...recountSpellings(schema)]

/** Changes whenever a view or trigger does. */
export const triggersFingerprint = (): string =>
  createHash('sha256')
    .update([...statements(), ...recounts()].join('\n'))
    .digest('hex')

export function dropTriggersAndViews(connection: Database.Database): void {
  const found = connection
    .prepare(`select type, name from sqlite_schema where type in ('trigger', 'view')`)
    .all() as { type: string; name: string }[]
  for (const { type, name } of found) connection.exec(`drop ${type} if exists "${name}"`)
}

export function createTriggersAndViews(connection: Database.Database): void {
  dropTriggersAndViews(connection)
  for (const statement of [...statements(), ...recounts()]) connection.exec(statement)
  connection.exec('insert or ignore into session (id, quiet) values (1, 0)')
}
