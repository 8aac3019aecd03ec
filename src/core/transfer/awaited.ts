/** Records of a file of our own that refer to one further down: linked when that one comes, so that all keep their order. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { ownValue } from '../../contract/own-value'
import type { KindContext } from './import-kind'
import type { Link, ReferredTable } from './lookups/link'
import { token } from './recognise'
import type { RowStore } from './row-store'

export function createAwaited(
  { state, lookups, ownIds }: Pick<KindContext, 'state' | 'lookups' | 'ownIds'>,
  {
    noun,
    table,
    column,
    mayLink = () => true,
  }: {
    noun: ReferredTable
    table: SQLiteTable
    /** Property of the table that refers to the table itself. */
    column: string
    mayLink?(id: string, to: string): boolean
  },
) {
  const set = (rows: RowStore, ids: readonly string[], to: string) => {
    rows.flush()
    for (const id of ids) if (mayLink(id, to)) rows.change(table, id, { [column]: to })
  }

  /** A record of this kind by its id, those of the same file among them. */
  function identified(id: string, rows: RowStore): Link {
    const [added] = rows.added(token('id', id))
    if (added) return { id: added.id }
    const row = lookups.storedById(noun, id)
    if (!row) return undefined
    return row.deleted_at === null
      ? { id: row.id }
      : { refused: `names a ${noun} in the trash: restore it or purge it` }
  }

  return {
    identified,
    /** Whether a record refers to one that only comes further down. */
    isAwaited: (id: string | undefined, rows: RowStore): boolean =>
      ownIds.isOwnFile && id !== undefined && identified(id, rows) === undefined,
    wait(id: string, name: string | undefined, by: string) {
      const known = ownValue(state.awaited, id)
      if (known) known.by.push(by)
      else state.awaited[id] = { name: name ?? '', by: [by] }
    },
    /** @param own the id it has in the file @param id the one it has here */
    arrived(own: string | undefined, id: string, rows: RowStore) {
      const known = own === undefined ? undefined : ownValue(state.awaited, own)
      if (!known || own === undefined) return
      delete state.awaited[own]
      set(rows, known.by, id)
    },
    /** Those that never came are made by their names. */
    finish(rows: RowStore, make: (name: string, id: string) => string | undefined) {
      for (const [id, { name, by }] of Object.entries(state.awaited)) {
        delete state.awaited[id]
        const made = name === '' ? undefined : make(name, id)
        if (made) set(rows, by, made)
      }
    },
  }
}
