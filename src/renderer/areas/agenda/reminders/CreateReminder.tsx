/** The dialog for a new reminder. */
import { SimpleGrid, Textarea } from '@mantine/core'
import { ReminderCreate } from '../../../../contract/agenda/reminders'
import type { Reference } from '../../../../contract/kernel/shapes'
import { client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { useMe } from '../../../app/session'
import { dateOf } from '../../../ui/dates'
import { textOrNull } from '../../../ui/forms'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { snoozeChoices } from '../../../ui/snooze'
import { RepeatField } from '../../../ui/when/RepeatField'
import { machineZone, wallTimeOf } from '../../../ui/when/times'
import { WallTimeField } from '../../../ui/when/WallTimeField'
import { reminderName } from './words'

interface Values {
  notes: string
  wallTime: string | null
  recurrence: string | null
  userId: Reference | null
  leadId: Reference | null
  contactId: Reference | null
  companyId: Reference | null
  customerId: Reference | null
}

export default function CreateReminder(dialog: CreateDialogProps) {
  const { initial } = dialog
  const me = useMe()
  const state = useCreateForm<Values, (typeof ReminderCreate)['_zod']['input']>({
    kind: 'reminder',
    dialog,
    schema: ReminderCreate,
    values: {
      notes: initialText(initial, 'notes'),
      wallTime: initialText(initial, 'wallTime') || inAnHour(new Date()),
      recurrence: null,
      userId: initialReference(initial, 'userId') ?? (me ? { id: me.id, name: me.name } : null),
      leadId: initialReference(initial, 'leadId'),
      contactId: initialReference(initial, 'contactId'),
      companyId: initialReference(initial, 'companyId'),
      customerId: initialReference(initial, 'customerId'),
    },
    toInput: ({ notes, wallTime, recurrence, ...values }) => ({
      notes: textOrNull(notes),
      userId: values.userId?.id ?? null,
      leadId: values.leadId?.id ?? null,
      contactId: values.contactId?.id ?? null,
      companyId: values.companyId?.id ?? null,
      customerId: values.customerId?.id ?? null,
      ...(wallTime ? { wallTime, zone: machineZone(), recurrence } : {}),
    }),
    create: async (input) => {
      const reminder = await client.reminders.create(input)
      return { id: reminder.id, name: reminderName(reminder) }
    },
  })
  const { form } = state
  const { wallTime } = form.values
  return (
    <CreateFrame state={state}>
      <Textarea
        label="Of what"
        placeholder="What you want to be reminded of"
        data-autofocus
        autosize
        minRows={1}
        maxRows={6}
        {...form.getInputProps('notes')}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <WallTimeField label="When" needsTime {...state.field('wallTime')} />
        <RepeatField
          label="Repeats"
          date={wallTime?.slice(0, 10) ?? dateOf(new Date())}
          {...state.field('recurrence')}
        />
        <ReferencePicker of="lead" label="Lead" {...state.field('leadId')} />
        <ReferencePicker of="contact" label="Contact" {...state.field('contactId')} />
        <ReferencePicker of="company" label="Company" {...state.field('companyId')} />
        <ReferencePicker of="user" label="Whom" {...state.field('userId')} />
      </SimpleGrid>
    </CreateFrame>
  )
}

function inAnHour(now: Date): string {
  const hour = snoozeChoices(now)[1]
  return wallTimeOf(hour?.at ?? now.toISOString())
}
