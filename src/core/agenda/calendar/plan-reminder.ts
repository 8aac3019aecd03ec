/** Decides what becomes of a reminder that Rapport wrote into a calendar file. */
import { toInstant } from '../../kernel/database/rows'
import { checkedRecurrence, type Effort } from '../../kernel/time/recurrence'
import { wallTimeIn } from '../../kernel/time/wall-time'
import type { ReminderPatch, ReminderRow } from '../reminders/reminders'
import { usualEffort } from './expand'
import type { LinkFinder } from './find-links'
import { writtenNotes } from './own-entries'
import {
  atSecond,
  type ItemRow,
  type Planned,
  planOf,
  type ReminderCandidate,
  whyKept,
} from './planned'

interface Needs {
  links: LinkFinder
  mayChangeReminder(reminderId: string): boolean
}

/** @returns what becomes of it, given the reminder that it is already */
export function createReminderPlanner({
  links,
  mayChangeReminder,
}: Needs): (
  candidate: ReminderCandidate,
  known: ItemRow | undefined,
  row: ReminderRow | undefined,
) => Planned {
  const effort = usualEffort()
  return (candidate, known, row) => {
    const { item } = candidate
    const as = planOf(candidate)
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
    const kept = whyKept(candidate, known, row, {
      mayChange: mayChangeReminder(row.id),
      settled:
        row.plan_id !== null
          ? 'it calls for a step of a cadence'
          : row.due_at === null
            ? 'it was done here'
            : undefined,
    })
    if (kept) return as(...kept)
    if (item.cancelled)
      return as('cancelled', null, {
        type: 'trash_reminder',
        reminderId: row.id,
        itemId: known?.id,
      })
    const patch: ReminderPatch = {}
    if (fields.notes !== writtenNotes(row.notes)) patch.notes = fields.notes
    if (candidate.start.instant !== (row.due_at === null ? null : atSecond(row.due_at))) {
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
