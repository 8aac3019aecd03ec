/** Compares whole databases: what undo promises is every row as it was. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { schema } from '../../assembly/schema'
import type { TestCore } from '../../testing/testing'

const minute = 60_000

/** Takes all steps, each one action or none; then all of them back one by one, and does them again by redo. */
export async function expectTakenBack<Step>(
  core: TestCore,
  steps: readonly Step[],
  perform: (core: TestCore, step: Step) => Promise<unknown>,
): Promise<void> {
  const { client, clock, directory } = core
  const states = [dumpTables(directory)]
  for (const step of steps) {
    clock.advance(minute)
    await perform(core, step)
    const now = dumpTables(directory)
    if (now !== states.at(-1)) states.push(now)
  }
  for (let index = states.length - 1; index > 0; index--) {
    clock.advance(minute)
    await client.changes.undo({})
    expect(dumpTables(directory)).toBe(states[index - 1])
  }
  for (let index = 1; index < states.length; index++) {
    clock.advance(minute)
    await client.changes.redo({})
    expect(dumpTables(directory)).toBe(states[index])
  }
}

/** All rows of all logged tables as text, in a fixed order. */
export function dumpTables(directory: string): string {
  const connection = new Database(join(directory, 'rapport.db'), { readonly: true })
  try {
    return schema.logged
      .map(({ name, columns }) => {
        const rows = connection
          .prepare(`select ${columns.join(', ')} from ${name} order by id`)
          .raw()
          .all()
        return [name, ...rows.map((row) => JSON.stringify(row))].join('\n')
      })
      .join('\n')
  } finally {
    connection.close()
  }
}
