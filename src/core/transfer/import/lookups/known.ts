/** What an import has looked up or made: remembered until somebody else changes it. */
import { LRUCache } from 'lru-cache'
import type { Database } from '../../../kernel/database/database'
import type { RowStore } from '../runs/row-store'

/** What a lookup needs of a stored row. */
export interface FoundRow {
  id: string
  deleted_at: number | null
}

/** Something read from the database when it is first asked for. */
export interface Kept<T> {
  (): T
  /** It is read again the next time. */
  forget(): void
}

export type Known = ReturnType<typeof createKnown>

const mostNames = 20_000
const tables = 'company contact lead customer user team stage pipeline word custom_field'

export function createKnown(database: Database, { dryRun }: { dryRun: boolean }) {
  const found = new LRUCache<string, { id: string; deleted: boolean } | { none: true }>({
    max: mostNames,
  })
  const namesById = new LRUCache<string, string>({ max: mostNames })
  /** Made by this import: `table` and name → id. */
  const made = new Map<string, string>()
  /** What a check would have made is nowhere else; what an import made may have been renamed since. */
  const madeId = (key: string) => (dryRun ? made.get(key) : undefined)
  const lists: Kept<unknown>[] = []
  let stamp = database.stampOf(tables)

  /** @param read asked once, and again when somebody else wrote */
  function keep<T>(read: () => T): Kept<T> {
    let value: T | undefined
    const kept = Object.assign(() => (value ??= read()), {
      forget() {
        value = undefined
      },
    })
    lists.push(kept)
    return kept
  }

  /** By what lookups compare: rows that the database may not have yet. */
  const unwritten = new Set<string>()
  let write = () => {}

  function forget() {
    found.clear()
    namesById.clear()
    for (const list of lists) list.forget()
  }

  /** To be called at the beginning of each transaction. Answers whether others wrote since the last one. */
  function refresh(): boolean {
    unwritten.clear()
    if (database.stampOf(tables) === stamp) return false
    forget()
    stamp = database.stampOf(tables)
    return true
  }
  /** To be called after each commit of our own. */
  const settle = () => {
    stamp = database.stampOf(tables)
  }

  const nothing = { none: true } as const
  /** The row that `look` finds, remembered by the key; so is that there is none. */
  function seek(key: string, look: () => FoundRow | undefined) {
    let known = found.get(key)
    if (!known) {
      const row = look()
      known = row ? { id: row.id, deleted: row.deleted_at !== null } : nothing
      found.set(key, known)
    }
    return 'none' in known ? undefined : known
  }

  return {
    keep,
    seek,
    /**
     * A row was made with others of its table: `seek` finds it by the key, and whoever asks the database for one of
     * the values that lookups find it by calls `writeFirst` before.
     */
    noteMade(
      key: string,
      {
        id,
        values,
        rows,
      }: { id: string; values: readonly string[]; rows: Pick<RowStore, 'flush'> },
    ) {
      found.set(key, { id, deleted: false })
      if (dryRun) made.set(key, id)
      for (const value of values) unwritten.add(value)
      write = rows.flush
    },
    writeFirst(values: readonly string[]) {
      if (unwritten.size === 0 || !values.some((value) => unwritten.has(value))) return
      write()
      unwritten.clear()
    },
    /** The next time the database is asked for it. */
    unseek: (key: string) => void found.delete(key),
    namesById,
    made,
    madeId,
    refresh,
    settle,
  }
}
