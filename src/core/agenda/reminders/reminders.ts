/** Reminders: set on anything, snoozed, dismissed, completed, and created again where they recur. */
import type { contract } from '../../../contract'
import type { Reminder } from '../../../contract/agenda/reminders'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { conflict, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { createRecordActions } from '../../kernel/records/actions'
import { requireHolder } from '../../kernel/records/hangs-on'
import {
  type BulkOutcome,
  createRecords,
  ownedBy,
  type RecordDefinition,
} from '../../kernel/records/records'
import { requireZone } from '../../kernel/time/wall-time'
import { requireOwnLinks, requireReceivers } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import {
  createReminderCommands,
  isOpen,
  type NewReminder,
  type PlanSteps,
  type ReminderPatch,
} from './reminder-commands'
import { createReminderList } from './reminder-lists'
import { type ReminderRow, reminderName, reminderSource, toReminder } from './reminder-rows'
import { reminder } from './table'

export {
  addPlanReminder,
  closePlanReminder,
  planReminderOf,
  reassignPlanReminder,
  reopenPlanReminder,
} from './plan-reminders'
export type { NewReminder, PlanSteps, ReminderPatch } from './reminder-commands'
export {
  linksOfReminder,
  type ReminderRow,
  reminderName,
  reminderSource,
  reminderSubjects,
  subjectJoins,
} from './reminder-rows'
export { reminderTriggers } from './reminder-triggers'
export { addRemindersBefore, changeRemindersBefore, minutesBefore } from './reminders-before'

export type Reminders = ReturnType<typeof createReminders>
type BulkInput = InputOf<(typeof contract)['reminders']['bulk']>

/** Whether an actor may see an activity or task. */
export interface Subjects {
  activity(actor: Actor, id: string): boolean
  task(actor: Actor, id: string): boolean
}

const bulkVerbs = {
  complete: 'Complete',
  dismiss: 'Dismiss',
  snooze: 'Snooze',
  reschedule: 'Reschedule',
  delete: 'Delete',
} as const

export function createReminders(
  kernel: Kernel,
  { users, subjects, planSteps }: { users: Users; subjects: Subjects; planSteps: PlanSteps },
) {
  const { database, clock } = kernel
  const definition: RecordDefinition<ReminderRow, Reminder> = {
    noun: 'reminder',
    nouns: 'reminders',
    table: reminder,
    source: reminderSource,
    nameOf: reminderName,
    toShape: (row) => toReminder(row, users.zoneOf),
    scope: ownedBy('reminder', 'user_id'),
  }
  const records = createRecords(kernel, definition)
  const actions = createRecordActions(kernel, definition, records)
  const { requireLive, rowById } = actions
  const commands = createReminderCommands(database, { users, planSteps })

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

  function create(actor: Actor, input: NewReminder): Reminder {
    check(actor, input)
    const name = input.notes?.trim().split('\n')[0]
    return actions.create(actor, name, (writer) => commands.insert(writer, input))
  }

  function update(actor: Actor, { id, ...patch }: ReminderPatch & { id: string }): Reminder {
    const row = requireLive(actor, id)
    check(actor, patch, row)
    return actions.act(actor, row, 'Change', (writer) => commands.update(writer, row, patch))
  }

  /** @throws conflict where it is not open */
  function requireOpen(actor: Actor, id: string): ReminderRow {
    const row = requireLive(actor, id)
    if (!isOpen(row)) throw conflict('This reminder is done already.')
    return row
  }

  function end(actor: Actor, id: string, status: 'completed' | 'dismissed'): Reminder {
    const row = requireOpen(actor, id)
    const verb = status === 'completed' ? 'Complete' : 'Dismiss'
    return actions.act(actor, row, verb, (writer) => commands.end(writer, row, status))
  }

  /** @returns epoch milliseconds */
  function requireFuture(until: string): number {
    const instant = Date.parse(until)
    if (instant <= clock.now()) throw invalid('until', 'must lie in the future')
    return instant
  }

  function snooze(actor: Actor, id: string, until: string): Reminder {
    const instant = requireFuture(until)
    const row = requireOpen(actor, id)
    return actions.act(actor, row, 'Snooze', (writer) => commands.snoozeUntil(writer, row, instant))
  }

  function reopen(actor: Actor, id: string): Reminder {
    const row = requireLive(actor, id)
    if (isOpen(row)) throw conflict('This reminder is not done.')
    if (row.plan_id) throw conflict('It went with a step of a plan. Undo the step instead.')
    requireHolder(database, 'reminder', id)
    return actions.act(actor, row, 'Reopen', (writer) => commands.reopen(writer, row))
  }

  function restore(actor: Actor, id: string): Reminder {
    const row = records.requireRow(actor, id)
    if (row.plan_id) throw conflict('It belongs to a plan, which reminds of its steps itself.')
    return records.restore(actor, id)
  }

  function bulk(actor: Actor, { ids, action }: BulkInput): BulkOutcome {
    const until = action.type === 'snooze' ? requireFuture(action.until) : 0
    if (action.type === 'reschedule' && action.zone !== undefined) requireZone(action.zone)
    return actions.bulk(actor, ids, bulkVerbs[action.type], (writer, row) => {
      switch (action.type) {
        case 'complete':
          return commands.end(writer, row, 'completed')
        case 'dismiss':
          return commands.end(writer, row, 'dismissed')
        case 'snooze':
          return commands.snoozeUntil(writer, row, until)
        case 'reschedule':
          return commands.move(writer, row, action)
        case 'delete':
          return records.trash(writer, row.id)
      }
    })
  }

  return {
    ...records,
    list: createReminderList(kernel, users, records),
    create,
    update,
    restore,
    reopen,
    bulk,
    complete: (actor: Actor, id: string) => end(actor, id, 'completed'),
    dismiss: (actor: Actor, id: string) => end(actor, id, 'dismissed'),
    snooze,
    requireFuture,
    rowById,
    insert: commands.insert,
    end: commands.end,
    move: commands.move,
    snoozeUntil: commands.snoozeUntil,
    /** Changes one within another area's action. Answers whether anything differed. */
    revise: (writer: Writer, id: string, patch: ReminderPatch): boolean =>
      commands.update(writer, rowById(id), patch),
  }
}
