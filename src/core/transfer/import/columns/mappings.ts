/** Mappings remembered by the header they were right for. */
import { createHash } from 'node:crypto'
import { Mapping } from '../../../../contract/transfer/import'
import type { ImportKind } from '../../../../contract/transfer/words'
import type { Database } from '../../../kernel/database/database'
import { isAddedColumn } from './added-columns'

export type Mappings = ReturnType<typeof createMappings>

export function createMappings(database: Database) {
  /** A corrected file of rejected rows has the header of the file it comes from. */
  const idOf = (kind: ImportKind, columns: readonly string[]) =>
    createHash('sha256')
      .update(JSON.stringify([kind, columns.filter((column) => !isAddedColumn(column))]))
      .digest('hex')

  return {
    find(kind: ImportKind, columns: readonly string[]): Mapping | undefined {
      const known = database.value<string>(
        'select mapping from import_mapping where id = ?',
        idOf(kind, columns),
      )
      return known === undefined ? undefined : Mapping.parse(JSON.parse(known))
    },
    remember(kind: ImportKind, columns: readonly string[], mapping: Mapping) {
      const now = database.clock.now()
      database
        .prepare(
          `insert into import_mapping (id, mapping, created_at, updated_at) values (?, ?, ?, ?)
           on conflict do update set mapping = excluded.mapping, updated_at = excluded.updated_at`,
        )
        .run(idOf(kind, columns), JSON.stringify(mapping), now, now)
    },
  }
}
