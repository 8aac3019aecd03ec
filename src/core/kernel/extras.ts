/** Views and triggers: dropped before a migration rebuilds tables, created again after it. */
import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { systemActivityTriggers } from '../activities/system-triggers'
import { activityViews } from '../activities/views'
import { leadStepTriggers } from '../leads/step-triggers'
import { notificationTriggers } from '../notifications/settle-triggers'
import { planTriggers } from '../plans/plan-triggers'
import { reminderTriggers } from '../reminders/reminder-triggers'
import { searchTriggers } from '../search/search-triggers'
import { changeTriggers } from './change-triggers'
import { followingTriggers } from './following-columns'
import { hangingTriggers } from './hanging-triggers'
import { recountSpellings, spellingTriggers } from './spellings'
import { recountTallies, tallyTriggers } from './tally-triggers'

/**
 * The order matters: SQLite fires triggers of one event newest first, and the change log
 * must hear of a row before of the rows that its other triggers write.
 */
const statements = (): string[] => [
  ...tallyTriggers(),
  ...followingTriggers(),
  ...spellingTriggers(),
  ...leadStepTriggers(),
  ...planTriggers(),
  ...reminderTriggers(),
  ...hangingTriggers(),
  ...notificationTriggers(),
  ...systemActivityTriggers(),
  ...searchTriggers(),
  ...changeTriggers(),
  ...Object.entries(activityViews).map(([name, query]) => `create view ${name} as ${query}`),
]

const recounts = (): string[] => [...recountTallies(), ...recountSpellings()]

/** Changes whenever a view or trigger does. */
export const extrasFingerprint = (): string =>
  createHash('sha256')
    .update([...statements(), ...recounts()].join('\n'))
    .digest('hex')

export function dropExtras(connection: Database.Database): void {
  const found = connection
    .prepare(`select type, name from sqlite_schema where type in ('trigger', 'view')`)
    .all() as { type: string; name: string }[]
  for (const { type, name } of found) connection.exec(`drop ${type} if exists "${name}"`)
}

export function createExtras(connection: Database.Database): void {
  dropExtras(connection)
  for (const statement of [...statements(), ...recounts()]) connection.exec(statement)
  connection.exec('insert or ignore into session (id, quiet) values (1, 0)')
}
