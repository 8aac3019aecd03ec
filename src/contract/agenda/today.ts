/** The agenda: everything that waits for somebody, in one queue and on one calendar. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { LinkReferences } from '../kernel/links'
import {
  BulkResult,
  BulkTarget,
  CalendarDate,
  EnteredInstant,
  Id,
  Instant,
  QueryBoolean,
  Reference,
} from '../kernel/shapes'
import { EnteredWallTimeOrDay, Recurrence, WallTimeOrDay } from '../kernel/times'
import { priorities } from '../kernel/words'
import { Zone } from '../kernel/zones'
import { taskTypes } from './words'

const tags = ['Agenda']

export const agendaKinds = ['reminder', 'task', 'activity'] as const
export type AgendaKind = (typeof agendaKinds)[number]

/** A reminder, task or planned activity as the queue shows it. */
export const AgendaItem = z.object({
  kind: z.enum(agendaKinds),
  id: Id,
  title: z.string(),
  /** More about it: notes, description. */
  text: z.string().nullable(),
  /** Type of the activity or task; null for a reminder. */
  type: z.string().nullable(),
  priority: z.enum(priorities).nullable(),
  user: Reference.nullable(),
  ...LinkReferences.shape,
  /** The activity or task that a reminder is for, or the plan whose step it calls for. */
  about: z
    .object({ kind: z.enum(['activity', 'task', 'plan']), id: Id, name: z.string() })
    .nullable(),
  /** When it is due, begins or comes up. */
  at: Instant,
  /** Due on a day, without a time of day. */
  allDay: z.boolean(),
  /** That day, the same in every zone; null for what has a time of day. */
  day: CalendarDate.nullable(),
  durationMinutes: z.number().int().nullable(),
  recurrence: Recurrence.nullable(),
  overdue: z.boolean(),
  doneAt: Instant.nullable(),
})
export type AgendaItem = z.infer<typeof AgendaItem>
export const AgendaTarget = z.object({ kind: z.enum(agendaKinds), id: Id })

export const AgendaCounts = z.object({
  overdue: z.number().int(),
  today: z.number().int(),
  upcoming: z.number().int(),
  doneToday: z.number().int(),
})
export type AgendaCounts = z.infer<typeof AgendaCounts>

/** What quick entry understood of a line such as `call Acme tomorrow 3pm !high`. */
export const QuickEntry = z.object({
  kind: z.enum(['task', 'reminder']),
  title: z.string(),
  type: z.enum(taskTypes),
  priority: z.enum(priorities),
  wallTime: WallTimeOrDay.nullable(),
  zone: Zone,
  recurrence: Recurrence.nullable(),
  /** Reminders of the task, so many minutes before it is due. */
  reminderMinutes: z.array(z.number().int()),
  ...LinkReferences.shape,
  /** Parts of the text that were understood, for the screen to mark: from, to, what. */
  parts: z.array(
    z.object({
      from: z.number().int(),
      to: z.number().int(),
      kind: z.enum(['when', 'repeat', 'priority', 'record', 'type', 'remind']),
    }),
  ),
  /** Parts that look like a time and were not read: they stay in the title, and nothing is due by them. */
  unread: z.array(z.object({ from: z.number().int(), to: z.number().int(), text: z.string() })),
})
export type QuickEntry = z.infer<typeof QuickEntry>
const QuickText = z.object({
  text: z.string().trim().min(1).max(500),
  /** The record in front, if one is. */
  leadId: Id.optional(),
  companyId: Id.optional(),
  contactId: Id.optional(),
  customerId: Id.optional(),
})

export const agenda = {
  /** What the owners of these records are still to do on them: what goes along when they get another owner. */
  openWork: may('read')
    .route({ method: 'POST', path: '/agenda/open-work', tags })
    .input(
      z.object({
        kind: z.enum(['lead', 'customer', 'contact', 'company']),
        target: BulkTarget,
        /** The new owner. */
        ownerId: Id,
      }),
    )
    .output(
      z.object({
        tasks: z.number().int(),
        reminders: z.number().int(),
        meetings: z.number().int(),
        /** Other planned activities. */
        activities: z.number().int(),
      }),
    ),
  /** The caller's queue: what is overdue, what today holds, what comes in the next days. */
  today: may('read')
    .route({ method: 'GET', path: '/agenda/today', tags })
    .input(
      z.object({
        /** Whose; managers and admins may ask for others. */
        userId: Id.optional(),
        /** How many days after today are upcoming. */
        days: z.coerce.number().int().min(1).max(60).default(7),
        limit: z.coerce.number().int().min(1).max(500).default(200),
      }),
    )
    .output(
      z.object({
        date: CalendarDate,
        counts: AgendaCounts,
        overdue: z.array(AgendaItem),
        today: z.array(AgendaItem),
        upcoming: z.array(AgendaItem),
        done: z.array(AgendaItem),
      }),
    ),
  counts: may('read')
    .route({ method: 'GET', path: '/agenda/counts', tags })
    .input(z.object({ userId: Id.optional() }))
    .output(AgendaCounts),
  /** Everything that begins, is due or comes up within a span, done or not. */
  calendar: may('read')
    .route({ method: 'GET', path: '/agenda/calendar', tags })
    .input(
      z.object({
        from: EnteredInstant,
        to: EnteredInstant,
        userId: Id.optional(),
        /** Of everybody the caller may see. */
        everybody: QueryBoolean.default(false),
      }),
    )
    .output(z.object({ items: z.array(AgendaItem), truncated: z.boolean() })),
  /** One undoable action over items of any kind. */
  act: may('write')
    .route({ method: 'POST', path: '/agenda/act', tags })
    .input(
      z.object({
        targets: z.array(AgendaTarget).min(1).max(5000),
        action: z.discriminatedUnion('type', [
          z.object({ type: z.literal('complete') }),
          /** A reminder sleeps until then; a task or activity is moved there. */
          z.object({ type: z.literal('snooze'), until: EnteredInstant }),
          /** A day keeps the time of day, a local time sets both. */
          z.object({
            type: z.literal('reschedule'),
            wallTime: EnteredWallTimeOrDay,
            /** Where a local time is read off the clock; the item's own zone by default. */
            zone: Zone.optional(),
            durationMinutes: z.number().int().min(0).optional(),
          }),
          z.object({ type: z.literal('delete') }),
        ]),
      }),
    )
    .output(BulkResult),
  parse: may('read')
    .route({ method: 'POST', path: '/agenda/parse', tags })
    .input(QuickText)
    .output(QuickEntry),
  /** Understands the line and makes the task or reminder. */
  quickAdd: may('write')
    .route({ method: 'POST', path: '/agenda/quick-add', tags, successStatus: 201 })
    .input(QuickText)
    .output(AgendaItem),
}
