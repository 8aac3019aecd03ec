/** Checks that a record refers to rows that exist before SQLite would refuse it without naming the field. */
import type { Database } from './database'
import { invalid } from './errors'

type LinkedTable = 'company' | 'contact' | 'lead' | 'customer' | 'user' | 'team'

/** @throws invalid naming the first field that refers to nothing, or to something in the trash */
export function requireLinks(
  database: Database,
  links: Record<string, [LinkedTable, string | null | undefined]>,
): void {
  for (const [field, [table, id]] of Object.entries(links))
    if (id && !database.get(`select 1 from ${table} where id = ? and deleted_at is null`, id))
      throw invalid(field, `must be a ${table} that exists`)
}
