/** The dialog for a new company. */
import { SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { isWholePhone } from '../../../../contract/kernel/phones'
import type { Reference } from '../../../../contract/kernel/shapes'
import { CompanyCreate } from '../../../../contract/records/companies'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { useMe } from '../../../app/session'
import { DuplicateHint } from '../../../ui/DuplicateHint'
import { textOrNull } from '../../../ui/forms'
import { NumberField } from '../../../ui/NumberField'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { TagInput } from '../../../ui/Tags'

interface Values {
  name: string
  website: string
  industry: string
  phone: string
  city: string
  country: string
  employees: number | null
  parentId: Reference | null
  ownerId: Reference | null
  tags: string[]
  description: string
}

export default function CreateCompany(dialog: CreateDialogProps) {
  const { initial } = dialog
  const me = useMe()
  const state = useCreateForm<Values, (typeof CompanyCreate)['_zod']['input']>({
    kind: 'company',
    dialog,
    schema: CompanyCreate,
    values: {
      name: initialText(initial, 'name'),
      website: '',
      industry: '',
      phone: '',
      city: '',
      country: '',
      employees: null,
      parentId: initialReference(initial, 'parentId'),
      ownerId: me ? { id: me.id, name: me.name } : null,
      tags: [],
      description: '',
    },
    toInput: (values) => ({
      name: values.name,
      website: textOrNull(values.website),
      industry: textOrNull(values.industry),
      phone: textOrNull(values.phone),
      city: textOrNull(values.city),
      country: textOrNull(values.country),
      employees: values.employees,
      parentId: values.parentId?.id ?? null,
      ownerId: values.ownerId?.id ?? null,
      tags: values.tags,
      description: textOrNull(values.description),
    }),
    create: (input) => client.companies.create(input),
  })
  const { form, field } = state
  const { name, website, phone } = form.values
  return (
    <CreateFrame state={state}>
      <TextInput label="Name" data-autofocus required {...form.getInputProps('name')} />
      <DuplicateHint
        kind="company"
        typed={[name, website.replace(/^https?:\/\/(www\.)?/, ''), ...[phone].filter(isWholePhone)]}
        onLeave={state.close}
        onTake={dialog.onCreated}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <TextInput label="Website" type="url" {...form.getInputProps('website')} />
        <TextInput label="Industry" {...form.getInputProps('industry')} />
        <TextInput label="Phone" type="tel" {...form.getInputProps('phone')} />
        <NumberField
          label="Employees"
          size="sm"
          min={0}
          allowDecimal={false}
          thousandSeparator
          {...field('employees')}
        />
        <TextInput label="City" {...form.getInputProps('city')} />
        <TextInput label="Country" {...form.getInputProps('country')} />
        <ReferencePicker of="company" label="Parent company" {...field('parentId')} />
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
