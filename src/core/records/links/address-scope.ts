/**
 * Which companies and contacts an actor sees: all, unless the workspace keeps reps to those they have
 * to do with. To own one is another matter: what only an owner may do, see `ownScope` of the records.
 */
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { Workspace } from '../../kernel/workspace/workspace'

/** Where a rep has to do with a contact or company besides owning it. */
const ownRows = [
  { table: 'lead', user: 'owner_id' },
  { table: 'customer', user: 'owner_id' },
  { table: 'task', user: 'assignee_id' },
] as const

const usedIn = (column: 'contact_id' | 'company_id') =>
  ownRows
    .map(
      ({ table, user }) =>
        `select own.${column} from ${table} own where own.${user} = ? and own.${column} is not null and own.deleted_at is null`,
    )
    .join(' union all ')

const contactSql = `(contact.owner_id = ? or contact.id in (${usedIn('contact_id')}))`
const companySql = `(company.owner_id = ? or company.id in (${usedIn('company_id')}
  union all select contact.company_id from contact where contact.company_id is not null and ${contactSql}))`

export const addressScope =
  (workspace: Workspace, table: 'company' | 'contact') =>
  (actor: Actor): Clause | undefined => {
    if (seesAll(actor) || workspace.settings().repsSeeAllContacts) return undefined
    const sql = table === 'contact' ? contactSql : companySql
    return { sql, parameters: Array(sql.split('?').length - 1).fill(actor.userId) }
  }
