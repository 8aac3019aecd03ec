/** What people do to records: each one undoable action, named after what it did. */
import type { Actor } from '../actor'
import type { Database, Writer } from '../database/database'
import { conflict } from '../errors'
import type { Kernel } from '../kernel'
import {
  type BulkOutcome,
  type createRecords,
  quoted,
  type RecordDefinition,
  type RecordRow,
} from './records'

/**
 * One action on many things.
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
    changed = items.filter((item) => apply(writer, item))
    writer.label = labelOf(changed)
    if (changed.length > 0) batchId = writer.batchId
  })
  return { changed: changed.length, skipped: items.length - changed.length, batchId }
}

/** `Complete task “Call Ann”`, `Complete 3 tasks`: for records whose area says what each verb does. */
export function createRecordActions<Row extends RecordRow, Shape>(
  { database }: Kernel,
  { noun, nouns, nameOf, source }: RecordDefinition<Row, Shape>,
  records: ReturnType<typeof createRecords<Row, Shape>>,
) {
  const byId = `select ${source.select} from ${source.table} ${source.joins} where ${source.table}.id = ?`

  return {
    /** A row that is known to be there, as lists read it. */
    rowById: (id: string): Row => database.get<Row>(byId, id) as Row,

    /** @throws not_found; conflict where it is in the trash */
    requireLive(actor: Actor, id: string): Row {
      const row = records.requireRow(actor, id)
      if (row.deleted_at !== null) throw conflict(`This ${noun} is in the trash. Restore it first.`)
      return row
    },

    /** @param insert answers the new id */
    create(actor: Actor, name: string | undefined, insert: (writer: Writer) => string): Shape {
      const label = `Create ${noun}${name ? ` ${quoted(name)}` : ''}`
      return records.written(database.act(actor, { label }, insert))
    },

    act(actor: Actor, row: Row, verb: string, work: (writer: Writer) => unknown): Shape {
      database.act(actor, { label: `${verb} ${noun} ${quoted(nameOf(row))}` }, work)
      return records.written(row.id)
    },

    /** On those of the rows that are the actor's own; the others count as skipped. */
    bulk(
      actor: Actor,
      ids: string[],
      verb: string,
      apply: (writer: Writer, row: Row) => boolean,
    ): BulkOutcome {
      const own = new Set(records.idsOf(actor, { ids }))
      return actOnMany(database, actor, ids, {
        apply: (writer, id) => own.has(id) && apply(writer, database.get<Row>(byId, id) as Row),
        labelOf: ({ length }) => `${verb} ${length} ${length === 1 ? noun : nouns}`,
      })
    },
  }
}
