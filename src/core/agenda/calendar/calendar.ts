/** Calendar files: what leaves as .ics, what comes in, and the feed others subscribe to. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { dateIn, endOfDay, startOfDay } from '../../kernel/time/zone'
import type { Users } from '../../records/users/users'
import type { Activities } from '../../timeline/activities/activities'
import type { Reminders } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import { createCollector } from './collect-events'
import type { Wanted } from './entry-parts'
import { createFeed } from './feed'
import { createCalendarImport } from './import'
import { type CalendarHead, writeCalendar } from './write-calendar'

export type { FeedDocument } from './feed'
export { readCalendar } from './read-calendar'
export type Calendar = ReturnType<typeof createCalendar>
type ExportInput = InputOf<(typeof contract)['calendar']['export']>

export interface CalendarNeeds {
  activities: Activities
  tasks: Tasks
  reminders: Reminders
  zoneOf: Users['zoneOf']
  /** What people call a type of activity. */
  labelOf(activityType: string): string
  isActivityType(name: string): boolean
  isOutcome(name: string): boolean
}

const day = 86_400_000
const daysBack = 30
const daysAhead = 365
/** How often a subscriber should come again. */
const refreshSeconds = 15 * 60

export function createCalendar(
  kernel: Kernel,
  { activities, tasks, reminders, zoneOf, labelOf, isActivityType, isOutcome }: CalendarNeeds,
) {
  const { clock } = kernel
  const collect = createCollector(kernel, { activities, labelOf })

  const file = (actor: Actor, wanted: Wanted, name: string, head?: CalendarHead) =>
    new File([writeCalendar(collect(actor, wanted), head)], `${name}.ics`, {
      type: 'text/calendar',
    })

  /** @throws not_found; invalid where it has no time */
  function activityFile(actor: Actor, id: string): File {
    const activity = activities.get(actor, id)
    const wanted: Wanted = { ids: [id], kinds: ['activity'], zone: zoneOf(actor.userId) }
    if (collect(actor, wanted).length === 0)
      throw invalid('id', 'must be planned, or have lasted for some time, to stand in a calendar')
    return file(actor, wanted, fileName(activity.subject ?? labelOf(activity.type)))
  }

  function exportFile(actor: Actor, input: ExportInput): File {
    const others = input.everybody || (input.userId !== undefined && input.userId !== actor.userId)
    if (others && !seesAll(actor)) throw forbidden('You may export only what is yours.')
    const zone = zoneOf(actor.userId)
    const today = dateIn(clock.now(), zone)
    const wanted: Wanted = {
      zone,
      ...(input.ids && { ids: input.ids }),
      ...(input.kinds && { kinds: input.kinds }),
      ...(!input.everybody && !input.ids && { userId: input.userId ?? actor.userId }),
    }
    if (!input.ids || input.from || input.to) {
      const from = input.from
        ? startOfDay(input.from, zone)
        : startOfDay(today, zone) - daysBack * day
      const to = input.to ? endOfDay(input.to, zone) : endOfDay(today, zone) + daysAhead * day
      if (from >= to) throw invalid('to', 'must not be before from')
      Object.assign(wanted, { from, to })
    }
    return file(actor, wanted, 'rapport')
  }

  const feed = createFeed(kernel, (actor) => {
    const now = clock.now()
    const events = collect(actor, {
      from: now - daysBack * day,
      to: now + daysAhead * day,
      zone: zoneOf(actor.userId),
      userId: actor.userId,
    })
    return writeCalendar(events, { name: 'Rapport', refreshSeconds })
  })

  return {
    activityFile,
    exportFile,
    ...createCalendarImport(
      kernel,
      { activities, tasks, reminders },
      { zoneOf, isActivityType, isOutcome },
    ),
    feed,
  }
}

/** A name that every file system takes. */
const fileName = (text: string) =>
  text
    .replace(/[^\p{L}\p{N} _-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60) || 'activity'
