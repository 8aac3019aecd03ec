/** Where the fields of a quote are stored, and the order of lists by them. */
import { quoteFields } from '../../../contract/records/quote-fields'
import { columnsOf } from '../../kernel/fields/columns'
import { quote } from './table'

export const quoteColumns = columnsOf(quoteFields, quote, {
  title: { sort: { sql: 'quote.title collate nocase' } },
  total: { sql: 'quote.total_amount', sort: { sql: 'quote.total_amount' } },
  company: { sql: 'lead.company_id' },
  owner: { sql: 'lead.owner_id' },
})
