/** Binds the contract of search. */
import { bind } from '../../kernel/procedures'
import type { Search } from './search'

export const searchProcedure = (search: () => Search) =>
  bind.search.handler(({ input, context }) => ({ hits: search().search(context.actor, input) }))
