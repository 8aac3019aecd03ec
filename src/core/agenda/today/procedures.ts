/** Binds the contract of the agenda. */
import { bind } from '../../kernel/procedures'
import type { Agenda } from './today'

export const agendaProcedures = (agenda: () => Agenda) => ({
  openWork: bind.agenda.openWork.handler(({ input, context }) =>
    agenda().openWork(context.actor, input),
  ),
  today: bind.agenda.today.handler(({ input, context }) => agenda().today(context.actor, input)),
  counts: bind.agenda.counts.handler(({ input, context }) =>
    agenda().counts(context.actor, input.userId),
  ),
  calendar: bind.agenda.calendar.handler(({ input, context }) =>
    agenda().calendar(context.actor, input),
  ),
  act: bind.agenda.act.handler(({ input, context }) => agenda().act(context.actor, input)),
  parse: bind.agenda.parse.handler(({ input, context }) => agenda().parse(context.actor, input)),
  quickAdd: bind.agenda.quickAdd.handler(({ input, context }) =>
    agenda().quickAdd(context.actor, input),
  ),
})
