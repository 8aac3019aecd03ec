/** Tasks: given to somebody, done, put off, and created again where they recur. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { Task, TaskCreate, TaskUpdate } from '../../../contract/agenda/tasks'
import type { InputOf } from '../../../contract/kernel/base'
import type { TaskStatus } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import { toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { holderIsTrashed, requireHolder } from '../../kernel/records/hangs-on'
import { type BulkOutcome, createRecords, ownedBy, quoted } from '../../kernel/records/records'
import { checkedRecurrence } from '../../kernel/time/recurrence'
import { instantOf, meantTime, onDay, requireZone, wallTimeIn } from '../../kernel/time/wall-time'
import { overIn, withinSpan } from '../../kernel/time/whole-days'
import { dateIn, endOfDay, knownZone, startOfDay } from '../../kernel/time/zone'
import { impliedLinks, requireOwnLinks, requireReceivers } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import { addRemindersBefore } from '../reminders/reminders'
import { makeNextTask } from './next-task'
import { task } from './table'
import { type TaskRow, taskSource } from './task-rows'
import { taskDay } from './whole-day'

export { makeNextTask } from './next-task'
export { type TaskRow, taskSource } from './task-rows'
export { taskDay } from './whole-day'

export type Tasks = ReturnType<typeof createTasks>
export type TaskPatch = z.output<typeof TaskUpdate>
type Patch = TaskPatch
export type NewTask = z.output<typeof TaskCreate>
type ListInput = InputOf<(typeof contract)['tasks']['list']>
type BulkInput = InputOf<(typeof contract)['tasks']['bulk']>

export function createTasks(kernel: Kernel, { users }: { users: Users }) {
  const { database, clock } = kernel

  const toShape = (row: TaskRow): Task => ({
    id: row.id,
    title: row.title,
    description: row.description,
    type: row.type,
    priority: row.priority,
    status: row.status,
    assignee: toReference(row.assignee_id, row.assignee_name),
    createdBy: toReference(row.created_by, row.created_by_name),
    company: toReference(row.company_id, row.company_name),
    contact: toReference(row.contact_id, row.contact_name),
    lead: toReference(row.lead_id, row.lead_title),
    customer: toReference(row.customer_id, row.customer_name),
    dueAt: toInstantOrNull(row.due_at),
    wallTime: row.wall_time,
    zone: row.zone,
    recurrence: row.recurrence,
    reminders: row.reminders,
    completedAt: toInstantOrNull(row.completed_at),
    completedBy: toReference(row.completed_by, row.completed_by_name),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    deletedAt: toInstantOrNull(row.deleted_at),
  })

  const records = createRecords<TaskRow, Task>(kernel, {
    noun: 'task',
    nouns: 'tasks',
    table: task,
    source: taskSource,
    nameOf: (row) => row.title,
    toShape,
    scope: ownedBy('task', 'assignee_id'),
  })

  function requireLive(actor: Actor, id: string): TaskRow {
    const row = records.requireRow(actor, id)
    if (row.deleted_at !== null) throw conflict('This task is in the trash. Restore it first.')
    return row
  }
  const isOpenStatus = (status: TaskStatus) => status === 'pending' || status === 'in_progress'
  const opens = (row: TaskRow, { status }: Patch) =>
    status !== undefined && isOpenStatus(status) && !isOpenStatus(row.status)
  const isOpen = (row: TaskRow) => isOpenStatus(row.status) && row.deleted_at === null

  // Lists ---------------------------------------------------------------------------------------

  /** `due` divides the queue by the days of the one who asks. */
  function spanOf(actor: Actor, due: NonNullable<ListInput['due']>): Clause[] {
    if (due === 'done') return [{ sql: 'task.completed_at is not null', parameters: [] }]
    const zone = users.zoneOf(actor.userId)
    const date = dateIn(clock.now(), zone)
    const [today, tomorrow] = [startOfDay(date, zone), endOfDay(date, zone)]
    const span =
      due === 'overdue'
        ? { before: today }
        : due === 'upcoming'
          ? { from: tomorrow }
          : { from: today, before: tomorrow }
    return withinSpan({ at: 'task.open_at', day: taskDay }, span, zone)
  }

  const among = (column: string, values: readonly string[] | undefined): Clause[] =>
    values
      ? [
          {
            sql: `task.${column} in (${values.map(() => '?').join(', ')})`,
            parameters: [...values],
          },
        ]
      : []

  function list(actor: Actor, input: ListInput) {
    const extra = [
      ...among('status', input.status),
      ...among('assignee_id', input.assigneeId),
      ...among('type', input.type),
      ...among('priority', input.priority),
      ...(['lead', 'company', 'contact', 'customer'] as const).flatMap((kind) => {
        const id = input[`${kind}Id`]
        return among(`${kind}_id`, id ? [id] : undefined)
      }),
      ...(input.due ? spanOf(actor, input.due) : []),
    ]
    const usual = input.due === 'done' ? '-completedAt' : input.due ? 'openAt' : undefined
    // A search answers its newest finds first, as everywhere.
    const sort = input.sort ?? (input.q ? undefined : usual)
    return records.list(actor, { ...input, sort }, extra)
  }

  /** Open tasks whose due instant is past, longest overdue first. */
  function overdue(actor: Actor, input: InputOf<(typeof contract)['tasks']['overdue']>) {
    const { assigneeId, ...page } = input
    return records.list(actor, { ...page, sort: 'openAt' }, [
      overIn({ at: 'task.open_at', day: taskDay }, clock.now(), users.zoneOf(actor.userId)),
      ...among('assignee_id', assigneeId),
    ])
  }

  // Create and change ---------------------------------------------------------------------------

  function check(actor: Actor, input: Patch, row?: TaskRow) {
    requireOwnLinks(kernel, actor, input)
    requireReceivers(database, { assigneeId: [input.assigneeId, row?.assignee_id] })
  }

  interface Time {
    dueAt: number | null
    wallTime: string | null
    zone: string | null
  }

  /** The time a request gives; undefined where it gives none. */
  function timeOf(input: Patch, assigneeId: string | null, row?: TaskRow): Time | undefined {
    const none = { dueAt: null, wallTime: null, zone: null }
    if (
      (input.dueAt === null && !input.wallTime) ||
      (input.wallTime === null && input.dueAt === undefined)
    )
      return none
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

  /** The columns of a series that begins with this row, or of none. */
  function seriesOf(
    writer: Writer,
    recurrence: string | null | undefined,
    wallTime: string | null,
    occurrence = wallTime,
  ) {
    if (!recurrence) return { recurrence: null, seriesId: null, occurrence: null }
    if (!occurrence) throw invalid('recurrence', 'needs a due date to recur from')
    return {
      recurrence: checkedRecurrence(recurrence, occurrence),
      seriesId: writer.newId(),
      occurrence,
    }
  }

  /** The columns that follow from a status. */
  const standing = (writer: Writer, status: TaskStatus, completedAt = writer.now) => ({
    status,
    completedAt: status === 'completed' ? completedAt : null,
    completedBy: status === 'completed' ? writer.actor.userId : null,
  })

  /**
   * @param completedAt of one that comes in as done; now unless told
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
      ...(status ? standing(writer, status, completedAt) : {}),
      wallTime: null,
      zone: null,
      ...time,
      ...seriesOf(writer, recurrence, time?.wallTime ?? null, occurrence),
      createdBy: writer.actor.userId,
    })
    addRemindersBefore(writer, database, {
      subject: { taskId: id },
      userId: assigneeId ?? writer.actor.userId,
      minutes: reminderMinutes ?? [],
    })
    return id
  }

  function create(actor: Actor, input: NewTask): Task {
    check(actor, input)
    let id = ''
    database.act(actor, { label: `Create task ${quoted(input.title)}` }, (writer) => {
      id = insert(writer, input)
    })
    return records.written(id)
  }

  function applyUpdate(writer: Writer, row: TaskRow, patch: Patch): boolean {
    const { dueAt: _due, wallTime: _wall, zone: _zone, recurrence, status, ...plain } = patch
    const assigneeId = patch.assigneeId === undefined ? row.assignee_id : patch.assigneeId
    const time = timeOf(patch, assigneeId, row)
    const wallTime = time ? time.wallTime : row.wall_time
    if (row.recurrence && recurrence === undefined && wallTime === null)
      throw invalid('dueAt', 'must not be empty for a task that recurs')
    const isMoved = wallTime !== row.wall_time
    const beginsAnew =
      recurrence !== undefined &&
      (recurrence !== row.recurrence || (isMoved && recurrence !== null))
    const ends = status !== undefined && !isOpenStatus(status) && isOpen(row)
    const changed = writer.update(task, row.id, {
      ...plain,
      ...time,
      ...(status && status !== row.status ? standing(writer, status) : {}),
      ...(beginsAnew ? seriesOf(writer, recurrence, wallTime) : {}),
    })
    // Nothing comes back to Today whose record is in the trash.
    if (opens(row, patch)) requireHolder(database, 'task', row.id)
    if (ends) makeNext(writer, rowById(row.id))
    return changed
  }

  function update(actor: Actor, { id, ...patch }: Patch & { id: string }): Task {
    const row = requireLive(actor, id)
    check(actor, patch, row)
    database.act(actor, { label: `Change task ${quoted(row.title)}` }, (writer) => {
      applyUpdate(writer, row, patch)
    })
    return records.written(id)
  }

  // Done, put off, back again -------------------------------------------------------------------

  /** Ends an open task; of a recurring one the next is made. Answers whether it was open. */
  function applyEnd(writer: Writer, row: TaskRow, status: 'completed' | 'cancelled'): boolean {
    if (!isOpen(row)) return false
    writer.update(task, row.id, standing(writer, status))
    makeNext(writer, row)
    return true
  }

  const makeNext = (writer: Writer, row: TaskRow) =>
    makeNextTask(writer, database, row, users.zoneOf(row.assignee_id))

  /** Moves an open task to an instant, a local time or another day. Answers whether it did. */
  function applyMove(
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

  function complete(actor: Actor, id: string): Task {
    const row = requireLive(actor, id)
    if (!isOpen(row)) throw conflict(`This task is ${row.status} already.`)
    database.act(actor, { label: `Complete task ${quoted(row.title)}` }, (writer) =>
      applyEnd(writer, row, 'completed'),
    )
    return records.written(id)
  }

  function reopen(actor: Actor, id: string): Task {
    const row = requireLive(actor, id)
    if (isOpen(row)) throw conflict('This task is open.')
    requireHolder(database, 'task', id)
    database.act(actor, { label: `Reopen task ${quoted(row.title)}` }, (writer) => {
      writer.update(task, id, standing(writer, 'pending'))
    })
    return records.written(id)
  }

  const rowById = (id: string) =>
    database.get<TaskRow>(
      `select ${taskSource.select} from task ${taskSource.joins} where task.id = ?`,
      id,
    ) as TaskRow

  const isHeldInTrash = (id: string) =>
    database.get(
      `select 1 from task where id = ? and ${holderIsTrashed(database.schema, 'task')}`,
      id,
    ) !== undefined

  const bulkVerbs = {
    complete: 'Complete',
    cancel: 'Cancel',
    update: 'Change',
    reschedule: 'Reschedule',
    delete: 'Delete',
  } as const

  function bulk(actor: Actor, { ids, action }: BulkInput): BulkOutcome {
    if (action.type === 'update') check(actor, action.patch)
    if (action.type === 'reschedule' && action.zone !== undefined) requireZone(action.zone)
    const apply = (writer: Writer, row: TaskRow): boolean => {
      switch (action.type) {
        case 'complete':
          return applyEnd(writer, row, 'completed')
        case 'cancel':
          return applyEnd(writer, row, 'cancelled')
        case 'update':
          if (row.deleted_at !== null || (opens(row, action.patch) && isHeldInTrash(row.id)))
            return false
          return applyUpdate(writer, row, action.patch)
        case 'reschedule':
          return applyMove(writer, row, action)
        case 'delete':
          return records.trash(writer, row.id)
      }
    }
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label: 'Change tasks', kind: 'bulk' }, (writer) => {
      for (const id of records.idsOf(actor, { ids })) if (apply(writer, rowById(id))) changed++
      writer.label = `${bulkVerbs[action.type]} ${changed} ${changed === 1 ? 'task' : 'tasks'}`
      batchId = changed > 0 ? writer.batchId : null
    })
    return { changed, skipped: ids.length - changed, batchId }
  }

  return {
    ...records,
    list,
    overdue,
    create,
    insert,
    update,
    complete,
    reopen,
    bulk,
    check,
    rowById,
    /** Changes one within another area's action. Answers whether anything differed. */
    revise: (writer: Writer, id: string, patch: Patch): boolean =>
      applyUpdate(writer, rowById(id), patch),
    applyEnd,
    applyMove,
  }
}
