/** Binds the contract of import. */
import { bind } from '../../kernel/procedures'
import type { Imports } from './import'

export const importProcedures = (imports: () => Imports) => ({
  inspect: bind.transfer.inspect.handler(({ input, context }) =>
    imports().inspect(context.actor, input),
  ),
  fields: bind.transfer.fields.handler(({ input }) => imports().fields(input.kind)),
  suggestMapping: bind.transfer.suggestMapping.handler(({ input, context }) =>
    imports().suggestMapping(context.actor, input),
  ),
  start: bind.transfer.start.handler(({ input, context }) => imports().start(context.actor, input)),
  get: bind.transfer.get.handler(({ input, context }) =>
    imports().get(context.actor, input.importId),
  ),
  cancel: bind.transfer.cancel.handler(({ input, context }) =>
    imports().cancel(context.actor, input.importId),
  ),
  resume: bind.transfer.resume.handler(({ input, context }) =>
    imports().resume(context.actor, input.importId),
  ),
  undo: bind.transfer.undo.handler(({ input, context }) =>
    imports().undo(context.actor, input.importId),
  ),
  history: bind.transfer.history.handler(({ input, context }) => ({
    items: imports().history(context.actor, input.limit),
  })),
  rejected: bind.transfer.rejected.handler(({ input, context }) =>
    imports().rejected(context.actor, input.importId),
  ),
  template: bind.transfer.template.handler(({ input }) => imports().template(input.for)),
})
