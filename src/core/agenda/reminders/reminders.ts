/** Reminders: set on anything, snoozed, dismissed, completed, and created again where they recur. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { Reminder, ReminderCreate, ReminderUpdate } from '../../../contract/agenda/reminders'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import type { Writer } from '../../kernel/database/database'
import { toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { requireHolder } from '../../kernel/records/hangs-on'
import { type BulkOutcome, createRecords, ownedBy, quoted } from '../../kernel/records/records'
import { checkedRecurrence, nextOccurrence } from '../../kernel/time/recurrence'
import { instantOf, meantTime, onDay, requireZone, wallTimeIn } from '../../kernel/time/wall-time'
import { dateIn, endOfDay, knownZone, startOfDay } from '../../kernel/time/zone'
import { activeOr, requireOwnLinks, requireReceivers } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import { type ReminderRow, reminderName, reminderSource } from './reminder-rows'
import { type ReminderSubject, timeBefore } from './reminders-before'
import { reminder } from './table'

export {
  addPlanReminder,
  closePlanReminder,
  reassignPlanReminder,
} from './plan-reminders'
export { type ReminderRow, reminderName, reminderSource } from './reminder-rows'
export { reminderTriggers } from './reminder-triggers'
export { addRemindersBefore, changeRemindersBefore, minutesBefore } from './reminders-before'

export type Reminders = ReturnType<typeof createReminders>
export type ReminderPatch = z.output<typeof ReminderUpdate>
type Patch = ReminderPatch
export type NewReminder = z.output<typeof ReminderCreate>
type ListInput = InputOf<(typeof contract)['reminders']['list']>
type BulkInput = InputOf<(typeof contract)['reminders']['bulk']>

/** What happens to the step of a plan when its reminder is worked with. */
export interface PlanSteps {
  /** The step is done. Answers whether the plan waited at one. */
  completeCurrent(writer: Writer, planId: string): boolean
  /** The step is due then. */
  moveCurrent(writer: Writer, planId: string, at: number): boolean
}

/** Whether an actor may see an activity or task. */
export interface Subjects {
  activity(actor: Actor, id: string): boolean
  task(actor: Actor, id: string): boolean
}

export function createReminders(
  kernel: Kernel,
  { users, subjects, planSteps }: { users: Users; subjects: Subjects; planSteps: PlanSteps },
) {
  const { database, clock } = kernel

  const toShape = (row: ReminderRow): Reminder => ({
    id: row.id,
    notes: row.notes,
    user: toReference(row.user_id, row.user_name),
    activity: toReference(row.activity_id, row.activity_name),
    task: toReference(row.task_id, row.task_title),
    plan: toReference(row.plan_id, row.plan_name),
    company: toReference(row.shown_company_id, row.company_name),
    contact: toReference(row.shown_contact_id, row.contact_name),
    lead: toReference(row.shown_lead_id, row.lead_title),
    customer: toReference(row.shown_customer_id, row.customer_name),
    remindAt: toInstant(row.remind_at),
    ...timeShown(row),
    offsetMinutes: row.offset_minutes,
    recurrence: row.recurrence,
    status: row.status,
    snoozedUntil: toInstantOrNull(row.status === 'snoozed' ? row.snoozed_until : null),
    dueAt: toInstantOrNull(row.due_at),
    notificationSentAt: toInstantOrNull(row.notification_sent_at),
    completedAt: toInstantOrNull(row.completed_at),
    completedBy: toReference(row.completed_by, row.completed_by_name),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    deletedAt: toInstantOrNull(row.deleted_at),
  })

  /** One that follows an activity or task is shown where its person is. */
  function timeShown(row: ReminderRow) {
    if (row.offset_minutes === null) return { wallTime: row.wall_time, zone: row.zone }
    const zone = users.zoneOf(row.user_id)
    return { wallTime: wallTimeIn(row.remind_at, zone), zone }
  }

  const records = createRecords<ReminderRow, Reminder>(kernel, {
    noun: 'reminder',
    nouns: 'reminders',
    table: reminder,
    source: reminderSource,
    nameOf: reminderName,
    toShape,
    scope: ownedBy('reminder', 'user_id'),
  })

  function requireLive(actor: Actor, id: string): ReminderRow {
    const row = records.requireRow(actor, id)
    if (row.deleted_at !== null) throw conflict('This reminder is in the trash. Restore it first.')
    return row
  }
  const isOpen = (row: ReminderRow) =>
    (row.status === 'pending' || row.status === 'snoozed') && row.deleted_at === null

  // Lists ---------------------------------------------------------------------------------------

  /** `due` divides the queue by the days of the one who asks. */
  function spanOf(actor: Actor, due: NonNullable<ListInput['due']>): Clause {
    if (due === 'done') return { sql: 'reminder.completed_at is not null', parameters: [] }
    const zone = users.zoneOf(actor.userId)
    const date = dateIn(clock.now(), zone)
    const [today, tomorrow] = [startOfDay(date, zone), endOfDay(date, zone)]
    if (due === 'overdue') return { sql: 'reminder.due_at < ?', parameters: [today] }
    if (due === 'upcoming') return { sql: 'reminder.due_at >= ?', parameters: [tomorrow] }
    return { sql: 'reminder.due_at >= ? and reminder.due_at < ?', parameters: [today, tomorrow] }
  }

  function list(actor: Actor, input: ListInput) {
    const extra: Clause[] = []
    for (const [column, values] of [
      ['status', input.status],
      ['user_id', input.userId],
      ['activity_id', input.activityId && [input.activityId]],
      ['task_id', input.taskId && [input.taskId]],
    ] as const)
      if (values)
        extra.push({
          sql: `reminder.${column} in (${values.map(() => '?').join(', ')})`,
          parameters: [...values],
        })
    // Those of its activities and tasks are a record's reminders, too.
    for (const kind of ['lead', 'company', 'contact', 'customer'] as const) {
      const id = input[`${kind}Id`]
      if (id)
        extra.push({
          sql: `(reminder.${kind}_id = ? or reminder.activity_id in (select its.id from activity its where its.${kind}_id = ?)
            or reminder.task_id in (select its.id from task its where its.${kind}_id = ?))`,
          parameters: [id, id, id],
        })
    }
    if (input.due) extra.push(spanOf(actor, input.due))
    const usual = input.due === 'done' ? '-completedAt' : input.due ? 'dueAt' : undefined
    return records.list(actor, { ...input, sort: input.sort ?? usual }, extra)
  }

  // Create and change ---------------------------------------------------------------------------

  function check(actor: Actor, input: NewReminder, row?: ReminderRow) {
    requireOwnLinks(kernel, actor, input)
    requireReceivers(database, { userId: [input.userId, row?.user_id] })
    if (input.activityId && input.taskId) throw invalid('taskId', 'must not come with activityId')
    for (const kind of ['activity', 'task'] as const) {
      const id = input[`${kind}Id`]
      if (id && !subjects[kind](actor, id))
        throw invalid(
          `${kind}Id`,
          `must be ${kind === 'task' ? 'a task' : 'an activity'} that exists`,
        )
    }
  }

  /** The time a request gives; undefined where it gives none. */
  function timeOf(
    input: Patch,
    subject: ReminderSubject,
    userId: string | null,
    row?: ReminderRow,
  ) {
    if (typeof input.offsetMinutes === 'number') {
      if (input.remindAt || input.wallTime)
        throw invalid('offsetMinutes', 'must not come with remindAt or wallTime')
      return timeBefore(database, subject, input.offsetMinutes)
    }
    const zone = users.zoneOf(userId)
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

  /** The columns of a series that begins with this row, or of none. */
  function seriesOf(
    writer: Writer,
    recurrence: string | null | undefined,
    time: { wallTime: string; offsetMinutes: number | null },
    occurrence = time.wallTime,
  ) {
    if (!recurrence) return { recurrence: null, seriesId: null, occurrence: null }
    if (time.offsetMinutes !== null)
      throw invalid('recurrence', 'must be empty: it repeats along with its activity or task')
    return {
      recurrence: checkedRecurrence(recurrence, occurrence),
      seriesId: writer.newId(),
      occurrence,
    }
  }

  /** @param occurrence which one of its rule it is, where that is not its own time */
  function insert(writer: Writer, input: NewReminder, occurrence?: string): string {
    const { remindAt: _at, recurrence, ...plain } = input
    const userId = input.userId === undefined ? writer.actor.userId : input.userId
    const time = timeOf(input, input, userId)
    if (!time) throw invalid('remindAt', 'is needed, or wallTime, or offsetMinutes')
    return writer.insert(reminder, {
      ...plain,
      userId,
      ...time,
      ...seriesOf(writer, recurrence, time, occurrence),
      createdBy: writer.actor.userId,
    })
  }

  function create(actor: Actor, input: NewReminder): Reminder {
    check(actor, input)
    let id = ''
    const name = input.notes?.trim().split('\n')[0]
    database.act(actor, { label: `Create reminder${name ? ` ${quoted(name)}` : ''}` }, (writer) => {
      id = insert(writer, input)
    })
    return records.written(id)
  }

  function update(actor: Actor, { id, ...patch }: Patch & { id: string }): Reminder {
    const row = requireLive(actor, id)
    check(actor, patch, row)
    database.act(actor, { label: `Change reminder ${quoted(reminderName(row))}` }, (writer) =>
      applyUpdate(writer, row, patch),
    )
    return records.written(id)
  }

  function applyUpdate(writer: Writer, row: ReminderRow, patch: Patch): boolean {
    const { remindAt: _at, wallTime: _wall, zone: _zone, recurrence, ...plain } = patch
    const subject = { activityId: row.activity_id, taskId: row.task_id }
    const time = timeOf(patch, subject, patch.userId ?? row.user_id, row)
    const after = time ?? { wallTime: row.wall_time, offsetMinutes: row.offset_minutes }
    if (recurrence === undefined && row.recurrence && after.offsetMinutes !== null)
      throw invalid('offsetMinutes', 'must be empty for a reminder that recurs')
    const isMoved = time !== undefined && time.remindAt !== row.remind_at
    return writer.update(reminder, row.id, {
      ...plain,
      ...time,
      ...(isMoved && row.status === 'snoozed' ? { status: 'pending', snoozedUntil: null } : {}),
      ...(beginsAnew(row, recurrence, isMoved) ? seriesOf(writer, recurrence, after) : {}),
    })
  }

  const beginsAnew = (
    row: ReminderRow,
    recurrence: string | null | undefined,
    isMoved: boolean,
  ): boolean =>
    recurrence !== undefined && (recurrence !== row.recurrence || (isMoved && recurrence !== null))

  // Done, put off, back again -------------------------------------------------------------------

  /** Ends an open reminder; of a recurring one the next is made. Answers whether it was open. */
  function applyEnd(writer: Writer, row: ReminderRow, status: 'completed' | 'dismissed'): boolean {
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

  /** Later than now, so that a long absence leaves no backlog; single, however often it is completed. */
  function makeNext(writer: Writer, row: ReminderRow) {
    if (row.recurrence === null || row.series_id === null || row.occurrence === null) return
    const next = nextOccurrence(
      {
        rule: row.recurrence,
        at: row.occurrence,
        zone: knownZone(row.zone, users.zoneOf(row.user_id)),
      },
      Math.max(writer.now, row.remind_at),
    )
    if (
      !next ||
      database.get(
        'select 1 from reminder where series_id = ? and occurrence = ?',
        row.series_id,
        next.at,
      )
    )
      return
    writer.insert(reminder, {
      notes: row.notes,
      userId: activeOr(database, row.user_id, null),
      activityId: row.activity_id,
      taskId: row.task_id,
      companyId: row.company_id,
      contactId: row.contact_id,
      leadId: row.lead_id,
      customerId: row.customer_id,
      remindAt: instantOf(next.at, next.zone),
      wallTime: next.at,
      zone: next.zone,
      recurrence: next.rule,
      seriesId: row.series_id,
      occurrence: next.at,
      createdBy: row.created_by,
    })
  }

  function applySnooze(writer: Writer, row: ReminderRow, until: number): boolean {
    if (!isOpen(row)) return false
    return writer.update(reminder, row.id, { status: 'snoozed', snoozedUntil: until })
  }

  /** Moves an open one; a bare day keeps the time of day, a local time is an instant of its own. */
  function applyMove(
    writer: Writer,
    row: ReminderRow,
    to: { at: number } | { wallTime: string; zone?: string | undefined },
  ): boolean {
    if (!isOpen(row)) return false
    const zone = ('zone' in to ? to.zone : undefined) ?? timeShown(row).zone
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

  function requireFuture(until: string): number {
    const instant = Date.parse(until)
    if (instant <= clock.now()) throw invalid('until', 'must lie in the future')
    return instant
  }

  /** One action on one open reminder. */
  function actOn(
    actor: Actor,
    id: string,
    verb: string,
    apply: (writer: Writer, row: ReminderRow) => boolean,
  ): Reminder {
    const row = requireLive(actor, id)
    if (!isOpen(row)) throw conflict('This reminder is done already.')
    database.act(actor, { label: `${verb} reminder ${quoted(reminderName(row))}` }, (writer) =>
      apply(writer, row),
    )
    return records.written(id)
  }

  function reopen(actor: Actor, id: string): Reminder {
    const row = requireLive(actor, id)
    if (isOpen(row)) throw conflict('This reminder is not done.')
    if (row.plan_id) throw conflict('It went with a step of a plan. Undo the step instead.')
    requireHolder(database, 'reminder', id)
    database.act(actor, { label: `Reopen reminder ${quoted(reminderName(row))}` }, (writer) => {
      writer.update(reminder, id, {
        status: 'pending',
        completedAt: null,
        completedBy: null,
        snoozedUntil: null,
      })
    })
    return records.written(id)
  }

  function restore(actor: Actor, id: string): Reminder {
    const row = records.requireRow(actor, id)
    if (row.plan_id) throw conflict('It belongs to a plan, which reminds of its steps itself.')
    return records.restore(actor, id)
  }

  const rowById = (id: string) =>
    database.get<ReminderRow>(
      `select ${reminderSource.select} from reminder ${reminderSource.joins} where reminder.id = ?`,
      id,
    ) as ReminderRow

  function bulk(actor: Actor, { ids, action }: BulkInput): BulkOutcome {
    const until = action.type === 'snooze' ? requireFuture(action.until) : 0
    if (action.type === 'reschedule' && action.zone !== undefined) requireZone(action.zone)
    const apply = (writer: Writer, row: ReminderRow): boolean => {
      switch (action.type) {
        case 'complete':
          return applyEnd(writer, row, 'completed')
        case 'dismiss':
          return applyEnd(writer, row, 'dismissed')
        case 'snooze':
          return applySnooze(writer, row, until)
        case 'reschedule':
          return applyMove(writer, row, action)
        case 'delete':
          return records.trash(writer, row.id)
      }
    }
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label: 'Change reminders', kind: 'bulk' }, (writer) => {
      for (const id of records.idsOf(actor, { ids })) if (apply(writer, rowById(id))) changed++
      const verb = action.type[0]?.toUpperCase() + action.type.slice(1)
      writer.label = `${verb} ${changed} ${changed === 1 ? 'reminder' : 'reminders'}`
      batchId = changed > 0 ? writer.batchId : null
    })
    return { changed, skipped: ids.length - changed, batchId }
  }

  return {
    ...records,
    list,
    create,
    insert,
    update,
    restore,
    reopen,
    bulk,
    rowById,
    /** Changes one within another area's action. Answers whether anything differed. */
    revise: (writer: Writer, id: string, patch: Patch): boolean =>
      applyUpdate(writer, rowById(id), patch),
    requireFuture,
    applyEnd,
    applySnooze,
    applyMove,
    complete: (actor: Actor, id: string) =>
      actOn(actor, id, 'Complete', (writer, row) => applyEnd(writer, row, 'completed')),
    dismiss: (actor: Actor, id: string) =>
      actOn(actor, id, 'Dismiss', (writer, row) => applyEnd(writer, row, 'dismissed')),
    snooze(actor: Actor, id: string, until: string) {
      const instant = requireFuture(until)
      return actOn(actor, id, 'Snooze', (writer, row) => applySnooze(writer, row, instant))
    },
  }
}
