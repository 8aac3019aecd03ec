/** Tasks: given to somebody, done, put off, and created again where they recur. */
import type { contract } from '../../../contract'
import type { Task } from '../../../contract/agenda/tasks'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { conflict } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { createRecordActions } from '../../kernel/records/actions'
import { holderIsTrashed, requireHolder } from '../../kernel/records/hangs-on'
import {
  type BulkOutcome,
  createRecords,
  ownedBy,
  type RecordDefinition,
} from '../../kernel/records/records'
import { requireZone } from '../../kernel/time/wall-time'
import { requireOwnLinks, requireReceivers } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import { task } from './table'
import { createTaskCommands, isOpen, type NewTask, opens, type TaskPatch } from './task-commands'
import { createTaskLists } from './task-lists'
import { type TaskRow, taskSource, toTask } from './task-rows'

export { makeNextTask } from './next-task'
export type { NewTask, TaskPatch } from './task-commands'
export { type TaskRow, taskSource } from './task-rows'
export { taskDay } from './whole-day'

export type Tasks = ReturnType<typeof createTasks>
type BulkInput = InputOf<(typeof contract)['tasks']['bulk']>

const definition: RecordDefinition<TaskRow, Task> = {
  noun: 'task',
  nouns: 'tasks',
  table: task,
  source: taskSource,
  nameOf: (row) => row.title,
  toShape: toTask,
  scope: ownedBy('task', 'assignee_id'),
}

const bulkVerbs = {
  complete: 'Complete',
  cancel: 'Cancel',
  update: 'Change',
  reschedule: 'Reschedule',
  delete: 'Delete',
} as const

export function createTasks(kernel: Kernel, { users }: { users: Users }) {
  const { database } = kernel
  const records = createRecords(kernel, definition)
  const actions = createRecordActions(kernel, definition, records)
  const { requireLive, rowById } = actions
  const commands = createTaskCommands(kernel, users, rowById)

  function check(actor: Actor, input: TaskPatch, row?: TaskRow) {
    requireOwnLinks(kernel, actor, input)
    requireReceivers(database, { assigneeId: [input.assigneeId, row?.assignee_id] })
  }

  function create(actor: Actor, input: NewTask): Task {
    check(actor, input)
    return actions.create(actor, input.title, (writer) => commands.insert(writer, input))
  }

  function update(actor: Actor, { id, ...patch }: TaskPatch & { id: string }): Task {
    const row = requireLive(actor, id)
    check(actor, patch, row)
    return actions.act(actor, row, 'Change', (writer) => commands.update(writer, row, patch))
  }

  function complete(actor: Actor, id: string): Task {
    const row = requireLive(actor, id)
    if (!isOpen(row)) throw conflict(`This task is ${row.status} already.`)
    return actions.act(actor, row, 'Complete', (writer) => commands.end(writer, row, 'completed'))
  }

  function reopen(actor: Actor, id: string): Task {
    const row = requireLive(actor, id)
    if (isOpen(row)) throw conflict('This task is open.')
    requireHolder(database, 'task', id)
    return actions.act(actor, row, 'Reopen', (writer) => commands.reopen(writer, row))
  }

  const isHeldInTrash = (id: string) =>
    database.get(
      `select 1 from task where id = ? and ${holderIsTrashed(database.schema, 'task')}`,
      id,
    ) !== undefined

  function bulk(actor: Actor, { ids, action }: BulkInput): BulkOutcome {
    if (action.type === 'update') check(actor, action.patch)
    if (action.type === 'reschedule' && action.zone !== undefined) requireZone(action.zone)
    return actions.bulk(actor, ids, bulkVerbs[action.type], (writer, row) => {
      switch (action.type) {
        case 'complete':
          return commands.end(writer, row, 'completed')
        case 'cancel':
          return commands.end(writer, row, 'cancelled')
        case 'update':
          if (row.deleted_at !== null || (opens(row, action.patch) && isHeldInTrash(row.id)))
            return false
          return commands.update(writer, row, action.patch)
        case 'reschedule':
          return commands.move(writer, row, action)
        case 'delete':
          return records.trash(writer, row.id)
      }
    })
  }

  return {
    ...records,
    ...createTaskLists(kernel, users, records),
    create,
    update,
    complete,
    reopen,
    bulk,
    rowById,
    insert: commands.insert,
    end: commands.end,
    move: commands.move,
    /** Changes one within another area's action. Answers whether anything differed. */
    revise: (writer: Writer, id: string, patch: TaskPatch): boolean =>
      commands.update(writer, rowById(id), patch),
  }
}
