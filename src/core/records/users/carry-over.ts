/** Access that was taken away after a backup was made does not come back with the backup. */
import { roles } from '../../../contract/kernel/words'
import type { Writer } from '../../kernel/database/database'
import type { RowOf } from '../../kernel/database/rows'
import type { ReplacedDatabase } from '../../kernel/file/replaced'
import type { Kernel } from '../../kernel/kernel'
import { user } from './table'

type Access = Pick<RowOf<typeof user>, 'id' | 'role' | 'active' | 'deleted_at' | 'updated_at'>

/** What lets somebody in by a secret: it ends with its row. */
const secretTables = ['api_token', 'calendar_feed'] as const

export function createAccessCarryOver({ database }: Kernel) {
  const isLastAdmin = (id: string): boolean =>
    database.get(
      `select 1 from user where role = 'admin' and active = 1 and deleted_at is null and id <> ?`,
      id,
    ) === undefined

  /** Removes tokens and secret addresses that were revoked since. */
  function revoke(writer: Writer, from: ReplacedDatabase): void {
    for (const table of secretTables)
      for (const { row_id: id } of from.all<{ row_id: string }>(
        `select row_id from change where table_name = ? and operation = 'delete'`,
        table,
      ))
        writer.run(`delete from ${table} where id = ?`, id)
  }

  /** Whoever was switched off, deleted or given a lower role since stays so. The last admin keeps the role. */
  function narrow(writer: Writer, from: ReplacedDatabase): void {
    const select = 'select id, role, active, deleted_at, updated_at from user'
    for (const theirs of from.all<Access>(select)) {
      const own = database.get<Access>(`${select} where id = ?`, theirs.id)
      if (!own || theirs.updated_at <= own.updated_at || isLastAdmin(own.id)) continue
      const isLower = roles.indexOf(theirs.role) > roles.indexOf(own.role)
      writer.update(user, own.id, {
        role: isLower ? theirs.role : own.role,
        active: Math.min(theirs.active, own.active),
        deletedAt: own.deleted_at ?? theirs.deleted_at,
      })
    }
  }

  return function carryOver(writer: Writer, databases: readonly ReplacedDatabase[]): void {
    for (const from of databases) {
      revoke(writer, from)
      narrow(writer, from)
    }
  }
}
