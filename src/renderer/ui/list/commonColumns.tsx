/** Columns that every kind of record has. */
import { DateText } from '../DateText'
import type { ListColumn } from './definition'

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
