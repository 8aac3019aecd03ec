/** Makes sure that what was deleted is gone from the file, not only from what SQLite shows. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '../../kernel/database/database'

const searchTables = (database: Database): string[] =>
  database
    .all<{ name: string }>(
      `select name from pragma_table_list where type = 'virtual' and name like '%\\_search' escape '\\'`,
    )
    .map(({ name }) => name)

/** Pages of the full-text index merged at a time. */
const pagesPerMerge = 64
const mostMerges = 20_000

/**
 * The full-text index marks deleted words only, until its segments are merged; the write-ahead log keeps
 * pages as they were, until it is emptied into the database.
 */
export async function scrub(database: Database, isStopped: () => boolean): Promise<void> {
  for (const table of searchTables(database)) {
    const merge = database.prepare(`insert into ${table} (${table}, rank) values ('merge', ?)`)
    const changes = database.prepare('select total_changes()').pluck()
    let pages = -pagesPerMerge
    for (let round = 0; round < mostMerges && !isStopped(); round++) {
      const before = Number(changes.get())
      merge.run(pages)
      // Fewer than two changes: there was nothing to merge.
      if (Number(changes.get()) - before < 2) break
      pages = pagesPerMerge
      await nextTurn()
    }
  }
  if (!isStopped()) database.connection.pragma('wal_checkpoint(TRUNCATE)')
}
