/** Finds what waits for people, was done or is planned: reminders, tasks and activities together, along their indexes. */
import { type AgendaItem, type AgendaKind, agendaKinds } from '../../../contract/agenda/today'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { withinSpan } from '../../kernel/time/whole-days'
import { dateIn } from '../../kernel/time/zone'
import { findLinkNames, type LinkIds } from '../../records/links/links'
import type { ActivityRow } from '../../timeline/activities/activities'
import {
  type ItemContext,
  kindSources,
  linkIdsOf,
  type Rows,
  type SelectedRow,
  toItem,
} from './items'

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
  const { person, hidden, day, [along]: way } = kindSources[kind]
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
  const from = userId === undefined ? kind : `${kind} indexed by ${own}`
  return { from, column, clauses, parameters }
}

/** What was found of a kind: a row, and the instant it is shown at. */
interface Found {
  kind: AgendaKind
  row: SelectedRow<AgendaKind>
  at: number
}

const soonestFirst = (one: Found, other: Found) => one.at - other.at

/** @param nameOf how people call an activity, whose type may have a name of theirs */
export function createAgendaItems(
  { database, clock }: Kernel,
  nameOf: (activity: Pick<ActivityRow, 'subject' | 'type'>) => string,
) {
  function find(
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
  ): Found[] {
    const { select, joins } = kindSources[kind]
    const { from, column, clauses, parameters } = whereOf(actor, kind, userId, along, span)
    if (only) clauses.push(only)
    const order = latestFirst ? 'desc' : 'asc'
    // What the page holds is found on the index alone; only its rows are read whole.
    const rows = database.all<SelectedRow<AgendaKind> & { agenda_at: number }>(
      `select ${select}, page.agenda_at from (
         select ${kind}.seq, ${column} as agenda_at from ${from}
         where ${clauses.join(' and ')} order by ${column} ${order}, ${kind}.seq ${order} limit ${limit}
       ) page cross join ${kind} on ${kind}.seq = page.seq ${joins}
       order by page.agenda_at ${order}, page.seq ${order}`,
      ...parameters,
    )
    return rows.map((row) => ({ kind, row, at: row.agenda_at }))
  }

  /** As they are shown, in their order. @param zone where they are looked at */
  function toItems(found: readonly Found[], zone: string): AgendaItem[] {
    const now = clock.now()
    const today = dateIn(now, zone)
    const ids = found.map(({ kind, row }) =>
      (linkIdsOf[kind] as (row: SelectedRow<AgendaKind>) => LinkIds)(row),
    )
    const namesOf = findLinkNames(database, ids)
    return found.map(({ kind, row, at }, index) => {
      const named = Object.assign(row, ids[index] && namesOf(ids[index])) as Rows[AgendaKind]
      const shape = toItem[kind] as (row: Rows[AgendaKind], context: ItemContext) => AgendaItem
      const item = shape(named, { at, now, today })
      return kind === 'activity' ? { ...item, title: nameOf(row as Rows['activity']) } : item
    })
  }

  /** After which instant no more is shown: found on indexes, so that no row is read in vain. */
  function endOf(
    actor: Actor,
    userId: Whose,
    along: Along,
    span: Span,
    limit: number,
  ): number | undefined {
    const instants = agendaKinds.flatMap((kind) => {
      const { from, column, clauses, parameters } = whereOf(actor, kind, userId, along, span)
      const found = database.prepare(
        `select ${column} from ${from} where ${clauses.join(' and ')} order by ${column} limit ${limit}`,
      )
      return found.pluck().all(...parameters) as number[]
    })
    const last = instants.sort((one, other) => one - other)[limit - 1]
    return last === undefined ? undefined : last + 1
  }

  /** The soonest of all kinds together. */
  function soonest(actor: Actor, userId: Whose, along: Along, span: Span, limit: number) {
    const shown = { ...span, until: endOf(actor, userId, along, span, limit) }
    const found = agendaKinds
      .flatMap((kind) => find(actor, kind, userId, { along, span: shown, limit }))
      .sort(soonestFirst)
      .slice(0, limit)
    return toItems(found, span.zone)
  }

  return {
    /** What is due, soonest first. */
    queue: (actor: Actor, userId: string, span: Span, limit: number): AgendaItem[] =>
      soonest(actor, userId, 'due', span, limit),

    /** What was done of what had been planned, latest first. */
    done(actor: Actor, userId: string, span: Span, limit: number): AgendaItem[] {
      const found = agendaKinds
        .flatMap((kind) =>
          find(actor, kind, userId, {
            along: 'done',
            span,
            limit,
            only: kindSources[kind].isDone,
            latestFirst: true,
          }),
        )
        .sort((one, other) => soonestFirst(other, one))
        .slice(0, limit)
      return toItems(found, span.zone)
    },

    /** What is planned, done or not, soonest first. */
    planned: (actor: Actor, userId: Whose, span: Span, limit: number): AgendaItem[] =>
      soonest(actor, userId, 'planned', span, limit),

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
