/** Binds the contract of companies. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Companies } from './companies'

export const companyProcedures = (companies: () => Companies) => ({
  list: bind.companies.list.handler(({ input, context }) => companies().list(context.actor, input)),
  create: bind.companies.create.handler(({ input, context }) =>
    companies().create(context.actor, input),
  ),
  get: bind.companies.get.handler(({ input, context }) => companies().get(context.actor, input.id)),
  update: bind.companies.update.handler(
    edits(
      { table: 'company', now: (actor, { id }) => companies().get(actor, id), inParts: ['custom'] },
      ({ input, context }) => companies().update(context.actor, input),
    ),
  ),
  remove: bind.companies.remove.handler(({ input, context }) =>
    companies().remove(context.actor, input.id),
  ),
  restore: bind.companies.restore.handler(({ input, context }) =>
    companies().restore(context.actor, input.id),
  ),
  bulk: bind.companies.bulk.handler(({ input, context }) => companies().bulk(context.actor, input)),
})
