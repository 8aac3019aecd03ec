/** Calendar files: export, import with a preview, and the feed other calendars subscribe to. */
import * as z from 'zod'
import { may } from '../kernel/base'
import {
  ById,
  CalendarDate,
  EnteredDate,
  Id,
  Instant,
  JsonOr,
  oneOrMany,
  QueryBoolean,
} from '../kernel/shapes'
import { Zone } from '../kernel/zones'
import { agendaKinds } from './today'

const tags = ['Calendar']

/** What becomes of something in a calendar file. */
export const calendarOutcomes = [
  'new',
  'updated',
  'unchanged',
  'duplicate', // is in the file more than once; the newest counts
  'cancelled',
  'skipped',
  'quarantined', // could not be read; the raw text is kept
] as const
export type CalendarOutcome = (typeof calendarOutcomes)[number]

export const CalendarEntry = z.object({
  /** Events become activities, to-dos tasks; what Rapport wrote comes back as what it was. */
  kind: z.enum(['event', 'task', 'reminder']),
  uid: z.string(),
  /** Which occurrence of a recurring event, by its original start; empty for the event itself. */
  recurrenceId: z.string(),
  summary: z.string(),
  start: Instant.nullable(),
  end: Instant.nullable(),
  allDay: z.boolean(),
  /** The first of the whole days it takes, the same in every zone; null where it has a time. */
  day: CalendarDate.nullable(),
  /** Its reminders, minutes before; of a whole day before 9:00. */
  alarms: z.array(z.number().int()),
  /** The IANA zone it was read in. */
  zone: Zone.nullable(),
  outcome: z.enum(calendarOutcomes),
  reason: z.string().nullable(),
  /** The text itself where it could not be read. */
  raw: z.string().nullable(),
})
export type CalendarEntry = z.infer<typeof CalendarEntry>

export const CalendarImport = z.object({
  dryRun: z.boolean(),
  counts: z.record(z.enum(calendarOutcomes), z.number().int()),
  /** In the order of the file, the first 1000. */
  entries: z.array(CalendarEntry),
  /** Names of zones nobody knows: an import needs `zones: { name: 'Europe/Prague' }` for their events. */
  unknownZones: z.array(
    z.object({ name: z.string(), items: z.number().int(), suggestions: z.array(Zone) }),
  ),
  /** Events whose file says no zone are taken to mean the caller's. */
  floating: z.object({ items: z.number().int(), zone: Zone }),
  /** Recurring events become one activity for each occurrence within these days. */
  recurring: z.object({
    events: z.number().int(),
    occurrences: z.number().int(),
    from: EnteredDate,
    to: EnteredDate,
  }),
  /** What undo takes; null after a dry run, or where nothing had to change. */
  batchId: Id.nullable(),
})
export type CalendarImport = z.infer<typeof CalendarImport>

const ZoneMap = z.record(z.string().max(300), Zone)

export const QuarantinedItem = z.object({
  id: Id,
  reason: z.string(),
  raw: z.string(),
  createdAt: Instant,
})
export type QuarantinedItem = z.infer<typeof QuarantinedItem>

export const CalendarFeed = z.object({
  active: z.boolean(),
  createdAt: Instant.nullable(),
  lastReadAt: Instant.nullable(),
})
export type CalendarFeed = z.infer<typeof CalendarFeed>

export const calendar = {
  /** Over HTTP also at `/api/activities/{id}.ics`. */
  activity: may('export')
    .route({ method: 'GET', path: '/activities/{id}/calendar.ics', tags })
    .input(ById)
    .output(z.file()),
  /** Named activities, or all that begin within a span of days: a month back and a year ahead by default. */
  export: may('export')
    .route({ method: 'GET', path: '/calendar/export.ics', tags })
    .input(
      z.object({
        from: EnteredDate.optional(),
        to: EnteredDate.optional(),
        /** Activities, tasks or reminders. */
        ids: oneOrMany(Id),
        kinds: oneOrMany(z.enum(agendaKinds)),
        /** Whose; the caller's own by default, `everybody` for all the caller may see. */
        userId: Id.optional(),
        everybody: QueryBoolean.default(false),
      }),
    )
    .output(z.file()),
  /** A file, or its text. With dryRun nothing is written: a preview. */
  import: may('import')
    .route({ method: 'POST', path: '/calendar/import', tags })
    .input(
      z.object({
        file: z.file().optional(),
        text: z.string().optional(),
        dryRun: QueryBoolean.default(false),
        zones: JsonOr(ZoneMap).default({}),
      }),
    )
    .output(CalendarImport),
  quarantine: {
    list: may('import')
      .route({ method: 'GET', path: '/calendar/quarantine', tags })
      .output(z.array(QuarantinedItem)),
    /** Reads it again, with zones named now. */
    retry: may('import')
      .route({ method: 'POST', path: '/calendar/quarantine/{id}/retry', tags })
      .input(z.object({ id: Id, zones: ZoneMap.default({}) }))
      .output(CalendarImport),
    discard: may('import')
      .route({ method: 'DELETE', path: '/calendar/quarantine/{id}', tags })
      .input(ById)
      .output(ById),
  },
  /** The caller's own feed. */
  feed: {
    get: may('read').route({ method: 'GET', path: '/calendar/feed', tags }).output(CalendarFeed),
    /** Switches it on, or gives it a new address: the old one ends. The address is shown only now. */
    renew: may('export')
      .route({ method: 'POST', path: '/calendar/feed', tags, successStatus: 201 })
      .output(CalendarFeed.extend({ path: z.string() })),
    remove: may('export')
      .route({ method: 'DELETE', path: '/calendar/feed', tags })
      .output(CalendarFeed),
  },
}
