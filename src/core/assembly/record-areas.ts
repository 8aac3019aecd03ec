/** The records of the CRM that need no work about them. */
import type { Kernel } from '../kernel/kernel'
import { createCompanies } from '../records/companies/companies'
import { createContacts } from '../records/contacts/contacts'
import { createCustomFieldArea } from '../records/custom-fields/custom-fields'
import { createCustomers } from '../records/customers/customers'
import { createLeads } from '../records/leads/leads'

export type RecordAreas = ReturnType<typeof createRecordAreas>

export function createRecordAreas(kernel: Kernel, needs: { isOptedOut(address: string): boolean }) {
  const customers = createCustomers(kernel)
  return {
    customers,
    leads: createLeads(kernel, { customers }),
    companies: createCompanies(kernel),
    contacts: createContacts(kernel, needs),
    customFieldArea: createCustomFieldArea(kernel),
  }
}
