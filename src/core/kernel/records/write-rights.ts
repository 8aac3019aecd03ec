/**
 * What changing a row takes: a permission, and a row that is the actor's to change. Operations check
 * both at their doors; this is for undo and redo, which write rows without going through one.
 */
import type { Permission } from '../../../contract/kernel/base'
import type { Actor } from '../actor'
import { permissionsOf } from '../authorisation'
import type { Clause } from '../database/clause'
import type { Database, SqlValue } from '../database/database'

export type RowValues = Record<string, SqlValue>

/** One row as it is now and as it would be; undefined where there is none. */
export interface RowChange {
  table: string
  id: string
  /** The columns that change: all of them where the row comes or goes. */
  columns: readonly string[]
  now: RowValues | undefined
  after: RowValues | undefined
}

/**
 * Rows that an actor may change; undefined for all. Mentions columns of its own table only, or looks elsewhere itself.
 * @param rows `one` where the clause is asked of a single row
 */
export type RowScope = (actor: Actor, rows?: 'one') => Clause | undefined

export interface WriteRights {
  permission: Permission | ((change: RowChange, actor: Actor) => Permission)
  scope: RowScope
  /** Where fewer: the rows that an actor may give away, delete, restore. */
  ownScope?: RowScope
  /** Column → table: a row that changed along with one of these is as free to change back as that one is. */
  follows?: Readonly<Record<string, string>>
}

export type RightsByTable = Readonly<Record<string, WriteRights>>

/** A table nobody has declared anything for. */
const undeclared: WriteRights = { permission: 'administer', scope: () => undefined }

const ownershipColumns: readonly string[] = ['owner_id', 'deleted_at']

export type RightsJudge = ReturnType<typeof createRightsJudge>

export function createRightsJudge(database: Database, rights: RightsByTable) {
  /**
   * Why the actor may not make this change now; undefined where it may.
   * @param changedAlong whether the same action also changed that row
   */
  function refusalOf(
    actor: Actor,
    change: RowChange,
    changedAlong: (table: string, id: string) => boolean = () => true,
  ): string | undefined {
    const { permission, scope, ownScope } = rights[change.table] ?? undeclared
    const needed = typeof permission === 'function' ? permission(change, actor) : permission
    if (!permissionsOf(actor.role).includes(needed)) return 'your role does not allow this change'
    const isOwnership =
      !change.now ||
      !change.after ||
      change.columns.some((column) => ownershipColumns.includes(column))
    const wanted = ((isOwnership && ownScope) || scope)(actor, 'one')
    if (!wanted) return undefined
    const rows = [change.now, change.after].filter((row) => row !== undefined)
    if (rows.every((row) => isWithin(change.table, row, wanted))) return undefined
    const follows = leadersOf(change)
    if (follows.some(({ table, id }) => changedAlong(table, id) && mayChange(actor, table, id)))
      return undefined
    return `belongs to ${ownerOf(change.now ?? change.after) ?? 'somebody else'}`
  }

  /** The rows that this one follows, as it is or would be. */
  function leadersOf({ table, now, after }: RowChange): { table: string; id: string }[] {
    return Object.entries(rights[table]?.follows ?? {}).flatMap(([column, leader]) => {
      const id = now?.[column] ?? after?.[column]
      return typeof id === 'string' ? [{ table: leader, id }] : []
    })
  }

  function mayChange(actor: Actor, table: string, id: string): boolean {
    const wanted = (rights[table] ?? undeclared).scope(actor, 'one')
    return (
      wanted === undefined ||
      database.get(
        `select 1 from ${table} where id = ? and ${wanted.sql}`,
        id,
        ...wanted.parameters,
      ) !== undefined
    )
  }

  /** Asks a scope of a row that is not stored in this form, or not any more. */
  function isWithin(table: string, row: RowValues, scope: Clause): boolean {
    const columns = database.schema.byName.get(table)?.columns ?? []
    return (
      database.get(
        `select 1 from (select ${columns.map((column) => `? as ${column}`).join(', ')}) as ${table} where ${scope.sql}`,
        ...columns.map((column) => row[column] ?? null),
        ...scope.parameters,
      ) !== undefined
    )
  }

  function ownerOf(row: RowValues | undefined): string | undefined {
    const id = row?.owner_id ?? row?.assignee_id ?? row?.user_id ?? row?.created_by
    return typeof id === 'string'
      ? (database.value<string | null>(database.schema.nameOfPerson, id) ?? undefined)
      : undefined
  }

  return { refusalOf, leadersOf }
}
