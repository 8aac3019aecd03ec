/** Marks rows as taken, in the transaction that asks whether they may go. */
import type { Columns, Permission, QueueRow } from './options'
import type { Attempt, Running } from './running'
import type { Settling } from './settling'

export function createTaking<Row extends QueueRow, Answer, Context>(
  { clock, holds, options, rows, states, holder, underWay, step }: Running<Row, Answer, Context>,
  settleRow: Settling<Row, Answer, Context>['settleRow'],
) {
  /** What those that may go write along, until they are marked. */
  const alongside = new Map<string, Columns | undefined>()

  /** A permission that is none is written down. */
  function mayGo(row: Row, context: Context): boolean {
    const now = clock.now()
    if (row.state !== states.waiting || row.next_attempt_at > now || underWay.has(row.id))
      return false
    if (options.leaves(row) && holds.isHeld()) return false
    const permission: Permission = options.mayGo(row, context)
    if (permission.may === 'go') {
      alongside.set(row.id, permission.also)
      return true
    }
    if (permission.may === 'wait')
      rows.write(row.id, {
        next_attempt_at: Math.max(permission.until, now + 1),
        updated_at: now,
        ...permission.also,
      })
    if (permission.may === 'never')
      settleRow(row, { became: 'cancelled', error: permission.error }, context)
    return false
  }

  function mark(row: Row, takenBy: string): Row {
    const now = clock.now()
    rows.write(row.id, {
      state: states.taken,
      taken_at: now,
      taken_by: takenBy,
      attempts: row.attempts + 1,
      error: null,
      updated_at: now,
      ...alongside.get(row.id),
    })
    alongside.delete(row.id)
    return rows.get(row.id) as Row
  }

  /** Takes a row and those that go with it, unless something speaks against it now. */
  return function take(id: string, mayWork = () => true): Attempt<Row> | undefined {
    const found = rows.get(id)
    if (!found) return undefined
    return step({ kind: 'take', row: found }, (context) => {
      const first = rows.get(id)
      if (!first || !mayWork() || !mayGo(first, context)) return undefined
      const others = options.together?.(first, (row) => mayGo(row, context)) ?? []
      const takenBy = `${holder}/${id}`
      return { takenBy, rows: [mark(first, takenBy), ...others.map((row) => mark(row, takenBy))] }
    })
  }
}
