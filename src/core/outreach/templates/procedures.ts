/** Binds the contract of templates. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Templates } from './templates'

export const templateProcedures = (templates: () => Templates) => ({
  list: bind.templates.list.handler(({ input }) => templates().list(input.kind)),
  create: bind.templates.create.handler(({ input, context }) =>
    templates().create(context.actor, input),
  ),
  placeholders: bind.templates.placeholders.handler(() => templates().placeholders()),
  check: bind.templates.check.handler(({ input }) => templates().checkTemplate(input)),
  render: bind.templates.render.handler(({ input, context }) =>
    templates().render(context.actor, input),
  ),
  get: bind.templates.get.handler(({ input }) => templates().get(input.id)),
  update: bind.templates.update.handler(
    edits({ table: 'template', now: (_, { id }) => templates().get(id) }, ({ input, context }) =>
      templates().update(context.actor, input),
    ),
  ),
  remove: bind.templates.remove.handler(({ input, context }) =>
    templates().remove(context.actor, input.id),
  ),
})
