/** Binds the contract of contacts. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Contacts } from './contacts'

export const contactProcedures = (contacts: () => Contacts) => ({
  list: bind.contacts.list.handler(({ input, context }) => contacts().list(context.actor, input)),
  create: bind.contacts.create.handler(({ input, context }) =>
    contacts().create(context.actor, input),
  ),
  get: bind.contacts.get.handler(({ input, context }) => contacts().get(context.actor, input.id)),
  update: bind.contacts.update.handler(
    edits(
      { table: 'contact', now: (actor, { id }) => contacts().get(actor, id), inParts: ['custom'] },
      ({ input, context }) => contacts().update(context.actor, input),
    ),
  ),
  remove: bind.contacts.remove.handler(({ input, context }) =>
    contacts().remove(context.actor, input.id),
  ),
  restore: bind.contacts.restore.handler(({ input, context }) =>
    contacts().restore(context.actor, input.id),
  ),
  bulk: bind.contacts.bulk.handler(({ input, context }) => contacts().bulk(context.actor, input)),
})
