/** Open reminders as calendar entries. */
import { cleanLine } from '../../../contract/kernel/text'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { wallTimeIn } from '../../kernel/time/wall-time'
import {
  type CommonRow,
  clausesOf,
  common,
  entryOf,
  joins,
  minutesShown,
  mostEvents,
  own,
  recurrenceOf,
  type Wanted,
} from './entry-parts'
import { writtenNotes } from './own-entries'
import { named } from './own-properties'
import type { CalendarEvent } from './write-calendar'

interface ReminderRow extends CommonRow {
  notes: string | null
  due_at: number
  zone: string
  recurrence: string | null
  occurrence: string | null
}

/** Reminders of their own; those of an activity or task are its alarms. */
export function reminderEvents(
  { database }: Kernel,
  actor: Actor,
  wanted: Wanted,
): CalendarEvent[] {
  const where = clausesOf('reminder', wanted, { start: 'reminder.due_at', user: 'user_id' })
  const scope = own(actor, 'reminder', 'user_id')
  const rows = database.all<ReminderRow>(
    `select reminder.id, reminder.notes, reminder.due_at, reminder.zone,
       reminder.recurrence, reminder.occurrence, ${common('reminder', 'user_id')}
     from reminder ${joins('reminder', 'user_id')}
     where ${where.sql} and ${scope.sql} and reminder.due_at is not null
       and reminder.offset_minutes is null
     order by reminder.due_at, reminder.seq limit ?`,
    ...where.parameters,
    ...scope.parameters,
    mostEvents,
  )
  return rows.map((row) => {
    const notes = writtenNotes(row.notes)
    const title = cleanLine((notes ?? '').split('\n')[0]?.slice(0, 200) ?? '') || 'Reminder'
    return {
      ...entryOf(actor, 'reminder', row, {
        title,
        extra: {
          ...(notes === null && { [named('untitled')]: 'TRUE' }),
          ...recurrenceOf(row, wallTimeIn(row.due_at, row.zone)),
        },
      }),
      location: null,
      free: true,
      start: row.due_at,
      durationMinutes: minutesShown,
      zone: row.zone,
      allDay: false,
      description: notes === title ? null : notes,
      alarms: [0],
    }
  })
}
