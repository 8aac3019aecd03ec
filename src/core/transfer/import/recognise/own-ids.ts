/** Files that Rapport wrote: their records keep the ids they have, and relations with them. */
import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { ImportKind } from '../../../../contract/transfer/words'
import type { Actor } from '../../../kernel/actor'
import { seesAll } from '../../../kernel/authorisation'
import type { Kernel } from '../../../kernel/kernel'
import { isUuid } from '../../format/uuid'
import type { StoredRow } from '../runs/row-store'

export type OwnIds = ReturnType<typeof createOwnIds>

export function createOwnIds(
  { database }: Kernel,
  { actor, kind, isOwnFile }: { actor: Actor; kind: ImportKind; isOwnFile: boolean },
) {
  /**
   * Whether a new record may have this id: nothing has it, and nobody who was erased had it. What the log
   * still says of an id would be the history of the new record: a rep is given no such id.
   */
  const isFree = (table: string, id: string): boolean =>
    database.get(`select 1 from ${table} where id = ?`, id) === undefined &&
    database.get('select 1 from erasure where row_id = ? and table_name = ?', id, table) ===
      undefined &&
    (seesAll(actor) ||
      database.get('select 1 from change where row_id = ? limit 1', id) === undefined)

  /** The id a record of the file keeps; undefined where it gets a new one. */
  function keep(table: SQLiteTable, id: string | undefined): string | undefined {
    if (!isOwnFile || id === undefined || !isUuid(id)) return undefined
    const own = id.toLowerCase()
    return isFree(getTableName(table), own) ? own : undefined
  }

  const ownByBatch = new Map<string, boolean>()
  /** Whether an import of such a file made the row: then it is known by its id, and twins are others. */
  function cameWithItsId(table: SQLiteTable, { id }: StoredRow): boolean {
    const batchId = database.value<string>(
      'select batch_id from change where row_id = ? order by seq limit 1',
      id,
    )
    // What a check would make is nowhere; what is there without a beginning in the log is old.
    if (batchId === undefined)
      return database.get(`select 1 from ${getTableName(table)} where id = ?`, id) === undefined
    let own = ownByBatch.get(batchId)
    if (own === undefined) {
      own =
        database.get(
          `select 1 from import_run where batch_id = ? and kind = ? and mapping ->> '$.id' is not null`,
          batchId,
          kind,
        ) !== undefined
      ownByBatch.set(batchId, own)
    }
    return own
  }

  return {
    isOwnFile,
    keep,
    cameWithItsId,
    /** What a new record is known by: the id it has elsewhere is remembered where it cannot keep it. */
    identityOf(table: SQLiteTable, values: { id?: string; externalId?: string }) {
      const id = keep(table, values.id)
      return { ...(id && { id }), externalId: values.externalId ?? (id ? undefined : values.id) }
    },
    /** The same for a record that was here already. */
    externalIdOf(
      values: { id?: string; externalId?: string },
      current: StoredRow,
    ): string | undefined {
      if (values.externalId !== undefined) return values.externalId
      const isOther = values.id !== undefined && values.id.toLowerCase() !== current.id
      return isOther && (current.external_id ?? null) === null ? values.id : undefined
    },
  }
}
