/** Activities: everything that happened or is scheduled, and the timelines made of it. */
import * as z from 'zod'
import { longRead, may, recordProcedures } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import {
  BulkResult,
  ById,
  CalendarDate,
  EnteredDate,
  EnteredInstant,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  oneOrMany,
  pageOf,
  QueryBoolean,
  Reference,
} from '../kernel/shapes'
import { ReminderMinutes } from '../kernel/times'
import { Zone } from '../kernel/zones'
import { activityCategories, directions, planChoices } from './words'

const tags = ['Activities']
const TypeName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a lower-case name with underscores, like follow_up')

const fields = {
  type: TypeName,
  subject: lineOrEmpty(255).nullable(),
  description: LongText.nullable(),
  companyId: Id.nullable(),
  contactId: Id.nullable(),
  leadId: Id.nullable(),
  customerId: Id.nullable(),
  userId: Id.nullable(),
  /** When it happened. Neither this nor scheduledAt or dueAt: it happened now. */
  occurredAt: EnteredInstant.nullable(),
  /** When it is planned to begin. */
  scheduledAt: EnteredInstant.nullable(),
  dueAt: EnteredInstant.nullable(),
  durationMinutes: z
    .number()
    .int()
    .min(0)
    .max(60 * 24 * 366)
    .nullable(),
  /** IANA zone it is planned in; null is the workspace's. */
  zone: Zone.nullable(),
  /** It takes whole days, from the day that `scheduledAt` falls on in its zone. */
  allDay: z.boolean(),
  location: lineOrEmpty(500).nullable(),
  direction: z.enum(directions).nullable(),
  outcome: TypeName.nullable(),
  metadata: z.record(z.string(), z.unknown()),
  visibleToRep: z.boolean(),
  externalId: lineOrEmpty(255).nullable(),
}
const { companyId: _1, contactId: _2, leadId: _3, customerId: _4, userId: _5, ...plain } = fields

export const Activity = z.object({
  id: Id,
  category: z.enum(activityCategories),
  ...plain,
  company: Reference.nullable(),
  contact: Reference.nullable(),
  lead: Reference.nullable(),
  customer: Reference.nullable(),
  user: Reference.nullable(),
  completedAt: Instant.nullable(),
  completedBy: Reference.nullable(),
  createdBy: Reference.nullable(),
  /** Its instant on a timeline: occurred, else completed, else scheduled, else due. */
  at: Instant,
  /** The day it takes whole, or the first of them, the same in every zone; null where it has an instant. */
  day: CalendarDate.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Activity = z.infer<typeof Activity>
/** What an outcome does to the plans of the lead or contact; left out, each cadence's settings say. */
const Choice = { plan: z.enum(planChoices).optional() }
export const ActivityUpdate = z.object(fields).partial()
/** `category` automated is for integrations: such an activity is read-only afterwards. */
export const ActivityCreate = ActivityUpdate.required({ type: true }).extend({
  category: z.enum(['manual', 'automated']).default('manual'),
  /** Reminders so many minutes before it begins or is due; they move along with it. */
  reminderMinutes: ReminderMinutes.optional(),
  ...Choice,
})

export const timelineFilter = {
  category: oneOrMany(z.enum(activityCategories)),
  type: oneOrMany(TypeName),
  outcome: oneOrMany(TypeName),
  userId: oneOrMany(Id),
  from: EnteredDate.optional(),
  to: EnteredDate.optional(),
  visibleOnly: QueryBoolean.default(false),
  q: z.string().trim().max(200).optional(),
}
const page = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2000).optional(),
}
const Page = pageOf(Activity)
const timelineOf = (path: `/${string}`) =>
  may('read')
    .route({ method: 'GET', path, tags })
    .input(z.object({ id: Id, ...timelineFilter, ...page }))
    .output(Page)

const Timelines = {
  lead: timelineOf('/leads/{id}/timeline'),
  company: timelineOf('/companies/{id}/timeline'),
  contact: timelineOf('/contacts/{id}/timeline'),
  customer: timelineOf('/customers/{id}/timeline'),
}

export const ActivityTemplate = z.object({
  id: Id,
  name: line(80),
  type: TypeName,
  subject: lineOrEmpty(255).nullable(),
  description: LongText.nullable(),
  durationMinutes: z.number().int().min(0).nullable(),
  outcome: TypeName.nullable(),
  direction: z.enum(directions).nullable(),
  /** Days from now it is scheduled for; null logs it as done now. */
  scheduleInDays: z.number().int().min(0).max(3650).nullable(),
  /** Null for those that came with the database. */
  createdBy: Reference.nullable(),
})
export type ActivityTemplate = z.infer<typeof ActivityTemplate>
const TemplateFields = ActivityTemplate.omit({ id: true, createdBy: true })

/** A word users may add to: a manual activity type or an outcome. */
export const Word = z.object({
  name: TypeName,
  label: line(80),
  builtIn: z.boolean(),
  active: z.boolean(),
})
export type Word = z.infer<typeof Word>
const words = (path: `/${string}`) => ({
  list: may('read').route({ method: 'GET', path, tags }).output(z.array(Word)),
  add: may('configure')
    .route({ method: 'POST', path, tags, successStatus: 201 })
    .input(z.object({ label: line(80) }))
    .output(Word),
  update: may('configure')
    .route({ method: 'PATCH', path: `${path}/{name}`, tags })
    .input(
      editOf(
        z.object({ name: TypeName, label: line(80).optional(), active: z.boolean().optional() }),
      ),
    )
    .output(Word),
})

const { bulk: _bulk, ...ofRecord } = recordProcedures('/activities', 'Activities', {
  shape: Activity,
  create: ActivityCreate,
  update: ActivityUpdate.extend(Choice),
  list: ListInput.extend({
    ...timelineFilter,
    leadId: Id.optional(),
    companyId: Id.optional(),
    contactId: Id.optional(),
    customerId: Id.optional(),
  }),
})
/** Open ones, of one person or all. */
const openOnes = (path: `/${string}`) =>
  may('read')
    .route({ method: 'GET', path, tags })
    .input(z.object({ userId: Id.optional(), ...page }))
    .output(Page)

export const activities = {
  ...ofRecord,
  /** The same activity logged on many records, all in one undoable action. */
  createMany: may('write')
    .route({ method: 'POST', path: '/activities/bulk', tags, successStatus: 201 })
    .input(z.object({ activities: z.array(ActivityCreate).min(1).max(5000) }))
    .output(BulkResult),
  complete: may('write')
    .route({ method: 'PATCH', path: '/activities/{id}/complete', tags })
    .input(
      editOf(
        z.object({
          id: Id,
          outcome: TypeName.nullable().optional(),
          description: LongText.optional(),
          durationMinutes: z.number().int().min(0).optional(),
          ...Choice,
        }),
      ),
    )
    .output(Activity),
  reopen: may('write')
    .route({ method: 'PATCH', path: '/activities/{id}/reopen', tags })
    .input(ById)
    .output(Activity),
  /** Open scheduled activities, soonest first. */
  pending: openOnes('/activities/pending'),
  /** Open activities whose due (or scheduled) instant is past, longest overdue first. */
  overdue: openOnes('/activities/overdue'),
  timeline: may('read')
    .route({ method: 'GET', path: '/activities/timeline', tags })
    .input(z.object({ ...timelineFilter, ...page }))
    .output(Page),
  stats: longRead
    .route({ method: 'GET', path: '/activities/stats', tags })
    .input(
      z.object({
        from: EnteredDate.optional(),
        to: EnteredDate.optional(),
        userId: Id.optional(),
        /** Whether `byType` holds the types of system entries as well, after those of people and automation. */
        system: QueryBoolean.default(false),
      }),
    )
    .output(
      z.object({
        byCategory: z.array(
          z.object({ category: z.enum(activityCategories), count: z.number().int() }),
        ),
        /** Most frequent first; what people logged or automation did before what the system noted. */
        byType: z.array(
          z.object({
            type: TypeName,
            category: z.enum(activityCategories),
            count: z.number().int(),
          }),
        ),
        /** Each day in the workspace's zone, oldest first: those from `from` on, the latest 31; without it, seven up to `to` or today. */
        trend: z.array(
          z.object({
            date: CalendarDate,
            manual: z.number().int(),
            system: z.number().int(),
            automated: z.number().int(),
          }),
        ),
        byUser: z.array(
          z.object({ user: Reference, count: z.number().int(), lastAt: Instant.nullable() }),
        ),
        systemEvents: z.array(z.object({ type: TypeName, count: z.number().int() })),
      }),
    ),
  ofLead: timelineOf('/leads/{id}/activities'),
  ofUser: timelineOf('/users/{id}/activities'),
  timelines: Timelines,
  templates: {
    list: may('read')
      .route({ method: 'GET', path: '/activities/templates', tags })
      .output(z.array(ActivityTemplate)),
    create: may('write')
      .route({ method: 'POST', path: '/activities/templates', tags, successStatus: 201 })
      .input(TemplateFields.partial().required({ name: true, type: true }))
      .output(ActivityTemplate),
    update: may('write')
      .route({ method: 'PATCH', path: '/activities/templates/{id}', tags })
      .input(editOf(TemplateFields.partial().extend({ id: Id })))
      .output(ActivityTemplate),
    remove: may('write')
      .route({ method: 'DELETE', path: '/activities/templates/{id}', tags })
      .input(ById)
      .output(ById),
  },
  types: words('/activities/types'),
  outcomes: words('/activities/outcomes'),
}
