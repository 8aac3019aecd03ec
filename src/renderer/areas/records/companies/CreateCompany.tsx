/** The dialog for a new company. */
import { isWholePhone } from '../../../../contract/kernel/phones'
import { CompanyCreate } from '../../../../contract/records/companies'
import { companyFields } from '../../../../contract/records/company-fields'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { CreateRecord } from '../../../ui/record/CreateRecord'

export default function CreateCompany(dialog: CreateDialogProps) {
  return (
    <CreateRecord
      kind="company"
      dialog={dialog}
      fields={companyFields}
      schema={CompanyCreate}
      create={(input) => client.companies.create(input)}
      rows={[
        'name',
        ['website', 'industry', 'phone', 'employees', 'city', 'country', 'parent', 'owner'],
        'tags',
        'description',
      ]}
      duplicates={{
        after: 'name',
        typed: ({ name, website, phone }) => [
          String(name),
          String(website).replace(/^https?:\/\/(www\.)?/, ''),
          ...[String(phone)].filter(isWholePhone),
        ],
      }}
    />
  )
}
