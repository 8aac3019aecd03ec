/** Writes tasks within an action, whoever's action it is: people, imports, suggestions and the agenda do it this way. */
import type * as z from 'zod'
import type { TaskCreate, TaskUpdate } from '../../../contract/agenda/tasks'
import type { TaskStatus } from '../../../contract/agenda/words'
import type { Writer } from '../../kernel/database/database'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { requireHolder } from '../../kernel/records/hangs-on'
import { newSeries, noSeries, startsOver } from '../../kernel/records/series'
import { instantOf, meantTime, onDay, wallTimeIn } from '../../kernel/time/wall-time'
import { knownZone } from '../../kernel/time/zone'
import { impliedLinks } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import { addRemindersBefore } from '../reminders/reminders'
import { makeNextTask } from './next-task'
import { task } from './table'
import type { TaskRow } from './task-rows'

export type TaskPatch = z.output<typeof TaskUpdate>
export type NewTask = z.output<typeof TaskCreate>

const isOpenStatus = (status: TaskStatus) => status === 'pending' || status === 'in_progress'
export const isOpen = (row: TaskRow) => isOpenStatus(row.status) && row.deleted_at === null
/** Whether a change opens a task that is not open. */
export const opens = (row: TaskRow, { status }: TaskPatch) =>
  status !== undefined && isOpenStatus(status) && !isOpenStatus(row.status)

export function createTaskCommands(
  { database }: Kernel,
  users: Users,
  rowById: (id: string) => TaskRow,
) {
  /** The time a request gives; undefined where it gives none. */
  function timeOf(input: TaskPatch, assigneeId: string | null, row?: TaskRow) {
    if (
      (input.dueAt === null && !input.wallTime) ||
      (input.wallTime === null && input.dueAt === undefined)
    )
      return { dueAt: null, wallTime: null, zone: null }
    const meant = meantTime(
      { instant: input.dueAt, wallTime: input.wallTime, zone: input.zone },
      {
        ...(row && row.due_at !== null && row.wall_time && row.zone
          ? { current: { at: row.due_at, wallTime: row.wall_time, zone: row.zone } }
          : {}),
        zone: users.zoneOf(assigneeId),
        names: 'dueAt',
      },
    )
    return meant && { dueAt: meant.at, wallTime: meant.wallTime, zone: meant.zone }
  }

  /** The columns of a series that starts with a task, or of none. */
  function seriesFrom(writer: Writer, rule: string | null | undefined, occurrence: string | null) {
    if (!rule) return noSeries
    if (!occurrence) throw invalid('recurrence', 'needs a due date to recur from')
    return newSeries(writer, rule, occurrence)
  }

  /** The columns that follow from a status. */
  const ofStatus = (writer: Writer, status: TaskStatus, completedAt = writer.now) => ({
    status,
    completedAt: status === 'completed' ? completedAt : null,
    completedBy: status === 'completed' ? writer.actor.userId : null,
  })

  /**
   * Answers the id.
   * @param completedAt of one that comes in as done; now by default
   * @param occurrence which one of its rule it is, where that is not its own time
   */
  function insert(
    writer: Writer,
    input: NewTask,
    completedAt?: number,
    occurrence?: string,
  ): string {
    const { dueAt: _due, recurrence, reminderMinutes, status, ...plain } = input
    const assigneeId = input.assigneeId === undefined ? writer.actor.userId : input.assigneeId
    const time = timeOf(input, assigneeId)
    const id = writer.insert(task, {
      ...plain,
      ...impliedLinks(database, input),
      assigneeId,
      ...(status ? ofStatus(writer, status, completedAt) : {}),
      wallTime: null,
      zone: null,
      ...time,
      ...seriesFrom(writer, recurrence, occurrence ?? time?.wallTime ?? null),
      createdBy: writer.actor.userId,
    })
    addRemindersBefore(writer, database, {
      subject: { taskId: id },
      userId: assigneeId ?? writer.actor.userId,
      minutes: reminderMinutes ?? [],
    })
    return id
  }

  /** Answers whether anything differed. */
  function update(writer: Writer, row: TaskRow, patch: TaskPatch): boolean {
    const { dueAt: _due, wallTime: _wall, zone: _zone, recurrence, status, ...plain } = patch
    const assigneeId = patch.assigneeId === undefined ? row.assignee_id : patch.assigneeId
    const time = timeOf(patch, assigneeId, row)
    const wallTime = time ? time.wallTime : row.wall_time
    if (row.recurrence && recurrence === undefined && wallTime === null)
      throw invalid('dueAt', 'must not be empty for a task that recurs')
    const changed = writer.update(task, row.id, {
      ...plain,
      ...time,
      ...(status && status !== row.status ? ofStatus(writer, status) : {}),
      ...(startsOver(row, recurrence, wallTime !== row.wall_time)
        ? seriesFrom(writer, recurrence, wallTime)
        : {}),
    })
    // Nothing comes back to Today whose record is in the trash.
    if (opens(row, patch)) requireHolder(database, 'task', row.id)
    if (status !== undefined && !isOpenStatus(status) && isOpen(row))
      makeNext(writer, rowById(row.id))
    return changed
  }

  const makeNext = (writer: Writer, row: TaskRow) =>
    makeNextTask(writer, database, row, users.zoneOf(row.assignee_id))

  /** Ends an open task; of a recurring one the next is made. Answers whether it was open. */
  function end(writer: Writer, row: TaskRow, status: 'completed' | 'cancelled'): boolean {
    if (!isOpen(row)) return false
    writer.update(task, row.id, ofStatus(writer, status))
    makeNext(writer, row)
    return true
  }

  /** Moves an open task to an instant, a local time or another day. Answers whether it did. */
  function move(
    writer: Writer,
    row: TaskRow,
    to: { at: number } | { wallTime: string; zone?: string | undefined },
  ): boolean {
    if (!isOpen(row)) return false
    const zone =
      ('zone' in to ? to.zone : undefined) ?? knownZone(row.zone, users.zoneOf(row.assignee_id))
    const wallTime = 'at' in to ? wallTimeIn(to.at, zone) : onDay(to.wallTime, row.wall_time)
    return writer.update(task, row.id, {
      dueAt: 'at' in to ? to.at : instantOf(wallTime, zone),
      wallTime,
      zone,
    })
  }

  return {
    insert,
    update,
    end,
    move,
    reopen: (writer: Writer, row: TaskRow): boolean =>
      writer.update(task, row.id, ofStatus(writer, 'pending')),
  }
}
