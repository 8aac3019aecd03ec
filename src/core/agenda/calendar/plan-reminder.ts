/** Decides what becomes of a reminder that Rapport wrote into a calendar file. */
import type { Actor } from '../../kernel/actor'
import { toInstant } from '../../kernel/database/rows'
import { checkedRecurrence, type Effort } from '../../kernel/time/recurrence'
import { wallTimeIn } from '../../kernel/time/wall-time'
import type { ReminderPatch, ReminderRow } from '../reminders/reminders'
import { writtenNotes } from './collect-events'
import { usualEffort } from './expand'
import type { LinkFinder } from './find-links'
import { atSecond, type ItemRow, isOlder, type Planned, type ReminderCandidate } from './planned'

interface Needs {
  links: LinkFinder
  mayChangeReminder(actor: Actor, reminderId: string): boolean
}

/** @returns what becomes of it, given the reminder that it is already */
export function createReminderPlanner(
  actor: Actor,
  { links, mayChangeReminder }: Needs,
): (
  candidate: ReminderCandidate,
  known: ItemRow | undefined,
  row: ReminderRow | undefined,
) => Planned {
  const effort = usualEffort()
  return (candidate, known, row) => {
    const { item } = candidate
    const as = (
      outcome: Planned['outcome'],
      reason: string | null = null,
      change?: Planned['change'],
    ): Planned => ({ candidate, outcome, reason, change })
    const { recurrence, occurrence, ...fields } = fieldsOf(candidate, effort)
    if (!row) {
      if (item.cancelled) return as('skipped', 'it is cancelled')
      const found = links.linksOf(item.extra)
      return as('new', found.reason, {
        type: 'create_reminder',
        reminder: { ...fields, ...found.links, recurrence, userId: links.userOf(item.extra) },
        occurrence,
      })
    }
    if (row.deleted_at !== null) return as('skipped', 'it was deleted here')
    if (!mayChangeReminder(actor, row.id)) return as('skipped', 'it may not be changed')
    if (row.plan_id !== null) return as('unchanged', 'it calls for a step of a cadence')
    if (row.due_at === null) return as('unchanged', 'it was done here')
    if (isOlder(candidate, known, row)) return as('unchanged', 'what is here is newer')
    if (item.cancelled)
      return as('cancelled', null, {
        type: 'trash_reminder',
        reminderId: row.id,
        itemId: known?.id,
      })
    const patch: ReminderPatch = {}
    if (fields.notes !== writtenNotes(row.notes)) patch.notes = fields.notes
    if (candidate.start.instant !== atSecond(row.due_at)) {
      patch.remindAt = fields.remindAt
      patch.zone = fields.zone
    }
    if (recurrence !== row.recurrence) patch.recurrence = recurrence
    if (Object.keys(patch).length === 0) return as('unchanged')
    return as('updated', null, {
      type: 'update_reminder',
      reminderId: row.id,
      patch,
      itemId: known?.id,
    })
  }
}

function fieldsOf({ item, start }: ReminderCandidate, effort: Effort) {
  const { untitled, recurrence, occurrence } = item.extra
  const at = occurrence?.includes('T') ? occurrence : wallTimeIn(start.instant, start.zone)
  return {
    notes: item.description ?? (untitled || !item.summary ? null : item.summary),
    remindAt: toInstant(start.instant),
    zone: start.zone,
    recurrence: sound(recurrence, at, effort),
    occurrence: at,
  }
}

/** A rule as it is stored; null where there is none that can be followed. */
export function sound(recurrence: string | null, at: string, effort: Effort): string | null {
  try {
    return recurrence === null ? null : checkedRecurrence(recurrence, at, effort)
  } catch {
    return null
  }
}
