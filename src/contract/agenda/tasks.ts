/** Tasks: what somebody is to do. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { LinkReferences, Links } from '../kernel/links'
import {
  BulkResult,
  ById,
  EnteredInstant,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  oneOrMany,
  pageOf,
  Reference,
} from '../kernel/shapes'
import { EnteredWallTimeOrDay, Recurrence, ReminderMinutes, WallTimeOrDay } from '../kernel/times'
import { priorities, taskStatuses, taskTypes } from '../kernel/words'
import { Zone } from '../kernel/zones'
import { dueSpans } from './reminders'

const tags = ['Tasks']

export const Task = z.object({
  id: Id,
  title: line(),
  description: LongText.nullable(),
  type: z.enum(taskTypes),
  priority: z.enum(priorities),
  status: z.enum(taskStatuses),
  assignee: Reference.nullable(),
  createdBy: Reference.nullable(),
  ...LinkReferences.shape,
  dueAt: Instant.nullable(),
  /** What was meant: a local time, or only a day; null without a due instant. */
  wallTime: WallTimeOrDay.nullable(),
  zone: Zone.nullable(),
  recurrence: Recurrence.nullable(),
  /** Reminders that are still to come. */
  reminders: z.number().int(),
  completedAt: Instant.nullable(),
  completedBy: Reference.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Task = z.infer<typeof Task>

/**
 * When: `dueAt` (an instant), or `wallTime` (a local time or a day) with a zone, the assignee's by
 * default, later the one it has. Another time moves this one occurrence; a recurrence that comes along
 * starts over from there.
 */
export const TaskUpdate = z
  .object({
    title: line(),
    description: LongText.nullable(),
    type: z.enum(taskTypes),
    priority: z.enum(priorities),
    status: z.enum(taskStatuses),
    assigneeId: Id.nullable(),
    ...Links.shape,
    dueAt: EnteredInstant.nullable(),
    wallTime: EnteredWallTimeOrDay.nullable(),
    zone: Zone,
    recurrence: Recurrence.nullable(),
  })
  .partial()
export const TaskCreate = TaskUpdate.required({ title: true }).extend({
  /** Reminders so many minutes before it is due. */
  reminderMinutes: ReminderMinutes.optional(),
})

export const TaskList = ListInput.extend({
  status: oneOrMany(z.enum(taskStatuses)),
  due: z.enum(dueSpans).optional(),
  assigneeId: oneOrMany(Id),
  type: oneOrMany(z.enum(taskTypes)),
  priority: oneOrMany(z.enum(priorities)),
  leadId: Id.optional(),
  companyId: Id.optional(),
  contactId: Id.optional(),
  customerId: Id.optional(),
})

export const tasks = {
  list: may('read')
    .route({ method: 'GET', path: '/tasks', tags })
    .input(TaskList)
    .output(pageOf(Task)),
  create: may('write')
    .route({ method: 'POST', path: '/tasks', tags, successStatus: 201 })
    .input(TaskCreate)
    .output(Task),
  overdue: may('read')
    .route({ method: 'GET', path: '/tasks/overdue', tags })
    .input(ListInput.pick({ limit: true, cursor: true }).extend({ assigneeId: oneOrMany(Id) }))
    .output(pageOf(Task)),
  get: may('read').route({ method: 'GET', path: '/tasks/{id}', tags }).input(ById).output(Task),
  update: may('write')
    .route({ method: 'PATCH', path: '/tasks/{id}', tags })
    .input(editOf(TaskUpdate.extend({ id: Id })))
    .output(Task),
  remove: may('write')
    .route({ method: 'DELETE', path: '/tasks/{id}', tags })
    .input(ById)
    .output(ById),
  restore: may('write')
    .route({ method: 'POST', path: '/tasks/{id}/restore', tags })
    .input(ById)
    .output(Task),
  /** Done. Of a recurring one the next occurrence is made. */
  complete: may('write')
    .route({ method: 'PATCH', path: '/tasks/{id}/complete', tags })
    .input(ById)
    .output(Task),
  reopen: may('write')
    .route({ method: 'PATCH', path: '/tasks/{id}/reopen', tags })
    .input(ById)
    .output(Task),
  bulk: may('write')
    .route({ method: 'POST', path: '/tasks/bulk', tags })
    .input(
      z.object({
        ids: z.array(Id).min(1).max(10_000),
        action: z.discriminatedUnion('type', [
          z.object({ type: z.literal('complete') }),
          z.object({ type: z.literal('cancel') }),
          z.object({
            type: z.literal('update'),
            patch: TaskUpdate.pick({ assigneeId: true, priority: true, status: true, type: true }),
          }),
          /** A day keeps the time of day; a local time sets both. */
          z.object({
            type: z.literal('reschedule'),
            wallTime: EnteredWallTimeOrDay,
            zone: Zone.optional(),
          }),
          z.object({ type: z.literal('delete') }),
        ]),
      }),
    )
    .output(BulkResult),
}
