/** Binds the contract of the outbox. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Outbox } from './messages'

export const outboxProcedures = (outbox: () => Outbox) => ({
  list: bind.outbox.list.handler(({ input, context }) => outbox().list(context.actor, input)),
  status: bind.outbox.status.handler(({ context }) => outbox().status(context.actor)),
  settings: bind.outbox.settings.handler(
    edits(
      { table: 'setting', rowId: () => 'outbox', now: (actor) => outbox().status(actor) },
      ({ input, context }) => outbox().settings(context.actor, input),
    ),
  ),
  stop: bind.outbox.stop.handler(({ context }) => outbox().stop(context.actor)),
  resume: bind.outbox.resume.handler(({ context }) => outbox().resume(context.actor)),
  create: bind.outbox.create.handler(({ input, context }) => outbox().create(context.actor, input)),
  preview: bind.outbox.preview.handler(({ input, context }) =>
    outbox().preview(context.actor, input),
  ),
  get: bind.outbox.get.handler(({ input, context }) => outbox().get(context.actor, input.id)),
  update: bind.outbox.update.handler(
    edits(
      { table: 'email_message', now: (actor, { id }) => outbox().get(actor, id) },
      ({ input, context }) => outbox().update(context.actor, input),
    ),
  ),
  approve: bind.outbox.approve.handler(({ input, context }) =>
    outbox().approve(context.actor, input),
  ),
  reschedule: bind.outbox.reschedule.handler(({ input, context }) =>
    outbox().reschedule(context.actor, input),
  ),
  approveMany: bind.outbox.approveMany.handler(({ input, context }) =>
    outbox().approveMany(context.actor, input.ids),
  ),
  cancel: bind.outbox.cancel.handler(({ input, context }) =>
    outbox().cancel(context.actor, input.id),
  ),
  resolve: bind.outbox.resolve.handler(({ input, context }) =>
    outbox().resolve(context.actor, input),
  ),
  resolveUnknown: bind.outbox.resolveUnknown.handler(({ input, context }) =>
    outbox().resolveUnknown(context.actor, input.as),
  ),
  send: bind.outbox.send.handler(() => outbox().sendNow()),
})
