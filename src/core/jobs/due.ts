/** Hands what is due to the outbox: marked as told and told in one transaction, so exactly once for each due instant. */
import type { Ground } from '../kernel/ground'
import {
  type DigestItem,
  type Notifications,
  namedItems,
  type Post,
} from '../notifications/notifications'
import { type Item, type Items, itemKinds, recordOfItem, timeOf, toDigestItem } from './items'
import type { Told } from './told'

const minute = 60_000
/** What is told this much after it was due was missed. */
const lateAfter = 10 * minute
/** More than these at once after an absence come as one. */
const fewAtOnce = 3
/** So many are handed over in one transaction; an import may bring very many. */
const portion = 1000

export interface DueOptions {
  /** Whether nobody asked for a while: asleep, closed, or the clock was set. */
  away: boolean
  /** Names this round of asking: all that was missed in it comes as one digest. */
  round: string
  /** Asked within the transaction: whether this program is the one to do it. */
  mayWork(): boolean
}

export interface HandedOver {
  items: number
  /** Whether there is more: call again with the same round. */
  more: boolean
}

export function createDue(
  { database, clock }: Ground,
  { notifications, items, told }: { notifications: Notifications; items: Items; told: Told },
) {
  /** Of each person, what this round's digest has gathered so far. */
  let digests = { round: '', counts: new Map<string, number>() }

  function handOver({ away, round, mayWork }: DueOptions): HandedOver {
    const now = clock.now()
    if (!items.hasUntold(now)) return { items: 0, more: false }
    if (digests.round !== round) digests = { round, counts: new Map() }
    return notifications.tell((post) => {
      if (!mayWork()) return { items: 0, more: false }
      const found = itemKinds.map((kind) => items.untold(kind, now, portion))
      const due = found.flat()
      for (const item of due) mark(item, now)
      for (const [userId, own] of Map.groupBy(due, (item) => item.user_id))
        if (userId !== null) tellPerson(post, userId, own, { now, away })
      return { items: due.length, more: found.some((rows) => rows.length === portion) }
    })
  }

  const mark = ({ kind, id, at }: Item, now: number) =>
    kind === 'reminder'
      ? database
          .prepare('update reminder set notified_for = ?, notification_sent_at = ? where id = ?')
          .run(at, now, id)
      : database.prepare(`update ${kind} set notified_for = ? where id = ?`).run(at, id)

  function tellPerson(
    post: Post,
    userId: string,
    own: Item[],
    { now, away }: { now: number; away: boolean },
  ) {
    const isLate = (item: Item) => item.at < now - lateAfter
    const goesOn = digests.counts.has(userId)
    const missed =
      goesOn || (away && own.length > fewAtOnce) ? own : own.filter((item) => isLate(item))
    // One that was missed alone is told by itself: so it keeps its buttons.
    const gathered = goesOn || missed.length > 1 ? missed : []
    for (const item of own)
      if (!gathered.includes(item) && !isToldByReminder(item)) tellItem(post, userId, item, now)
    if (gathered.length > 0) tellDigest(post, userId, gathered, now)
  }

  function tellItem(post: Post, userId: string, item: Item, now: number) {
    const time = timeOf(item, now, notifications.zoneOf(userId))
    const about = item.about && item.about !== item.title ? `${item.about} · ` : ''
    post({
      userId,
      kind: `${item.kind}_due`,
      key: keyOf(item),
      title: item.title,
      body: `${about}${item.at < now - lateAfter ? 'was due' : 'due'} ${time}`,
      record: recordOfItem(item),
      subject: { kind: item.kind, id: item.id },
    })
  }

  /** A reminder that comes up at the very instant says it already. */
  const isToldByReminder = ({ kind, id, at }: Item): boolean =>
    kind !== 'reminder' &&
    database.get(
      `select 1 from reminder where ${kind}_id = ? and status in ('pending', 'snoozed')
         and deleted_at is null and coalesce(snoozed_until, remind_at) = ?`,
      id,
      at,
    ) !== undefined

  function tellDigest(post: Post, userId: string, gathered: Item[], now: number) {
    const before = digests.counts.get(userId) ?? 0
    const count = before + gathered.length
    digests.counts.set(userId, count)
    for (const item of gathered) told.add(`overdue:${keyOf(item)}`)
    const key = `catch_up:${userId}:${digests.round}`
    const title = `${count} things fell due while you were away`
    if (before > 0) {
      const known = database.value<string>('select items from notification where key = ?', key)
      const all = [...(JSON.parse(known ?? '[]') as DigestItem[]), ...gathered.map(toDigestItem)]
      database
        .prepare('update notification set title = ?, items = ?, updated_at = ? where key = ?')
        .run(title, JSON.stringify(all.slice(0, namedItems)), now, key)
      return
    }
    const latest = gathered.toSorted((one, other) => other.at - one.at)
    post({
      userId,
      kind: 'catch_up',
      key,
      title,
      body: latest
        .slice(0, 3)
        .map((item) => item.title)
        .join('\n'),
      items: latest.map(toDigestItem),
    })
  }

  return { handOver }
}

/** One due instant of one thing. */
export const keyOf = ({ kind, id, at }: Pick<Item, 'kind' | 'id' | 'at'>): string =>
  `${kind}:${id}:${at}`
