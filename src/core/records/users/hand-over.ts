/** What is still open and somebody's: counted before they leave, and given to somebody else. */
import type { Database, Writer } from '../../kernel/database/database'

const open = {
  leads: `lead where owner_id = @user and status = 'open' and deleted_at is null`,
  tasks: `task where assignee_id = @user and status in ('pending', 'in_progress') and deleted_at is null`,
  reminders: `reminder where user_id = @user and status in ('pending', 'snoozed') and plan_id is null and deleted_at is null`,
  activities: `activity where user_id = @user and open_at is not null`,
  plans: `plan where user_id = @user and state in ('not_started', 'in_progress', 'paused')`,
} as const

export type OpenOfUser = Record<keyof typeof open, number>

export function openOf(database: Database, userId: string): OpenOfUser {
  const count = (kind: keyof typeof open) =>
    Number(database.prepare(`select count(*) from ${open[kind]}`).pluck().get({ user: userId }))
  return {
    leads: count('leads'),
    tasks: count('tasks'),
    reminders: count('reminders'),
    activities: count('activities'),
    plans: count('plans'),
  }
}

/** Leads take along what hangs on them; what is left goes by itself, also what rests in the trash. */
export function handOver(writer: Writer, fromId: string, toId: string): void {
  for (const [table, person, which] of [
    ['lead', 'owner_id', `status = 'open'`],
    ['task', 'assignee_id', `status in ('pending', 'in_progress')`],
    [
      'activity',
      'user_id',
      'completed_at is null and occurred_at is null and coalesce(due_at, scheduled_at) is not null',
    ],
    ['plan', 'user_id', `state in ('not_started', 'in_progress', 'paused')`],
    ['reminder', 'user_id', `status in ('pending', 'snoozed')`],
  ] as const)
    writer.run(
      `update ${table} set ${person} = ?, updated_at = ? where ${person} = ? and ${which}`,
      toId,
      writer.now,
      fromId,
    )
}
