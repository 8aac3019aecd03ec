/** Activities as lists and the agenda read them, who sees which, and how answers show them. */
import type { Activity } from '../../../contract/timeline/activities'
import { seesAll } from '../../kernel/authorisation'
import {
  fromJson,
  type RowOf,
  toInstant,
  toInstantOrNull,
  toReference,
} from '../../kernel/database/rows'
import type { ListSource } from '../../kernel/fields/list'
import type { RowScope } from '../../kernel/records/write-rights'
import {
  isOfOwned,
  linkJoins,
  linkNames,
  type ShownLinks,
  toLinks,
} from '../../records/links/links'
import { activityColumns } from './columns'
import type { activity } from './table'
import { activityDay } from './whole-day'

export type ActivityRow = RowOf<typeof activity> &
  ShownLinks & {
    at: number
    open_at: number | null
    /** The day it takes whole. */
    day: string | null
    user_name: string | null
    completed_by_name: string | null
    created_by_name: string | null
  }

export const activitySource: ListSource = {
  table: 'activity',
  select: `activity.*, activity.at, activity.open_at, ${activityDay} as day, ${linkNames}, person.name as user_name,
    completer.name as completed_by_name, author.name as created_by_name`,
  joins: `${linkJoins((kind) => `activity.${kind}_id`)}
    left join user person on person.id = activity.user_id
    left join user completer on completer.id = activity.completed_by
    left join user author on author.id = activity.created_by`,
  fields: activityColumns.fields,
  defaultSort: '-at',
  sorts: {
    ...activityColumns.sorts,
    openAt: { sql: 'activity.open_at' },
  },
}

/** Activities that reps may see, of these people or on records that they own. */
const ofOwned =
  (tables: readonly ('lead' | 'customer' | 'contact' | 'company')[]): RowScope =>
  (actor, rows) => {
    if (seesAll(actor)) return undefined
    const owned = tables.map((table) =>
      isOfOwned(`activity.${table}_id`, table, actor.userId, rows),
    )
    return {
      sql: `activity.visible_to_rep = 1 and (activity.user_id = ? or ${owned.map(({ sql }) => sql).join(' or ')})`,
      parameters: [actor.userId, ...owned.flatMap(({ parameters }) => parameters)],
    }
  }

/** A rep sees what it did or is to do, and whatever anybody did with the records it owns. */
export const scope = ofOwned(['lead', 'customer', 'contact', 'company'])
/** A contact or company is shared: what others did there is theirs to change. */
export const ownScope = ofOwned(['lead', 'customer'])

export const toActivity = (row: ActivityRow): Activity => ({
  id: row.id,
  category: row.category,
  type: row.type,
  subject: row.subject,
  description: row.description,
  ...toLinks(row),
  user: toReference(row.user_id, row.user_name),
  occurredAt: toInstantOrNull(row.occurred_at),
  scheduledAt: toInstantOrNull(row.scheduled_at),
  dueAt: toInstantOrNull(row.due_at),
  completedAt: toInstantOrNull(row.completed_at),
  completedBy: toReference(row.completed_by, row.completed_by_name),
  durationMinutes: row.duration_minutes,
  zone: row.zone,
  allDay: row.all_day === 1,
  location: row.location,
  direction: row.direction,
  outcome: row.outcome,
  metadata: fromJson(row.metadata),
  visibleToRep: row.visible_to_rep === 1,
  externalId: row.external_id,
  createdBy: toReference(row.created_by, row.created_by_name),
  at: toInstant(row.at),
  day: row.at === row.planned_at ? row.day : null,
  createdAt: toInstant(row.created_at),
  updatedAt: toInstant(row.updated_at),
  deletedAt: toInstantOrNull(row.deleted_at),
})
