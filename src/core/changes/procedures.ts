/** Binds the contract of the change log, undo and live updates. */
import type { Live } from '../kernel/live'
import { bind } from '../kernel/procedures'
import type { Changes } from './changes'
import type { Undo } from './undo'

export interface ChangeArea {
  changes: Changes
  undo: Undo
  live: Live
}

export const changeProcedures = (area: () => ChangeArea) => ({
  list: bind.changes.list.handler(({ input, context }) =>
    area().changes.list(context.actor, input),
  ),
  batches: bind.changes.batches.handler(({ input, context }) =>
    area().changes.batches(context.actor, input),
  ),
  undo: bind.changes.undo.handler(({ input, context }) =>
    area().undo.undo(context.actor, input.batchId),
  ),
  redo: bind.changes.redo.handler(({ context }) => area().undo.redo(context.actor)),
  // Listening begins with the call, not with the first reading: nothing in between is missed.
  events: bind.changes.events.handler(({ signal }) => area().live.subscribe(signal)),
})
