/**
 * What follows from a change within the same transaction: each reaction is given the changes of the
 * action that it listens to, in declared order, until nothing new comes. What an undo puts back was
 * followed up the first time, and is not again.
 */
import type { Database, SqlValue, Writer } from '../database/database'

/** One row of the change log. An update names only the columns that changed. */
export interface Change {
  seq: number
  table: string
  rowId: string
  operation: 'insert' | 'update' | 'delete'
  before: Readonly<Record<string, SqlValue>>
  after: Readonly<Record<string, SqlValue>>
}

/** Table → the columns whose change matters; or that a row was `inserted` or `deleted`. */
export type On = Readonly<Record<string, readonly string[]>>

export interface Within {
  /** What it does, as faults name it: "end plans of closed leads". */
  name: string
  on: On
  react(changes: readonly Change[], writer: Writer, database: Database): void
}

/** Reactions to reactions to reactions: deeper than this they chase each other. */
export const deepest = 8

interface ChangeRow {
  seq: number
  table_name: string
  row_id: string
  operation: Change['operation']
  before: string | null
  after: string | null
}

/** @throws a fault of ours where reactions do not come to an end; the action is taken back */
export function createReacting(database: Database, reactions: readonly Within[]) {
  const tables = new Set(reactions.flatMap(({ on }) => Object.keys(on)))
  if (tables.size === 0) return () => {}
  const isHeard = [...tables].map((table) => `table_name = '${table}' and ${operationsOf(table)}`)
  const read = `select seq, table_name, row_id, operation, before, after from change
    where seq > ? and (${isHeard.join(' or ')}) order by seq`

  /** SQL of what is listened to of a table: an import adds many rows that nobody has to read. */
  function operationsOf(table: string): string {
    const heard = new Set(reactions.flatMap(({ on }) => (on[table] ?? []).map(operationOf)))
    return `operation in (${[...heard].map((operation) => `'${operation}'`).join(', ')})`
  }

  return function react(writer: Writer, afterSeq: number): void {
    let from = afterSeq
    for (let depth = 0; ; depth++) {
      const changes = database.all<ChangeRow>(read, from).map(toChange)
      const last = changes.at(-1)
      if (!last) return
      const woken = reactions.flatMap((reaction) => {
        const own = changes.filter((change) => concerns(reaction.on, change))
        return own.length > 0 ? [{ reaction, own }] : []
      })
      if (woken.length === 0) return
      if (depth === deepest) {
        const names = woken.map(({ reaction }) => `“${reaction.name}”`).join(', ')
        throw new Error(`Reactions do not come to an end after ${deepest} rounds: ${names}.`)
      }
      from = last.seq
      for (const { reaction, own } of woken) reaction.react(own, writer, database)
    }
  }
}

const operationOf = (event: string): Change['operation'] =>
  event === 'inserted' ? 'insert' : event === 'deleted' ? 'delete' : 'update'

export function concerns(on: On, { table, operation, after }: Change): boolean {
  return (on[table] ?? []).some(
    (event) => operationOf(event) === operation && (operation !== 'update' || event in after),
  )
}

const toChange = ({ seq, table_name, row_id, operation, before, after }: ChangeRow): Change => ({
  seq,
  table: table_name,
  rowId: row_id,
  operation,
  before: before === null ? {} : JSON.parse(before),
  after: after === null ? {} : JSON.parse(after),
})
