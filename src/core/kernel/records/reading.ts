/** Reads records as their actor may: one, a page, or only whether one is there. */
import type { Actor } from '../actor'
import type { Clause } from '../database/clause'
import { forbidden, notFound } from '../errors'
import type { ListQuery } from '../fields/list'
import type { Kernel } from '../kernel'
import type { RecordDefinition, RecordRow } from './definition'

const readAtOnce = 200

export type Reading<Row extends RecordRow, Shape> = ReturnType<typeof createReading<Row, Shape>>

export function createReading<Row extends RecordRow, Shape>(
  { database, lister }: Kernel,
  definition: RecordDefinition<Row, Shape>,
) {
  const { source, scope: scopeOf, ownScope = scopeOf } = definition
  const rows = `select ${source.select} from ${source.table} ${source.joins}`
  const byId = `${rows} where ${source.table}.id = ?`
  const byIds = `${rows} where ${source.table}.id in (select value from json_each(?))`
  const find = (id: string) => database.get<Row>(byId, id)

  /** Finds rows that there are, as they are asked for in the order of their ids: some hundred are read at once. */
  function inTurn(ids: readonly string[]): (id: string) => Row {
    let found = new Map<string, Row>()
    let read = 0
    return (id) => {
      while (!found.has(id) && read < ids.length) {
        const next = ids.slice(read, read + readAtOnce)
        read += next.length
        found = new Map(database.all<Row>(byIds, JSON.stringify(next)).map((row) => [row.id, row]))
      }
      return found.get(id) as Row
    }
  }

  const exists = (id: string, scope: Clause | undefined, more = ''): boolean =>
    database.get(
      `select 1 from ${source.table} where id = ?${more}${scope ? ` and ${scope.sql}` : ''}`,
      id,
      ...(scope?.parameters ?? []),
    ) !== undefined

  const scoped = (actor: Actor): Clause[] => [scopeOf(actor) ?? []].flat()

  /** @throws not_found also where the actor may not see the row: it does not learn that there is one */
  function requireRow(actor: Actor, id: string): Row {
    const scope = scopeOf(actor, 'one')
    const row = scope
      ? database.get<Row>(`${byId} and ${scope.sql}`, id, ...scope.parameters)
      : find(id)
    if (!row) throw notFound(definition.noun)
    return row
  }

  /** Those that there are and that are the actor's own to delete, give away or change in bulk. */
  function ownOf(actor: Actor, ids: readonly string[]): string[] {
    const own = ownScope(actor)
    const found = database.all<{ id: string }>(
      `select id from ${source.table} where id in (select value from json_each(?))${own ? ` and ${own.sql}` : ''}`,
      JSON.stringify(ids),
      ...(own?.parameters ?? []),
    )
    const there = new Set(found.map(({ id }) => id))
    return ids.filter((id) => there.has(id))
  }

  /** @throws not_found as above; forbidden where the actor sees the row, but it is somebody else's */
  function requireOwn(actor: Actor, id: string): Row {
    const row = requireRow(actor, id)
    const own = ownScope(actor, 'one')
    if (own && !exists(id, own))
      throw forbidden(
        `This ${definition.noun} is not yours: its owner, a manager or an admin may do this.`,
      )
    return row
  }

  function list(actor: Actor, query: ListQuery, extra: Clause[] = []) {
    const page = lister.page<Row>(source, { ...query, actor }, [...scoped(actor), ...extra])
    return {
      items: page.rows.map(definition.toShape),
      nextCursor: page.nextCursor,
      total: page.total,
    }
  }

  return {
    find,
    inTurn,
    ownScope,
    scoped,
    requireRow,
    ownOf,
    requireOwn,
    list,
    get: (actor: Actor, id: string): Shape => definition.toShape(requireRow(actor, id)),
    /** Whether the actor sees such a row, and not in the trash. */
    isThere: (actor: Actor, id: string): boolean =>
      exists(id, scopeOf(actor, 'one'), ' and deleted_at is null'),
    /** A row just written: a rep who gives it away may not read it any more, but is owed the answer. */
    written: (id: string): Shape => definition.toShape(find(id) as Row),
  }
}
