import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { schema } from '../../assembly/schema'
import { createFakeClock } from '../../testing/testing'
import { createLive } from '../change-log/live'
import { configureConnection } from '../file/open-file'
import { createDatabase, mostStatements } from './database'

test('however many different queries are asked, so many statements are kept, and so much of the file', () => {
  const connection = new Database(':memory:')
  onTestFinished(() => void connection.close())
  const prepared: WeakRef<object>[] = []
  const database = createDatabase(connection, {
    schema,
    clock: createFakeClock(),
    live: createLive(),
  })
  for (let index = 0; index < mostStatements + 50; index++)
    prepared.push(new WeakRef(database.prepare(`select ${index}`)))
  // The first were let go: asked again, they are prepared again; the last are still in memory.
  expect(database.prepare('select 0')).not.toBe(prepared[0]?.deref())
  const last = mostStatements + 49
  expect(database.prepare(`select ${last}`)).toBe(prepared[last]?.deref())
})

test('a connection keeps at most 16 MB of the file in memory, and overwrites what is deleted', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-memory-'))
  const connection = new Database(join(directory, 'x.db'))
  onTestFinished(() => {
    connection.close()
    rmSync(directory, { recursive: true, force: true })
  })
  configureConnection(connection)
  expect(connection.pragma('cache_size', { simple: true })).toBe(-16_384)
  expect(connection.pragma('secure_delete', { simple: true })).toBe(1)
})
