/** Queues of tests: programs that share a file, and a receiver that does what the test says. */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { removeFolder } from '../../../testing-folder'
import { schema } from '../../assembly/schema'
import { createFakeClock } from '../../testing/testing'
import { createLive } from '../change-log/live'
import { id, seq, timestamps } from '../database/columns'
import { createDatabase } from '../database/database'
import type { QueueOptions, QueueRow } from './options'
import { durableQueue } from './queue'

const message = sqliteTable('message', {
  seq: seq(),
  id: id(),
  key: text('key').notNull().unique(),
  lane: text('lane').notNull(),
  state: text('state').notNull(),
  attempts: integer('attempts').notNull().default(0),
  nextAttemptAt: integer('next_attempt_at').notNull(),
  takenAt: integer('taken_at'),
  takenBy: text('taken_by'),
  error: text('error'),
  ...timestamps(),
})
export interface MessageRow extends QueueRow {
  key: string
  lane: string
}

/** What the receiver does with an attempt. */
export type Reception =
  | 'takes it'
  | 'refuses it for now'
  | 'refuses it for good'
  | 'cannot be reached'
  | 'breaks off before taking it'
  | 'breaks off after taking it'
  | 'fails in our own code'
  | 'takes it and says nothing'
  | 'says nothing'

/** How an attempt ended, as far as its sender can know. */
type How = 'under way' | 'refused' | 'refused late' | 'arrived' | 'unknown'

export const minute = 60_000

export function openReceiver() {
  const directory = mkdtempSync(join(tmpdir(), 'rapport-queue-'))
  const clock = createFakeClock()
  const file = join(directory, 'queue.db')
  const setUp = new BetterSqlite3(file)
  setUp.pragma('journal_mode = wal')
  setUp.exec(`create table message (seq integer primary key, id text unique, key text unique, lane text, state text,
    attempts integer default 0, next_attempt_at integer, taken_at integer, taken_by text, error text,
    created_at integer, updated_at integer) strict`)
  setUp.close()

  const world = {
    isHeld: false,
    mayGo: (() => ({ may: 'go' })) as QueueOptions<MessageRow, string, undefined>['mayGo'],
    /** What comes next; it takes everything once nothing is left. */
    receptions: [] as Reception[],
    /** Keys in the order in which they arrived. */
    arrived: [] as string[],
    /** How each attempt for a key ended, as far as its sender knows. */
    attempts: new Map<string, How[]>(),
    /** Answers that have not come yet. */
    silent: [] as { sender: object; answer(answer: 'done' | 'later'): void }[],
    /** Keys that a program attempted while an attempt of its own was under way. */
    doubled: [] as string[],
    faults: [] as unknown[],
  }
  /** By program: the keys it has attempts under way for. */
  const underWay = new WeakMap<object, Set<string>>()

  function openProgram() {
    const connection = new BetterSqlite3(file)
    connection.pragma('synchronous = off')
    const queue = durableQueue<MessageRow, string>(
      {
        database: createDatabase(connection, { schema, clock, live: createLive() }),
        clock,
        holds: { isHeld: () => world.isHeld, leaving: () => {} },
        storage: { isTrouble: () => false },
        watch: { during: (_work, run) => run(), isPaused: () => false },
      },
      {
        name: 'messages',
        table: message,
        lanes: () =>
          ['a', 'b', 'repeatable'].map((lane) => ({
            key: lane,
            where: 'lane = ?',
            parameters: [lane],
            // Between looking and taking others get their turn.
            async isReady() {
              await nextTurn()
              return true
            },
          })),
        concurrency: 2,
        lease: 2 * minute,
        backoff: { from: minute, to: 60 * minute, jitter: 0.2 },
        mostAttempts: () => 4,
        mayGo: (row, context) => world.mayGo(row, context),
        leaves: () => true,
        isRepeatable: ({ lane }) => lane === 'repeatable',
        lostError: () => 'Nobody answered.',
        attempt: ({ key }) => receive(connection, key),
        judge(answer) {
          if (answer === 'done') return { became: 'done' }
          if (answer === 'unknown') return { became: 'unknown', error: 'It broke off.' }
          if (answer === 'unreachable') return { became: 'failed', retry: 'lane', error: answer }
          return { became: 'failed', retry: answer === 'later', error: answer }
        },
        report: (error) => void world.faults.push(error),
      },
    )
    return {
      queue,
      enqueue: (key: string, lane: string) => queue.enqueue({ key, lane }),
      /** Works until nothing happens any more, waiting for nobody who says nothing. */
      async work() {
        void queue.work().catch((error) => connection.open && world.faults.push(error))
        for (let turn = 0; turn < 60; turn++) await nextTurn()
      },
      /** It does nothing more, whatever it was at. */
      kill(): void {
        connection.close()
        world.silent = world.silent.filter(({ sender }) => sender !== connection)
      },
      rows: () => connection.prepare('select * from message order by seq').all() as MessageRow[],
    }
  }

  async function receive(sender: object, key: string): Promise<string> {
    const attempts = world.attempts.get(key) ?? []
    world.attempts.set(key, attempts)
    const number = attempts.push('under way') - 1
    const own = underWay.get(sender) ?? new Set()
    underWay.set(sender, own)
    if (own.has(key)) world.doubled.push(key)
    own.add(key)
    const answered = (what: How, answer: string) => {
      attempts[number] = what
      own.delete(key)
      return answer
    }
    const reception = world.receptions.shift() ?? 'takes it'
    if (/takes it|after taking/.test(reception)) world.arrived.push(key)
    await nextTurn()
    if (reception === 'takes it') return answered('arrived', 'done')
    if (reception === 'refuses it for now') return answered('refused', 'later')
    if (reception === 'refuses it for good') return answered('refused', 'never')
    if (reception === 'cannot be reached') return answered('refused', 'unreachable')
    if (reception === 'fails in our own code') throw new Error(answered('unknown', 'A fault.'))
    if (reception.startsWith('breaks off')) return answered('unknown', 'unknown')
    return await new Promise((resolve) =>
      world.silent.push({
        sender,
        answer: (answer) =>
          resolve(
            reception === 'takes it and says nothing'
              ? answered('arrived', 'done')
              : answered('refused late', answer === 'done' ? 'later' : answer),
          ),
      }),
    )
  }

  return { world, clock, openProgram, remove: () => removeFolder(directory) }
}

export type Program = ReturnType<ReturnType<typeof openReceiver>['openProgram']>
