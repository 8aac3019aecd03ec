/** One undoable action on many things. */
import type { Actor } from '../actor'
import type { Database, Writer } from '../database/database'

export interface BulkOutcome {
  changed: number
  skipped: number
  batchId: string | null
}

/**
 * What is named twice is acted on once.
 * @param apply answers whether it changed this one
 * @param labelOf names the action by what it changed
 */
export function actOnMany<Item>(
  database: Database,
  actor: Actor,
  items: readonly Item[],
  {
    apply,
    labelOf,
  }: { apply(writer: Writer, item: Item): boolean; labelOf(changed: readonly Item[]): string },
): BulkOutcome {
  let changed: Item[] = []
  let batchId: string | null = null
  database.act(actor, { label: labelOf([]), kind: 'bulk' }, (writer) => {
    changed = [...new Set(items)].filter((item) => apply(writer, item))
    writer.label = labelOf(changed)
    if (changed.length > 0) batchId = writer.batchId
  })
  return { changed: changed.length, skipped: items.length - changed.length, batchId }
}
