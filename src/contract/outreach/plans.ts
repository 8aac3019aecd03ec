/** Plans: a cadence (or steps of their own) at work on one lead or contact. */
import * as z from 'zod'
import { Moved } from '../agenda/working-time'
import { may } from '../kernel/base'
import {
  BulkResult,
  ById,
  EnteredInstant,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  oneOrMany,
  PhoneNumber,
  pageOf,
  Reference,
} from '../kernel/shapes'
import { directions, planChoices } from '../timeline/words'
import { CadenceSettings, CadenceSteps } from './cadences'
import { Assignment, RefusalReason, Simulation } from './enrolment'
import { planEndings, planStates, planStepStates } from './words'

const tags = ['Plans']
const TypeName = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a lower-case name')

/** The step a plan waits at. */
export const CurrentStep = z.object({
  stepId: Id,
  /** From 0. */
  position: z.number().int(),
  type: TypeName,
  automated: z.boolean(),
  state: z.enum(planStepStates),
  variant: z.string().nullable(),
  /** The template as it is written; `plans.due` has it filled in. */
  subject: z.string().nullable(),
  dueAt: Instant,
})
export const Plan = z.object({
  id: Id,
  /** Of the cadence, or of its own. */
  name: z.string(),
  cadence: Reference.nullable(),
  version: z.number().int(),
  lead: Reference.nullable(),
  contact: Reference.nullable(),
  company: Reference.nullable(),
  /** Who works it. */
  user: Reference.nullable(),
  state: z.enum(planStates),
  stepCount: z.number().int(),
  step: CurrentStep.nullable(),
  /** Null unless it is in progress. */
  nextStepDueAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  pausedAt: Instant.nullable(),
  /** When it continues by itself. */
  pausedUntil: Instant.nullable(),
  repliedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  ending: z.enum(planEndings).nullable(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Plan = z.infer<typeof Plan>

export const PlanStep = z.object({
  stepId: Id,
  position: z.number().int(),
  type: TypeName,
  automated: z.boolean(),
  /** `upcoming`: not reached yet, its date is what it will be if all before is done when due. */
  state: z.enum([...planStepStates, 'upcoming']),
  variant: z.string().nullable(),
  subject: z.string().nullable(),
  body: z.string().nullable(),
  dueAt: Instant.nullable(),
  moved: z.array(Moved),
  doneAt: Instant.nullable(),
  doneBy: Reference.nullable(),
  outcome: z.string().nullable(),
  repliedAt: Instant.nullable(),
  activityId: Id.nullable(),
})
export type PlanStep = z.infer<typeof PlanStep>
export const PlanWithSteps = Plan.extend({ steps: z.array(PlanStep) })
export type PlanWithSteps = z.infer<typeof PlanWithSteps>

/** One step of the queue with all that is needed to do it. */
export const DueStep = z.object({
  plan: Plan,
  overdue: z.boolean(),
  /** The texts of the step, filled in; blanks are named. */
  subject: z.string().nullable(),
  body: z.string().nullable(),
  /** Placeholders that have no value here. */
  blanks: z.array(z.string()),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  phoneNumber: PhoneNumber,
  contactZone: z.string(),
  /** The latest entry of the lead's or contact's timeline that is no system entry. */
  lastActivity: z
    .object({
      id: Id,
      type: z.string(),
      subject: z.string().nullable(),
      outcome: z.string().nullable(),
      at: Instant,
    })
    .nullable(),
})
export type DueStep = z.infer<typeof DueStep>

/** A cadence, or steps of its own under a name. */
const Source = {
  cadenceId: Id.optional(),
  name: line(120).optional(),
  steps: CadenceSteps.min(1).optional(),
  settings: CadenceSettings.partial().optional(),
}
const Begin = {
  /** False: made, but not begun until it is started. */
  start: z.boolean().default(true),
}
/** The step that is meant; 409 where the plan waits at another by now. Left out, whichever is current. */
const Meant = { stepId: Id.optional() }
const act = <T extends z.ZodType>(name: string, input: T) =>
  may('write')
    .route({ method: 'POST', path: `/plans/{id}/${name}`, tags })
    .input(input)
    .output(PlanWithSteps)

export const plans = {
  list: may('read')
    .route({ method: 'GET', path: '/plans', tags })
    .input(
      ListInput.omit({ trashed: true }).extend({
        state: oneOrMany(z.enum(planStates)),
        userId: oneOrMany(Id),
        cadenceId: oneOrMany(Id),
        leadId: Id.optional(),
        contactId: Id.optional(),
        companyId: Id.optional(),
      }),
    )
    .output(pageOf(Plan)),
  /** For one lead or contact. */
  create: may('write')
    .route({ method: 'POST', path: '/plans', tags, successStatus: 201 })
    .input(
      z.object({
        ...Source,
        ...Begin,
        leadId: Id.optional(),
        contactId: Id.optional(),
        startAt: Assignment.shape.startAt,
        userId: Assignment.shape.userId,
      }),
    )
    .output(PlanWithSteps),
  /** For many at once, one undoable action; whoever is refused is named. */
  createMany: may('write')
    .route({ method: 'POST', path: '/plans/bulk', tags, successStatus: 201 })
    .input(Assignment.extend({ ...Source, ...Begin }))
    .output(
      BulkResult.extend({
        refused: z.array(
          z.object({
            lead: Reference.nullable(),
            contact: Reference.nullable(),
            company: Reference.nullable(),
            reason: RefusalReason,
            message: z.string(),
          }),
        ),
      }),
    ),
  /** As of a cadence, for steps of their own too. */
  simulate: may('read')
    .route({ method: 'POST', path: '/plans/simulate', tags })
    .input(Assignment.extend(Source))
    .output(Simulation),
  /** What is to be done, longest overdue first. */
  due: may('read')
    .route({ method: 'GET', path: '/plans/due', tags })
    .input(
      z.object({
        /** Whose; managers and admins may ask for others. */
        userId: Id.optional(),
        cadenceId: Id.optional(),
        type: oneOrMany(TypeName),
        /** Up to when; the end of today by default. */
        until: EnteredInstant.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        cursor: z.string().max(2000).optional(),
      }),
    )
    .output(pageOf(DueStep)),
  get: may('read')
    .route({ method: 'GET', path: '/plans/{id}', tags })
    .input(ById)
    .output(PlanWithSteps),
  start: act('start', z.object({ id: Id, startAt: EnteredInstant.optional() })),
  /** With `until` it continues by itself, e.g. after an out-of-office notice. */
  pause: act('pause', z.object({ id: Id, until: EnteredInstant.optional() })),
  resume: act('resume', ById),
  skip: act('skip', ById.extend(Meant)),
  /** Logs the activity of the current step and continues. */
  completeStep: act(
    'complete-step',
    z.object({
      id: Id,
      ...Meant,
      outcome: TypeName.nullable().optional(),
      subject: lineOrEmpty(255).nullable().optional(),
      description: LongText.nullable().optional(),
      durationMinutes: z.number().int().min(0).max(44_640).optional(),
      occurredAt: EnteredInstant.optional(),
      /** What the outcome does to the plans; left out, each cadence's settings say. */
      plan: z.enum(planChoices).optional(),
    }),
  ),
  abort: act('abort', ById),
  reassign: act('reassign', z.object({ id: Id, userId: Id })),
  /** Which plans an activity with this outcome would stop unless it says otherwise: the contact has answered. */
  stopping: may('read')
    .route({ method: 'POST', path: '/plans/stopping', tags })
    .input(
      z.object({
        type: TypeName,
        outcome: TypeName,
        direction: z.enum(directions).optional(),
        /** When it happened; left out, now. What was before a plan began is no answer to it. */
        occurredAt: EnteredInstant.optional(),
        /** What the activity is about. */
        about: z
          .array(z.object({ leadId: Id.nullish(), contactId: Id.nullish() }))
          .min(1)
          .max(5000),
      }),
    )
    .output(
      z.object({
        count: z.number().int(),
        /** What they are called: their cadences, or names of their own; at most five. */
        names: z.array(z.string()),
      }),
    ),
  /** The contact has answered, on whatever way. */
  replied: act('replied', z.object({ id: Id, at: EnteredInstant.optional() })),
  /** One undoable action over many plans; those it does not fit are skipped. */
  bulk: may('write')
    .route({ method: 'POST', path: '/plans/bulk-change', tags })
    .input(
      z.object({
        ids: z.array(Id).min(1).max(10_000),
        action: z.discriminatedUnion('type', [
          z.object({ type: z.literal('start') }),
          z.object({ type: z.literal('pause'), until: EnteredInstant.optional() }),
          z.object({ type: z.literal('resume') }),
          z.object({ type: z.literal('skip') }),
          z.object({ type: z.literal('abort') }),
          z.object({ type: z.literal('reassign'), userId: Id }),
        ]),
      }),
    )
    .output(BulkResult),
}
