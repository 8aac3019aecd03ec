/** Finds stored records that values of a file refer to, as far as the actor may refer to them. */

import { seesAll } from '../../../kernel/authorisation'
import type { SqlValue } from '../../../kernel/database/database'
import { addressScope } from '../../../records/links/links'
import { isUuid } from '../../format/uuid'
import type { LookupContext } from './context'
import type { FoundRow } from './known'
import type { Link, ReferredTable } from './link'

export type StoredLookups = ReturnType<typeof createStoredLookups>

export function createStoredLookups({ database, workspace, actor, known }: LookupContext) {
  const { seek } = known

  /** SQL that leaves out the companies or contacts that the actor does not see. */
  function seen(table: 'company' | 'contact') {
    const scope = addressScope(workspace, table)(actor)
    return scope
      ? { sql: `and ${scope.sql}`, parameters: scope.parameters }
      : { sql: '', parameters: [] }
  }

  function byExternalId(table: ReferredTable, id: string) {
    const { sql, parameters } =
      table === 'company' || table === 'contact' ? seen(table) : { sql: '', parameters: [] }
    return database.get<{ id: string; deleted_at: number | null }>(
      `select id, deleted_at from ${table} where external_id = ? ${sql} order by deleted_at is not null, seq limit 1`,
      id,
      ...parameters,
    )
  }

  /** By the id it has here, or in the program it comes from. */
  function byAnyId(table: ReferredTable, value: string) {
    if (isUuid(value)) {
      const { sql, parameters } =
        table === 'company' || table === 'contact' ? seen(table) : { sql: '', parameters: [] }
      const row = database.get<FoundRow>(
        `select id, deleted_at from ${table} where id = ? ${sql}`,
        value.toLowerCase(),
        ...parameters,
      )
      if (row) return row
    }
    return byExternalId(table, value)
  }

  /** What a column of ids refers to, if anything that the actor may refer to. */
  function identified(table: Exclude<ReferredTable, 'user'>, id: string): Link {
    const row = seek(idKey(table, id), () => byAnyId(table, id))
    if (row?.deleted) return { refused: `names a ${table} in the trash: restore it or purge it` }
    const link = row && { id: row.id }
    return table === 'lead' || table === 'customer' ? onlyOwn(table, link) : link
  }
  const idKey = (table: ReferredTable, id: string) => `${table}-id\0${id}`

  /** Leads and customers of others are nothing that a rep may refer to. */
  function onlyOwn(table: 'lead' | 'customer', link: Link): Link {
    if (!link || !('id' in link) || seesAll(actor)) return link
    const own = database.get(
      `select 1 from ${table} where id = ? and owner_id = ?`,
      link.id,
      actor.userId,
    )
    return own ? link : { refused: 'belongs to somebody else' }
  }

  /** The first of some names that a row not in the trash has. */
  const first = (sql: string, names: string[], ...more: SqlValue[]) => {
    let trashed: FoundRow | undefined
    for (const name of names) {
      const row = database.get<FoundRow>(sql, name, ...more)
      if (row?.deleted_at === null) return row
      trashed ??= row
    }
    return trashed
  }

  /** What `look` finds, remembered by the key; a row in the trash is none. */
  function reference(key: string, look: () => FoundRow | undefined): Link {
    const row = seek(key, look)
    return row && !row.deleted ? { id: row.id } : undefined
  }

  /** The row with the first of some names that any has, if only one has it. */
  function onlyOne(sql: string, names: string[], more: readonly SqlValue[] = []) {
    for (const name of names) {
      const rows = database.all<FoundRow>(sql, name, ...more)
      if (rows.length === 1) return rows[0]
      if (rows.length > 1) return undefined
    }
    return undefined
  }

  return { seen, byAnyId, identified, idKey, onlyOwn, first, reference, onlyOne }
}
