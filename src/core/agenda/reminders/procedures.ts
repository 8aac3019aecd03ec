/** Binds the contract of reminders. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Reminders } from './reminders'

export const reminderProcedures = (reminders: () => Reminders) => ({
  list: bind.reminders.list.handler(({ input, context }) => reminders().list(context.actor, input)),
  create: bind.reminders.create.handler(({ input, context }) =>
    reminders().create(context.actor, input),
  ),
  get: bind.reminders.get.handler(({ input, context }) => reminders().get(context.actor, input.id)),
  update: bind.reminders.update.handler(
    edits(
      { table: 'reminder', now: (actor, { id }) => reminders().get(actor, id) },
      ({ input, context }) => reminders().update(context.actor, input),
    ),
  ),
  remove: bind.reminders.remove.handler(({ input, context }) =>
    reminders().remove(context.actor, input.id),
  ),
  restore: bind.reminders.restore.handler(({ input, context }) =>
    reminders().restore(context.actor, input.id),
  ),
  snooze: bind.reminders.snooze.handler(({ input, context }) =>
    reminders().snooze(context.actor, input.id, input.until),
  ),
  dismiss: bind.reminders.dismiss.handler(({ input, context }) =>
    reminders().dismiss(context.actor, input.id),
  ),
  complete: bind.reminders.complete.handler(({ input, context }) =>
    reminders().complete(context.actor, input.id),
  ),
  reopen: bind.reminders.reopen.handler(({ input, context }) =>
    reminders().reopen(context.actor, input.id),
  ),
  bulk: bind.reminders.bulk.handler(({ input, context }) => reminders().bulk(context.actor, input)),
})
