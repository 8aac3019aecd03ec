/** Binds the contract of export. */
import { bind } from '../../kernel/procedures'
import type { Exports } from './export'

export const exportProcedures = (exports: () => Exports) => ({
  export: bind.transfer.export.handler(({ input, context }) =>
    exports().start(context.actor, input),
  ),
  exportStatus: bind.transfer.exportStatus.handler(({ input, context }) =>
    exports().status(context.actor, input.exportId),
  ),
  exportCancel: bind.transfer.exportCancel.handler(({ input, context }) =>
    exports().cancel(context.actor, input.exportId),
  ),
  exportFile: bind.transfer.exportFile.handler(({ input, context }) =>
    exports().file(context.actor, input.exportId),
  ),
})
