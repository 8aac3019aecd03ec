/** Where the fields of a company are stored, and the order of lists by them. */
import { asciiDomain } from '../../../contract/kernel/addresses'
import { companyFields } from '../../../contract/records/company-fields'
import { columnsOf } from '../../kernel/fields/columns'
import { company } from './table'

export const companyColumns = columnsOf(companyFields, company, {
  name: { sort: { sql: 'company.name collate nocase' } },
  domain: { read: asciiDomain },
  owner: { sort: { sql: 'owner.name collate nocase', nullable: true } },
})
