/** Binds the contract of pipelines and the board. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Pipelines } from './pipeline'

export const pipelineProcedures = (pipelines: () => Pipelines) => ({
  list: bind.pipeline.list.handler(() => pipelines().list()),
  create: bind.pipeline.create.handler(({ input, context }) =>
    pipelines().createPipeline(context.actor, input),
  ),
  update: bind.pipeline.update.handler(
    edits(
      { table: 'pipeline', now: (_, { id }) => pipelines().pipeline(id) },
      ({ input, context }) => pipelines().updatePipeline(context.actor, input),
    ),
  ),
  remove: bind.pipeline.remove.handler(({ input, context }) =>
    pipelines().removePipeline(context.actor, input),
  ),
  stages: {
    list: bind.pipeline.stages.list.handler(({ input }) => pipelines().stages(input.pipelineId)),
    create: bind.pipeline.stages.create.handler(({ input, context }) =>
      pipelines().createStage(context.actor, input),
    ),
    update: bind.pipeline.stages.update.handler(
      edits({ table: 'stage', now: (_, { id }) => pipelines().stage(id) }, ({ input, context }) =>
        pipelines().updateStage(context.actor, input),
      ),
    ),
    remove: bind.pipeline.stages.remove.handler(({ input, context }) =>
      pipelines().removeStage(context.actor, input),
    ),
    reorder: bind.pipeline.stages.reorder.handler(({ input, context }) =>
      pipelines().reorderStages(context.actor, input),
    ),
    leads: bind.pipeline.stages.leads.handler(({ input, context }) => {
      const { cards, nextCursor } = pipelines().column(context.actor, input.id, input)
      return { items: cards, nextCursor }
    }),
  },
  overview: bind.pipeline.overview.handler(({ input, context }) =>
    pipelines().overview(context.actor, input),
  ),
  board: bind.pipeline.board.handler(({ input, context }) =>
    pipelines().board(context.actor, input),
  ),
  cards: bind.pipeline.cards.handler(
    ({ input, context }) => pipelines().cards(context.actor, input) ?? null,
  ),
  conversionRates: bind.pipeline.conversionRates.handler(({ input, context }) =>
    pipelines().conversionRates(context.actor, input),
  ),
})
