/** One action that changes many rows: what sets the same columns of a table is written by one statement. */
import { getTableName } from 'drizzle-orm'
import { createSpeller, spellingsSql } from '../spellings/spellings'
import { changesTo, type Database, type SqlValue, type Writer } from './database'
import { createFollower } from './following-columns'
import { type RowUpdate, updateRows } from './update-rows'

/** So many wait at most. */
const mostWaiting = 500

interface Group {
  table: string
  columns: string[]
  rows: RowUpdate[]
}

/**
 * Does work whose updates wait for each other: nothing in it may read what it updates, or what follows from that. Whatever
 * else it writes comes after the updates before it.
 */
export function together<Result>(
  database: Database,
  writer: Writer,
  work: (writer: Writer) => Result,
): Result {
  // Rows that wait to be written have spellings that no query finds yet.
  const spell = createSpeller(
    database.schema,
    (list, key) => database.all(spellingsSql, list, key),
    true,
  )
  const follow = createFollower(
    database.schema,
    () => database.value(`select ${database.schema.phoneCountry}`) ?? null,
  )
  const groups = new Map<string, Group>()
  const waiting = new Set<string>()

  function write() {
    for (const { table, columns, rows } of groups.values()) updateRows(writer, table, columns, rows)
    groups.clear()
    waiting.clear()
  }

  const result = work({
    ...writer,
    get label() {
      return writer.label
    },
    set label(label) {
      writer.label = label
    },
    insert(table, values) {
      write()
      return writer.insert(table, values)
    },
    remove(table, id) {
      write()
      return writer.remove(table, id)
    },
    run(sql, ...parameters) {
      write()
      return writer.run(sql, ...parameters)
    },
    update(table, id, patch) {
      const name = getTableName(table)
      const row = `${name} ${id}`
      if (waiting.has(row) || waiting.size === mostWaiting) write()
      const current = database.get<Record<string, SqlValue>>(
        `select * from ${name} where id = ?`,
        id,
      )
      if (!current) return false
      const changes = changesTo(table, current, patch, { spell, follow, now: writer.now })
      if (!changes) return false
      const columns = Object.keys(changes)
      const key = [name, ...columns].join(' ')
      const group = groups.get(key) ?? { table: name, columns, rows: [] }
      group.rows.push({ id, values: Object.values(changes) })
      groups.set(key, group)
      waiting.add(row)
      return true
    },
  })
  write()
  return result
}
