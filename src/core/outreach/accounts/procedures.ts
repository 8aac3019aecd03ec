/** Binds the contract of e-mail accounts. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Mail } from './accounts'

export const mailProcedures = (mail: () => Mail) => ({
  accounts: {
    list: bind.mail.accounts.list.handler(({ context }) => mail().list(context.actor)),
    create: bind.mail.accounts.create.handler(({ input, context }) =>
      mail().create(context.actor, input),
    ),
    get: bind.mail.accounts.get.handler(({ input, context }) =>
      mail().get(context.actor, input.id),
    ),
    update: bind.mail.accounts.update.handler(
      edits(
        { table: 'mail_account', now: (actor, { id }) => mail().fieldsOf(actor, id) },
        ({ input, context }) => mail().update(context.actor, input),
      ),
    ),
    remove: bind.mail.accounts.remove.handler(({ input, context }) =>
      mail().remove(context.actor, input.id),
    ),
    test: bind.mail.accounts.test.handler(({ input, context }) =>
      mail().test(context.actor, input),
    ),
  },
})
