/** The agenda: everything that waits for somebody, in one queue and on one calendar, and acted on in one go. */
import type { contract } from '../../../contract'
import {
  type AgendaCounts,
  type AgendaItem,
  type AgendaKind,
  agendaKinds,
} from '../../../contract/agenda/today'
import type { InputOf } from '../../../contract/kernel/base'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { SqlValue, Writer } from '../../kernel/database/database'
import { forbidden, invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { type BulkOutcome, quoted, type Target } from '../../kernel/records/records'
import { instantOf, isDay, requireZone } from '../../kernel/time/wall-time'
import { withinSpan } from '../../kernel/time/whole-days'
import { dateIn, endOfDay, startOfDay } from '../../kernel/time/zone'
import type { Search } from '../../records/search/search'
import type { Users } from '../../records/users/users'
import type { Activities, ActivityRow } from '../../timeline/activities/activities'
import { type Reminders, reminderName } from '../reminders/reminders'
import type { Tasks } from '../tasks/tasks'
import type { WorkingHours } from '../working-hours/working-hours'
import { type ItemContext, kindSources, type Rows, toItem } from './items'
import { countOpenWork, type Owned } from './open-work'
import { createQuickEntry } from './quick-entry'

export type Agenda = ReturnType<typeof createAgenda>
type TodayInput = InputOf<(typeof contract)['agenda']['today']>
type CalendarInput = InputOf<(typeof contract)['agenda']['calendar']>
type ActInput = InputOf<(typeof contract)['agenda']['act']>
type Reschedule = Extract<ActInput['action'], { type: 'reschedule' }>

/** How many days after today are upcoming where nobody says. */
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

interface Span {
  /** Epoch milliseconds, from inclusive. */
  from?: number
  before: number
  /** No instant from then on is wanted, whatever its day. */
  until?: number | undefined
  /** Whose days these are. */
  zone: string
}

export function createAgenda(kernel: Kernel, areas: AgendaAreas) {
  const { database, clock } = kernel
  const { activities, reminders, tasks, users } = areas
  const quickEntry = createQuickEntry(kernel, areas)

  /** @throws forbidden where a rep asks for somebody else's */
  function whose(actor: Actor, userId: string | undefined): string {
    if (userId !== undefined && userId !== actor.userId && !seesAll(actor))
      throw forbidden('You may see your own agenda only.')
    return userId ?? actor.userId
  }

  /** The days of the one whose agenda it is. */
  function daysOf(userId: string, days: number) {
    const zone = users.zoneOf(userId)
    const date = dateIn(clock.now(), zone)
    const tomorrow = endOfDay(date, zone)
    let last = tomorrow
    for (let day = 0; day < days; day++) last = endOfDay(dateIn(last, zone), zone)
    return { zone, date, today: startOfDay(date, zone), tomorrow, last }
  }

  /** Where to find items of a kind, soonest first along their index; a person's along the person's own. */
  function whereOf(
    actor: Actor,
    kind: AgendaKind,
    userId: string | undefined,
    along: 'due' | 'planned' | 'done',
    span: Span,
  ) {
    const { source, person, hidden, day, [along]: way } = kindSources[kind]
    const { column, where, own } = way
    const within = withinSpan(
      { at: column, day: along === 'done' ? undefined : day?.(column) },
      span,
      span.zone,
    )
    const clauses = [where]
    const parameters: SqlValue[] = []
    for (const clause of within) {
      clauses.push(clause.sql)
      parameters.push(...clause.parameters)
    }
    if (span.until !== undefined) {
      clauses.push(`${column} < ?`)
      parameters.push(span.until)
    }
    if (userId !== undefined) {
      clauses.push(`${person} = ?`)
      parameters.push(userId)
    }
    if (hidden && !seesAll(actor)) clauses.push(`not ${hidden}`)
    const from = userId === undefined ? source.table : `${source.table} indexed by ${own}`
    return { from, column, clauses, parameters }
  }

  function itemsOf(
    actor: Actor,
    kind: AgendaKind,
    userId: string | undefined,
    {
      along,
      span,
      limit,
      only,
      latestFirst,
    }: {
      along: 'due' | 'planned' | 'done'
      span: Span
      limit: number
      only?: string
      latestFirst?: boolean
    },
  ): AgendaItem[] {
    const { source } = kindSources[kind]
    const { from, column, clauses, parameters } = whereOf(actor, kind, userId, along, span)
    if (only) clauses.push(only)
    const order = latestFirst ? 'desc' : 'asc'
    // What the page holds is found on the index alone; only its rows are read whole.
    const rows = database.all<Rows[AgendaKind] & { agenda_at: number }>(
      `select ${source.select}, page.agenda_at from (
         select ${source.table}.seq, ${column} as agenda_at from ${from}
         where ${clauses.join(' and ')} order by ${column} ${order}, ${source.table}.seq ${order} limit ${limit}
       ) page cross join ${source.table} on ${source.table}.seq = page.seq ${source.joins}
       order by page.agenda_at ${order}, page.seq ${order}`,
      ...parameters,
    )
    const now = clock.now()
    const today = dateIn(now, span.zone)
    return rows.map((row) => itemOf(kind, row, { at: row.agenda_at, now, today }))
  }

  /** A type of activity has the name that people gave it. */
  function itemOf(kind: AgendaKind, row: Rows[AgendaKind], context: ItemContext) {
    const shape = toItem[kind] as (row: Rows[AgendaKind], context: ItemContext) => AgendaItem
    const item = shape(row, context)
    return kind === 'activity' ? { ...item, title: activities.nameOf(row as ActivityRow) } : item
  }

  const soonestFirst = (one: AgendaItem, other: AgendaItem) =>
    one.at < other.at ? -1 : one.at > other.at ? 1 : 0

  /** All kinds together, soonest first. */
  function queue(actor: Actor, userId: string, span: Span, limit: number): AgendaItem[] {
    const shown = { ...span, until: endOfQueue(actor, userId, span, limit) }
    return agendaKinds
      .flatMap((kind) => itemsOf(actor, kind, userId, { along: 'due', span: shown, limit }))
      .sort(soonestFirst)
      .slice(0, limit)
  }

  /** After which instant no more is shown: found on indexes, so that no row is read in vain. */
  function endOfQueue(actor: Actor, userId: string, span: Span, limit: number): number | undefined {
    const instants = agendaKinds.flatMap((kind) => {
      const { from, column, clauses, parameters } = whereOf(actor, kind, userId, 'due', span)
      return database
        .all<{ at: number }>(
          `select ${column} as at from ${from} where ${clauses.join(' and ')} order by ${column} limit ${limit}`,
          ...parameters,
        )
        .map(({ at }) => at)
    })
    const last = instants.sort((one, other) => one - other)[limit - 1]
    return last === undefined ? undefined : last + 1
  }

  /** What was done of what had been planned, latest first. */
  function done(actor: Actor, userId: string, span: Span, limit: number): AgendaItem[] {
    return agendaKinds
      .flatMap((kind) =>
        itemsOf(actor, kind, userId, {
          along: 'done',
          span,
          limit,
          only: kindSources[kind].isDone,
          latestFirst: true,
        }),
      )
      .sort((one, other) => soonestFirst(other, one))
      .slice(0, limit)
  }

  function count(actor: Actor, userId: string, along: 'due' | 'done', span: Span): number {
    let total = 0
    for (const kind of agendaKinds) {
      const { from, clauses, parameters } = whereOf(actor, kind, userId, along, span)
      if (along === 'done') clauses.push(kindSources[kind].isDone)
      total += Number(
        database.value<number>(
          `select count(*) from ${from} where ${clauses.join(' and ')}`,
          ...parameters,
        ),
      )
    }
    return total
  }

  function countsOf(actor: Actor, userId: string, days: number): AgendaCounts {
    const { zone, today, tomorrow, last } = daysOf(userId, days)
    return {
      overdue: count(actor, userId, 'due', { before: today, zone }),
      today: count(actor, userId, 'due', { from: today, before: tomorrow, zone }),
      upcoming: count(actor, userId, 'due', { from: tomorrow, before: last, zone }),
      doneToday: count(actor, userId, 'done', { from: today, before: tomorrow, zone }),
    }
  }

  function today(actor: Actor, input: TodayInput) {
    const userId = whose(actor, input.userId)
    const { zone, date, today, tomorrow, last } = daysOf(userId, input.days)
    const { limit } = input
    return {
      date,
      counts: countsOf(actor, userId, input.days),
      overdue: queue(actor, userId, { before: today, zone }, limit),
      today: queue(actor, userId, { from: today, before: tomorrow, zone }, limit),
      upcoming: queue(actor, userId, { from: tomorrow, before: last, zone }, limit),
      done: done(actor, userId, { from: today, before: tomorrow, zone }, limit),
    }
  }

  function calendar(actor: Actor, input: CalendarInput) {
    const zone = users.zoneOf(actor.userId)
    const span = { from: Date.parse(input.from), before: Date.parse(input.to), zone }
    if (span.before <= span.from) throw invalid('to', 'must be later than from')
    const userId =
      input.everybody && seesAll(actor) && input.userId === undefined
        ? undefined
        : whose(actor, input.userId)
    const found = agendaKinds.flatMap((kind) =>
      itemsOf(actor, kind, userId, { along: 'planned', span, limit: mostOnCalendar + 1 }),
    )
    return {
      items: found.sort(soonestFirst).slice(0, mostOnCalendar),
      truncated: found.length > mostOnCalendar,
    }
  }

  // Acting --------------------------------------------------------------------------------------

  const verbs = {
    complete: 'Complete',
    snooze: 'Snooze',
    reschedule: 'Reschedule',
    delete: 'Delete',
  } as const

  /** Answers whether it could be done, as to what is done already it cannot. */
  type Doing = (writer: Writer) => boolean

  /** Where to: a local time that was read off a clock elsewhere is an instant, and each item keeps its zone. */
  function destinationOf({ wallTime, zone, durationMinutes }: Reschedule) {
    if (zone === undefined || isDay(wallTime)) return { wallTime, durationMinutes }
    return { at: instantOf(wallTime, zone), durationMinutes }
  }

  /** What an action does to one target, and what labels call it; undefined where the actor sees none. */
  function doingOf(
    actor: Actor,
    { kind, id }: ActInput['targets'][number],
    action: ActInput['action'],
    until: number,
  ): { name: string; apply: Doing } | undefined {
    if (kind === 'reminder') {
      if (reminders.idsOf(actor, { ids: [id] }).length === 0) return undefined
      const row = reminders.rowById(id)
      return {
        name: `reminder ${quoted(reminderName(row))}`,
        apply: (writer) =>
          action.type === 'complete'
            ? reminders.applyEnd(writer, row, 'completed')
            : action.type === 'snooze'
              ? reminders.applySnooze(writer, row, until)
              : action.type === 'reschedule'
                ? reminders.applyMove(writer, row, destinationOf(action))
                : reminders.trash(writer, id),
      }
    }
    if (kind === 'task') {
      if (tasks.idsOf(actor, { ids: [id] }).length === 0) return undefined
      const row = tasks.rowById(id)
      return {
        name: `task ${quoted(row.title)}`,
        apply: (writer) =>
          action.type === 'complete'
            ? tasks.applyEnd(writer, row, 'completed')
            : action.type === 'snooze'
              ? tasks.applyMove(writer, row, { at: until })
              : action.type === 'reschedule'
                ? tasks.applyMove(writer, row, destinationOf(action))
                : tasks.trash(writer, id),
      }
    }
    if (activities.idsOf(actor, { ids: [id] }).length === 0) return undefined
    const row = activities.requireRow(actor, id)
    return {
      name: quoted(activities.nameOf(row)),
      apply: (writer) =>
        action.type === 'complete'
          ? activities.applyCompletion(writer, row)
          : action.type === 'snooze'
            ? activities.applyMove(writer, row, { at: until })
            : action.type === 'reschedule'
              ? activities.applyMove(writer, row, destinationOf(action))
              : row.category === 'manual' && activities.trash(writer, id),
    }
  }

  function act(actor: Actor, { targets, action }: ActInput): BulkOutcome {
    const until = action.type === 'snooze' ? reminders.requireFuture(action.until) : 0
    if (action.type === 'reschedule' && action.zone !== undefined) requireZone(action.zone)
    const verb = verbs[action.type]
    let changed = 0
    let batchId: string | null = null
    let name = ''
    database.act(actor, { label: `${verb} items`, kind: 'bulk' }, (writer) => {
      for (const target of targets) {
        const doing = doingOf(actor, target, action, until)
        if (!doing?.apply(writer)) continue
        changed++
        name = doing.name
      }
      writer.label = `${verb} ${changed === 1 ? name : `${changed} items`}`
      batchId = changed > 0 ? writer.batchId : null
    })
    return { changed, skipped: targets.length - changed, batchId }
  }

  /** Understands a line and makes the task or reminder of it. */
  function quickAdd(
    actor: Actor,
    input: InputOf<(typeof contract)['agenda']['quickAdd']>,
  ): AgendaItem {
    const entry = quickEntry.understand(actor, input)
    const links = {
      companyId: entry.company?.id ?? null,
      contactId: entry.contact?.id ?? null,
      leadId: entry.lead?.id ?? null,
      customerId: entry.customer?.id ?? null,
    }
    const now = clock.now()
    const today = dateIn(now, users.zoneOf(actor.userId))
    if (entry.kind === 'reminder' && entry.wallTime) {
      const { id } = reminders.create(actor, {
        ...links,
        notes: entry.title,
        wallTime: entry.wallTime,
        zone: entry.zone,
        recurrence: entry.recurrence,
      })
      const row = reminders.rowById(id)
      return toItem.reminder(row, { at: row.remind_at, now, today })
    }
    const { id } = tasks.create(actor, {
      ...links,
      title: entry.title,
      type: entry.type,
      priority: entry.priority,
      wallTime: entry.wallTime,
      zone: entry.zone,
      recurrence: entry.recurrence,
      reminderMinutes: entry.reminderMinutes,
    })
    const row = tasks.rowById(id)
    return toItem.task(row, { at: row.due_at ?? row.created_at, now, today })
  }

  return {
    openWork: (
      actor: Actor,
      { kind, target, ownerId }: InputOf<(typeof contract)['agenda']['openWork']>,
    ) => countOpenWork(kernel, kind, areas.owned[kind].idsOf(actor, target), ownerId),
    today,
    counts: (actor: Actor, userId: string | undefined) =>
      countsOf(actor, whose(actor, userId), usualDays),
    calendar,
    act,
    parse: quickEntry.understand,
    quickAdd,
  }
}
