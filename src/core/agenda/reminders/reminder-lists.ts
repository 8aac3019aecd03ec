/** Lists of reminders: of a part of the queue, of people, and of what they are for. */
import type { contract } from '../../../contract'
import type { Reminder } from '../../../contract/agenda/reminders'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Clause } from '../../kernel/database/clause'
import { among } from '../../kernel/fields/among'
import type { Kernel } from '../../kernel/kernel'
import type { createRecords } from '../../kernel/records/records'
import { dueSpan } from '../../kernel/time/due-span'
import { withinSpan } from '../../kernel/time/whole-days'
import type { Users } from '../../records/users/users'
import type { ReminderRow } from './reminder-rows'

type ListInput = InputOf<(typeof contract)['reminders']['list']>

export function createReminderList(
  { clock }: Kernel,
  users: Users,
  records: ReturnType<typeof createRecords<ReminderRow, Reminder>>,
) {
  /** The days are those of the one who asks. */
  function ofPart(actor: Actor, due: ListInput['due']): Clause[] {
    if (due === undefined) return []
    if (due === 'done') return [{ sql: 'reminder.completed_at is not null', parameters: [] }]
    const zone = users.zoneOf(actor.userId)
    return withinSpan(
      { at: 'reminder.due_at', day: undefined },
      dueSpan(due, clock.now(), zone),
      zone,
    )
  }

  /** Those of its activities and tasks are a record's reminders, too. */
  const ofRecord = (kind: 'lead' | 'company' | 'contact' | 'customer', id: string): Clause => ({
    sql: `(reminder.${kind}_id = ? or reminder.activity_id in (select its.id from activity its where its.${kind}_id = ?)
      or reminder.task_id in (select its.id from task its where its.${kind}_id = ?))`,
    parameters: [id, id, id],
  })

  return (actor: Actor, input: ListInput) => {
    const usual = input.due === 'done' ? '-completedAt' : input.due ? 'dueAt' : undefined
    return records.list(actor, { ...input, sort: input.sort ?? usual }, [
      ...among('reminder.status', input.status),
      ...among('reminder.user_id', input.userId),
      ...among('reminder.activity_id', input.activityId ? [input.activityId] : undefined),
      ...among('reminder.task_id', input.taskId ? [input.taskId] : undefined),
      ...(['lead', 'company', 'contact', 'customer'] as const).flatMap((kind) => {
        const id = input[`${kind}Id`]
        return id ? [ofRecord(kind, id)] : []
      }),
      ...ofPart(actor, input.due),
    ])
  }
}
