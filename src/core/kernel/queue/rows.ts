/** The rows of a queue in its table: the SQL behind it. */
import { getTableName } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database, SqlValue } from '../database/database'
import { newId } from '../database/ids'
import type { Columns, Lane, QueueRow, StateNames } from './options'

export function createQueueRows<Row extends QueueRow>(
  database: Database,
  {
    table,
    states,
    urgent,
  }: { table: SQLiteTable; states: StateNames; urgent?: string | undefined },
) {
  const name = getTableName(table)
  const waiting = `select * from ${name} where state = '${states.waiting}'`

  /** Waiting rows of a lane, urgent ones first. */
  const inLane = ({ where, parameters }: Lane, rest: string, ...values: SqlValue[]): Row[] =>
    (urgent ? [`and ${urgent} = 1`, `and ${urgent} = 0`] : ['']).flatMap((urgency) =>
      database.all<Row>(`${waiting} and ${where} ${urgency} ${rest}`, ...parameters, ...values),
    )

  return {
    name,
    get: (id: string) => database.get<Row>(`select * from ${name} where id = ?`, id),

    /** The row of a lane that goes before all others: due, or the next to become so. */
    next(lane: Lane, now: number): Row | undefined {
      const found = inLane(lane, 'order by next_attempt_at, seq limit 1')
      return (
        found.find((row) => row.next_attempt_at <= now) ??
        found.sort((one, other) => one.next_attempt_at - other.next_attempt_at)[0]
      )
    },

    /** What waits for an instant that a wrong clock gave it. */
    postponedAhead: (lane: Lane, now: number) =>
      inLane(lane, 'and next_attempt_at > ? and updated_at > ?', now, now),

    taken: () => database.all<Row>(`select * from ${name} where state = '${states.taken}'`),

    write(id: string, columns: Columns): void {
      const names = Object.keys(columns)
      database
        .prepare(`update ${name} set ${names.map((one) => `${one} = ?`).join(', ')} where id = ?`)
        .run(...Object.values(columns), id)
    },

    /** Answers the new row's id; undefined where there is one of the same key. */
    insert(columns: Columns): string | undefined {
      const now = database.clock.now()
      const row: Record<string, SqlValue> = {
        id: newId(now),
        state: states.waiting,
        next_attempt_at: now,
        created_at: now,
        updated_at: now,
        ...columns,
      }
      const names = Object.keys(row)
      const { changes } = database
        .prepare(
          `insert into ${name} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})
           on conflict do nothing`,
        )
        .run(...Object.values(row))
      return changes > 0 ? String(row.id) : undefined
    },
  }
}
