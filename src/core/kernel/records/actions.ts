/** What people do to records: each one undoable action, named after what it did. */
import type { Actor } from '../actor'
import type { Writer } from '../database/database'
import { conflict } from '../errors'
import type { Kernel } from '../kernel'
import { actOnMany, type BulkOutcome } from './act-on-many'
import { quoted, type RecordDefinition, type RecordRow } from './definition'
import type { createRecords } from './records'

/** `Complete task “Call Ann”`, `Complete 3 tasks`: for records whose area says what each verb does. */
export function createRecordActions<Row extends RecordRow, Shape>(
  { database }: Kernel,
  { noun, nouns, nameOf }: RecordDefinition<Row, Shape>,
  records: ReturnType<typeof createRecords<Row, Shape>>,
) {
  /** A row that is known to be there, as lists read it. */
  const rowById = (id: string): Row => records.find(id) as Row

  return {
    rowById,

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
        apply: (writer, id) => own.has(id) && apply(writer, rowById(id)),
        labelOf: ({ length }) => `${verb} ${length} ${length === 1 ? noun : nouns}`,
      })
    },
  }
}
