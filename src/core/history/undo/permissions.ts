/** What the actor of an undo may change now, whoever was allowed what when the action happened. */
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Database } from '../../kernel/database/database'
import { forbidden } from '../../kernel/errors'
import type { RightsJudge, RowChange } from '../../kernel/records/write-rights'
import type { BatchLog } from './batch-log'
import type { Refusals } from './refusals'
import { type ChangeRow, type Reversal, valuesIn } from './reversal'

export type Permissions = ReturnType<typeof createPermissions>

/** So many changes are looked at to tell whether undo is worth offering. */
const changesLookedAt = 5

export function createPermissions(
  database: Database,
  {
    log,
    rights,
    refuseByRights,
  }: { log: BatchLog; rights: RightsJudge; refuseByRights: Refusals['refuseByRights'] },
) {
  /** What taking a change back does to its row. */
  function changeBack({ table_name: table, row_id: id, operation, before }: ChangeRow): RowChange {
    const now = log.current(table, id)
    if (operation === 'insert')
      return { table, id, columns: Object.keys(now ?? {}), now, after: undefined }
    const values = valuesIn(before)
    return {
      table,
      id,
      columns: Object.keys(values),
      now,
      after: operation === 'update' ? { ...now, ...values } : values,
    }
  }

  const refusalNow = (actor: Actor, batchId: string, change: ChangeRow): string | undefined =>
    rights.refusalOf(
      actor,
      changeBack(change),
      (table, id) => log.lastChangeTo(batchId, table, id) !== undefined,
    )

  /**
   * Refuses a change that the actor may not make now, and lets what followed from a refused one stay
   * with it: the timeline entry of a lead that is somebody else's now. Answers whether it may be made.
   */
  function mayTakeBack(actor: Actor, reversal: Reversal, change: ChangeRow): boolean {
    const { batchId } = reversal
    if (!seesAll(actor))
      for (const leader of rights.leadersOf(changeBack(change))) {
        const along = reversal.notAllowed.has(leader.id)
          ? undefined
          : log.lastChangeTo(batchId, leader.table, leader.id)
        const reason = along && refusalNow(actor, batchId, along)
        if (reason) refuseByRights(reversal, leader.table, leader.id, reason)
        if (reversal.notAllowed.has(leader.id)) return false
      }
    const reason = refusalNow(actor, batchId, change)
    if (reason) refuseByRights(reversal, change.table_name, change.row_id, reason)
    return !reason
  }

  /** Whether taking it back would be allowed at all, as far as its latest changes tell. */
  function isAllowed(actor: Actor, batchId: string): boolean {
    return database
      .all<ChangeRow>(
        'select * from change where batch_id = ? order by seq desc limit ?',
        batchId,
        changesLookedAt,
      )
      .some(
        (change) =>
          refusalNow(actor, batchId, change) === undefined &&
          rights.leadersOf(changeBack(change)).every(({ table, id }) => {
            const along = log.lastChangeTo(batchId, table, id)
            return !along || refusalNow(actor, batchId, along) === undefined
          }),
      )
  }

  /** Roles change while a large batch is on its way back. */
  function asOfNow(actor: Actor): Actor {
    const user = database.get<{ role: Actor['role']; active: number; deleted_at: number | null }>(
      'select role, active, deleted_at from user where id = ?',
      actor.userId,
    )
    if (!user) return actor
    if (user.active === 0 || user.deleted_at !== null)
      throw forbidden('Your account is not active any more.')
    return { ...actor, role: user.role }
  }

  return { mayTakeBack, isAllowed, asOfNow }
}
