/** Columns, filters and chips that several kinds of record have. */
import { IconUser } from '@tabler/icons-react'
import { activeCurrencies } from '../../../contract/kernel/currencies'
import type { Reference } from '../../../contract/kernel/shapes'
import { DateText } from '../DateText'
import { TagList } from '../Tags'
import { UserAvatar } from '../UserAvatar'
import type { ListColumn, QuickChip } from './definition'
import type { FilterField } from './fields'

export const currencyFilter: FilterField = {
  name: 'currency',
  label: 'Currency',
  kind: 'choice',
  choices: activeCurrencies.map((value) => ({ value, label: value })),
}

export const companyColumn: ListColumn<{ company: Reference | null }> = {
  id: 'company',
  label: 'Company',
  sort: 'company',
  width: 180,
  render: ({ company }) => company?.name,
}

export const ownerColumn: ListColumn<{ owner: Reference | null }> = {
  id: 'owner',
  label: 'Owner',
  sort: 'owner',
  width: 150,
  render: ({ owner }) => owner && <UserAvatar user={owner} named />,
}

export const lastActivityColumn: ListColumn<{ lastActivityAt: string | null }> = {
  id: 'lastActivityAt',
  label: 'Last activity',
  width: 135,
  render: ({ lastActivityAt }) => <DateText value={lastActivityAt} empty="" />,
}

export const tagsColumn: ListColumn<{ tags: string[] }> = {
  id: 'tags',
  label: 'Tags',
  width: 180,
  render: ({ tags }) => <TagList tags={tags} limit={3} />,
}

/** Rows that the user owns; none while it is not known who that is. */
export const mineChips = (userId: string | undefined): readonly QuickChip[] =>
  userId
    ? [
        {
          label: 'Mine',
          icon: IconUser,
          comparison: { field: 'owner', operator: 'in', value: [userId] },
        },
      ]
    : []

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
