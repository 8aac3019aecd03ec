/** Working hours and holidays: when people work, for the workspace and for each user. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import {
  BulkResult,
  ById,
  CalendarDate,
  EnteredDate,
  Id,
  line,
  QueryBoolean,
  Reference,
} from '../kernel/shapes'

const tags = ['Working hours']
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, {
  message: 'must be a time of day like 09:00',
  abort: true,
})

export const WorkingSpan = z
  .object({ from: Time, to: Time })
  .refine(({ from, to }) => from < to, { message: 'must end after it begins', path: ['to'] })
/** Seven lists of spans, Monday first; an empty list is a day off. */
export const WeeklyHours = z
  .array(z.array(WorkingSpan).max(6))
  .length(7, 'must have seven days, Monday first')
  .refine((days) => days.some((spans) => spans.length > 0), 'must have a working day')
  .refine(
    (days) =>
      days.every((spans) =>
        spans.every((span, index) => index === 0 || (spans[index - 1]?.to ?? '') <= span.from),
      ),
    'must list the spans of a day in order, without overlap',
  )
export type WeeklyHours = z.infer<typeof WeeklyHours>

export const WorkingHours = z.object({
  hours: WeeklyHours,
  /** Country whose public holidays are kept, ISO 3166 (`CZ`); null for none. */
  country: z.string().max(2).nullable(),
  /** State or region within it, as `holidays.countries` lists them. */
  region: z.string().max(10).nullable(),
})
export type WorkingHours = z.infer<typeof WorkingHours>

/** A day off: of the country, imported, or entered by hand. */
export const DayOff = z.object({
  /** Null for those of the country. */
  id: Id.nullable(),
  date: CalendarDate,
  name: z.string(),
  source: z.enum(['country', 'calendar', 'own']),
  /** Whose; null for the whole workspace. */
  user: Reference.nullable(),
})
export type DayOff = z.infer<typeof DayOff>

const Whose = z.object({
  /** Null or left out: the workspace's. A rep has only its own to change. */
  userId: Id.nullable().optional(),
})

export const workingHours = {
  get: may('read')
    .route({ method: 'GET', path: '/working-hours', tags })
    .input(z.object({ userId: Id.optional() }))
    .output(
      z.object({
        /** What is set for this user or the workspace itself; null where nothing is. */
        own: WorkingHours.nullable(),
        /** What counts. */
        effective: WorkingHours,
        zone: z.string(),
      }),
    ),
  set: may('write')
    .route({ method: 'PUT', path: '/working-hours', tags })
    .input(editOf(Whose.extend(WorkingHours.shape)))
    .output(WorkingHours),
  /** A user follows the workspace again. */
  clear: may('write')
    .route({ method: 'DELETE', path: '/working-hours/{userId}', tags })
    .input(z.object({ userId: Id }))
    .output(WorkingHours),
  daysOff: {
    list: may('read')
      .route({ method: 'GET', path: '/days-off', tags })
      .input(
        z.object({
          userId: Id.optional(),
          from: EnteredDate,
          to: EnteredDate,
          /** Only what was entered or imported. */
          storedOnly: QueryBoolean.default(false),
          /** With the public holidays of this country and region, whichever are kept. */
          country: z.string().max(2).optional(),
          region: z.string().max(10).optional(),
        }),
      )
      .output(z.array(DayOff)),
    add: may('write')
      .route({ method: 'POST', path: '/days-off', tags, successStatus: 201 })
      .input(Whose.extend({ from: EnteredDate, to: EnteredDate.optional(), name: line(120) }))
      .output(BulkResult),
    remove: may('write')
      .route({ method: 'DELETE', path: '/days-off/{id}', tags })
      .input(ById)
      .output(ById),
    removeMany: may('write')
      .route({ method: 'POST', path: '/days-off/remove', tags })
      .input(z.object({ ids: z.array(Id).min(1).max(1000) }))
      .output(BulkResult),
    /** The all-day events of an .ics file as days off; those known already are skipped. */
    importCalendar: may('write')
      .route({ method: 'POST', path: '/days-off/import', tags })
      .input(Whose.extend({ ics: z.string().min(1).max(5_000_000) }))
      .output(
        BulkResult.extend({
          /** Events that could not be read, and why; all others were taken in. */
          setAside: z.array(z.object({ name: z.string(), reason: z.string() })),
        }),
      ),
    countries: may('read')
      .route({ method: 'GET', path: '/days-off/countries', tags })
      .output(
        z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            regions: z.array(z.object({ code: z.string(), name: z.string() })),
          }),
        ),
      ),
  },
}
