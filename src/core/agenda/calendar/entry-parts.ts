/** What calendar entries of every kind are read with, and what is written of each. */
import type { AgendaKind } from '../../../contract/agenda/today'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Clause } from '../../kernel/database/clause'
import type { SqlValue } from '../../kernel/database/database'
import { withinSpan } from '../../kernel/time/whole-days'
import { linkJoins } from '../../records/links/links'
import { sequenceOf, uidOf } from './own-entries'
import { type LinkKind, linkKinds, named, type Written, writtenLinks } from './own-properties'
import { beforeAbout } from './read-item'

export interface Wanted {
  /** The instants between which it begins; undefined: whenever. */
  from?: number
  to?: number
  ids?: readonly string[]
  kinds?: readonly AgendaKind[]
  /** Whose days a span of days means. */
  zone: string
  /** Whose; undefined: of everybody the actor may see. */
  userId?: string
}

/** No calendar takes more; a feed would grow without end. */
export const mostEvents = 10_000
/** Tasks and reminders take no time, but calendars hide what is shorter than a minute. */
export const minutesShown = 15

/** What every kind of row brings along. */
export interface CommonRow {
  id: string
  about: string
  created_at: number
  updated_at: number
  user_id: string | null
  user_email: string | null
  uid: string | null
  recurrence_id: string | null
  item_sequence: number | null
  item_updated_at: number | null
  item_modified_at: number | null
  origin_created_at: number | null
}

/** What an entry is about, whose it is, and what the file that brought it said of it. */
export const common = (table: AgendaKind, user: string) => `
  json_object('lead', lead.title, 'contact', contact.name, 'company', company.name, 'customer', customer.name,
    'leadId', lead.id, 'contactId', contact.id, 'companyId', company.id, 'customerId', customer.id) as about,
  ${table}.created_at, ${table}.updated_at, ${table}.${user} as user_id, person.email as user_email,
  item.uid, item.recurrence_id, item.sequence as item_sequence, item.updated_at as item_updated_at,
  item.modified_at as item_modified_at, item.origin_created_at`
export const joins = (table: AgendaKind, user: string) => `
  ${linkJoins((kind) => `${table}.${kind}_id`)}
  left join user person on person.id = ${table}.${user}
  left join calendar_item item on item.${table}_id = ${table}.id and item.state = 'imported'`
/** SQL of the minutes before an activity or task at which one is still to be reminded. */
export const alarmsOf = (column: string, table: string) =>
  `(select json_group_array(offset_minutes) from (select distinct offset_minutes from reminder
     where reminder.${column} = ${table}.id and offset_minutes is not null
       and reminder.deleted_at is null and reminder.status in ('pending', 'snoozed')
     order by offset_minutes))`

/** SQL that narrows a kind to what is wanted. */
export function clausesOf(
  table: AgendaKind,
  { from, to, zone, ids, userId }: Wanted,
  columns: { start: string; day?: string; user: string },
): Clause {
  const parts: string[] = [`${table}.deleted_at is null`]
  const parameters: SqlValue[] = []
  const add = (sql: string, ...values: SqlValue[]) => {
    parts.push(sql)
    parameters.push(...values)
  }
  if (ids) add(`${table}.id in (select value from json_each(?))`, JSON.stringify(ids))
  if (userId) add(`${table}.${columns.user} = ?`, userId)
  for (const { sql, parameters: values } of withinSpan(
    { at: columns.start, day: columns.day },
    { from, before: to },
    zone,
  ))
    add(sql, ...values)
  return { sql: parts.join(' and '), parameters }
}

/** A rep has its own in a calendar. */
export const own = (actor: Actor, table: 'task' | 'reminder', user: string): Clause =>
  seesAll(actor)
    ? { sql: '1', parameters: [] }
    : { sql: `${table}.${user} = ?`, parameters: [actor.userId] }

/**
 * What an entry of any kind says: which one it is, its title with what it is about, and whose it is.
 * @param extra what only Rapport reads of its kind
 */
export function entryOf(
  actor: Actor,
  kind: AgendaKind,
  row: CommonRow,
  { title, extra }: { title: string; extra: Written },
) {
  const about = aboutOf(title, row)
  return {
    ...identityOf(kind, row),
    summary: about ? `${title}${beforeAbout}${about}` : title,
    extra: {
      ...(kind !== 'activity' && { [named('kind')]: kind }),
      ...(about && { [named('about')]: about }),
      ...extra,
      ...linksAndUser(actor, row),
    },
  }
}

/** The records an entry is about: the lead and its contact, else the company or customer. */
function aboutOf(title: string, { about }: { about: string }): string {
  const { lead, contact, company, customer } = JSON.parse(about) as Record<LinkKind, string | null>
  const names = lead || contact ? [lead, contact] : [company ?? customer]
  const said = title.toLocaleLowerCase()
  return [...new Set(names)]
    .filter((name) => name && !said.includes(name.toLocaleLowerCase()))
    .join(', ')
}
/** What came from a file is written again as that file had it, until it changes here. */
function identityOf(kind: AgendaKind, row: CommonRow) {
  const asIn = row.item_updated_at !== null && row.updated_at <= row.item_updated_at
  return {
    uid: row.uid ?? uidOf(kind, row.id),
    recurrenceId: row.recurrence_id ?? '',
    // The count of what came from elsewhere continues from what its file said.
    sequence:
      row.item_sequence === null || row.item_updated_at === null
        ? sequenceOf(row)
        : row.item_sequence +
          sequenceOf({ created_at: row.item_updated_at, updated_at: row.updated_at }),
    createdAt: row.origin_created_at ?? row.created_at,
    modifiedAt: (asIn ? row.item_modified_at : null) ?? row.updated_at,
  }
}

/** The records it is about, and whose it is where that is somebody else. */
function linksAndUser(actor: Actor, { about, user_id, user_email }: CommonRow): Written {
  const names = JSON.parse(about) as Record<LinkKind | `${LinkKind}Id`, string | null>
  const links = linkKinds.flatMap((kind) => {
    const id = names[`${kind}Id`]
    return id ? [[kind, { id, name: names[kind] ?? '' }] as const] : []
  })
  return {
    ...writtenLinks(Object.fromEntries(links)),
    ...(user_id !== null &&
      user_id !== actor.userId && { [named('user')]: `${user_id} ${user_email ?? ''}` }),
  }
}

export const recurrenceOf = (
  { recurrence, occurrence }: { recurrence: string | null; occurrence: string | null },
  at: string | null,
): Written =>
  recurrence === null
    ? {}
    : {
        [named('recurrence')]: recurrence,
        ...(occurrence !== null && occurrence !== at && { [named('occurrence')]: occurrence }),
      }
