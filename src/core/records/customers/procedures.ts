/** Binds the contract of customers. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Customers } from './customers'

export const customerProcedures = (customers: () => Customers) => ({
  list: bind.customers.list.handler(({ input, context }) => customers().list(context.actor, input)),
  create: bind.customers.create.handler(({ input, context }) =>
    customers().create(context.actor, input),
  ),
  get: bind.customers.get.handler(({ input, context }) => customers().get(context.actor, input.id)),
  update: bind.customers.update.handler(
    edits(
      {
        table: 'customer',
        now: (actor, { id }) => customers().get(actor, id),
        inParts: ['custom'],
      },
      ({ input, context }) => customers().update(context.actor, input),
    ),
  ),
  remove: bind.customers.remove.handler(({ input, context }) =>
    customers().remove(context.actor, input.id),
  ),
  restore: bind.customers.restore.handler(({ input, context }) =>
    customers().restore(context.actor, input.id),
  ),
  bulk: bind.customers.bulk.handler(({ input, context }) => customers().bulk(context.actor, input)),
})
