/** When within working time something may happen, and why it was moved. */
import * as z from 'zod'
import { CalendarDate } from '../kernel/shapes'

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 09:00')

/** When a step may be done, in the contact's own time. */
export const StepWindow = z.object({
  from: Time,
  to: Time,
  /** ISO weekdays, 1 is Monday. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7),
})
export type StepWindow = z.infer<typeof StepWindow>

export const moveReasons = [
  'weekend',
  'holiday',
  'working_hours',
  'window_hours',
  'window_days',
] as const
/** Why a step is later than its delay alone would have it. */
export const Moved = z.object({
  reason: z.enum(moveReasons),
  /** The day that was passed over or left, in the zone that decided. */
  date: CalendarDate,
  /** Of the holiday. */
  name: z.string().nullable(),
})
export type Moved = z.infer<typeof Moved>
