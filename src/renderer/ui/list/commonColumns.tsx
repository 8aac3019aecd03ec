/** Columns, filters and chips that several kinds of record have besides those of their fields. */
import { IconUser } from '@tabler/icons-react'
import { activeCurrencies } from '../../../contract/kernel/currencies'
import { DateText } from '../DateText'
import { choicesAsTyped, type FilterField } from '../fields'
import type { ListColumn, QuickChip } from './definition'

/** Of which currency an amount is: one of those in use. */
export const currencyFilter: Partial<FilterField> = {
  kind: 'choice',
  choices: choicesAsTyped(activeCurrencies),
}

/** The name of the company that a record belongs to. */
export const companyNameFilter: FilterField = {
  name: 'companyName',
  label: 'Company name',
  kind: 'text',
}

export const lastActivityColumn: ListColumn<{ lastActivityAt: string | null }> = {
  id: 'lastActivityAt',
  label: 'Last activity',
  width: 135,
  render: ({ lastActivityAt }) => <DateText value={lastActivityAt} empty="" />,
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
