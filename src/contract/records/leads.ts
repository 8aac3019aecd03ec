/** Leads: opportunities that move along a pipeline. */
import * as z from 'zod'
import { may, recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import { enteredShape, neededFields, shownShape } from '../kernel/field-shapes'
import {
  CalendarDate,
  Id,
  Instant,
  ListInput,
  line,
  lineOrEmpty,
  MoveOpenWork,
  oneOrMany,
  Reference,
} from '../kernel/shapes'
import { Customer } from './customers'
import { leadFields } from './lead-fields'
import { leadStatuses, stageKinds, stepSignals } from './words'

export const StageReference = Reference.extend({
  color: z.string(),
  kind: z.enum(stageKinds),
  pipelineId: Id,
})

export const Lead = z.object({
  id: Id,
  ...shownShape(leadFields),
  custom: CustomValues,
  stage: StageReference,
  /** The lead's own probability, else its stage's. */
  effectiveProbability: z.number().int(),
  /** The day that its next step takes whole, the same in every zone; null where it has a time. */
  nextStepDay: CalendarDate.nullable(),
  /** What the next open activity says: overdue, due today, planned later, nothing planned. */
  signal: z.enum(stepSignals),
  /** Open, nothing planned, and quiet for longer than its stage allows. */
  rotting: z.boolean(),
  lastScoredAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
})
export type Lead = z.infer<typeof Lead>

export const LeadUpdate = z.object({ ...enteredShape(leadFields), custom: CustomValues }).partial()
export const LeadCreate = LeadUpdate.required(neededFields(leadFields))

export const LeadList = ListInput.extend({
  ownerId: oneOrMany(Id),
  stageId: oneOrMany(Id),
  status: oneOrMany(z.enum(leadStatuses)),
  companyId: Id.optional(),
  contactId: Id.optional(),
  customerId: Id.optional(),
  source: oneOrMany(z.string()),
  tag: oneOrMany(z.string()),
})

export const MoveStage = z.object({
  id: Id,
  stageId: Id,
  /** Index in the target stage as shown (0 is the top); without it the lead comes first. */
  position: z.number().int().min(0).optional(),
  /** Or the lead below which, or above which, it is put. */
  afterId: Id.nullable().optional(),
  beforeId: Id.nullable().optional(),
  lostReason: lineOrEmpty(500).optional(),
})

export const leads = {
  ...recordProcedures('/leads', 'Leads', {
    shape: Lead,
    create: LeadCreate,
    update: LeadUpdate.extend({ moveOpenWork: MoveOpenWork }),
    list: LeadList,
  }),
  moveStage: may('write')
    .route({ method: 'PUT', path: '/leads/{id}/move-stage', tags: ['Leads', 'Pipeline'] })
    .input(MoveStage)
    .output(Lead),
  /** Makes the lead a customer: wins it if it is open, and links or creates the customer. */
  convert: may('write')
    .route({ method: 'POST', path: '/leads/{id}/convert', tags: ['Leads', 'Customers'] })
    .input(z.object({ id: Id, name: line().optional(), customerId: Id.optional() }))
    .output(Customer),
  /** Distinct sources and tags in use, most used first, for filters and suggestions. */
  facets: may('read')
    .route({ method: 'GET', path: '/leads/facets', tags: ['Leads'] })
    .output(
      z.object({
        sources: z.array(z.string()),
        tags: z.array(z.string()),
        lostReasons: z.array(z.string()),
      }),
    ),
}
