/** Binds the contract of the change log, undo and live updates. */
import type { UndoResult } from '../../../contract/history/changes'
import type { LiveEvent } from '../../../contract/kernel/live-event'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Live } from '../../kernel/change-log/live'
import { bind } from '../../kernel/procedures'
import type { Users } from '../../records/users/users'
import type { Undo } from '../undo/undo'
import type { Changes } from './changes'

export interface UndoneImports {
  /** Undoes the import that wrote a batch; undefined where none did. */
  undoBatch(actor: Actor, batchId: string): Promise<UndoResult> | undefined
}

export interface ChangeArea {
  changes: Changes
  undo: Undo
  imports: UndoneImports
  live: Live
  users: Pick<Users, 'isCurrent'>
}

export const changeProcedures = (area: () => ChangeArea) => ({
  list: bind.changes.list.handler(({ input, context }) =>
    area().changes.list(context.actor, input),
  ),
  size: bind.changes.size.handler(() => area().changes.size()),
  batches: bind.changes.batches.handler(({ input, context: { actor } }) => {
    const { changes, undo } = area()
    return changes
      .batches(actor, input)
      .map((batch) =>
        batch.undoable ? { ...batch, undoable: undo.isAllowed(actor, batch.id) } : batch,
      )
  }),
  undo: bind.changes.undo.handler(({ input, context: { actor } }) => {
    const { undo, imports } = area()
    const batchId = input.batchId ?? undo.latestDone(actor)
    // An import knows by itself that it is being undone, and continues after a restart.
    return imports.undoBatch(actor, batchId) ?? undo.undo(actor, batchId)
  }),
  redo: bind.changes.redo.handler(({ context }) => area().undo.redo(context.actor)),
  // Listening begins with the call, not with the first reading: nothing in between is missed.
  events: bind.changes.events.handler(({ context, signal }) =>
    asSeenBy(context.actor, area().live.subscribe(signal), {
      isCurrent: () => area().users.isCurrent(context.actor),
      mayUndo: (event) => area().undo.isAllowed(context.actor, event.batchId),
    }),
  ),
})

/** Tables whose rows concern one person alone. */
const privateTables = new Set(['notification'])

/**
 * A rep hears that others changed something, so that its screens stay fresh, but not what. Of what
 * concerns somebody else alone nobody hears. It ends once the token is revoked or the user is switched
 * off, deleted or given another role: whoever may come in again comes in as who it is then.
 */
async function* asSeenBy(
  actor: Actor,
  events: ReturnType<Live['subscribe']>,
  { isCurrent, mayUndo }: { isCurrent(): boolean; mayUndo(event: LiveEvent): boolean },
) {
  for await (const event of events) {
    if (!isCurrent()) return
    if (event.userId === actor.userId)
      yield event.undoable && !mayUndo(event) ? { ...event, undoable: false } : event
    else if (Object.keys(event.tables).every((table) => privateTables.has(table))) continue
    else yield seesAll(actor) ? event : veiled(event)
  }
}
const veiled = (event: LiveEvent): LiveEvent => ({
  ...event,
  label: 'Changed by somebody else',
  undoable: false,
  tables: Object.fromEntries(Object.keys(event.tables).map((table) => [table, null])),
})
