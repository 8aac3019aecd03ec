/** The dialog for a new customer. */
import { customerFields } from '../../../../contract/records/customer-fields'
import { CustomerCreate } from '../../../../contract/records/customers'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { dateOf } from '../../../ui/dates'
import { CreateRecord } from '../../../ui/record/CreateRecord'

export default function CreateCustomer(dialog: CreateDialogProps) {
  return (
    <CreateRecord
      kind="customer"
      dialog={dialog}
      fields={customerFields}
      schema={CustomerCreate}
      create={(input) => client.customers.create(input)}
      begin={{ since: dateOf(new Date()) }}
      rows={['name', ['company', 'contact', 'owner', 'since'], 'tags', 'description']}
      duplicates={{ after: 'name', typed: ({ name }) => [String(name)] }}
      looks={{ contact: ({ companyId }) => ({ createWith: { companyId } }) }}
    />
  )
}
