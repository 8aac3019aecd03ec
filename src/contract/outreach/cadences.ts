/** Cadences: what to do next for each lead, step by step, and what became of it. */
import * as z from 'zod'
import { StepWindow } from '../agenda/working-time'
import { longRead, may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { Rate } from '../kernel/rates'
import {
  BulkResult,
  ById,
  EnteredDate,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  oneOrMany,
  pageOf,
  Reference,
} from '../kernel/shapes'
import { Assignment, Simulation } from './enrolment'
import { cadenceStates, delayUnits, missedPolicies } from './words'

const tags = ['Cadences']
const TypeName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a lower-case name with underscores, like follow_up')
const Subject = lineOrEmpty(255).nullable()

/** One of several texts that are tried against each other; `weight` is its share of the plans. */
export const StepVariant = z.object({
  key: z.string().regex(/^[A-Z]$/, 'must be a capital letter'),
  weight: z.number().int().min(0).max(1000),
  subject: Subject,
  body: LongText.nullable(),
})
export type StepVariant = z.infer<typeof StepVariant>

/**
 * Decides, when a step is done, where the plan continues; the first that applies counts.
 * `replied` and `no_reply`: whether the contact has answered by then. A reply that comes later
 * decides the `replied` branches of the step that was done last.
 */
export const StepBranch = z.object({
  when: z.enum(['replied', 'no_reply', 'outcome']),
  /** For `outcome`: any of these. */
  outcomes: z.array(TypeName).max(50).default([]),
  go: z.enum(['to_step', 'skip_next', 'end']),
  /** For `to_step`: a later step. */
  stepId: Id.nullable().default(null),
})
export type StepBranch = z.infer<typeof StepBranch>

export const CadenceStep = z.object({
  /** Stays the same while the cadence is edited: analytics and plans under way go by it. */
  id: Id,
  type: TypeName,
  /** Only an e-mail can be sent by itself. */
  automated: z.boolean(),
  /** Counted from when the step before was done, or from the start. */
  delay: z.number().int().min(0).max(525_600),
  delayUnit: z.enum(delayUnits),
  window: StepWindow.nullable(),
  /** Liquid templates. Not used where there are variants. */
  subject: Subject,
  body: LongText.nullable(),
  /** None, or at least two. */
  variants: z.array(StepVariant).max(5),
  branches: z.array(StepBranch).max(10),
  missed: z.enum(missedPolicies),
})
export type CadenceStep = z.infer<typeof CadenceStep>
/** A step as it is written: what is left out takes its plain value. */
export const CadenceStepInput = CadenceStep.extend({
  id: Id.optional(),
  automated: z.boolean().default(false),
  delay: CadenceStep.shape.delay.default(0),
  delayUnit: z.enum(delayUnits).default('business_days'),
  window: StepWindow.nullable().default(null),
  subject: Subject.default(null),
  body: LongText.nullable().default(null),
  variants: z.array(StepVariant).max(5).default([]),
  branches: z.array(StepBranch).max(10).default([]),
  missed: z.enum(missedPolicies).default('do_now'),
})
export type CadenceStepInput = z.output<typeof CadenceStepInput>
export const CadenceSteps = z.array(CadenceStepInput).max(50)

export const CadenceSettings = z.object({
  /** A reply ends the plan. */
  stopOnReply: z.boolean(),
  /**
   * Outcomes of a logged activity that are an answer and end the plan, unless a branch of the step
   * says where that outcome leads.
   */
  stopOnOutcomes: z.array(TypeName).max(50),
  /** No lead that has another plan under way is taken in. */
  exclusive: z.boolean(),
  /** Steps wait for the user's working days and hours. */
  workingTimeOnly: z.boolean(),
  /** What becomes of a plan whose lead is given to somebody else. */
  onOwnerChange: z.enum(['reassign', 'keep', 'end']),
})
export type CadenceSettings = z.infer<typeof CadenceSettings>

/** What is wrong with a step, e.g. at `steps.2.delay`. */
export const CadenceIssue = z.object({ path: z.string(), message: z.string() })

export const Cadence = z.object({
  id: Id,
  name: line(120),
  description: LongText.nullable(),
  state: z.enum(cadenceStates),
  settings: CadenceSettings,
  /** Rises when steps are changed after plans were made from them. */
  version: z.number().int(),
  stepCount: z.number().int(),
  /** Plans not started, in progress or paused. */
  activePlans: z.number().int(),
  createdBy: Reference.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Cadence = z.infer<typeof Cadence>
export const CadenceWithSteps = Cadence.extend({
  steps: z.array(CadenceStep),
  /** What keeps it from being active. */
  issues: z.array(CadenceIssue),
})
export type CadenceWithSteps = z.infer<typeof CadenceWithSteps>

/** What plans under way do when the steps of their cadence change. */
export const UpdatePlans = z.enum(['keep', 'move']).default('keep')
const CadenceFields = z.object({
  name: line(120),
  description: LongText.nullable().optional(),
  settings: CadenceSettings.partial().optional(),
})

export const StepAnalytics = z.object({
  stepId: Id,
  /** From 0; null for a step that the cadence no longer has. */
  position: z.number().int().nullable(),
  type: TypeName,
  /** Null for the step as a whole. */
  variant: z.string().nullable(),
  reached: z.number().int(),
  done: z.number().int(),
  skipped: z.number().int(),
  onTime: z.number().int(),
  late: z.number().int(),
  /** Plans that ended here without having been finished. */
  dropped: z.number().int(),
  replies: Rate,
  /** Leads won after this step. */
  conversions: Rate,
})
export const CadenceAnalytics = z.object({
  cadence: Reference,
  enrolled: z.number().int(),
  active: z.number().int(),
  /** Came to the end of their steps. */
  finished: z.number().int(),
  /** Ended before: by an answer, a won or lost lead, or a person. */
  stopped: z.number().int(),
  replies: Rate,
  conversions: Rate,
  /** Of the steps done and those still open past their time, which count as late. */
  adherence: z.object({ onTime: Rate, late: z.number().int(), skipped: z.number().int() }),
  /** Median hours from a plan's start to the first reply. */
  hoursToReply: z.number().nullable(),
  steps: z.array(StepAnalytics),
  people: z.array(
    z.object({
      user: Reference.nullable(),
      enrolled: z.number().int(),
      done: z.number().int(),
      replies: Rate,
      conversions: Rate,
      onTime: Rate,
    }),
  ),
})
export type CadenceAnalytics = z.infer<typeof CadenceAnalytics>
const Period = {
  /** Plans started within these days. */
  from: EnteredDate.optional(),
  to: EnteredDate.optional(),
  userId: oneOrMany(Id),
}

export const cadences = {
  list: may('read')
    .route({ method: 'GET', path: '/cadences', tags })
    .input(ListInput.extend({ state: oneOrMany(z.enum(cadenceStates)) }))
    .output(pageOf(Cadence)),
  create: may('write')
    .route({ method: 'POST', path: '/cadences', tags, successStatus: 201 })
    .input(
      CadenceFields.extend({
        state: z.enum(['draft', 'active']).default('draft'),
        steps: CadenceSteps.default([]),
      }),
    )
    .output(CadenceWithSteps),
  get: may('read')
    .route({ method: 'GET', path: '/cadences/{id}', tags })
    .input(ById)
    .output(CadenceWithSteps),
  /** Only a cadence without issues becomes active; only an active one takes leads in. */
  update: may('write')
    .route({ method: 'PATCH', path: '/cadences/{id}', tags })
    .input(
      editOf(CadenceFields.partial().extend({ id: Id, state: z.enum(cadenceStates).optional() })),
    )
    .output(CadenceWithSteps),
  remove: may('write')
    .route({ method: 'DELETE', path: '/cadences/{id}', tags })
    .input(ById)
    .output(ById),
  restore: may('write')
    .route({ method: 'POST', path: '/cadences/{id}/restore', tags })
    .input(ById)
    .output(CadenceWithSteps),
  duplicate: may('write')
    .route({ method: 'POST', path: '/cadences/{id}/duplicate', tags, successStatus: 201 })
    .input(z.object({ id: Id, name: line(120).optional() }))
    .output(CadenceWithSteps),
  /** All steps in their order. */
  setSteps: may('write')
    .route({ method: 'PUT', path: '/cadences/{id}/steps', tags })
    .input(editOf(z.object({ id: Id, steps: CadenceSteps, updatePlans: UpdatePlans })))
    .output(CadenceWithSteps),
  /** What would be wrong with these steps, without saving them. */
  check: may('read')
    .route({ method: 'POST', path: '/cadences/check', tags })
    .input(z.object({ steps: CadenceSteps }))
    .output(z.object({ issues: z.array(CadenceIssue) })),
  /** Adds the ready cadences that are not there yet: initial outreach, post-demo follow-up, re-engagement. */
  addReady: may('write')
    .route({ method: 'POST', path: '/cadences/ready', tags, successStatus: 201 })
    .input(z.object({}))
    .output(BulkResult),
  /** The date of every step for every lead, and who is refused and why; nothing is written. */
  simulate: may('read')
    .route({ method: 'POST', path: '/cadences/{id}/simulate', tags })
    .input(Assignment.extend({ id: Id }))
    .output(Simulation),
  analytics: longRead
    .route({ method: 'GET', path: '/cadences/{id}/analytics', tags })
    .input(z.object({ id: Id, ...Period }))
    .output(CadenceAnalytics),
  /** Several cadences side by side, without their steps and people. */
  compare: longRead
    .route({ method: 'GET', path: '/cadences/compare', tags })
    .input(z.object({ cadenceId: oneOrMany(Id), ...Period }))
    .output(z.array(CadenceAnalytics.omit({ steps: true, people: true }))),
}
