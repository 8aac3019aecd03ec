/** Writes reminders within an action, whoever's action it is: people, calendar files and the agenda do it this way. */
import type * as z from 'zod'
import type { ReminderCreate, ReminderUpdate } from '../../../contract/agenda/reminders'
import type { Database, Writer } from '../../kernel/database/database'
import { invalid } from '../../kernel/errors'
import { newSeries, nextInSeries, noSeries, startsOver } from '../../kernel/records/series'
import { instantOf, meantTime, onDay, wallTimeIn } from '../../kernel/time/wall-time'
import { activeOr } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import { type ReminderRow, timeShown } from './reminder-rows'
import { type ReminderSubject, timeBefore } from './reminders-before'
import { reminder } from './table'

export type ReminderPatch = z.output<typeof ReminderUpdate>
export type NewReminder = z.output<typeof ReminderCreate>

/** What happens to the step of a plan when its reminder is worked with. */
export interface PlanSteps {
  /** The step is done. Answers whether the plan waited at one. */
  completeCurrent(writer: Writer, planId: string): boolean
  /** The step is due then. */
  moveCurrent(writer: Writer, planId: string, at: number): boolean
}

export const isOpen = (row: ReminderRow) =>
  (row.status === 'pending' || row.status === 'snoozed') && row.deleted_at === null

export function createReminderCommands(
  database: Database,
  { users, planSteps }: { users: Users; planSteps: PlanSteps },
) {
  /** @param occurrence which one of its rule it is, where that is not its own time */
  function insert(writer: Writer, input: NewReminder, occurrence?: string): string {
    const { remindAt: _at, recurrence, ...plain } = input
    const userId = input.userId === undefined ? writer.actor.userId : input.userId
    const time = timeGiven(database, input, { subject: input, zone: users.zoneOf(userId) })
    if (!time) throw invalid('remindAt', 'is needed, or wallTime, or offsetMinutes')
    return writer.insert(reminder, {
      ...plain,
      userId,
      ...time,
      ...seriesFrom(writer, recurrence, time, occurrence),
      createdBy: writer.actor.userId,
    })
  }

  /** Answers whether anything differed. */
  function update(writer: Writer, row: ReminderRow, patch: ReminderPatch): boolean {
    const { remindAt: _at, wallTime: _wall, zone: _zone, recurrence, ...plain } = patch
    const time = timeGiven(database, patch, {
      subject: { activityId: row.activity_id, taskId: row.task_id },
      zone: users.zoneOf(patch.userId ?? row.user_id),
      row,
    })
    const after = time ?? { wallTime: row.wall_time, offsetMinutes: row.offset_minutes }
    if (recurrence === undefined && row.recurrence && after.offsetMinutes !== null)
      throw invalid('offsetMinutes', 'must be empty for a reminder that recurs')
    const isMoved = time !== undefined && time.remindAt !== row.remind_at
    return writer.update(reminder, row.id, {
      ...plain,
      ...time,
      ...(isMoved && row.status === 'snoozed' ? { status: 'pending', snoozedUntil: null } : {}),
      ...(startsOver(row, recurrence, isMoved) ? seriesFrom(writer, recurrence, after) : {}),
    })
  }

  /** Ends an open reminder; of a recurring one the next is made. Answers whether it was open. */
  function end(writer: Writer, row: ReminderRow, status: 'completed' | 'dismissed'): boolean {
    if (!isOpen(row)) return false
    if (row.plan_id && status === 'completed' && planSteps.completeCurrent(writer, row.plan_id))
      return true
    writer.update(reminder, row.id, {
      status,
      completedAt: writer.now,
      completedBy: writer.actor.userId,
      snoozedUntil: null,
    })
    makeNext(writer, row)
    return true
  }

  function makeNext(writer: Writer, row: ReminderRow) {
    const next = nextInSeries(database, 'reminder', row, {
      after: Math.max(writer.now, row.remind_at),
      usualZone: users.zoneOf(row.user_id),
    })
    if (!next) return
    writer.insert(reminder, {
      notes: row.notes,
      userId: activeOr(database, row.user_id, null),
      activityId: row.activity_id,
      taskId: row.task_id,
      companyId: row.company_id,
      contactId: row.contact_id,
      leadId: row.lead_id,
      customerId: row.customer_id,
      remindAt: next.at,
      ...next.columns,
      createdBy: row.created_by,
    })
  }

  /** @param until epoch milliseconds */
  function snoozeUntil(writer: Writer, row: ReminderRow, until: number): boolean {
    if (!isOpen(row)) return false
    return writer.update(reminder, row.id, { status: 'snoozed', snoozedUntil: until })
  }

  /** Moves an open one; a bare day keeps the time of day, a local time is an instant of its own. */
  function move(
    writer: Writer,
    row: ReminderRow,
    to: { at: number } | { wallTime: string; zone?: string | undefined },
  ): boolean {
    if (!isOpen(row)) return false
    const zone = ('zone' in to ? to.zone : undefined) ?? timeShown(row, users.zoneOf).zone
    const wallTime =
      'at' in to
        ? wallTimeIn(to.at, zone)
        : onDay(to.wallTime, wallTimeIn(row.due_at ?? row.remind_at, zone))
    const at = 'at' in to ? to.at : instantOf(wallTime, zone)
    if (row.plan_id && planSteps.moveCurrent(writer, row.plan_id, at)) return true
    return writer.update(reminder, row.id, {
      remindAt: at,
      wallTime,
      zone,
      offsetMinutes: null,
      status: 'pending',
      snoozedUntil: null,
    })
  }

  return {
    insert,
    update,
    end,
    snoozeUntil,
    move,
    reopen: (writer: Writer, row: ReminderRow): boolean =>
      writer.update(reminder, row.id, {
        status: 'pending',
        completedAt: null,
        completedBy: null,
        snoozedUntil: null,
      }),
  }
}

/**
 * The time a request gives; undefined where it gives none.
 * @param about what it is for, the zone of whoever is reminded, and the row as it is
 */
function timeGiven(
  database: Database,
  input: ReminderPatch,
  { subject, zone, row }: { subject: ReminderSubject; zone: string; row?: ReminderRow },
) {
  if (typeof input.offsetMinutes === 'number') {
    if (input.remindAt || input.wallTime)
      throw invalid('offsetMinutes', 'must not come with remindAt or wallTime')
    return timeBefore(database, subject, input.offsetMinutes)
  }
  const follows = row !== undefined && row.offset_minutes !== null
  const meant = meantTime(
    { instant: input.remindAt, wallTime: input.wallTime, zone: input.zone },
    {
      ...(row && !follows
        ? { current: { at: row.remind_at, wallTime: row.wall_time, zone: row.zone } }
        : {}),
      zone,
      names: 'remindAt',
    },
  )
  if (meant)
    return { remindAt: meant.at, wallTime: meant.wallTime, zone: meant.zone, offsetMinutes: null }
  if (input.offsetMinutes === null && follows)
    return {
      remindAt: row.remind_at,
      wallTime: wallTimeIn(row.remind_at, zone),
      zone,
      offsetMinutes: null,
    }
  return undefined
}

/** The columns of a series that starts with a reminder, or of none. */
function seriesFrom(
  writer: Writer,
  rule: string | null | undefined,
  time: { wallTime: string; offsetMinutes: number | null },
  occurrence = time.wallTime,
) {
  if (!rule) return noSeries
  if (time.offsetMinutes !== null)
    throw invalid('recurrence', 'must be empty: it repeats along with its activity or task')
  return newSeries(writer, rule, occurrence)
}
