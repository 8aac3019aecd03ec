/** Makes the task or reminder that a typed line means. */
import type { contract } from '../../../contract'
import type { AgendaItem } from '../../../contract/agenda/today'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { dateIn } from '../../kernel/time/zone'
import type { Users } from '../../records/users/users'
import type { Reminders } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import { toItem } from './items'
import type { createQuickEntry } from './quick-entry'

export const createQuickAdd =
  (
    { clock }: Kernel,
    { understand }: ReturnType<typeof createQuickEntry>,
    { reminders, tasks, users }: { reminders: Reminders; tasks: Tasks; users: Users },
  ) =>
  (actor: Actor, input: InputOf<(typeof contract)['agenda']['quickAdd']>): AgendaItem => {
    const entry = understand(actor, input)
    const { title, wallTime, zone, recurrence } = entry
    const links = {
      companyId: entry.company?.id ?? null,
      contactId: entry.contact?.id ?? null,
      leadId: entry.lead?.id ?? null,
      customerId: entry.customer?.id ?? null,
    }
    const now = clock.now()
    const today = dateIn(now, users.zoneOf(actor.userId))
    if (entry.kind === 'reminder' && wallTime) {
      const { id } = reminders.create(actor, { ...links, notes: title, wallTime, zone, recurrence })
      const row = reminders.rowById(id)
      return toItem.reminder(row, { at: row.remind_at, now, today })
    }
    const { type, priority, reminderMinutes } = entry
    const { id } = tasks.create(actor, {
      ...links,
      ...{ title, type, priority, wallTime, zone, recurrence, reminderMinutes },
    })
    const row = tasks.rowById(id)
    return toItem.task(row, { at: row.due_at ?? row.created_at, now, today })
  }
