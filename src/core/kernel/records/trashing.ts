/** Puts records into the trash and takes them out again. */
import type { Actor } from '../actor'
import type { Writer } from '../database/database'
import type { Kernel } from '../kernel'
import { quoted, type RecordDefinition, type RecordRow } from './definition'
import { holderIsTrashed, isHanging, requireHolder } from './hangs-on'
import type { Reading } from './reading'

export function createTrashing<Row extends RecordRow, Shape>(
  { database }: Kernel,
  { noun, nameOf, source: { table } }: RecordDefinition<Row, Shape>,
  { requireOwn, get }: Pick<Reading<Row, Shape>, 'requireOwn' | 'get'>,
) {
  const hangs = isHanging(database.schema, table)
  /** What hangs on something in the trash stays there with it. */
  const mayReturn = hangs ? ` and not ${holderIsTrashed(database.schema, table)}` : ''

  /** Answers whether it was not there yet. */
  const trash = (writer: Writer, id: string): boolean =>
    writer.run(
      `update ${table} set deleted_at = ?, updated_at = ? where id = ? and deleted_at is null`,
      writer.now,
      writer.now,
      id,
    ) > 0

  /** Answers whether it was there and may leave it. */
  const untrash = (writer: Writer, id: string): boolean =>
    writer.run(
      `update ${table} set deleted_at = null, updated_at = ? where id = ? and deleted_at is not null${mayReturn}`,
      writer.now,
      id,
    ) > 0

  return {
    trash,
    untrash,
    remove(actor: Actor, id: string) {
      const row = requireOwn(actor, id)
      database.act(actor, { label: `Delete ${noun} ${quoted(nameOf(row))}` }, (writer) =>
        trash(writer, row.id),
      )
      return { id }
    },
    restore(actor: Actor, id: string): Shape {
      const row = requireOwn(actor, id)
      if (hangs) requireHolder(database, table, id)
      database.act(actor, { label: `Restore ${noun} ${quoted(nameOf(row))}` }, (writer) =>
        untrash(writer, row.id),
      )
      return get(actor, id)
    },
  }
}
