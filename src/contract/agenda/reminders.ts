/** Reminders: what comes up again, when, and how it is put off or done. */
import * as z from 'zod'
import { LinkReferences, Links } from '../kernel/links'
import {
  ById,
  EnteredInstant,
  Id,
  Instant,
  ListInput,
  LongText,
  oneOrMany,
  Reference,
} from '../kernel/shapes'
import { EnteredWallTime, MinutesBefore, Recurrence, WallTime } from '../kernel/times'
import { Zone } from '../kernel/zones'
import { reminderStatuses } from './words'
import { bulkActions, dueSpans, ofRecords, workProcedures, workStep } from './work'

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

export const ReminderList = ListInput.extend({
  status: oneOrMany(z.enum(reminderStatuses)),
  due: z.enum(dueSpans).optional(),
  userId: oneOrMany(Id),
  activityId: Id.optional(),
  taskId: Id.optional(),
  ...ofRecords,
})

const tags = ['Reminders']

export const reminders = {
  ...workProcedures('/reminders', 'Reminders', 'POST', {
    shape: Reminder,
    create: ReminderCreate,
    update: ReminderUpdate,
    list: ReminderList,
    bulkAction: z.discriminatedUnion('type', [
      bulkActions.complete,
      z.object({ type: z.literal('dismiss') }),
      z.object({ type: z.literal('snooze'), until: EnteredInstant }),
      bulkActions.reschedule,
      bulkActions.delete,
    ]),
  }),
  /** Comes up again then, once. */
  snooze: workStep(
    'POST',
    '/reminders/{id}/snooze',
    tags,
    z.object({ id: Id, until: EnteredInstant }),
    Reminder,
  ),
  /** Seen. Of a recurring one the next occurrence is made. */
  dismiss: workStep('POST', '/reminders/{id}/dismiss', tags, ById, Reminder),
}
