/** What the list of companies shows and can be narrowed by. */
import { Group, Text } from '@mantine/core'
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import type { Company } from '../../../../contract/records/companies'
import { customColumns, customFilters } from '../../../ui/customFields'
import {
  lastActivityColumn,
  madeAndChanged,
  mineChips,
  ownerColumn,
  tagsColumn,
} from '../../../ui/list/commonColumns'
import type { ListDefinition } from '../../../ui/list/definition'

export interface CompanyListOptions {
  customFields: readonly CustomField[]
  /** For "Mine". */
  userId: string | undefined
}

export function companyList({ customFields, userId }: CompanyListOptions): ListDefinition<Company> {
  return {
    kind: 'company',
    nameOf: (company) => company.name,
    empty:
      'Companies are who your leads are won from. Add one, or bring in the spreadsheet you have.',
    bulk: { owner: true, tags: true },
    columns: [
      { id: 'name', label: 'Company', sort: 'name', width: 240, render: ({ name }) => name },
      {
        id: 'industry',
        label: 'Industry',
        sort: 'industry',
        width: 150,
        render: ({ industry }) => industry,
      },
      { id: 'city', label: 'City', sort: 'city', width: 130, render: ({ city }) => city },
      {
        id: 'country',
        label: 'Country',
        sort: 'country',
        width: 130,
        render: ({ country }) => country,
      },
      {
        id: 'openLeads',
        label: 'Open leads',
        width: 95,
        align: 'right',
        render: ({ openLeads }) => openLeads > 0 && <span className="tabular">{openLeads}</span>,
      },
      ownerColumn,
      lastActivityColumn,
      tagsColumn,
      { id: 'domain', label: 'Domain', width: 150, optional: true, render: ({ domain }) => domain },
      { id: 'phone', label: 'Phone', width: 140, optional: true, render: ({ phone }) => phone },
      {
        id: 'employees',
        label: 'Employees',
        sort: 'employees',
        width: 100,
        align: 'right',
        optional: true,
        render: ({ employees }) =>
          employees !== null && <span className="tabular">{employees.toLocaleString()}</span>,
      },
      {
        id: 'parent',
        label: 'Parent company',
        width: 160,
        optional: true,
        render: ({ parent }) => parent?.name,
      },
      ...madeAndChanged,
      ...customColumns<Company>(customFields),
    ],
    fields: [
      { name: 'name', label: 'Name', kind: 'text' },
      { name: 'industry', label: 'Industry', kind: 'text' },
      { name: 'domain', label: 'Domain', kind: 'text' },
      { name: 'city', label: 'City', kind: 'text' },
      { name: 'country', label: 'Country', kind: 'text' },
      { name: 'employees', label: 'Employees', kind: 'number' },
      { name: 'owner', label: 'Owner', kind: 'reference', of: 'user' },
      { name: 'parent', label: 'Parent company', kind: 'reference', of: 'company' },
      { name: 'tags', label: 'Tags', kind: 'tags' },
      { name: 'phone', label: 'Phone', kind: 'text' },
      { name: 'website', label: 'Website', kind: 'text' },
      { name: 'description', label: 'Description', kind: 'text' },
      { name: 'createdAt', label: 'Created', kind: 'instant' },
      { name: 'updatedAt', label: 'Changed', kind: 'instant' },
      ...customFilters(customFields),
    ],
    chips: [
      ...mineChips(userId),
      { label: 'Without owner', comparison: { field: 'owner', operator: 'is_empty' } },
      { label: 'Without industry', comparison: { field: 'industry', operator: 'is_empty' } },
    ],
    renderCard: (company) => (
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" truncate>
          {[company.industry, company.city].filter(Boolean).join(' · ') ||
            company.domain ||
            'Company'}
        </Text>
        {company.openLeads > 0 && (
          <Text size="sm" flex="none" className="tabular">
            {company.openLeads} open
          </Text>
        )}
      </Group>
    ),
  }
}
