/** Writes activities within an action, whoever's action it is: people, quotes, plans, messages and calendar files do it this way. */
import type * as z from 'zod'
import type { ActivityCreate, ActivityUpdate } from '../../../contract/timeline/activities'
import type { PlanChoice } from '../../../contract/timeline/words'
import type { Writer } from '../../kernel/database/database'
import { fromInstant } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { instantOf, isDay, onDay, wallTimeIn } from '../../kernel/time/wall-time'
import { knownZone } from '../../kernel/time/zone'
import { impliedLinks } from '../../records/links/links'
import type { ActivityRow } from './activity-rows'
import { activity } from './table'

export type ActivityPatch = z.output<typeof ActivityUpdate>
export type NewActivity = z.output<typeof ActivityCreate>

/** Learns of activities, within the action that writes them. */
export interface ActivityListener {
  /** One was logged, scheduled or completed. */
  logged(writer: Writer, activityId: string, choice: PlanChoice | undefined): void
  /** One that has happened got another outcome. */
  outcomeChanged(
    writer: Writer,
    activityId: string,
    change: { choice: PlanChoice | undefined },
  ): void
}

/** Sets reminders so many minutes before an activity, for whoever does it. */
export type AddReminders = (
  writer: Writer,
  about: { activityId: string; userId: string | null | undefined; minutes: readonly number[] },
) => void

/** What is said of an activity when it is completed. */
export interface Completion {
  outcome?: string | null | undefined
  description?: string | undefined
  durationMinutes?: number | undefined
  plan?: PlanChoice | undefined
}

export function createActivityCommands(
  { database, workspace }: Kernel,
  { addReminders, listener }: { addReminders: AddReminders; listener?: ActivityListener },
) {
  /** Instants as text → milliseconds; the rest as it is. */
  const toColumns = <Input extends ActivityPatch>(input: Input) => ({
    ...input,
    occurredAt: fromInstant(input.occurredAt),
    scheduledAt: fromInstant(input.scheduledAt),
    dueAt: fromInstant(input.dueAt),
  })

  /** Adds one without a word to the listener. Answers the id. */
  function record(
    writer: Writer,
    { category, reminderMinutes, plan: _, ...input }: NewActivity,
  ): string {
    const columns = toColumns(input)
    const happened =
      columns.occurredAt ?? (columns.scheduledAt || columns.dueAt ? null : writer.now)
    const values = { userId: writer.actor.userId, ...columns }
    const id = writer.insert(activity, {
      ...values,
      ...impliedLinks(database, input),
      category,
      occurredAt: happened,
      createdBy: writer.actor.userId,
    })
    addReminders(writer, {
      activityId: id,
      userId: values.userId,
      minutes: reminderMinutes ?? [],
    })
    return id
  }

  /** Adds one. Answers the id. */
  function insert(writer: Writer, input: NewActivity): string {
    const id = record(writer, input)
    listener?.logged(writer, id, input.plan)
    return id
  }

  /** A person changes one. Answers whether anything differed. */
  function update(
    writer: Writer,
    row: ActivityRow,
    { plan: choice, ...patch }: ActivityPatch & { plan?: PlanChoice | undefined },
  ): boolean {
    const changed = revise(writer, row.id, patch)
    if (patch.outcome && patch.outcome !== row.outcome)
      listener?.outcomeChanged(writer, row.id, { choice })
    return changed
  }

  /** Changes one without a word to the listener. Answers whether anything differed. */
  const revise = (writer: Writer, id: string, patch: ActivityPatch): boolean =>
    writer.update(activity, id, toColumns(patch))

  /** Answers whether it was still to be completed. */
  function complete(
    writer: Writer,
    row: ActivityRow,
    { plan: choice, outcome, description, durationMinutes }: Completion = {},
  ): boolean {
    if (row.category !== 'manual' || row.completed_at !== null || row.deleted_at !== null)
      return false
    writer.update(activity, row.id, {
      completedAt: writer.now,
      completedBy: writer.actor.userId,
      occurredAt: row.occurred_at ?? writer.now,
      outcome,
      description,
      durationMinutes,
    })
    // The listener knows already of what has happened before.
    if (row.occurred_at === null) listener?.logged(writer, row.id, choice)
    else if (outcome && outcome !== row.outcome)
      listener?.outcomeChanged(writer, row.id, { choice })
    return true
  }

  /** Moves what is planned and still open; what is due afterwards moves along. Answers whether it did. */
  function move(
    writer: Writer,
    row: ActivityRow,
    to: ({ at: number } | { wallTime: string }) & { durationMinutes?: number | undefined },
  ): boolean {
    if (row.category !== 'manual' || row.open_at === null || row.planned_at === null) return false
    const zone = knownZone(row.zone, workspace.timezone())
    const onlyDay = 'wallTime' in to && isDay(to.wallTime)
    const at =
      'at' in to ? to.at : instantOf(onDay(to.wallTime, wallTimeIn(row.planned_at, zone)), zone)
    const moved = (time: number | null) =>
      time === null ? null : time + at - (row.planned_at ?? at)
    return writer.update(activity, row.id, {
      scheduledAt: moved(row.scheduled_at),
      dueAt: moved(row.due_at),
      ...(onlyDay ? {} : { allDay: false }),
      durationMinutes: to.durationMinutes,
    })
  }

  return {
    record,
    insert,
    update,
    revise,
    complete,
    move,
    reopen(writer: Writer, row: ActivityRow): boolean {
      const isPlanned = row.scheduled_at !== null || row.due_at !== null
      return writer.update(activity, row.id, {
        completedAt: null,
        completedBy: null,
        ...(isPlanned ? { occurredAt: null } : {}),
      })
    },
  }
}
