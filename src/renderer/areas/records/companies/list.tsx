/** What the list of companies shows and can be narrowed by. */
import { Text } from '@mantine/core'
import type { Company } from '../../../../contract/records/companies'
import { companyFields } from '../../../../contract/records/company-fields'
import { CardLine } from '../../../ui/list/CardLine'
import { lastActivityColumn, mineChips } from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'
import { listOf } from '../../../ui/list/listOf'
import type { ListOptions } from '../useRecordList'

export const companyList = ({ customFields, userId }: ListOptions): ListDefinition<Company> =>
  listOf<Company, typeof companyFields>(
    companyFields,
    {
      kind: 'company',
      nameOf: (company) => company.name,
      empty:
        'Companies are who your leads are won from. Add one, or bring in the spreadsheet you have.',
      shown: [
        'name',
        'industry',
        'city',
        'country',
        'openLeads',
        'owner',
        'lastActivityAt',
        'tags',
      ],
      looks: {
        name: { label: 'Company', width: 240 },
        city: { width: 130 },
        country: { width: 130 },
        phone: { width: 140 },
        parent: { width: 160 },
        createdAt: { width: 110, asDay: true },
      },
      moreColumns: [
        {
          id: 'openLeads',
          label: 'Open leads',
          width: 95,
          align: 'right',
          render: ({ openLeads }) => openLeads > 0 && <span className="tabular">{openLeads}</span>,
        },
        lastActivityColumn,
      ],
      chips: [
        ...mineChips(userId),
        { label: 'Without owner', comparison: { field: 'owner', operator: 'is_empty' } },
        { label: 'Without industry', comparison: { field: 'industry', operator: 'is_empty' } },
      ],
      renderCard: (company) => (
        <CardLine
          end={
            company.openLeads > 0 && (
              <Text size="sm" flex="none" className="tabular">
                {company.openLeads} open
              </Text>
            )
          }
        >
          {[company.industry, company.city].filter(Boolean).join(' · ') ||
            company.domain ||
            'Company'}
        </CardLine>
      ),
    },
    customFields,
  )
