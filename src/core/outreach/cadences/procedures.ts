/** Binds the contract of cadences. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Plans } from '../plans/plans'
import type { Cadences } from './cadences'

export interface CadenceArea {
  cadences: Cadences
  plans: Plans
}

export const cadenceProcedures = (area: () => CadenceArea) => ({
  list: bind.cadences.list.handler(({ input, context }) =>
    area().cadences.list(context.actor, input),
  ),
  create: bind.cadences.create.handler(({ input, context }) =>
    area().cadences.create(context.actor, input),
  ),
  get: bind.cadences.get.handler(({ input, context }) =>
    area().cadences.get(context.actor, input.id),
  ),
  update: bind.cadences.update.handler(
    edits(
      {
        table: 'cadence',
        now: (actor, { id }) => area().cadences.get(actor, id),
        byKey: ['settings'],
      },
      ({ input, context }) => area().cadences.update(context.actor, input),
    ),
  ),
  remove: bind.cadences.remove.handler(({ input, context }) =>
    area().cadences.remove(context.actor, input.id),
  ),
  restore: bind.cadences.restore.handler(({ input, context }) =>
    area().cadences.restore(context.actor, input.id),
  ),
  duplicate: bind.cadences.duplicate.handler(({ input, context }) =>
    area().cadences.duplicate(context.actor, input),
  ),
  setSteps: bind.cadences.setSteps.handler(
    edits(
      {
        table: 'cadence_version',
        rowId: ({ id }, actor) => area().cadences.current(actor, id).version.id,
        now: (actor, { id }) => area().cadences.get(actor, id),
        required: ['steps'],
      },
      ({ input, context }) => area().cadences.setSteps(context.actor, input),
    ),
  ),
  check: bind.cadences.check.handler(({ input }) => ({
    issues: area().cadences.check(input.steps),
  })),
  addReady: bind.cadences.addReady.handler(({ context }) =>
    area().cadences.addReady(context.actor),
  ),
  simulate: bind.cadences.simulate.handler(({ input: { id, ...input }, context }) =>
    area().plans.simulate(context.actor, { ...input, cadenceId: id }),
  ),
  analytics: bind.cadences.analytics.handler(({ input, context }) =>
    area().plans.analytics(context.actor, input),
  ),
  compare: bind.cadences.compare.handler(({ input, context }) =>
    area().plans.compare(context.actor, input),
  ),
})
