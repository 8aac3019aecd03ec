/** The agenda: everything that waits for somebody, in one queue and on one calendar, and acted on in one go. */
import type { contract } from '../../../contract'
import type { AgendaCounts } from '../../../contract/agenda/today'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { Target } from '../../kernel/records/records'
import { dateIn, endOfDay, startOfDay } from '../../kernel/time/zone'
import type { Search } from '../../records/search/search'
import type { Users } from '../../records/users/users'
import type { Activities } from '../../timeline/activities/activities'
import type { Reminders } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import type { WorkingHours } from '../working-hours/working-hours'
import { createActOnItems } from './act-on-items'
import { createAgendaItems } from './agenda-items'
import { countOpenWork, type Owned } from './open-work'
import { createQuickAdd } from './quick-add'
import { createQuickEntry } from './quick-entry'

export type Agenda = ReturnType<typeof createAgenda>
type Procedures = (typeof contract)['agenda']

/** How many days after today are upcoming by default. */
const usualDays = 7
/** As many as a month of a busy team holds; a calendar cannot show more anyway. */
const mostOnCalendar = 5000

export interface AgendaAreas {
  /** The records of a target, as far as they are the actor's to give away. */
  owned: Record<Owned, { idsOf(actor: Actor, target: Target): string[] }>
  activities: Activities
  reminders: Reminders
  tasks: Tasks
  users: Users
  search: Search
  workingHours: WorkingHours
}

export function createAgenda(kernel: Kernel, areas: AgendaAreas) {
  const { clock } = kernel
  const { users } = areas
  const items = createAgendaItems(kernel, areas.activities.nameOf)
  const quickEntry = createQuickEntry(kernel, areas)

  /** @throws forbidden where a rep asks for somebody else's */
  function whose(actor: Actor, userId: string | undefined): string {
    if (userId !== undefined && userId !== actor.userId && !seesAll(actor))
      throw forbidden('You may see your own agenda only.')
    return userId ?? actor.userId
  }

  /** Today and the parts of the queue, in the days of the one whose agenda it is. */
  function partsOf(userId: string, days: number) {
    const zone = users.zoneOf(userId)
    const date = dateIn(clock.now(), zone)
    const [from, tomorrow] = [startOfDay(date, zone), endOfDay(date, zone)]
    let last = tomorrow
    for (let day = 0; day < days; day++) last = endOfDay(dateIn(last, zone), zone)
    return {
      date,
      overdue: { before: from, zone },
      today: { from, before: tomorrow, zone },
      upcoming: { from: tomorrow, before: last, zone },
    }
  }

  function countsOf(actor: Actor, userId: string, days: number): AgendaCounts {
    const { overdue, today, upcoming } = partsOf(userId, days)
    return {
      overdue: items.count(actor, userId, 'due', overdue),
      today: items.count(actor, userId, 'due', today),
      upcoming: items.count(actor, userId, 'due', upcoming),
      doneToday: items.count(actor, userId, 'done', today),
    }
  }

  function today(actor: Actor, { limit, days, ...input }: InputOf<Procedures['today']>) {
    const userId = whose(actor, input.userId)
    const { date, overdue, today, upcoming } = partsOf(userId, days)
    return {
      date,
      counts: countsOf(actor, userId, days),
      overdue: items.queue(actor, userId, overdue, limit),
      today: items.queue(actor, userId, today, limit),
      upcoming: items.queue(actor, userId, upcoming, limit),
      done: items.done(actor, userId, today, limit),
    }
  }

  function calendar(actor: Actor, input: InputOf<Procedures['calendar']>) {
    const zone = users.zoneOf(actor.userId)
    const span = { from: Date.parse(input.from), before: Date.parse(input.to), zone }
    if (span.before <= span.from) throw invalid('to', 'must be later than from')
    const userId =
      input.everybody && seesAll(actor) && input.userId === undefined
        ? undefined
        : whose(actor, input.userId)
    const found = items.planned(actor, userId, span, mostOnCalendar + 1)
    return {
      items: found.slice(0, mostOnCalendar),
      truncated: found.length > mostOnCalendar,
    }
  }

  return {
    openWork: (actor: Actor, { kind, target, ownerId }: InputOf<Procedures['openWork']>) =>
      countOpenWork(kernel, kind, areas.owned[kind].idsOf(actor, target), ownerId),
    today,
    counts: (actor: Actor, userId: string | undefined) =>
      countsOf(actor, whose(actor, userId), usualDays),
    calendar,
    act: createActOnItems(kernel, areas),
    parse: quickEntry.understand,
    quickAdd: createQuickAdd(kernel, quickEntry, areas),
  }
}
