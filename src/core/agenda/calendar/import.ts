/** Import of calendar files: a preview, then one action that undo takes back; what is broken is kept aside. */
import type { CalendarImport } from '../../../contract/agenda/calendar'
import type { Actor } from '../../kernel/actor'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { dateIn, isZone } from '../../kernel/time/zone'
import { addressScope } from '../../records/links/links'
import type { Users } from '../../records/users/users'
import type { Activities } from '../../timeline/activities/activities'
import type { Reminders } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import { decodeCalendar, mostBytes, requireCalendar } from './decode-file'
import { createLinkFinder } from './find-links'
import { reportOf } from './import-report'
import { planImport } from './plan-import'
import type { Planned } from './planned'
import { createQuarantine } from './quarantine'
import { type Refusal, readCalendar } from './read-calendar'
import { createImportWriter } from './write-import'

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

export function createCalendarImport(
  kernel: Kernel,
  areas: { activities: Activities; tasks: Tasks; reminders: Reminders },
  needs: {
    zoneOf: Users['zoneOf']
    isActivityType(name: string): boolean
    isOutcome(name: string): boolean
  },
) {
  const { database, clock, workspace } = kernel
  const { activities, tasks, reminders } = areas
  const write = createImportWriter(kernel, areas)
  const { requireItem, ...quarantine } = createQuarantine(kernel)

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
    const own = needs.zoneOf(actor.userId)
    const span = { from: now - daysBack * day, to: now + daysAhead * day }
    const read = readCalendar(text, { given: zones, own, now, span })
    const plan = planImport(actor, read, {
      database,
      mayChange: (id) => activities.idsOf(actor, { ids: [id] }).length > 0,
      taskOf: tasks.rowById,
      mayChangeTask: (id) => tasks.isThere(actor, id),
      reminderOf: reminders.rowById,
      mayChangeReminder: (id) => reminders.isThere(actor, id),
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

  return {
    import: take,
    quarantine: {
      ...quarantine,
      retry(actor: Actor, { id, zones }: { id: string; zones: Record<string, string> }) {
        checkZones(zones)
        const { raw } = requireItem(actor, id)
        return work(actor, raw, { dryRun: false, zones, quarantineId: id })
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
  // Refused before it is read: it need not fit into memory.
  if (file.size > mostBytes) return decodeCalendar(new Uint8Array(mostBytes + 1))
  return decodeCalendar(new Uint8Array(await file.arrayBuffer()))
}

function checkZones(zones: Record<string, string>) {
  for (const [name, zone] of Object.entries(zones))
    if (!isZone(zone)) throw invalid(`zones.${name}`, 'must be a time zone like Europe/Prague')
}
