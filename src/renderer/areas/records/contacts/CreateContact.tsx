/** The dialog for a new contact. */
import { isWholePhone } from '../../../../contract/kernel/phones'
import { contactFields } from '../../../../contract/records/contact-fields'
import { ContactCreate } from '../../../../contract/records/contacts'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { CreateRecord } from '../../../ui/record/CreateRecord'
import { initialText } from '../../../ui/record/initial'
import { splitName } from './name'

export default function CreateContact(dialog: CreateDialogProps) {
  return (
    <CreateRecord
      kind="contact"
      dialog={dialog}
      fields={contactFields}
      schema={ContactCreate}
      create={(input) => client.contacts.create(input)}
      begin={{ ...splitName(initialText(dialog.initial, 'name')) }}
      rows={[
        ['firstName', 'lastName'],
        'email',
        ['company', 'jobTitle', 'phone', 'mobile', 'linkedin', 'owner'],
        'tags',
        'description',
      ]}
      duplicates={{
        after: 'email',
        typed: ({ firstName, lastName, email, phone, mobile }) => [
          String(email),
          `${String(firstName)} ${String(lastName)}`.trim(),
          ...[String(phone), String(mobile)].filter(isWholePhone),
        ],
      }}
    />
  )
}
