/** What caches of counts and settings hang on: which commit was the last to change what they were read from. */
import { LRUCache } from 'lru-cache'
import type { Schema } from './schema'

export function createStamps(schema: Schema) {
  let commits = 0
  const changedAt = new Map<string, number>()
  const tablesOf = new LRUCache<string, string[]>({ max: 1000 })
  /** SQLite's count of the commits of other connections, and the commit of ours that stands for the last of them. */
  let dataVersion = 0
  let elsewhere = 0

  function tablesIn(sql: string): string[] {
    const known = tablesOf.get(sql)
    if (known) return known
    const words = new Set(sql.match(/\w+/g))
    const tables = schema.logged.map(({ name }) => name).filter((name) => words.has(name))
    // Their triggers write derived columns of another table without a word in the log.
    for (const { columns, by } of schema.moved)
      if (columns.some((column) => words.has(column))) tables.push(...by)
    tablesOf.set(sql, tables)
    return tables
  }

  return {
    committed(): void {
      commits++
    },
    /** By the commit that was noted last. */
    changed(tables: readonly string[]): void {
      for (const name of tables) changedAt.set(name, commits)
    },
    /** @param version SQLite's `data_version`: another one says that other connections changed something, not what */
    heardOf(version: number): void {
      if (version !== dataVersion) elsewhere = ++commits
      dataVersion = version
    },
    of(sql: string): number {
      let stamp = elsewhere
      for (const table of tablesIn(sql)) stamp = Math.max(stamp, changedAt.get(table) ?? 0)
      return stamp
    },
  }
}
