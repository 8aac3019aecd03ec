/** The dialog for a new customer. */
import { SimpleGrid, Textarea, TextInput } from '@mantine/core'
import type { Reference } from '../../../../contract/kernel/shapes'
import { CustomerCreate } from '../../../../contract/records/customers'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { useMe } from '../../../app/session'
import { DateField } from '../../../ui/DateField'
import { DuplicateHint } from '../../../ui/DuplicateHint'
import { dateOf } from '../../../ui/dates'
import { textOrNull } from '../../../ui/forms'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { TagInput } from '../../../ui/Tags'

interface Values {
  name: string
  companyId: Reference | null
  contactId: Reference | null
  ownerId: Reference | null
  since: string | null
  tags: string[]
  description: string
}

export default function CreateCustomer(dialog: CreateDialogProps) {
  const { initial } = dialog
  const me = useMe()
  const state = useCreateForm<Values, (typeof CustomerCreate)['_zod']['input']>({
    kind: 'customer',
    dialog,
    schema: CustomerCreate,
    values: {
      name: initialText(initial, 'name'),
      companyId: initialReference(initial, 'companyId'),
      contactId: initialReference(initial, 'contactId'),
      ownerId: me ? { id: me.id, name: me.name } : null,
      since: dateOf(new Date()),
      tags: [],
      description: '',
    },
    toInput: ({ name, companyId, contactId, ownerId, since, tags, description }) => ({
      name,
      companyId: companyId?.id ?? null,
      contactId: contactId?.id ?? null,
      ownerId: ownerId?.id ?? null,
      since,
      tags,
      description: textOrNull(description),
    }),
    create: (input) => client.customers.create(input),
  })
  const { form, field } = state
  const { name, companyId } = form.values
  return (
    <CreateFrame state={state}>
      <TextInput label="Name" data-autofocus required {...form.getInputProps('name')} />
      <DuplicateHint
        kind="customer"
        typed={[name]}
        onLeave={state.close}
        onTake={dialog.onCreated}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <ReferencePicker of="company" label="Company" createWith={{}} {...field('companyId')} />
        <ReferencePicker
          of="contact"
          label="Contact"
          createWith={{ companyId }}
          {...field('contactId')}
        />
        <ReferencePicker of="user" label="Owner" placeholder="Nobody" {...field('ownerId')} />
        <DateField label="Customer since" {...field('since')} />
      </SimpleGrid>
      <TagInput label="Tags" {...field('tags')} />
      <Textarea
        label="Description"
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('description')}
      />
    </CreateFrame>
  )
}
