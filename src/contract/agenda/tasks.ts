/** Tasks: what somebody is to do. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { LinkReferences, Links } from '../kernel/links'
import {
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
import { priorities } from '../kernel/words'
import { Zone } from '../kernel/zones'
import { taskStatuses, taskTypes } from './words'
import { bulkActions, dueSpans, ofRecords, workProcedures } from './work'

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
  ...ofRecords,
})

export const tasks = {
  ...workProcedures('/tasks', 'Tasks', 'PATCH', {
    shape: Task,
    create: TaskCreate,
    update: TaskUpdate,
    list: TaskList,
    bulkAction: z.discriminatedUnion('type', [
      bulkActions.complete,
      z.object({ type: z.literal('cancel') }),
      z.object({
        type: z.literal('update'),
        patch: TaskUpdate.pick({ assigneeId: true, priority: true, status: true, type: true }),
      }),
      bulkActions.reschedule,
      bulkActions.delete,
    ]),
  }),
  overdue: may('read')
    .route({ method: 'GET', path: '/tasks/overdue', tags: ['Tasks'] })
    .input(ListInput.pick({ limit: true, cursor: true }).extend({ assigneeId: oneOrMany(Id) }))
    .output(pageOf(Task)),
}
