/** Pipelines, their stages, and the board over them. */
import * as z from 'zod'
import { longRead, may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import {
  BulkResult,
  EnteredDate,
  Id,
  line,
  oneOrMany,
  pageOf,
  QueryCondition,
  Sum,
} from '../kernel/shapes'
import { Lead } from './leads'
import { stageKinds } from './words'

const tags = ['Pipeline']
export const Color = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #228be6')
const stageFields = {
  name: line(80),
  color: Color,
  kind: z.enum(stageKinds),
  /** Percent chance of winning a lead in this stage; won is 100, lost 0. */
  probability: z.number().int().min(0).max(100),
  /** Days without a step after which a lead here rots; null never. */
  rottingDays: z.number().int().min(1).max(3650).nullable(),
}
export const Stage = z.object({
  id: Id,
  pipelineId: Id,
  ...stageFields,
  position: z.number().int(),
  leads: z.number().int(),
})
export type Stage = z.infer<typeof Stage>
export const Pipeline = z.object({
  id: Id,
  name: line(80),
  isDefault: z.boolean(),
  position: z.number().int(),
  stages: z.array(Stage),
})
export type Pipeline = z.infer<typeof Pipeline>

const inOwnCurrency = 'In major units of each lead’s own currency; nothing is converted.'

/** What narrows a board: the same everywhere a board is counted or paged. */
export const boardFilter = {
  pipelineId: Id.optional(),
  q: z.string().trim().max(200).optional(),
  ownerId: oneOrMany(Id),
  source: oneOrMany(z.string()),
  tag: oneOrMany(z.string()),
  valueFrom: z.coerce.number().optional().describe(inOwnCurrency),
  valueTo: z.coerce.number().optional().describe(inOwnCurrency),
  closeFrom: EnteredDate.optional(),
  closeTo: EnteredDate.optional(),
  filter: QueryCondition,
}
export const boardSorts = [
  'position',
  'value',
  'expectedCloseDate',
  'lastActivityAt',
  'nextStepAt',
] as const

/** One lead as its card shows it. */
export const Card = Lead.pick({
  id: true,
  title: true,
  company: true,
  contact: true,
  owner: true,
  value: true,
  effectiveProbability: true,
  expectedCloseDate: true,
  priority: true,
  tags: true,
  status: true,
  signal: true,
  rotting: true,
  nextStepAt: true,
  nextStepDay: true,
  lastActivityAt: true,
  stageEnteredAt: true,
}).extend({ stageId: Id })
export type Card = z.infer<typeof Card>

/** Exact over all leads the filter lets through, not only the loaded ones; one sum per currency in which a lead has a value. */
export const StageTotals = z.object({
  stageId: Id,
  leads: z.number().int(),
  value: z.array(Sum),
  weighted: z.array(Sum),
  rotting: z.number().int(),
  overdue: z.number().int(),
})
export type StageTotals = z.infer<typeof StageTotals>

export const pipeline = {
  list: may('read').route({ method: 'GET', path: '/pipelines', tags }).output(z.array(Pipeline)),
  create: may('configure')
    .route({ method: 'POST', path: '/pipelines', tags, successStatus: 201 })
    .input(z.object({ name: line(80), copyStagesFrom: Id.optional() }))
    .output(Pipeline),
  update: may('configure')
    .route({ method: 'PATCH', path: '/pipelines/{id}', tags })
    .input(
      editOf(
        z.object({ id: Id, name: line(80).optional(), isDefault: z.literal(true).optional() }),
      ),
    )
    .output(Pipeline),
  /** Its leads must go somewhere: to a stage of another pipeline. */
  remove: may('configure')
    .route({ method: 'DELETE', path: '/pipelines/{id}', tags })
    .input(z.object({ id: Id, moveLeadsTo: Id.optional() }))
    .output(BulkResult),
  stages: {
    list: may('read')
      .route({ method: 'GET', path: '/pipeline/stages', tags })
      .input(z.object({ pipelineId: Id.optional() }))
      .output(z.array(Stage)),
    create: may('configure')
      .route({ method: 'POST', path: '/pipeline/stages', tags, successStatus: 201 })
      .input(
        z
          .object(stageFields)
          .partial()
          .required({ name: true })
          .extend({ pipelineId: Id.optional(), position: z.number().int().min(0).optional() }),
      )
      .output(Stage),
    update: may('configure')
      .route({ method: 'PATCH', path: '/pipeline/stages/{id}', tags })
      .input(editOf(z.object(stageFields).partial().extend({ id: Id })))
      .output(Stage),
    /** Refused with a conflict while it has leads, unless `moveLeadsTo` says where they go. */
    remove: may('configure')
      .route({ method: 'DELETE', path: '/pipeline/stages/{id}', tags })
      .input(z.object({ id: Id, moveLeadsTo: Id.optional() }))
      .output(BulkResult),
    reorder: may('configure')
      .route({ method: 'PUT', path: '/pipeline/stages/reorder', tags })
      .input(z.object({ pipelineId: Id, stageIds: z.array(Id).min(1).max(100) }))
      .output(z.array(Stage)),
    /** One column of the board, page by page. */
    leads: may('read')
      .route({ method: 'GET', path: '/pipeline/stages/{id}/leads', tags })
      .input(
        z.object({
          id: Id,
          ...boardFilter,
          sort: z.enum(boardSorts).default('position'),
          limit: z.coerce.number().int().min(1).max(500).default(50),
          cursor: z.string().max(2000).optional(),
        }),
      )
      .output(pageOf(Card).omit({ total: true })),
  },
  overview: may('read')
    .route({ method: 'GET', path: '/pipeline/overview', tags })
    .input(z.object(boardFilter))
    .output(
      z.object({
        pipelineId: Id,
        stages: z.array(StageTotals),
        /** Over all stages; `weighted` over the open ones, as what is won is no forecast. */
        total: StageTotals.omit({ stageId: true }),
      }),
    ),
  /** The board's first screen in one call: totals and the first cards of every stage. */
  board: may('read')
    .route({ method: 'GET', path: '/pipeline/board', tags })
    .input(
      z.object({
        ...boardFilter,
        sort: z.enum(boardSorts).default('position'),
        limit: z.coerce.number().int().min(1).max(100).default(30),
      }),
    )
    .output(
      z.object({
        pipeline: Pipeline,
        totals: z.array(StageTotals),
        columns: z.array(
          z.object({ stageId: Id, cards: z.array(Card), nextCursor: z.string().nullable() }),
        ),
      }),
    ),
  /**
   * The cards of a few leads in the board's own order, with all its totals: what a screen that shows the board
   * needs after they changed. Null where the activities that changed with them are not only what the system
   * noted of these leads, so that the cards of others may have changed.
   */
  cards: may('read')
    .route({ method: 'GET', path: '/pipeline/board/cards', tags })
    .input(
      z.object({
        ...boardFilter,
        leadId: oneOrMany(Id),
        activityId: oneOrMany(Id),
      }),
    )
    .output(
      z
        .object({
          totals: z.array(StageTotals),
          /** In order. Leads that the board does not show are left out. */
          cards: z.array(
            z.object({
              card: Card,
              /** The lead whose card is right above in its column; null where it is the first. */
              afterId: Id.nullable(),
            }),
          ),
        })
        .nullable(),
    ),
  /**
   * Of the leads that entered a stage in the period: how many went on, won or lost since, and how long
   * they stayed. A lead counts as advanced, and as lost or won too, when both are true of it.
   */
  conversionRates: longRead
    .route({ method: 'GET', path: '/pipeline/conversion-rates', tags })
    .input(
      z.object({
        pipelineId: Id.optional(),
        from: EnteredDate.optional(),
        to: EnteredDate.optional(),
      }),
    )
    .output(
      z.array(
        z.object({
          stageId: Id,
          name: z.string(),
          entered: z.number().int(),
          advanced: z
            .number()
            .int()
            .describe('Ever stood further right, in a stage that is not a lost one.'),
          lost: z.number().int().describe('Are lost now.'),
          lostWithoutAdvancing: z.number().int(),
          won: z.number().int().describe('Are won now.'),
          /** 0 to 1, null when none entered. */
          rate: z.number().nullable(),
          averageDays: z.number().nullable(),
        }),
      ),
    ),
}
