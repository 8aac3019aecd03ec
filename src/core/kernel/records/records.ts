/** What every kind of record can do alike: list, read, trash, restore, and all of it in bulk. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type * as z from 'zod'
import type { Condition } from '../../../contract/kernel/conditions'
import type { BulkTarget } from '../../../contract/kernel/shapes'
import { spellingKey } from '../../../contract/kernel/spelling'
import type { Actor } from '../actor'
import { seesAll } from '../authorisation'
import type { Clause } from '../database/clause'
import type { Writer } from '../database/database'
import { forbidden, notFound } from '../errors'
import type { ListQuery, ListSource } from '../fields/list'
import type { Kernel } from '../kernel'
import { holderIsTrashed, isHanging, requireHolder } from './hangs-on'
import type { RowScope } from './write-rights'

export interface RecordRow {
  seq: number
  id: string
  deleted_at: number | null
}

export interface RecordDefinition<Row extends RecordRow, Shape> {
  /** Singular and plural noun for messages and labels. */
  noun: string
  nouns: string
  table: SQLiteTable
  source: ListSource
  /** How labels name a row. */
  nameOf(row: Row): string
  toShape(row: Row): Shape
  /** The rows an actor may see and change; undefined for all. See `ownedBy` for what it may mention. */
  scope: RowScope
  /** Where fewer: the rows an actor may delete, restore, give away and change in bulk. */
  ownScope?: RowScope
}

export type Target = z.infer<typeof BulkTarget>

export type BulkAction<Patch> =
  | { type: 'update'; patch: Patch }
  | { type: 'delete' }
  | { type: 'restore' }
  | { type: 'addTags'; tags: string[] }
  | { type: 'removeTags'; tags: string[] }

export interface BulkOutcome {
  changed: number
  skipped: number
  batchId: string | null
}

/** “Name”, short enough for a toast. */
export const quoted = (name: string) => `“${name.length > 60 ? `${name.slice(0, 59)}…` : name}”`

export function createRecords<Row extends RecordRow, Shape>(
  { database, lister }: Kernel,
  definition: RecordDefinition<Row, Shape>,
) {
  const { source, table } = definition
  const byId = `select ${source.select} from ${source.table} ${source.joins} where ${source.table}.id = ?`

  const scoped = (actor: Actor): Clause[] => {
    const scope = definition.scope(actor)
    return scope ? [scope] : []
  }

  /** @throws not_found also where the actor may not see the row: its existence is not told */
  function requireRow(actor: Actor, id: string): Row {
    const scope = definition.scope(actor, 'one')
    const row = database.get<Row>(
      scope ? `${byId} and ${scope.sql}` : byId,
      id,
      ...(scope?.parameters ?? []),
    )
    if (!row) throw notFound(definition.noun)
    return row
  }

  const ownScope = definition.ownScope ?? definition.scope

  /** @throws not_found as above; forbidden where the actor sees the row, but it is somebody else's */
  function requireOwn(actor: Actor, id: string): Row {
    const row = requireRow(actor, id)
    const own = ownScope(actor, 'one')
    if (
      own &&
      !database.get(
        `select 1 from ${source.table} where id = ? and ${own.sql}`,
        id,
        ...own.parameters,
      )
    )
      throw forbidden(
        `This ${definition.noun} is not yours: its owner, a manager or an admin may do this.`,
      )
    return row
  }

  function get(actor: Actor, id: string): Shape {
    return definition.toShape(requireRow(actor, id))
  }

  /** Whether the actor sees such a row, and not in the trash. */
  function isThere(actor: Actor, id: string): boolean {
    const scope = definition.scope(actor, 'one')
    return (
      database.get(
        `select 1 from ${source.table} where id = ? and deleted_at is null${scope ? ` and ${scope.sql}` : ''}`,
        id,
        ...(scope?.parameters ?? []),
      ) !== undefined
    )
  }

  /** A row just written: a rep who gives it away may not read it any more, the answer is still owed. */
  const written = (id: string): Shape => definition.toShape(database.get<Row>(byId, id) as Row)

  function list(actor: Actor, query: ListQuery, extra: Clause[] = []) {
    const page = lister.page<Row>(source, { ...query, actor }, [...scoped(actor), ...extra])
    return {
      items: page.rows.map(definition.toShape),
      nextCursor: page.nextCursor,
      total: page.total,
    }
  }

  function remove(actor: Actor, id: string) {
    const row = requireOwn(actor, id)
    database.act(
      actor,
      { label: `Delete ${definition.noun} ${quoted(definition.nameOf(row))}` },
      (writer) => trash(writer, row.id),
    )
    return { id }
  }

  function restore(actor: Actor, id: string): Shape {
    const row = requireOwn(actor, id)
    if (isHanging(database.schema, source.table)) requireHolder(database, source.table, id)
    database.act(
      actor,
      { label: `Restore ${definition.noun} ${quoted(definition.nameOf(row))}` },
      (writer) => untrash(writer, row.id),
    )
    return get(actor, id)
  }

  const trash = (writer: Writer, id: string) =>
    writer.run(
      `update ${source.table} set deleted_at = ?, updated_at = ? where id = ? and deleted_at is null`,
      writer.now,
      writer.now,
      id,
    ) > 0
  /** What hangs on something in the trash stays there with it. */
  const mayReturn = isHanging(database.schema, source.table)
    ? ` and not ${holderIsTrashed(database.schema, source.table)}`
    : ''
  const untrash = (writer: Writer, id: string) =>
    writer.run(
      `update ${source.table} set deleted_at = null, updated_at = ? where id = ? and deleted_at is not null${mayReturn}`,
      writer.now,
      id,
    ) > 0

  /** Ids of the rows a bulk action is for, as far as they are the actor's own. */
  function idsOf(actor: Actor, target: Target, trashed = false): string[] {
    if (target.where)
      return lister.ids(
        source,
        { ...withoutUndefined(target.where), actor, trashed },
        [ownScope(actor) ?? []].flat(),
      )
    const scope = ownScope(actor, 'one')
    const exists = `select 1 from ${source.table} where id = ?${scope ? ` and ${scope.sql}` : ''}`
    return (target.ids ?? []).filter(
      (id) => database.get(exists, id, ...(scope?.parameters ?? [])) !== undefined,
    )
  }

  /**
   * One undoable action over many rows.
   * @param applyUpdate changes one row; answers whether anything differed
   */
  function bulk<Patch>(
    actor: Actor,
    { target, action }: { target: Target; action: BulkAction<Patch> },
    applyUpdate: (writer: Writer, row: Row, patch: Patch) => boolean,
  ): BulkOutcome {
    const ids = idsOf(actor, target, action.type === 'restore')
    const asked = target.ids?.length ?? ids.length
    const apply = (writer: Writer, id: string): boolean => {
      switch (action.type) {
        case 'update':
          return applyUpdate(writer, database.get<Row>(byId, id) as Row, action.patch)
        case 'delete':
          return trash(writer, id)
        case 'restore':
          return untrash(writer, id)
        case 'addTags':
        case 'removeTags':
          return changeTags(writer, id, action)
      }
    }
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label: 'Change records', kind: 'bulk' }, (writer) => {
      for (const id of ids) if (apply(writer, id)) changed++
      batchId = changed > 0 ? writer.batchId : null
      writer.label = bulkLabel(action.type, changed)
    })
    return { changed, skipped: asked - changed, batchId }
  }

  function changeTags(
    writer: Writer,
    id: string,
    action: { type: 'addTags' | 'removeTags'; tags: string[] },
  ): boolean {
    const tags: string[] = JSON.parse(
      database.value<string>(`select tags from ${source.table} where id = ?`, id) ?? '[]',
    )
    const same = (one: string) => (other: string) => spellingKey(one) === spellingKey(other)
    const next =
      action.type === 'addTags'
        ? [...tags, ...action.tags.filter((tag) => !tags.some(same(tag)))]
        : tags.filter((tag) => !action.tags.some(same(tag)))
    return writer.update(table, id, { tags: next } as never)
  }

  function bulkLabel(type: BulkAction<unknown>['type'], changed: number): string {
    const verb = {
      update: 'Change',
      delete: 'Delete',
      restore: 'Restore',
      addTags: 'Add tags to',
      removeTags: 'Remove tags from',
    }[type]
    return `${verb} ${changed} ${changed === 1 ? definition.noun : definition.nouns}`
  }

  return {
    source,
    scope: definition.scope,
    ownScope,
    requireOwn,
    scoped,
    requireRow,
    isThere,
    get,
    written,
    list,
    remove,
    restore,
    idsOf,
    bulk,
    trash,
    untrash,
  }
}

function withoutUndefined(where: { q?: string | undefined; filter?: Condition | undefined }) {
  return {
    ...(where.q === undefined ? {} : { q: where.q }),
    ...(where.filter === undefined ? {} : { filter: where.filter }),
  }
}

/**
 * A scope mentions columns of its own table only, or looks elsewhere by a query of its own: then it
 * holds wherever the table is read, whatever else is joined.
 */
export const ownedBy =
  (table: string, column = 'owner_id') =>
  (actor: Actor): Clause | undefined =>
    seesAll(actor) ? undefined : { sql: `${table}.${column} = ?`, parameters: [actor.userId] }

export const everyRow = (): Clause | undefined => undefined
