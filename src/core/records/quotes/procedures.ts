/** Binds the contract of quotes. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Quotes } from './quotes'

export const quoteProcedures = (quotes: () => Quotes) => ({
  list: bind.quotes.list.handler(({ input, context }) => quotes().list(context.actor, input)),
  create: bind.quotes.create.handler(({ input, context }) => quotes().create(context.actor, input)),
  get: bind.quotes.get.handler(({ input, context }) => quotes().get(context.actor, input.id)),
  update: bind.quotes.update.handler(
    edits(
      { table: 'quote', now: (actor, { id }) => quotes().get(actor, id) },
      ({ input, context }) => quotes().update(context.actor, input),
    ),
  ),
  remove: bind.quotes.remove.handler(({ input, context }) =>
    quotes().remove(context.actor, input.id),
  ),
  restore: bind.quotes.restore.handler(({ input, context }) =>
    quotes().restore(context.actor, input.id),
  ),
  bulk: bind.quotes.bulk.handler(({ input, context }) => quotes().bulk(context.actor, input)),
  send: bind.quotes.send.handler(({ input, context }) => quotes().send(context.actor, input.id)),
  accept: bind.quotes.accept.handler(({ input, context }) => quotes().accept(context.actor, input)),
  decline: bind.quotes.decline.handler(({ input, context }) =>
    quotes().decline(context.actor, input.id, input.reason),
  ),
})
