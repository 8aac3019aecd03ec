/** Leads become customers: won where they were open, linked to the customer that is there or a new one. */
import type { Database, Writer } from '../../kernel/database/database'
import type { Customers } from '../customers/customers'
import { activeOr } from '../links/links'
import type { Moving } from './moving'
import type { LeadRow } from './source'
import type { LeadStages } from './stages'
import { lead } from './table'

export interface CustomerChoice {
  /** Of a new customer. */
  name?: string | undefined
  customerId?: string | undefined
}

export function createConverting(
  database: Database,
  { customers, moving, stages }: { customers: Customers; moving: Moving; stages: LeadStages },
) {
  /**
   * Wins the lead if it is open and makes it a customer: the one named, else the customer its company
   * already is, else a new one. Answers the customer's id.
   * @param wonWith what else winning the lead sets
   */
  return function makeCustomer(
    writer: Writer,
    row: LeadRow,
    choice: CustomerChoice = {},
    wonWith: { valueMinor: number; currency: string } | undefined = undefined,
  ): string {
    const customerId =
      row.customer_id ??
      choice.customerId ??
      (row.company_id && !choice.name
        ? customers.ofCompany(writer.actor, row.company_id)
        : undefined) ??
      customers.insert(writer, {
        name: choice.name ?? row.company_name ?? row.contact_name ?? row.title,
        companyId: row.company_id,
        contactId: row.contact_id,
        ownerId: activeOr(database, row.owner_id, writer.actor.userId),
      })
    const won = row.status === 'won' ? undefined : stages.firstStage('won', row.pipeline_id)
    writer.update(lead, row.id, {
      customerId,
      ...wonWith,
      ...(won && moving.columnsIn(row, won, writer.now)),
    })
    return customerId
  }
}
