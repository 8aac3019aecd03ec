/** Reminders: what comes up again, when, and how it is put off or done. */
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
  oneOrMany,
  pageOf,
  Reference,
} from '../kernel/shapes'
import {
  EnteredWallTime,
  EnteredWallTimeOrDay,
  MinutesBefore,
  Recurrence,
  WallTime,
} from '../kernel/times'
import { reminderStatuses } from '../kernel/words'
import { Zone } from '../kernel/zones'

const tags = ['Reminders']

export const Reminder = z.object({
  id: Id,
  notes: LongText.nullable(),
  user: Reference.nullable(),
  activity: Reference.nullable(),
  task: Reference.nullable(),
  /** Whose step it calls for. */
  plan: Reference.nullable(),
  ...LinkReferences.shape,
  remindAt: Instant,
  /** What was meant, and in which zone. */
  wallTime: WallTime,
  zone: Zone,
  /** Minutes before the activity or task begins or is due; it moves along with it. */
  offsetMinutes: z.number().int().nullable(),
  recurrence: Recurrence.nullable(),
  status: z.enum(reminderStatuses),
  snoozedUntil: Instant.nullable(),
  /** When it comes up: snoozed until, else remind at; null once it is done. */
  dueAt: Instant.nullable(),
  notificationSentAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  completedBy: Reference.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Reminder = z.infer<typeof Reminder>

/**
 * When: `remindAt` (an instant), or `wallTime` with a zone (the user's own by default, later the one
 * it has), or `offsetMinutes` before the activity or task. One of them is needed to create a reminder.
 * Another time moves this one occurrence; a recurrence that comes along starts over from there.
 */
export const ReminderUpdate = z
  .object({
    notes: LongText.nullable(),
    userId: Id.nullable(),
    ...Links.shape,
    remindAt: EnteredInstant,
    wallTime: EnteredWallTime,
    zone: Zone,
    offsetMinutes: MinutesBefore.nullable(),
    recurrence: Recurrence.nullable(),
  })
  .partial()
export const ReminderCreate = ReminderUpdate.extend({
  activityId: Id.nullable().optional(),
  taskId: Id.nullable().optional(),
})

/** Which part of the queue: due before today, today, later, or done. */
export const dueSpans = ['overdue', 'today', 'upcoming', 'done'] as const
export const ReminderList = ListInput.extend({
  status: oneOrMany(z.enum(reminderStatuses)),
  due: z.enum(dueSpans).optional(),
  userId: oneOrMany(Id),
  activityId: Id.optional(),
  taskId: Id.optional(),
  companyId: Id.optional(),
  contactId: Id.optional(),
  leadId: Id.optional(),
  customerId: Id.optional(),
})

export const reminders = {
  list: may('read')
    .route({ method: 'GET', path: '/reminders', tags })
    .input(ReminderList)
    .output(pageOf(Reminder)),
  create: may('write')
    .route({ method: 'POST', path: '/reminders', tags, successStatus: 201 })
    .input(ReminderCreate)
    .output(Reminder),
  get: may('read')
    .route({ method: 'GET', path: '/reminders/{id}', tags })
    .input(ById)
    .output(Reminder),
  update: may('write')
    .route({ method: 'PATCH', path: '/reminders/{id}', tags })
    .input(editOf(ReminderUpdate.extend({ id: Id })))
    .output(Reminder),
  remove: may('write')
    .route({ method: 'DELETE', path: '/reminders/{id}', tags })
    .input(ById)
    .output(ById),
  restore: may('write')
    .route({ method: 'POST', path: '/reminders/{id}/restore', tags })
    .input(ById)
    .output(Reminder),
  /** Comes up again then, once. */
  snooze: may('write')
    .route({ method: 'POST', path: '/reminders/{id}/snooze', tags })
    .input(z.object({ id: Id, until: EnteredInstant }))
    .output(Reminder),
  /** Heard. Of a recurring one the next occurrence is made. */
  dismiss: may('write')
    .route({ method: 'POST', path: '/reminders/{id}/dismiss', tags })
    .input(ById)
    .output(Reminder),
  /** Done. Of a recurring one the next occurrence is made. */
  complete: may('write')
    .route({ method: 'POST', path: '/reminders/{id}/complete', tags })
    .input(ById)
    .output(Reminder),
  reopen: may('write')
    .route({ method: 'POST', path: '/reminders/{id}/reopen', tags })
    .input(ById)
    .output(Reminder),
  bulk: may('write')
    .route({ method: 'POST', path: '/reminders/bulk', tags })
    .input(
      z.object({
        ids: z.array(Id).min(1).max(10_000),
        action: z.discriminatedUnion('type', [
          z.object({ type: z.literal('complete') }),
          z.object({ type: z.literal('dismiss') }),
          z.object({ type: z.literal('snooze'), until: EnteredInstant }),
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
