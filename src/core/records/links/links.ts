/** Checks that a record refers to rows that exist before SQLite would refuse it without naming the field. */
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Database } from '../../kernel/database/database'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { addressScope } from './address-scope'

export { addressScope } from './address-scope'
export { lastActivitySql } from './last-activity'
export { isOfOwned } from './owned'
export {
  findLinkNames,
  type LinkIds,
  linkJoins,
  linkNames,
  type ShownLinks,
  toLinks,
} from './shown-links'

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

/**
 * Nothing new is given to people who cannot work any more; what is theirs already may be said again.
 * @param receivers by field: who gets it, and whose it is now
 * @throws invalid naming the first field whose person is not there or was deactivated
 */
export function requireReceivers(
  database: Database,
  receivers: Record<string, [string | null | undefined, (string | null | undefined)?]>,
): void {
  for (const [field, [id, current]] of Object.entries(receivers)) {
    if (!id || id === current) continue
    requireLinks(database, { [field]: ['user', id] })
    if (!isActive(database, id)) throw invalid(field, 'must be somebody who is active')
  }
}

/** Whether somebody still works here. */
export const isActive = (database: Database, userId: string): boolean =>
  database.get('select 1 from user where id = ? and active = 1 and deleted_at is null', userId) !==
  undefined

/** Who gets something new that goes with what somebody has: they, while they still work here. */
export const activeOr = <Other>(
  database: Database,
  userId: string | null,
  other: Other,
): string | Other => (userId && isActive(database, userId) ? userId : other)

/** What a record may be about. */
export interface RecordLinks {
  companyId?: string | null | undefined
  contactId?: string | null | undefined
  leadId?: string | null | undefined
  customerId?: string | null | undefined
}

type LinkKernel = Pick<Kernel, 'database' | 'workspace'>

/** @throws invalid as above, also where the actor does not see the company or contact */
export function requireAddresses(
  { database, workspace }: LinkKernel,
  actor: Actor,
  links: Record<string, ['company' | 'contact', string | null | undefined]>,
): void {
  requireLinks(database, links)
  for (const [field, [table, id]] of Object.entries(links)) {
    const scope = addressScope(workspace, table)(actor)
    if (
      id &&
      scope &&
      !database.get(`select 1 from ${table} where id = ? and ${scope.sql}`, id, ...scope.parameters)
    )
      throw invalid(field, `must be a ${table} that exists`)
  }
}

/** @throws invalid as above, forbidden where a rep refers to somebody else's lead or customer */
export function requireOwnLinks(kernel: LinkKernel, actor: Actor, links: RecordLinks): void {
  const { database } = kernel
  requireLinks(database, {
    leadId: ['lead', links.leadId],
    customerId: ['customer', links.customerId],
  })
  requireAddresses(kernel, actor, {
    companyId: ['company', links.companyId],
    contactId: ['contact', links.contactId],
  })
  if (seesAll(actor)) return
  for (const table of ['lead', 'customer'] as const) {
    const id = links[`${table}Id`]
    if (
      id &&
      !database.get(`select 1 from ${table} where id = ? and owner_id = ?`, id, actor.userId)
    )
      throw forbidden(`This ${table} belongs to somebody else.`)
  }
}

/** What something on a lead or contact is also about, so that it is shown with their company and customer, too. */
export function impliedLinks(database: Database, input: RecordLinks) {
  const links = {
    companyId: input.companyId ?? null,
    contactId: input.contactId ?? null,
    customerId: input.customerId ?? null,
  }
  const fill = (
    row:
      | { company_id: string | null; contact_id?: string | null; customer_id?: string | null }
      | undefined,
  ) => {
    links.companyId ??= row?.company_id ?? null
    links.contactId ??= row?.contact_id ?? null
    links.customerId ??= row?.customer_id ?? null
  }
  if (input.leadId)
    fill(
      database.get(
        'select company_id, contact_id, customer_id from lead where id = ?',
        input.leadId,
      ),
    )
  if (input.customerId)
    fill(database.get('select company_id, contact_id from customer where id = ?', input.customerId))
  if (links.contactId)
    fill(database.get('select company_id from contact where id = ?', links.contactId))
  return links
}
