/** The list of erasures: that people were erased, and which copies of the database still hold one of them. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Erasure } from '../../../contract/history/erasures'
import type { Database, SqlValue } from '../../kernel/database/database'
import { toInstant, toReference } from '../../kernel/database/rows'
import { listBackups } from '../../kernel/file/backup'
import { flushFolder, layoutOf } from '../../kernel/file/layout'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import { findCopies } from './copies'
import type { ErasureReason } from './deleted-records'

export function createErasureList(database: Database, directory: string) {
  return {
    /** Newest first. */
    list(): { items: Erasure[] } & ReturnType<typeof findCopies> {
      const rows = database.all<{
        id: string
        at: number
        made_at: number
        user_id: string | null
        user_name: string | null
        reason: ErasureReason
        entries: number
      }>(
        `select erasure.*, user.name as user_name from erasure left join user on user.id = erasure.user_id
         where table_name = 'contact' order by at desc, erasure.seq desc limit 500`,
      )
      const oldest = Math.min(...rows.map(({ made_at: madeAt }) => madeAt))
      const newest = Math.max(...rows.map(({ at }) => at))
      return {
        items: rows.map((row) => ({
          id: row.id,
          at: toInstant(row.at),
          by: toReference(row.user_id, row.user_name),
          reason: row.reason,
          entries: row.entries,
        })),
        ...(rows.length > 0
          ? findCopies(directory, oldest, newest)
          : { backups: [], quarantined: [] }),
      }
    },

    /** Answers how many there were. */
    removeBackups(names: readonly string[]): { removed: number } {
      const { backups } = layoutOf(directory)
      const known = listBackups(directory).filter(({ name }) => names.includes(name))
      for (const { name } of known) rmSync(join(backups, name), { force: true })
      if (known.length > 0) flushFolder(backups)
      return { removed: known.length }
    },

    /** Takes over what another database knows to be erased. To be called in a transaction. Answers how many. */
    carryOver(databases: readonly ReplacedDatabase[]): number {
      let added = 0
      for (const from of databases)
        for (const row of from.all<Record<string, SqlValue>>(
          'select * from erasure order by seq',
        )) {
          const { seq: _, ...values } = row
          const columns = Object.keys(values)
          added += database
            .prepare(
              `insert or ignore into erasure (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
            )
            .run(...Object.values(values)).changes
        }
      return added
    },
  }
}
