/** The dialog for a new lead. */
import { Autocomplete, Group, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Money, Reference } from '../../../../contract/kernel/shapes'
import { type Priority, priorities } from '../../../../contract/kernel/words'
import { LeadCreate } from '../../../../contract/records/leads'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { useMe } from '../../../app/session'
import { DateField } from '../../../ui/DateField'
import { DuplicateHint } from '../../../ui/DuplicateHint'
import { textOrNull } from '../../../ui/forms'
import { MoneyInput } from '../../../ui/MoneyInput'
import { priorityLabels } from '../../../ui/PriorityText'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { TagInput } from '../../../ui/Tags'
import { useFacets } from '../../../ui/useFacets'

interface Values {
  title: string
  companyId: Reference | null
  contactId: Reference | null
  ownerId: Reference | null
  stageId: Reference | null
  value: Money | null
  expectedCloseDate: string | null
  priority: Priority
  source: string
  tags: string[]
  description: string
}

export default function CreateLead(dialog: CreateDialogProps) {
  const { initial } = dialog
  const me = useMe()
  const facets = useFacets()
  const [readable, setReadable] = useState(true)
  const state = useCreateForm<Values, (typeof LeadCreate)['_zod']['input']>({
    kind: 'lead',
    dialog,
    schema: LeadCreate,
    values: {
      title: initialText(initial, 'title'),
      companyId: initialReference(initial, 'companyId'),
      contactId: initialReference(initial, 'contactId'),
      ownerId: initialReference(initial, 'ownerId') ?? (me ? { id: me.id, name: me.name } : null),
      stageId: initialReference(initial, 'stageId'),
      value: null,
      expectedCloseDate: null,
      priority: 'medium',
      source: initialText(initial, 'source'),
      tags: [],
      description: '',
    },
    toInput: ({ companyId, contactId, ownerId, stageId, source, description, ...plain }) => ({
      ...plain,
      companyId: companyId?.id ?? null,
      contactId: contactId?.id ?? null,
      ownerId: ownerId?.id ?? null,
      ...(stageId ? { stageId: stageId.id } : {}),
      source: textOrNull(source),
      description: textOrNull(description),
    }),
    create: async (input) => {
      const { id, title } = await client.leads.create(input)
      return { id, name: title }
    },
  })
  const { form } = state
  const { title, companyId } = form.values
  return (
    <CreateFrame state={state} disabled={!readable}>
      <TextInput
        label="Title"
        placeholder="What could be sold, to whom"
        data-autofocus
        required
        {...form.getInputProps('title')}
      />
      <DuplicateHint kind="lead" typed={[title]} onLeave={state.close} onTake={dialog.onCreated} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <ReferencePicker
          of="company"
          label="Company"
          createWith={{}}
          {...state.field('companyId')}
        />
        <ReferencePicker
          of="contact"
          label="Contact"
          createWith={{ companyId }}
          {...state.field('contactId')}
        />
        <MoneyInput label="Value" {...state.field('value')} onReadable={setReadable} />
        <DateField label="Expected close" {...state.field('expectedCloseDate')} />
        <ReferencePicker
          of="stage"
          label="Stage"
          placeholder="The first one"
          {...state.field('stageId')}
        />
        <ReferencePicker of="user" label="Owner" placeholder="Nobody" {...state.field('ownerId')} />
        <Autocomplete
          label="Source"
          data={facets?.sources ?? []}
          {...form.getInputProps('source')}
        />
        <Select
          label="Priority"
          allowDeselect={false}
          data={priorities.map((value) => ({ value, label: priorityLabels[value] }))}
          {...form.getInputProps('priority')}
        />
      </SimpleGrid>
      <TagInput label="Tags" {...state.field('tags')} />
      <Group grow>
        <Textarea
          label="Description"
          autosize
          minRows={2}
          maxRows={8}
          {...form.getInputProps('description')}
        />
      </Group>
    </CreateFrame>
  )
}
