/** Binds the contract of erasing people. */
import { bind } from '../../kernel/procedures'
import type { Erasures } from './erasures'

export const erasureProcedures = (erasures: () => Erasures) => ({
  list: bind.erasures.list.handler(() => erasures().list()),
  eraseContact: bind.erasures.eraseContact.handler(({ input, context }) =>
    erasures().eraseContact(context.actor, input.id),
  ),
  removeBackups: bind.erasures.removeBackups.handler(({ input }) =>
    erasures().removeBackups(input.names),
  ),
})
