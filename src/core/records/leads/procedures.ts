/** Binds the contract of leads. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Leads } from './leads'

export const leadProcedures = (leads: () => Leads) => ({
  list: bind.leads.list.handler(({ input, context }) => leads().list(context.actor, input)),
  create: bind.leads.create.handler(({ input, context }) => leads().create(context.actor, input)),
  get: bind.leads.get.handler(({ input, context }) => leads().get(context.actor, input.id)),
  update: bind.leads.update.handler(
    edits(
      { table: 'lead', now: (actor, { id }) => leads().get(actor, id), inParts: ['custom'] },
      ({ input, context }) => leads().update(context.actor, input),
    ),
  ),
  remove: bind.leads.remove.handler(({ input, context }) =>
    leads().remove(context.actor, input.id),
  ),
  restore: bind.leads.restore.handler(({ input, context }) =>
    leads().restore(context.actor, input.id),
  ),
  bulk: bind.leads.bulk.handler(({ input, context }) => leads().bulk(context.actor, input)),
  moveStage: bind.leads.moveStage.handler(({ input, context }) =>
    leads().moveStage(context.actor, input),
  ),
  convert: bind.leads.convert.handler(({ input, context }) =>
    leads().convert(context.actor, input),
  ),
  facets: bind.leads.facets.handler(({ context }) => leads().facets(context.actor)),
})
