/** Binds the contract of tasks. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Tasks } from './tasks'

export const taskProcedures = (tasks: () => Tasks) => ({
  list: bind.tasks.list.handler(({ input, context }) => tasks().list(context.actor, input)),
  create: bind.tasks.create.handler(({ input, context }) => tasks().create(context.actor, input)),
  overdue: bind.tasks.overdue.handler(({ input, context }) =>
    tasks().overdue(context.actor, input),
  ),
  get: bind.tasks.get.handler(({ input, context }) => tasks().get(context.actor, input.id)),
  update: bind.tasks.update.handler(
    edits({ table: 'task', now: (actor, { id }) => tasks().get(actor, id) }, ({ input, context }) =>
      tasks().update(context.actor, input),
    ),
  ),
  remove: bind.tasks.remove.handler(({ input, context }) =>
    tasks().remove(context.actor, input.id),
  ),
  restore: bind.tasks.restore.handler(({ input, context }) =>
    tasks().restore(context.actor, input.id),
  ),
  complete: bind.tasks.complete.handler(({ input, context }) =>
    tasks().complete(context.actor, input.id),
  ),
  reopen: bind.tasks.reopen.handler(({ input, context }) =>
    tasks().reopen(context.actor, input.id),
  ),
  bulk: bind.tasks.bulk.handler(({ input, context }) => tasks().bulk(context.actor, input)),
})
