/** Binds the contract of the trash. */
import { bind } from '../../kernel/procedures'
import type { Trash } from './trash'

export const trashProcedures = (trash: () => Trash) => ({
  list: bind.trash.list.handler(({ input, context }) => trash().list(context.actor, input)),
  restore: bind.trash.restore.handler(({ input, context }) =>
    trash().restore(context.actor, input.items),
  ),
  purge: bind.trash.purge.handler(({ input, context }) =>
    trash().purge(context.actor, input.items),
  ),
})
