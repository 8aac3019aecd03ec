/** Binds the contract of what keeps everything from going out. */
import { bind } from '../../kernel/procedures'
import type { HoldActions } from './holds'

export const holdProcedures = (holds: () => HoldActions) => ({
  status: bind.holds.status.handler(() => holds().status()),
  resume: bind.holds.resume.handler(({ context }) => holds().resume(context.actor)),
  clockIsRight: bind.holds.clockIsRight.handler(({ context }) =>
    holds().clockIsRight(context.actor),
  ),
  place: bind.holds.place.handler(({ input, context }) =>
    holds().place(context.actor, input.answer),
  ),
  sendFromCopy: bind.holds.sendFromCopy.handler(({ context }) =>
    holds().sendFromCopy(context.actor),
  ),
})
