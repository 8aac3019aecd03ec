/** The trash: what was deleted by hand, until it is restored or purged. */
import type { contract } from '../../contract'
import type { InputOf } from '../../contract/base'
import type { TrashItem } from '../../contract/settings'
import type { TrashKind } from '../../contract/words'
import type { Actor } from '../kernel/actor'
import { seesAll } from '../kernel/authorisation'
import type { SqlValue } from '../kernel/database'
import { invalid } from '../kernel/errors'
import type { Ground } from '../kernel/ground'
import type { BulkOutcome } from '../kernel/records'
import { toInstant, toReference } from '../kernel/rows'

export type Trash = ReturnType<typeof createTrash>
type ListInput = InputOf<(typeof contract)['trash']['list']>
type Items = { kind: TrashKind; id: string }[]

const dayInMilliseconds = 86_400_000

/** SQL that is true of a reminder which went to the trash with what it is for, and comes back with it. */
const wentAlong = `exists (select 1 from activity where id = reminder.activity_id and deleted_at is not null)
  or exists (select 1 from task where id = reminder.task_id and deleted_at is not null)
  or exists (select 1 from lead where id = reminder.lead_id and deleted_at is not null)
  or exists (select 1 from customer where id = reminder.customer_id and deleted_at is not null)
  or exists (select 1 from contact where id = reminder.contact_id and deleted_at is not null)
  or exists (select 1 from company where id = reminder.company_id and deleted_at is not null)`

/** SQL of each kind's name, of what a rep may see of it (one parameter, the user's id), and of what is not listed. */
const kinds: Record<TrashKind, { name: string; own: string; hidden?: string }> = {
  company: { name: 'name', own: 'owner_id = ?' },
  contact: { name: 'name', own: 'owner_id = ?' },
  lead: { name: 'title', own: 'owner_id = ?' },
  customer: { name: 'name', own: 'owner_id = ?' },
  quote: {
    name: `number || ' ' || title`,
    own: 'lead_id in (select id from lead where owner_id = ?)',
  },
  task: { name: 'title', own: 'assignee_id = ?' },
  activity: { name: 'coalesce(subject, type)', own: 'user_id = ?' },
  reminder: {
    name: `coalesce(nullif(trim(notes), ''), 'Reminder')`,
    own: 'user_id = ?',
    hidden: wentAlong,
  },
}
const allKinds = Object.keys(kinds) as TrashKind[]

/** What goes with its parent first. */
const purgedInOrder = [
  'reminder',
  'task',
  'activity',
  'quote',
  'lead',
  'customer',
  'contact',
  'company',
  'cadence',
] as const

export function createTrash({ database, clock, workspace }: Ground) {
  const graceInMilliseconds = () => workspace.settings().trashDays * dayInMilliseconds

  function list(actor: Actor, input: ListInput) {
    const chosen = input.kind ? [input.kind] : allKinds
    const all = seesAll(actor)
    const parameters: SqlValue[] = []
    const parts = chosen.map((kind) => {
      const clauses = ['deleted_at is not null']
      const { hidden } = kinds[kind]
      if (hidden) clauses.push(`not (${hidden})`)
      if (!all) {
        clauses.push(kinds[kind].own)
        parameters.push(actor.userId)
      }
      if (input.q) {
        clauses.push(`${kinds[kind].name} like ? escape '\\'`)
        parameters.push(`%${input.q.replace(/[\\%_]/g, '\\$&')}%`)
      }
      return `select '${kind}' as kind, id, ${kinds[kind].name} as name, deleted_at from ${kind} where ${clauses.join(' and ')}`
    })
    const union = parts.join(' union all ')
    const offset = input.cursor === undefined ? 0 : Number(input.cursor)
    if (!Number.isSafeInteger(offset) || offset < 0)
      throw invalid('cursor', 'must be the nextCursor of a page before')
    const rows = database.all<{ kind: TrashKind; id: string; name: string; deleted_at: number }>(
      `${union} order by deleted_at desc, id limit ${input.limit + 1} offset ${offset}`,
      ...parameters,
    )
    const total = Number(database.value(`select count(*) from (${union})`, ...parameters))
    return {
      items: rows.slice(0, input.limit).map(toItem),
      nextCursor: rows.length > input.limit ? String(offset + input.limit) : null,
      total,
    }
  }

  function toItem(row: {
    kind: TrashKind
    id: string
    name: string
    deleted_at: number
  }): TrashItem {
    const by = database.get<{ id: string; name: string }>(
      `select user.id, user.name from change join user on user.id = change.user_id
       where change.row_id = ? and json_extract(change.after, '$.deleted_at') is not null
       order by change.seq desc limit 1`,
      row.id,
    )
    return {
      kind: row.kind,
      id: row.id,
      name: row.name,
      deletedAt: toInstant(row.deleted_at),
      deletedBy: toReference(by?.id ?? null, by?.name ?? null),
      purgeAt: toInstant(row.deleted_at + graceInMilliseconds()),
    }
  }

  const visible = (actor: Actor, { kind, id }: Items[number]): boolean =>
    database.get(
      `select 1 from ${kind} where id = ? and deleted_at is not null ${seesAll(actor) ? '' : `and ${kinds[kind].own}`} ${kinds[kind].hidden ? `and not (${kinds[kind].hidden})` : ''}`,
      id,
      ...(seesAll(actor) ? [] : [actor.userId]),
    ) !== undefined

  function restore(actor: Actor, items: Items): BulkOutcome {
    return forEachVisible(actor, items, 'Restore', (run, { kind, id }, now) =>
      run(`update ${kind} set deleted_at = null, updated_at = ? where id = ?`, now, id),
    )
  }

  /** For good: also its traces on timelines lose their link, as the foreign keys say. */
  function purge(actor: Actor, items: Items): BulkOutcome {
    return forEachVisible(actor, items, 'Delete for good', (run, { kind, id }) =>
      run(`delete from ${kind} where id = ?`, id),
    )
  }

  function forEachVisible(
    actor: Actor,
    items: Items,
    verb: string,
    work: (
      run: (sql: string, ...parameters: SqlValue[]) => number,
      item: Items[number],
      now: number,
    ) => number,
  ): BulkOutcome {
    let changed = 0
    let batchId: string | null = null
    const kind = verb === 'Restore' ? 'bulk' : 'system'
    database.act(actor, { label: verb, kind }, (writer) => {
      for (const item of items)
        if (visible(actor, item)) changed += work(writer.run, item, writer.now)
      writer.label = `${verb}: ${changed} ${changed === 1 ? 'record' : 'records'}`
      batchId = changed > 0 ? writer.batchId : null
    })
    return { changed, skipped: items.length - changed, batchId }
  }

  /** Purges what has been in the trash for longer than the workspace keeps it. Answers how many. */
  function purgeExpired(actor: Actor): number {
    const before = clock.now() - graceInMilliseconds()
    let purged = 0
    database.act(
      actor,
      { label: 'Empty the trash of expired records', kind: 'system' },
      (writer) => {
        for (const kind of purgedInOrder) {
          const expired = `from ${kind} where deleted_at is not null and deleted_at < ?`
          // Asked first: to compile a deletion with all that hangs on it takes milliseconds at every start.
          if (database.get(`select 1 ${expired} limit 1`, before) !== undefined)
            purged += writer.run(`delete ${expired}`, before)
        }
      },
    )
    return purged
  }

  return { list, restore, purge, purgeExpired }
}
