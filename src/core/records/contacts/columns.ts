/** Where the fields of a contact are stored, and the order of lists by them. */
import { contactFields } from '../../../contract/records/contact-fields'
import { columnsOf } from '../../kernel/fields/columns'
import { contact } from './table'

export const contactColumns = columnsOf(contactFields, contact, {
  name: { sort: { sql: 'contact.name collate nocase' } },
  email: { sort: { sql: 'contact.email collate nocase', nullable: true } },
  company: { sort: { sql: 'company.name collate nocase', nullable: true } },
  owner: { sort: { sql: 'owner.name collate nocase', nullable: true } },
})
