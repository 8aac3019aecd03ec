/** Binds the contract of opt-outs. */
import { bind } from '../../kernel/procedures'
import type { OptOuts } from './opt-outs'

export const optOutProcedures = (optOuts: () => OptOuts) => ({
  list: bind.optOuts.list.handler(({ input }) => optOuts().list(input)),
  add: bind.optOuts.add.handler(({ input, context }) => optOuts().add(context.actor, input)),
  import: bind.optOuts.import.handler(({ input, context }) =>
    optOuts().importText(context.actor, input),
  ),
  remove: bind.optOuts.remove.handler(({ input, context }) =>
    optOuts().remove(context.actor, input.id),
  ),
})
