/** Binds the contract of the change log, undo and live updates. */
import type { LiveEvent } from '../../contract/changes'
import type { Actor } from '../kernel/actor'
import { seesAll } from '../kernel/authorisation'
import type { Live } from '../kernel/live'
import { bind } from '../kernel/procedures'
import type { Undo } from '../undo/undo'
import type { Changes } from './changes'

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
  events: bind.changes.events.handler(({ context, signal }) =>
    asSeenBy(context.actor, area().live.subscribe(signal)),
  ),
})

/** A rep hears that others changed something, so that its screens stay fresh, but not what. */
function asSeenBy(actor: Actor, events: ReturnType<Live['subscribe']>) {
  if (seesAll(actor)) return events
  return (async function* () {
    for await (const event of events) yield event.userId === actor.userId ? event : veiled(event)
  })()
}
const veiled = (event: LiveEvent): LiveEvent => ({
  ...event,
  label: 'Changed by somebody else',
  undoable: false,
  tables: Object.fromEntries(Object.keys(event.tables).map((table) => [table, null])),
})
