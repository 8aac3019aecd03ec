/** What every kind of record can do alike: list, read, trash, restore, and all of it in bulk. */
import type { Actor } from '../actor'
import { seesAll } from '../authorisation'
import type { Clause } from '../database/clause'
import type { Kernel } from '../kernel'
import { createBulk } from './bulk'
import type { RecordDefinition, RecordRow } from './definition'
import { createReading } from './reading'
import { createTrashing } from './trashing'

export type { BulkOutcome } from './act-on-many'
export type { BulkAction, Target } from './bulk'
export { quoted, type RecordDefinition, type RecordRow } from './definition'

export function createRecords<Row extends RecordRow, Shape>(
  kernel: Kernel,
  definition: RecordDefinition<Row, Shape>,
) {
  const { ownOf, inTurn, ...reading } = createReading(kernel, definition)
  const trashing = createTrashing(kernel, definition, reading)
  return {
    source: definition.source,
    scope: definition.scope,
    ...reading,
    ...trashing,
    ...createBulk(kernel, definition, { ...reading, inTurn, ownOf, ...trashing }),
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
