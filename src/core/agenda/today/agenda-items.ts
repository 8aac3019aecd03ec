/** Finds what waits for people, was done or is planned: reminders, tasks and activities together, along their indexes. */
import { type AgendaItem, type AgendaKind, agendaKinds } from '../../../contract/agenda/today'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { withinSpan } from '../../kernel/time/whole-days'
import { dateIn } from '../../kernel/time/zone'
import type { ActivityRow } from '../../timeline/activities/activities'
import { type ItemContext, kindSources, type Rows, toItem } from './items'

/** By which instant items are found. */
export type Along = 'due' | 'planned' | 'done'

export interface Span {
  /** Epoch milliseconds, from inclusive. */
  from?: number
  before: number
  /** No instant from then on is asked for, whatever its day. */
  until?: number | undefined
  /** Whose days these are. */
  zone: string
}

/** A user's id; undefined is everybody. */
type Whose = string | undefined

/** Where to find items of a kind, soonest first along their index; a person's along the person's own. */
function whereOf(actor: Actor, kind: AgendaKind, userId: Whose, along: Along, span: Span) {
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

const soonestFirst = (one: AgendaItem, other: AgendaItem) =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : 0

/** @param nameOf how people call an activity, whose type may have a name of theirs */
export function createAgendaItems(
  { database, clock }: Kernel,
  nameOf: (activity: ActivityRow) => string,
) {
  function itemsOf(
    actor: Actor,
    kind: AgendaKind,
    userId: Whose,
    {
      along,
      span,
      limit,
      only,
      latestFirst,
    }: { along: Along; span: Span; limit: number; only?: string; latestFirst?: boolean },
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

  function itemOf(kind: AgendaKind, row: Rows[AgendaKind], context: ItemContext) {
    const shape = toItem[kind] as (row: Rows[AgendaKind], context: ItemContext) => AgendaItem
    const item = shape(row, context)
    return kind === 'activity' ? { ...item, title: nameOf(row as ActivityRow) } : item
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

  return {
    /** What is due, soonest first. */
    queue(actor: Actor, userId: string, span: Span, limit: number): AgendaItem[] {
      const shown = { ...span, until: endOfQueue(actor, userId, span, limit) }
      return agendaKinds
        .flatMap((kind) => itemsOf(actor, kind, userId, { along: 'due', span: shown, limit }))
        .sort(soonestFirst)
        .slice(0, limit)
    },

    /** What was done of what had been planned, latest first. */
    done(actor: Actor, userId: string, span: Span, limit: number): AgendaItem[] {
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
    },

    /** What is planned, done or not, soonest first; up to as many of each kind. */
    planned(actor: Actor, userId: Whose, span: Span, limit: number): AgendaItem[] {
      return agendaKinds
        .flatMap((kind) => itemsOf(actor, kind, userId, { along: 'planned', span, limit }))
        .sort(soonestFirst)
    },

    count(actor: Actor, userId: string, along: 'due' | 'done', span: Span): number {
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
    },
  }
}
