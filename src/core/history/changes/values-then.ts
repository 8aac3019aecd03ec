/** What a row held after one of its changes, also where the change itself says nothing of it. */
import type { Change } from '../../../contract/history/changes'
import type { SqlValue } from '../../kernel/database/database'
import type { Kernel } from '../../kernel/kernel'
import { isDay } from '../../kernel/time/wall-time'
import { dateIn, knownZone } from '../../kernel/time/zone'

export interface LoggedChange {
  seq: number
  table_name: string
  row_id: string
  operation: Change['operation']
  before: string | null
  after: string | null
}

/** By column, as far as a change says. */
export type Held = Readonly<Record<string, SqlValue>>

export function createValuesThen({ database, workspace }: Kernel) {
  /** What the change says, else what the next change of the column began with, else what the row holds. */
  function valueAfter(change: LoggedChange, after: Held, column: string): SqlValue {
    if (column in after) return after[column] ?? null
    const next = database.get<{ value: SqlValue }>(
      `select before ->> ? as value from change
       where table_name = ? and row_id = ? and seq > ? and json_type(before, ?) is not null
       order by seq limit 1`,
      `$.${column}`,
      change.table_name,
      change.row_id,
      change.operation === 'delete' ? change.seq - 1 : change.seq,
      `$.${column}`,
    )
    if (next) return next.value
    return (
      database.value<SqlValue>(
        `select ${column} from ${change.table_name} where id = ?`,
        change.row_id,
      ) ?? null
    )
  }

  return {
    /** What a row's money was in after a change. */
    currencyAfter(change: LoggedChange, after: Held): string {
      const currency = valueAfter(change, after, 'currency')
      return typeof currency === 'string' ? currency : workspace.currency()
    },

    /** The whole day that an instant meant in a row; undefined where it had a time. */
    wholeDayOf(
      change: LoggedChange,
      held: Held,
      column: string,
      instant: number,
    ): string | undefined {
      const value = (name: string) => valueAfter(change, held, name)
      if (change.table_name === 'task') {
        const wallTime = value('wall_time')
        return typeof wallTime === 'string' && isDay(wallTime) ? wallTime : undefined
      }
      if (value('all_day') !== 1) return undefined
      const scheduledAt = column === 'due_at' ? value('scheduled_at') : null
      if (scheduledAt !== null && scheduledAt !== instant) return undefined
      const zone = value('zone')
      return dateIn(
        instant,
        knownZone(typeof zone === 'string' ? zone : null, workspace.timezone()),
      )
    },
  }
}
