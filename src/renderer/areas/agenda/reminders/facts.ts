/** The facts of a reminder, as its page shows and edits them. */
import type { Reminder } from '../../../../contract/agenda/reminders'
import { longText, person, reference } from '../../../../contract/kernel/fields'
import { recordField, textOf } from '../../../ui/fields'
import type { Fact } from '../../../ui/record/facts'
import { factOf } from '../../../ui/record/fieldFacts'
import { beforeText, usualMinutes } from '../../../ui/when/before'

export function reminderFacts(reminder: Reminder): Fact<Reminder>[] {
  const { offsetMinutes } = reminder
  return [
    ...factOf<Reminder>(recordField('notes', longText({ label: 'Of what' }))),
    offsetMinutes === null ? whenFact(reminder) : beforeFact(offsetMinutes),
    ...(offsetMinutes === null ? [repeatFact(reminder)] : []),
    ...links,
  ]
}

const links: Fact<Reminder>[] = [
  recordField<Reminder>('user', person({ label: 'Whom' })),
  recordField<Reminder>('lead', reference('lead', { label: 'Lead' })),
  recordField<Reminder>('contact', reference('contact', { label: 'Contact' })),
  recordField<Reminder>('company', reference('company', { label: 'Company' })),
  recordField<Reminder>('customer', reference('customer', { label: 'Customer' })),
].flatMap((field) => factOf(field))

const whenFact = ({ zone }: Reminder): Fact<Reminder> => ({
  field: 'wallTime',
  label: 'When',
  editor: { type: 'when', needsTime: true, zone },
  value: ({ wallTime }) => wallTime,
  apply: (row, value) => ({ ...row, wallTime: textOf(value) ?? row.wallTime }),
})

const repeatFact = ({ wallTime }: Reminder): Fact<Reminder> => ({
  field: 'recurrence',
  label: 'Repeats',
  editor: { type: 'repeat', date: wallTime.slice(0, 10) },
  value: ({ recurrence }) => recurrence,
  apply: (row, value) => ({ ...row, recurrence: textOf(value) }),
})

/** It moves along with its task or activity; only how long before can be changed. */
const beforeFact = (now: number): Fact<Reminder> => ({
  field: 'offsetMinutes',
  label: 'When',
  editor: {
    type: 'choice',
    required: true,
    choices: [...new Set([...usualMinutes, now])]
      .sort((one, other) => one - other)
      .map((minutes) => ({ value: String(minutes), label: beforeText(minutes) })),
  },
  value: ({ offsetMinutes }) => (offsetMinutes === null ? null : String(offsetMinutes)),
  apply: (row, value) => ({ ...row, offsetMinutes: Number(value) }),
  patch: (value) => ({ offsetMinutes: Number(value) }),
})
