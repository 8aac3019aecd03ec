/** Binds the contract of plans. */
import { bind } from '../../kernel/procedures'
import type { Plans } from './plans'

export const planProcedures = (area: () => Plans) => ({
  list: bind.plans.list.handler(({ input, context }) => area().list(context.actor, input)),
  create: bind.plans.create.handler(({ input, context }) => area().create(context.actor, input)),
  createMany: bind.plans.createMany.handler(({ input, context }) =>
    area().createMany(context.actor, input),
  ),
  simulate: bind.plans.simulate.handler(({ input, context }) =>
    area().simulate(context.actor, input),
  ),
  due: bind.plans.due.handler(({ input, context }) => area().due(context.actor, input)),
  get: bind.plans.get.handler(({ input, context }) => area().get(context.actor, input.id)),
  start: bind.plans.start.handler(({ input, context }) => area().start(context.actor, input)),
  pause: bind.plans.pause.handler(({ input, context }) => area().pause(context.actor, input)),
  resume: bind.plans.resume.handler(({ input, context }) => area().resume(context.actor, input.id)),
  skip: bind.plans.skip.handler(({ input, context }) => area().skip(context.actor, input)),
  completeStep: bind.plans.completeStep.handler(({ input, context }) =>
    area().completeStep(context.actor, input),
  ),
  abort: bind.plans.abort.handler(({ input, context }) => area().abort(context.actor, input.id)),
  reassign: bind.plans.reassign.handler(({ input, context }) =>
    area().reassign(context.actor, input),
  ),
  stopping: bind.plans.stopping.handler(({ input, context }) =>
    area().stopping(context.actor, input),
  ),
  replied: bind.plans.replied.handler(({ input, context }) => area().replied(context.actor, input)),
  bulk: bind.plans.bulk.handler(({ input, context }) => area().bulk(context.actor, input)),
})
