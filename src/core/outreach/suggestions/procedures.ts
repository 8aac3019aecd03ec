/** Binds the contract of suggestions. */
import { bind } from '../../kernel/procedures'
import type { Suggestions } from './suggestions'

export const suggestionProcedures = (area: () => Suggestions) => ({
  list: bind.suggestions.list.handler(({ input, context }) => area().list(context.actor, input)),
  scopes: bind.suggestions.scopes.handler(({ context }) => area().scopes(context.actor)),
  accept: bind.suggestions.accept.handler(({ input, context }) =>
    area().accept(context.actor, input),
  ),
  dismiss: bind.suggestions.dismiss.handler(({ input, context }) =>
    area().dismiss(context.actor, input.id),
  ),
})
