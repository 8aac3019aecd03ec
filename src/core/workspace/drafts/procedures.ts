/** Binds the contract of drafts. */
import { bind } from '../../kernel/procedures'
import type { Drafts } from './drafts'

export const draftProcedures = (drafts: () => Drafts) => ({
  list: bind.drafts.list.handler(({ context }) => drafts().list(context.actor)),
  save: bind.drafts.save.handler(({ input, context }) => drafts().save(context.actor, input)),
  remove: bind.drafts.remove.handler(({ input, context }) =>
    drafts().remove(context.actor, input.key),
  ),
})
