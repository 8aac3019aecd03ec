/** Posts a notification: one row for the centre and one for each further way, in one transaction, once for each key. */
import type { NotificationChannel, NotificationKind } from '../../../contract/background/words'
import { newId } from '../../kernel/database/ids'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
import type { Columns } from '../../kernel/queue/options'
import { earliest } from './quiet'
import type { SettingsOfPeople } from './settings'

export type SubjectKind = 'reminder' | 'task' | 'activity'

export interface RecordPlace {
  kind: string
  id: string
}

export interface DigestItem {
  title: string
  /** Epoch milliseconds. */
  at: number
  /** The day it takes whole. */
  day?: string | null
  record: RecordPlace | null
}

export interface NewNotification {
  userId: string
  kind: NotificationKind
  /** What it is about and for which instant; a second one with the same key is not posted. */
  key: string
  title: string
  body?: string
  record?: RecordPlace | null
  /** What its buttons act on. */
  subject?: { kind: SubjectKind; id: string } | null
  items?: DigestItem[]
  /** Ways besides the centre; what the person's settings say unless given. */
  channels?: NotificationChannel[]
}

/** Answers whether it is new. Within `tell` only. */
export type Post = (notification: NewNotification) => boolean

/** The records of a digest, as its row keeps them. */
export const gatheredOf = (items: readonly DigestItem[]): string[] =>
  items.flatMap(({ record }) => (record ? `${record.kind}:${record.id}` : []))

/** Which popups there can be: of the system for the owner of this installation, of a browser's page. */
export interface Popups {
  native: boolean
  browser: boolean
}

/** A digest names this many of what it gathers, and counts the rest. */
export const namedItems = 50

export type Posting = ReturnType<typeof createPosting>

/** @param enqueue adds a delivery */
export function createPosting(
  kernel: Kernel,
  settings: SettingsOfPeople,
  popups: Popups,
  enqueue: (columns: Columns) => void,
) {
  const { database, clock } = kernel

  /**
   * One transaction outside the change log in which notifications may be posted; live screens hear
   * of it after the commit.
   */
  function tell<T>(work: (post: Post) => T): T {
    const posted = new Map<string, string[]>()
    const result = database.transaction(() =>
      work((notification) => {
        const id = insert(notification)
        if (id === undefined) return false
        posted.set(notification.userId, [...(posted.get(notification.userId) ?? []), id])
        return true
      }),
    )
    for (const [userId, ids] of posted)
      database.announce(userId, { notification: ids, delivery: null })
    return result
  }

  /** Calls `work` for each of them, several in one transaction. What it writes for one of them is never divided between two. */
  async function tellInPortions<T>(
    inPortions: InPortions,
    each: Iterable<T>,
    work: (post: Post, one: T) => void,
  ): Promise<void> {
    const left = [...each].values()
    await inPortions((portion) =>
      tell((post) => {
        for (let one = left.next(); !one.done; one = left.next()) {
          work(post, one.value)
          if (portion.isOver()) return true
        }
        return false
      }),
    )
  }

  function insert(notification: NewNotification): string | undefined {
    const now = clock.now()
    const id = newId(now)
    const { userId, kind, key, title, body = '', record, subject, items = [] } = notification
    const { changes } = database
      .prepare(
        `insert into notification (id, user_id, kind, key, title, body, record_kind, record_id,
           subject_kind, subject_id, items, gathered, at, created_at, updated_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing`,
      )
      .run(
        id,
        userId,
        kind,
        key,
        title,
        body,
        record?.kind ?? null,
        record?.id ?? null,
        subject?.kind ?? null,
        subject?.id ?? null,
        JSON.stringify(items.slice(0, namedItems)),
        JSON.stringify(gatheredOf(items)),
        now,
        now,
        now,
      )
    if (changes === 0) return undefined
    const own = settings.of(userId)
    const zone = settings.zoneOf(userId)
    for (const channel of notification.channels ?? channelsFor(userId, kind))
      enqueue({
        notification_id: id,
        channel,
        key: `${key}:${channel}`,
        next_attempt_at: earliest(now, channel, own, zone),
      })
    return id
  }

  /** The ways that a person's settings and this installation have. */
  function channelsFor(userId: string, kind: NotificationKind): NotificationChannel[] {
    const chosen = settings.of(userId).channels[kind]
    return (['native', 'browser', 'email'] as const).filter((channel) => {
      if (!chosen?.[channel]) return false
      if (channel === 'native') return popups.native && isOwner(userId)
      if (channel === 'browser') return popups.browser
      return true
    })
  }

  /** Popups of the system come up on this machine: before the owner of this installation alone. */
  const isOwner = (userId: string) =>
    database.get('select 1 from user where id = ? and is_local = 1', userId) !== undefined

  return { tell, tellInPortions, isOwner }
}
