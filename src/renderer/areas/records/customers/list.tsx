/** What the list of customers shows and can be narrowed by. */
import { Badge } from '@mantine/core'
import { customerFields } from '../../../../contract/records/customer-fields'
import type { Customer } from '../../../../contract/records/customers'
import { CardLine, CardValue } from '../../../ui/list/CardLine'
import { companyNameFilter, lastActivityColumn, mineChips } from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { listOf } from '../../../ui/list/listOf'
import { MoneyText } from '../../../ui/MoneyText'
import { readable } from '../../../ui/readable'
import type { ListOptions } from '../useRecordList'

export function CustomerStatusBadge({ status }: Pick<Customer, 'status'>) {
  return (
    <Badge size="sm" color={status === 'active' ? 'juniper' : 'gray'}>
      {readable(status)}
    </Badge>
  )
}

export const customerList = ({ customFields, userId }: ListOptions): ListDefinition<Customer> =>
  listOf<Customer, typeof customerFields>(
    customerFields,
    {
      kind: 'customer',
      nameOf: (customer) => customer.name,
      empty:
        'A lead you have won becomes a customer with one press on its page. You can also add one here.',
      shown: [
        'name',
        'company',
        'contact',
        'status',
        'wonValue',
        'since',
        'owner',
        'lastActivityAt',
        'tags',
      ],
      looks: {
        name: { label: 'Customer', width: 230 },
        company: { width: 180 },
        contact: { width: 160 },
        status: { width: 100, render: CustomerStatusBadge },
        since: { label: 'Since', width: 110 },
        createdAt: { width: 110, asDay: true },
      },
      moreColumns: [
        {
          id: 'wonValue',
          label: 'Won',
          width: 130,
          align: 'right',
          render: ({ wonValue }) => <MoneyText value={wonValue} empty="" />,
        },
        lastActivityColumn,
      ],
      moreFilters: [companyNameFilter],
      chips: [
        ...mineChips(userId),
        { label: 'Active', comparison: { field: 'status', operator: 'in', value: ['active'] } },
        {
          label: 'Inactive',
          comparison: { field: 'status', operator: 'in', value: ['inactive'] },
        },
      ],
      renderCard: (customer) => (
        <CardLine
          end={
            <CardValue>
              <MoneyText value={customer.wonValue} empty="" />
            </CardValue>
          }
        >
          {customer.company?.name ?? customer.contact?.name ?? 'No company'}
        </CardLine>
      ),
    },
    customFields,
  )
