/** The dialog for a new contact. */
import { SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { isWholePhone } from '../../../../contract/kernel/phones'
import type { Reference } from '../../../../contract/kernel/shapes'
import { ContactCreate } from '../../../../contract/records/contacts'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { useMe } from '../../../app/session'
import { DuplicateHint } from '../../../ui/DuplicateHint'
import { textOrNull } from '../../../ui/forms'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { TagInput } from '../../../ui/Tags'
import { splitName } from './name'

interface Values {
  firstName: string
  lastName: string
  email: string
  jobTitle: string
  phone: string
  mobile: string
  companyId: Reference | null
  ownerId: Reference | null
  linkedin: string
  tags: string[]
  description: string
}

export default function CreateContact(dialog: CreateDialogProps) {
  const { initial } = dialog
  const me = useMe()
  const state = useCreateForm<Values, (typeof ContactCreate)['_zod']['input']>({
    kind: 'contact',
    dialog,
    schema: ContactCreate,
    values: {
      ...splitName(initialText(initial, 'name')),
      jobTitle: '',
      phone: '',
      mobile: '',
      companyId: initialReference(initial, 'companyId'),
      ownerId: me ? { id: me.id, name: me.name } : null,
      linkedin: '',
      tags: [],
      description: '',
    },
    toInput: ({ companyId, ownerId, tags, ...texts }) => ({
      firstName: textOrNull(texts.firstName),
      lastName: textOrNull(texts.lastName),
      email: textOrNull(texts.email),
      jobTitle: textOrNull(texts.jobTitle),
      phone: textOrNull(texts.phone),
      mobile: textOrNull(texts.mobile),
      linkedin: textOrNull(texts.linkedin),
      description: textOrNull(texts.description),
      companyId: companyId?.id ?? null,
      ownerId: ownerId?.id ?? null,
      tags,
    }),
    create: (input) => client.contacts.create(input),
  })
  const { form, field } = state
  const { firstName, lastName, email, phone, mobile } = form.values
  return (
    <CreateFrame state={state}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <TextInput label="First name" data-autofocus {...form.getInputProps('firstName')} />
        <TextInput label="Last name" {...form.getInputProps('lastName')} />
      </SimpleGrid>
      <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
      <DuplicateHint
        kind="contact"
        typed={[email, `${firstName} ${lastName}`.trim(), ...[phone, mobile].filter(isWholePhone)]}
        onLeave={state.close}
        onTake={dialog.onCreated}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <ReferencePicker of="company" label="Company" createWith={{}} {...field('companyId')} />
        <TextInput label="Job title" {...form.getInputProps('jobTitle')} />
        <TextInput label="Phone" type="tel" {...form.getInputProps('phone')} />
        <TextInput label="Mobile" type="tel" {...form.getInputProps('mobile')} />
        <TextInput label="LinkedIn" type="url" {...form.getInputProps('linkedin')} />
        <ReferencePicker of="user" label="Owner" placeholder="Nobody" {...field('ownerId')} />
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
