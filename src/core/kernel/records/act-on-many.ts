/** One undoable action on many things. */
import type { Actor } from '../actor'
import type { Database, Writer } from '../database/database'
import { together } from '../database/together'

export interface BulkOutcome {
  changed: number
  skipped: number
  batchId: string | null
}

/**
 * What is named twice is acted on once.
 * @param apply answers whether it changed this one
 * @param labelOf names the action by what it changed
 * @param isTogether whether what is done to one reads nothing of what is done to others: then their updates wait for each other
 */
export function actOnMany<Item>(
  database: Database,
  actor: Actor,
  items: readonly Item[],
  {
    apply,
    labelOf,
    isTogether = false,
  }: {
    apply(writer: Writer, item: Item): boolean
    labelOf(changed: readonly Item[]): string
    isTogether?: boolean
  },
): BulkOutcome {
  let changed: Item[] = []
  let batchId: string | null = null
  database.act(actor, { label: labelOf([]), kind: 'bulk' }, (writer) => {
    const applyToAll = (one: Writer) => [...new Set(items)].filter((item) => apply(one, item))
    changed = isTogether ? together(database, writer, applyToAll) : applyToAll(writer)
    writer.label = labelOf(changed)
    if (changed.length > 0) batchId = writer.batchId
  })
  return { changed: changed.length, skipped: items.length - changed.length, batchId }
}
