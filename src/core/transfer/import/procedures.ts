/** Binds the contract of import and export. */
import { bind } from '../../kernel/procedures'
import type { Transfer } from './import'

export const transferProcedures = (transfer: () => Transfer) => ({
  inspect: bind.transfer.inspect.handler(({ input, context }) =>
    transfer().inspect(context.actor, input),
  ),
  fields: bind.transfer.fields.handler(({ input }) => transfer().fields(input.kind)),
  suggestMapping: bind.transfer.suggestMapping.handler(({ input, context }) =>
    transfer().suggestMapping(context.actor, input),
  ),
  start: bind.transfer.start.handler(({ input, context }) =>
    transfer().start(context.actor, input),
  ),
  get: bind.transfer.get.handler(({ input, context }) =>
    transfer().get(context.actor, input.importId),
  ),
  cancel: bind.transfer.cancel.handler(({ input, context }) =>
    transfer().cancel(context.actor, input.importId),
  ),
  resume: bind.transfer.resume.handler(({ input, context }) =>
    transfer().resume(context.actor, input.importId),
  ),
  undo: bind.transfer.undo.handler(({ input, context }) =>
    transfer().undo(context.actor, input.importId),
  ),
  history: bind.transfer.history.handler(({ input, context }) => ({
    items: transfer().history(context.actor, input.limit),
  })),
  rejected: bind.transfer.rejected.handler(({ input, context }) =>
    transfer().rejected(context.actor, input.importId),
  ),
  export: bind.transfer.export.handler(({ input, context }) =>
    transfer().export(context.actor, input),
  ),
  exportStatus: bind.transfer.exportStatus.handler(({ input, context }) =>
    transfer().exportStatus(context.actor, input.exportId),
  ),
  exportCancel: bind.transfer.exportCancel.handler(({ input, context }) =>
    transfer().exportCancel(context.actor, input.exportId),
  ),
  exportFile: bind.transfer.exportFile.handler(({ input, context }) =>
    transfer().exportFile(context.actor, input.exportId),
  ),
  template: bind.transfer.template.handler(({ input }) => transfer().template(input.for)),
})
