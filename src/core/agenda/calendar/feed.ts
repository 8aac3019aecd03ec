/** The feed other calendars subscribe to: a secret address for each user who wants one. */
import { createHash, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { CalendarFeed } from '../../../contract/agenda/calendar'
import type { Role } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import { type RowOf, toInstant, toInstantOrNull } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { calendarFeed } from './table'

export interface FeedDocument {
  etag: string
  text: string
}

type FeedRow = RowOf<typeof calendarFeed>

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const minute = 60_000

/** @param write the calendar of a user as text */
export function createFeed({ database, clock }: Kernel, write: (actor: Actor) => string) {
  /** The last text of each user, good until something changes, the user's role or the hour does. */
  const written = new LRUCache<string, FeedDocument & { key: string }>({ max: 20 })

  const rowOf = (actor: Actor) =>
    database.get<FeedRow>('select * from calendar_feed where user_id = ?', actor.userId)

  function get(actor: Actor): CalendarFeed {
    const row = rowOf(actor)
    return {
      active: row !== undefined,
      createdAt: toInstantOrNull(row?.created_at ?? null),
      lastReadAt: toInstantOrNull(row?.last_read_at ?? null),
    }
  }

  /** Whoever subscribed to the address before is shut out. */
  function renew(actor: Actor): CalendarFeed & { path: string } {
    const secret = randomBytes(32).toString('base64url')
    const row = rowOf(actor)
    database.act(
      actor,
      {
        label: row ? 'Give the calendar feed a new address' : 'Switch the calendar feed on',
        kind: 'system',
      },
      (writer) => {
        if (row) writer.remove(calendarFeed, row.id)
        writer.insert(calendarFeed, { userId: actor.userId, hash: hashOf(secret) })
      },
    )
    return {
      active: true,
      createdAt: toInstant(clock.now()),
      lastReadAt: null,
      path: `/calendar/${secret}.ics`,
    }
  }

  function remove(actor: Actor): CalendarFeed {
    const row = rowOf(actor)
    if (row)
      database.act(actor, { label: 'Switch the calendar feed off', kind: 'system' }, (writer) =>
        writer.remove(calendarFeed, row.id),
      )
    return get(actor)
  }

  /** What is at a secret address; undefined where there is none such, or its user is gone. */
  function read(secret: string): FeedDocument | undefined {
    const row = database.get<{
      id: string
      user_id: string
      role: Role
      last_read_at: number | null
    }>(
      `select calendar_feed.id, calendar_feed.user_id, calendar_feed.last_read_at, user.role
       from calendar_feed join user on user.id = calendar_feed.user_id
       where hash = ? and user.active = 1 and user.deleted_at is null`,
      hashOf(secret),
    )
    if (!row) return undefined
    const now = clock.now()
    if (row.last_read_at === null || Math.abs(now - row.last_read_at) > minute)
      database.prepare('update calendar_feed set last_read_at = ? where id = ?').run(now, row.id)
    const stamp = database.stampOf(
      'activity task reminder calendar_item contact lead company customer setting user',
    )
    const key = `${stamp} ${row.role} ${Math.floor(now / (60 * minute))}`
    const known = written.get(row.user_id)
    if (known?.key === key) return known
    const text = write({ userId: row.user_id, role: row.role, door: 'api' })
    const document = {
      key,
      text,
      etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`,
    }
    written.set(row.user_id, document)
    return document
  }

  return { get, renew, remove, read }
}
