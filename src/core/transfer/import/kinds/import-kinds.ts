/** The import of each kind of record. */

import type { Run } from '../runs/run'
import { importActivities } from './import-activities'
import { importCompanies } from './import-companies'
import { importContacts } from './import-contacts'
import { importCustomers } from './import-customers'
import type { KindContext, KindImport } from './import-kind'
import { importLeads } from './import-leads'
import { importQuotes } from './import-quotes'
import { importTasks } from './import-tasks'
import { importUsers } from './import-users'

export function kindOf({ kind }: Run, context: KindContext): KindImport<object> {
  switch (kind) {
    case 'companies':
      return importCompanies(context)
    case 'contacts':
      return importContacts(context)
    case 'leads':
      return importLeads(context)
    case 'activities':
      return importActivities(context)
    case 'users':
      return importUsers(context)
    case 'customers':
      return importCustomers(context)
    case 'quotes':
      return importQuotes(context)
    case 'tasks':
      return importTasks(context)
  }
}
