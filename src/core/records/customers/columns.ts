/** Where the fields of a customer are stored, and the order of lists by them. */
import { customerFields } from '../../../contract/records/customer-fields'
import { columnsOf } from '../../kernel/fields/columns'
import { customer } from './table'

export const customerColumns = columnsOf(customerFields, customer, {
  name: { sort: { sql: 'customer.name collate nocase' } },
  company: { sort: { sql: 'company.name collate nocase', nullable: true } },
  owner: { sort: { sql: 'owner.name collate nocase', nullable: true } },
})
