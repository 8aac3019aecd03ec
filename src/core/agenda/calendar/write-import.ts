/** Writes what is planned of a calendar file, as one action; what is broken is kept aside. */
import { createHash } from 'node:crypto'
import type { Actor } from '../../kernel/actor'
import { attempt } from '../../kernel/database/attempt'
import type { Writer } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import type { Activities } from '../../timeline/activities/activities'
import { changeRemindersBefore, type Reminders } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import { type Dropped, type Planned, versionOf } from './planned'
import type { ReadCalendar, Refusal } from './read-calendar'
import { calendarItem } from './table'

export function createImportWriter(
  { database }: Kernel,
  { activities, tasks, reminders }: { activities: Activities; tasks: Tasks; reminders: Reminders },
) {
  function apply(writer: Writer, { candidate, change }: Planned) {
    const { item, uid, recurrenceId } = candidate
    const version = {
      sequence: item.sequence,
      modifiedAt: item.modifiedAt,
      raw: versionOf(candidate),
    }
    const add = (links: { activityId: string } | { taskId: string } | { reminderId: string }) =>
      writer.insert(calendarItem, {
        ...version,
        ...links,
        originCreatedAt: item.createdAt,
        userId: writer.actor.userId,
        uid,
        recurrenceId,
        state: 'imported',
      })
    const remind = (subject: { activityId: string } | { taskId: string }, alarms?: number[]) =>
      alarms &&
      changeRemindersBefore(writer, database, {
        subject,
        userId: writer.actor.userId,
        minutes: alarms,
      })
    switch (change?.type) {
      case 'create':
        add({ activityId: activities.insert(writer, change.activity) })
        return
      case 'create_task':
        add({
          taskId: tasks.insert(writer, change.task, change.completedAt, change.occurrence),
        })
        return
      case 'create_reminder':
        add({ reminderId: reminders.insert(writer, change.reminder, change.occurrence) })
        return
      case 'update':
        activities.revise(writer, change.activityId, change.patch)
        remind({ activityId: change.activityId }, change.alarms)
        break
      case 'update_task':
        tasks.revise(writer, change.taskId, change.patch)
        remind({ taskId: change.taskId }, change.alarms)
        break
      case 'update_reminder':
        reminders.revise(writer, change.reminderId, change.patch)
        break
      case 'trash_reminder':
        reminders.trash(writer, change.reminderId)
        break
      case 'trash':
        activities.trash(writer, change.activityId)
        break
      case 'trash_task':
        tasks.trash(writer, change.taskId)
    }
    if (change?.itemId) writer.update(calendarItem, change.itemId, version)
  }

  /** Answers how many are new in quarantine. */
  function keepBroken(writer: Writer, refusals: readonly Refusal[]): number {
    let kept = 0
    for (const { raw: rawOf, reason, skipped } of refusals) {
      if (skipped) continue
      const raw = rawOf()
      const uid = `broken:${createHash('sha256').update(raw).digest('hex')}`
      const known = database.value<string>(
        'select id from calendar_item where user_id = ? and uid = ?',
        writer.actor.userId,
        uid,
      )
      if (known) writer.update(calendarItem, known, { reason })
      else {
        writer.insert(calendarItem, {
          userId: writer.actor.userId,
          uid,
          state: 'quarantined',
          reason,
          raw,
        })
        kept += 1
      }
    }
    return kept
  }

  /** Answers the batch, null where nothing had to change, and what was refused and is set aside. */
  return (
    actor: Actor,
    read: ReadCalendar,
    { planned, dropped }: { planned: Planned[]; dropped: Dropped[] },
    quarantineId: string | undefined,
  ): { batchId: string | null; refused: Map<Planned, Refusal> } => {
    const noun = planned.every(({ candidate }) => candidate.kind === 'event') ? 'event' : 'item'
    const refused = new Map<Planned, Refusal>()
    let batchId: string | null = null
    database.act(actor, { label: 'Import calendar items', kind: 'import' }, (writer) => {
      for (const one of planned) {
        const reason = one.change && attempt(database, () => apply(writer, one))
        if (reason !== undefined) refused.set(one, refusalOf(one, reason))
      }
      for (const { activityId } of dropped) activities.trash(writer, activityId)
      const refusals = [...read.refusals, ...refused.values()]
      if (quarantineId && refusals.length === 0) writer.remove(calendarItem, quarantineId)
      const kept = keepBroken(writer, refusals)
      const changes = planned.filter((one) => one.change && !refused.has(one))
      const written = changes.length + dropped.length
      writer.label = `Import ${written} calendar ${written === 1 ? noun : `${noun}s`}`
      if (written > 0 || quarantineId || kept > 0) batchId = writer.batchId
    })
    return { batchId, refused }
  }
}

const refusalOf = ({ candidate }: Planned, reason: string): Refusal => ({
  kind: candidate.kind === 'task' ? 'task' : 'event',
  uid: candidate.uid,
  recurrenceId: candidate.recurrenceId,
  summary: candidate.item.summary,
  reason,
  raw: candidate.raw,
  skipped: false,
  unknownZone: undefined,
})
