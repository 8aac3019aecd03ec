/** Taking leads into a cadence: which, from when, on which dates, and who is refused and why. */
import * as z from 'zod'
import { Moved } from '../agenda/working-time'
import { Condition } from '../kernel/conditions'
import { CalendarDate, EnteredInstant, Id, Instant, Reference } from '../kernel/shapes'

/**
 * Who a plan is made for. A lead or contact gets one plan; a company one for each of its open
 * leads; `where` one for each lead of that list.
 */
export const AssignmentTarget = z
  .object({
    leadIds: z.array(Id).max(10_000).default([]),
    contactIds: z.array(Id).max(10_000).default([]),
    companyIds: z.array(Id).max(1000).default([]),
    where: z.object({ q: z.string().max(200).optional(), filter: Condition.optional() }).optional(),
  })
  .refine(
    ({ leadIds, contactIds, companyIds, where }) =>
      where !== undefined || leadIds.length + contactIds.length + companyIds.length > 0,
    { message: 'give leadIds, contactIds, companyIds or where', path: ['leadIds'] },
  )
export type AssignmentTarget = z.output<typeof AssignmentTarget>

export const Assignment = z.object({
  target: AssignmentTarget,
  /** What the first step's delay counts from; now by default. A preview answers what it took. */
  startAt: EnteredInstant.optional(),
  /** Who works the plans; by default each lead's owner, else the caller. */
  userId: Id.optional(),
})

export const refusalReasons = [
  'ALREADY_IN_CADENCE',
  'IN_ANOTHER_PLAN',
  'OPTED_OUT',
  'NO_ADDRESS',
  'NO_CONTACT',
  'NO_OPEN_LEAD',
  'LEAD_CLOSED',
  'OWNED_BY_OTHER',
  'NOT_FOUND',
] as const
export const RefusalReason = z.enum(refusalReasons)
export type RefusalReason = z.infer<typeof RefusalReason>

export const SimulatedStep = z.object({
  stepId: Id,
  position: z.number().int(),
  type: z.string(),
  automated: z.boolean(),
  at: Instant,
  /** In the user's zone. */
  date: CalendarDate,
  /** ISO weekday, 1 is Monday. */
  weekday: z.number().int(),
  time: z.string(),
  /** The same in the contact's zone: `2026-11-27T09:00`. */
  contactTime: z.string(),
  moved: z.array(Moved),
})
export type SimulatedStep = z.infer<typeof SimulatedStep>

export const SimulatedPlan = z.object({
  lead: Reference.nullable(),
  contact: Reference.nullable(),
  company: Reference.nullable(),
  user: Reference.nullable(),
  zone: z.string(),
  contactZone: z.string(),
  /** Each step as if every step before were done when due; empty where refused. */
  steps: z.array(SimulatedStep),
  refused: z.object({ reason: RefusalReason, message: z.string() }).nullable(),
})
export type SimulatedPlan = z.infer<typeof SimulatedPlan>

export const Simulation = z.object({
  startAt: Instant,
  plans: z.array(SimulatedPlan),
  accepted: z.number().int(),
  refused: z.number().int(),
})
export type Simulation = z.infer<typeof Simulation>
