/** The dialog for a new task. */
import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { TaskCreate } from '../../../../contract/agenda/tasks'
import type { TaskType } from '../../../../contract/agenda/words'
import type { Reference } from '../../../../contract/kernel/shapes'
import { type Priority, priorities } from '../../../../contract/kernel/words'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { useMe } from '../../../app/session'
import { dateOf } from '../../../ui/dates'
import { textOrNull } from '../../../ui/forms'
import { priorityLabels } from '../../../ui/PriorityText'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { RemindersField } from '../../../ui/when/RemindersField'
import { RepeatField } from '../../../ui/when/RepeatField'
import { machineZone } from '../../../ui/when/times'
import { WallTimeField } from '../../../ui/when/WallTimeField'
import { typeChoices } from './words'

interface Values {
  title: string
  wallTime: string | null
  recurrence: string | null
  reminderMinutes: number[]
  type: TaskType
  priority: Priority
  assigneeId: Reference | null
  leadId: Reference | null
  contactId: Reference | null
  companyId: Reference | null
  customerId: Reference | null
  description: string
}

export default function CreateTask(dialog: CreateDialogProps) {
  const { initial } = dialog
  const me = useMe()
  const state = useCreateForm<Values, (typeof TaskCreate)['_zod']['input']>({
    kind: 'task',
    dialog,
    schema: TaskCreate,
    values: {
      title: initialText(initial, 'title'),
      wallTime: initialText(initial, 'wallTime') || null,
      recurrence: null,
      reminderMinutes: [],
      type: 'other',
      priority: 'medium',
      assigneeId:
        initialReference(initial, 'assigneeId') ?? (me ? { id: me.id, name: me.name } : null),
      leadId: initialReference(initial, 'leadId'),
      contactId: initialReference(initial, 'contactId'),
      companyId: initialReference(initial, 'companyId'),
      customerId: initialReference(initial, 'customerId'),
      description: '',
    },
    toInput: ({ wallTime, recurrence, reminderMinutes, description, ...values }) => ({
      title: values.title,
      type: values.type,
      priority: values.priority,
      assigneeId: values.assigneeId?.id ?? null,
      leadId: values.leadId?.id ?? null,
      contactId: values.contactId?.id ?? null,
      companyId: values.companyId?.id ?? null,
      customerId: values.customerId?.id ?? null,
      wallTime,
      // Without a time there is nothing to repeat or to be reminded of.
      ...(wallTime ? { zone: machineZone(), recurrence, reminderMinutes } : {}),
      description: textOrNull(description),
    }),
    create: async (input) => {
      const { id, title } = await client.tasks.create(input)
      return { id, name: title }
    },
  })
  const { form } = state
  const { wallTime, reminderMinutes } = form.values
  return (
    <CreateFrame state={state}>
      <TextInput
        label="Title"
        placeholder="What is to be done"
        data-autofocus
        required
        {...form.getInputProps('title')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <WallTimeField label="Due" {...state.field('wallTime')} />
        <RepeatField
          label="Repeats"
          date={wallTime?.slice(0, 10) ?? dateOf(new Date())}
          {...state.field('recurrence')}
        />
      </SimpleGrid>
      {wallTime && (
        <RemindersField
          value={reminderMinutes}
          onChange={(next) => form.setFieldValue('reminderMinutes', next)}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <Select
          label="Type"
          allowDeselect={false}
          data={typeChoices}
          {...form.getInputProps('type')}
        />
        <Select
          label="Priority"
          allowDeselect={false}
          data={priorities.map((value) => ({ value, label: priorityLabels[value] }))}
          {...form.getInputProps('priority')}
        />
        <ReferencePicker of="lead" label="Lead" {...state.field('leadId')} />
        <ReferencePicker of="contact" label="Contact" {...state.field('contactId')} />
        <ReferencePicker of="company" label="Company" {...state.field('companyId')} />
        <ReferencePicker
          of="user"
          label="Assignee"
          placeholder="Nobody"
          {...state.field('assigneeId')}
        />
      </SimpleGrid>
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
