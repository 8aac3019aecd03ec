/** The facts of a reminder, as its page shows and edits them. */
import type { Reminder } from '../../../../contract/agenda/reminders'
import { referenceFact, textFact, textOf } from '../../../ui/record/commonFacts'
import type { Fact } from '../../../ui/record/facts'
import { beforeText, usualMinutes } from '../../../ui/when/before'

export function reminderFacts(reminder: Reminder): Fact<Reminder>[] {
  const { offsetMinutes } = reminder
  return [
    textFact<Reminder, 'notes'>('notes', 'Of what', 'long'),
    offsetMinutes === null ? whenFact(reminder) : beforeFact(offsetMinutes),
    ...(offsetMinutes === null ? [repeatFact(reminder)] : []),
    referenceFact<Reminder, 'user'>('user', 'Whom', { type: 'reference', of: 'user' }),
    referenceFact<Reminder, 'lead'>('lead', 'Lead', { type: 'reference', of: 'lead' }),
    referenceFact<Reminder, 'contact'>('contact', 'Contact', { type: 'reference', of: 'contact' }),
    referenceFact<Reminder, 'company'>('company', 'Company', { type: 'reference', of: 'company' }),
    referenceFact<Reminder, 'customer'>('customer', 'Customer', {
      type: 'reference',
      of: 'customer',
    }),
  ]
}

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
  patch: (_row, value) => ({ offsetMinutes: Number(value) }),
})
