/** What the list of customers shows and can be narrowed by. */
import { Badge, Group, Text } from '@mantine/core'
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import { customerStatuses } from '../../../../contract/kernel/words'
import type { Customer } from '../../../../contract/records/customers'
import { customColumns, customFilters } from '../../../ui/customFields'
import { DateText } from '../../../ui/DateText'
import {
  companyColumn,
  lastActivityColumn,
  madeAndChanged,
  mineChips,
  ownerColumn,
  tagsColumn,
} from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { MoneyText } from '../../../ui/MoneyText'
import { readable } from '../../../ui/readable'

export interface CustomerListOptions {
  customFields: readonly CustomField[]
  /** For "Mine". */
  userId: string | undefined
}

export function CustomerStatusBadge({ status }: Pick<Customer, 'status'>) {
  return (
    <Badge size="sm" color={status === 'active' ? 'juniper' : 'gray'}>
      {readable(status)}
    </Badge>
  )
}

export function customerList({
  customFields,
  userId,
}: CustomerListOptions): ListDefinition<Customer> {
  return {
    kind: 'customer',
    nameOf: (customer) => customer.name,
    empty:
      'A lead you have won becomes a customer with one press on its page. You can also add one here.',
    bulk: { owner: true, tags: true },
    columns: [
      { id: 'name', label: 'Customer', sort: 'name', width: 230, render: ({ name }) => name },
      companyColumn,
      { id: 'contact', label: 'Contact', width: 160, render: ({ contact }) => contact?.name },
      {
        id: 'status',
        label: 'Status',
        sort: 'status',
        width: 100,
        render: ({ status }) => <CustomerStatusBadge status={status} />,
      },
      {
        id: 'wonValue',
        label: 'Won',
        width: 130,
        align: 'right',
        render: ({ wonValue }) => <MoneyText value={wonValue} empty="" />,
      },
      {
        id: 'since',
        label: 'Since',
        sort: 'since',
        width: 110,
        render: ({ since }) => <DateText value={since} format="short" empty="" />,
      },
      ownerColumn,
      lastActivityColumn,
      tagsColumn,
      ...madeAndChanged,
      ...customColumns<Customer>(customFields),
    ],
    fields: [
      { name: 'name', label: 'Name', kind: 'text' },
      {
        name: 'status',
        label: 'Status',
        kind: 'choice',
        choices: customerStatuses.map((value) => ({ value, label: readable(value) })),
      },
      { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
      { name: 'companyName', label: 'Company name', kind: 'text' },
      { name: 'contact', label: 'Contact', kind: 'reference', of: 'contact' },
      { name: 'owner', label: 'Owner', kind: 'reference', of: 'user' },
      { name: 'since', label: 'Since', kind: 'date' },
      { name: 'tags', label: 'Tags', kind: 'tags' },
      { name: 'description', label: 'Description', kind: 'text' },
      { name: 'createdAt', label: 'Created', kind: 'instant' },
      { name: 'updatedAt', label: 'Changed', kind: 'instant' },
      ...customFilters(customFields),
    ],
    chips: [
      ...mineChips(userId),
      { label: 'Active', comparison: { field: 'status', operator: 'in', value: ['active'] } },
      { label: 'Inactive', comparison: { field: 'status', operator: 'in', value: ['inactive'] } },
    ],
    renderCard: (customer) => (
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" truncate>
          {customer.company?.name ?? customer.contact?.name ?? 'No company'}
        </Text>
        <Text size="sm" fw={600} flex="none">
          <MoneyText value={customer.wonValue} empty="" />
        </Text>
      </Group>
    ),
  }
}
