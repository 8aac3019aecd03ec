/** Import of calendar files: a preview, then one action that undo takes back; what is broken is kept aside. */
import { createHash } from 'node:crypto'
import type {
  CalendarEntry,
  CalendarImport,
  CalendarOutcome,
} from '../../../contract/agenda/calendar'
import { calendarOutcomes } from '../../../contract/agenda/calendar'
import type { Actor } from '../../kernel/actor'
import { attempt } from '../../kernel/database/attempt'
import type { Writer } from '../../kernel/database/database'
import { type RowOf, toInstant } from '../../kernel/database/rows'
import { invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { dateIn, isZone } from '../../kernel/time/zone'
import { addressScope } from '../../records/links/links'
import type { Activities } from '../../timeline/activities/activities'
import { changeRemindersBefore, type Reminders } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import { decodeCalendar, mostBytes, requireCalendar } from './decode-file'
import { createLinkFinder } from './find-links'
import { planImport, versionOf } from './plan-import'
import type { Dropped, Planned } from './planned'
import { type ReadCalendar, type Refusal, readCalendar } from './read-calendar'
import { calendarItem } from './table'

export interface ImportInput {
  file?: File | undefined
  text?: string | undefined
  dryRun: boolean
  zones: Record<string, string>
}

const day = 86_400_000
/** Recurring events are written out for these days around now. */
const daysBack = 30
const daysAhead = 365
const mostShown = 1000
/** More than anybody would name one by one. */
const mostUnknownZones = 100

export function createCalendarImport(
  kernel: Kernel,
  { activities, tasks, reminders }: { activities: Activities; tasks: Tasks; reminders: Reminders },
  needs: {
    /** The zone of a user. */
    zoneOf(actor: Actor): string
    isActivityType(name: string): boolean
    isOutcome(name: string): boolean
  },
) {
  const { database, clock, workspace } = kernel
  /** @throws invalid (file) where it is no calendar; invalid (zones.…) where there is no such zone */
  async function take(actor: Actor, input: ImportInput): Promise<CalendarImport> {
    checkZones(input.zones)
    return work(actor, await textOf(input), input)
  }

  function work(
    actor: Actor,
    text: string,
    {
      dryRun,
      zones,
      quarantineId,
    }: { dryRun: boolean; zones: Record<string, string>; quarantineId?: string },
  ): CalendarImport {
    const now = clock.now()
    const own = needs.zoneOf(actor)
    const span = { from: now - daysBack * day, to: now + daysAhead * day }
    const read = readCalendar(text, { given: zones, own, now, span })
    const plan = planImport(actor, read, {
      database,
      mayChange: (one, id) => {
        const scope = [activities.ownScope(one, 'one') ?? []].flat()
        return (
          database.get(
            `select 1 from activity where ${['activity.id = ?', ...scope.map(({ sql }) => sql)].join(' and ')}`,
            id,
            ...scope.flatMap(({ parameters }) => parameters),
          ) !== undefined
        )
      },
      taskOf: tasks.rowById,
      mayChangeTask: (one, id) => tasks.isThere(one, id),
      reminderOf: reminders.rowById,
      mayChangeReminder: (one, id) => reminders.isThere(one, id),
      links: createLinkFinder(kernel, actor),
      contactScope: addressScope(workspace, 'contact')(actor),
      isActivityType: needs.isActivityType,
      isOutcome: needs.isOutcome,
      now,
      until: span.to,
    })
    const written = dryRun
      ? { batchId: null, refused: new Map<Planned, Refusal>() }
      : write(actor, read, plan, quarantineId)
    const { batchId, refused } = written
    return {
      ...reportOf(
        { ...read, refusals: [...refused.values(), ...read.refusals] },
        { ...plan, planned: plan.planned.filter((one) => !refused.has(one)) },
      ),
      dryRun,
      floating: { items: read.floating, zone: own },
      recurring: {
        events: read.series.size,
        occurrences: read.candidates.filter(({ recurrenceId }) => recurrenceId).length,
        from: dateIn(span.from, own),
        to: dateIn(span.to, own),
      },
      batchId,
    }
  }

  /** Answers the batch, null where nothing had to change, and what was refused and is set aside. */
  function write(
    actor: Actor,
    read: ReadCalendar,
    { planned, dropped }: { planned: Planned[]; dropped: Dropped[] },
    quarantineId: string | undefined,
  ): { batchId: string | null; refused: Map<Planned, Refusal> } {
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

  type ItemRow = RowOf<typeof calendarItem>
  function requireBroken(actor: Actor, id: string): ItemRow {
    const row = database.get<ItemRow>(
      `select * from calendar_item where id = ? and user_id = ? and state = 'quarantined'`,
      id,
      actor.userId,
    )
    if (!row) throw notFound('quarantined event')
    return row
  }

  return {
    import: take,
    quarantine: {
      list: (actor: Actor) =>
        database
          .all<ItemRow>(
            `select * from calendar_item where user_id = ? and state = 'quarantined'
             order by rowid desc limit 500`,
            actor.userId,
          )
          .map((row) => ({
            id: row.id,
            reason: row.reason ?? '',
            raw: row.raw,
            createdAt: toInstant(row.created_at),
          })),
      retry(actor: Actor, { id, zones }: { id: string; zones: Record<string, string> }) {
        checkZones(zones)
        const { raw } = requireBroken(actor, id)
        return work(actor, raw, { dryRun: false, zones, quarantineId: id })
      },
      discard(actor: Actor, id: string) {
        const { reason } = requireBroken(actor, id)
        database.act(
          actor,
          { label: `Discard a calendar event that could not be read (${reason ?? ''})` },
          (writer) => writer.remove(calendarItem, id),
        )
        return { id }
      },
    },
  }
}

async function textOf({ file, text }: ImportInput): Promise<string> {
  if ((file === undefined) === (text === undefined))
    throw invalid('file', 'give either a file or its text')
  if (text !== undefined) {
    if (text.length > mostBytes) throw invalid('text', `must have at most ${mostBytes} characters`)
    return requireCalendar(text)
  }
  if (!file) throw invalid('file', 'must be a file')
  // Told before it is read: it need not fit into memory.
  if (file.size > mostBytes) return decodeCalendar(new Uint8Array(mostBytes + 1))
  return decodeCalendar(new Uint8Array(await file.arrayBuffer()))
}

function checkZones(zones: Record<string, string>) {
  for (const [name, zone] of Object.entries(zones))
    if (!isZone(zone)) throw invalid(`zones.${name}`, 'must be a time zone like Europe/Prague')
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

function reportOf(
  read: ReadCalendar,
  { planned, dropped }: { planned: Planned[]; dropped: Dropped[] },
): Pick<CalendarImport, 'counts' | 'entries' | 'unknownZones'> {
  const counts = Object.fromEntries(calendarOutcomes.map((outcome) => [outcome, 0])) as Record<
    CalendarOutcome,
    number
  >
  const entries: CalendarEntry[] = []
  const add = (entry: CalendarEntry) => {
    counts[entry.outcome] += 1
    if (entries.length < mostShown) entries.push(entry)
  }
  const isShown = () => entries.length < mostShown
  // What somebody has to look at comes first.
  for (const { kind, uid, recurrenceId, summary, reason, raw, skipped } of read.refusals)
    add({
      kind,
      alarms: [],
      uid,
      recurrenceId,
      summary,
      start: null,
      end: null,
      allDay: false,
      day: null,
      zone: null,
      outcome: skipped ? 'skipped' : 'quarantined',
      reason,
      raw: skipped || !isShown() ? null : raw().slice(0, 4000),
    })
  for (const { candidate, outcome, reason } of planned) {
    const { item, start } = candidate
    add({
      kind: candidate.kind,
      alarms: item.alarms,
      uid: candidate.uid,
      recurrenceId: candidate.recurrenceId,
      summary: item.summary,
      start: start && toInstant(start.instant),
      end: start && toInstant(start.instant + item.durationMinutes * 60_000),
      allDay: start?.isDate ?? false,
      day: start?.isDate ? dateIn(start.local, 'UTC') : null,
      zone: start?.zone ?? null,
      outcome,
      reason,
      raw: null,
    })
  }
  for (const { uid, recurrenceId, summary, start, day } of dropped)
    add({
      kind: 'event',
      alarms: [],
      uid,
      recurrenceId,
      summary,
      start: toInstant(start),
      end: null,
      allDay: day !== null,
      day,
      zone: null,
      outcome: 'cancelled',
      reason: 'its series does not have it any more',
      raw: null,
    })
  return {
    counts,
    entries,
    unknownZones: [...read.unknownZones].slice(0, mostUnknownZones).map(([name, items]) => ({
      name,
      items,
      suggestions: read.zones.suggest(name),
    })),
  }
}
