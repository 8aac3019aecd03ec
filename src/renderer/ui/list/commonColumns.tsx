/** Columns and filters that several kinds of record have. */
import { activeCurrencies } from '../../../contract/kernel/currencies'
import { DateText } from '../DateText'
import type { ListColumn } from './definition'
import type { FilterField } from './fields'

export const currencyFilter: FilterField = {
  name: 'currency',
  label: 'Currency',
  kind: 'choice',
  choices: activeCurrencies.map((value) => ({ value, label: value })),
}

/** When a record was made and last changed; not shown until asked for. */
export const madeAndChanged: readonly ListColumn<{ createdAt: string; updatedAt: string }>[] = [
  {
    id: 'createdAt',
    label: 'Created',
    sort: 'createdAt',
    width: 110,
    optional: true,
    render: ({ createdAt }) => <DateText value={createdAt} format="short" />,
  },
  {
    id: 'updatedAt',
    label: 'Changed',
    sort: 'updatedAt',
    width: 130,
    optional: true,
    render: ({ updatedAt }) => <DateText value={updatedAt} />,
  },
]
