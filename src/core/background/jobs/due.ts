/** Announces what is due: marked and announced in one transaction, so exactly once for each due instant. */
import type { Kernel } from '../../kernel/kernel'
import {
  type DigestItem,
  gatheredOf,
  type Notifications,
  namedItems,
  type Post,
} from '../notifications/notifications'
import type { Announced } from './announced'
import {
  type Item,
  type Items,
  itemKinds,
  overAt,
  recordOfItem,
  timeOf,
  toDigestItem,
} from './items'

const minute = 60_000
/** What is announced this much after it was due was missed. */
const lateAfter = 10 * minute
/** More than these in one round come as one. */
const fewAtOnce = 3
/** So many are announced in one transaction; an import may bring very many. */
const portion = 1000

export interface DueOptions {
  /** The instant that the round is about, in milliseconds since the epoch. */
  now: number
  /** Whether nobody asked for a while: asleep, closed, or the clock was set. */
  away: boolean
  /** Names this round of asking: all that was missed in it comes as one digest. */
  round: string
  /** Asked within the transaction: whether this program is the one to do it. */
  mayWork(): boolean
}

/** What a round's digest of one person has gathered so far. */
interface Digest {
  count: number
  onlySteps: boolean
}

export interface AnnouncedItems {
  items: number
  /** Whether there is more: call again with the same round. */
  more: boolean
}

export interface AnnouncingNeeds {
  notifications: Notifications
  items: Items
  announced: Announced
}

export function createDue(
  { database, watch }: Kernel,
  { notifications, items, announced }: AnnouncingNeeds,
) {
  let digests = { round: '', ofPeople: new Map<string, Digest>() }

  function announce({ now, away, round, mayWork }: DueOptions): AnnouncedItems {
    if (!items.hasUnnotified(now)) return { items: 0, more: false }
    if (digests.round !== round) digests = { round, ofPeople: new Map() }
    const growing = [...digests.ofPeople.keys()]
    const outcome = notifications.tell((post) => {
      if (!mayWork()) return { items: 0, more: false }
      const found = itemKinds.map((kind) => items.unnotified(kind, now, portion))
      const due = found.flat().filter(({ kind, id }) => !watch.skippedIds(kind).includes(id))
      for (const item of due) mark(item, now)
      for (const [userId, own] of Map.groupBy(due, (item) => item.user_id))
        if (userId !== null && watch.at('user', userId))
          tellPerson(post, userId, own, { now, away })
      return {
        items: due.length,
        more: due.length > 0 && found.some((rows) => rows.length === portion),
      }
    })
    for (const userId of growing) database.announce(userId, { notification: null })
    return outcome
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
    const news = withoutRepeats(own.filter((item) => !isSaidByReminder(item)))
    const isMuch = digests.ofPeople.has(userId) || news.length > fewAtOnce
    const zone = notifications.zoneOf(userId)
    const missed = away ? news.filter((item) => isLate(item, now, zone)) : []
    // One that was missed alone is announced by itself, so that it keeps its buttons.
    const gathered = isMuch ? news : missed.length > 1 ? missed : []
    // A missed item is announced as missed, not a second time as still open.
    for (const item of own)
      if (isLate(item, now, zone) || (away && gathered.includes(item)))
        announced.add(`overdue:${keyOf(item)}`)
    for (const item of news) if (!gathered.includes(item)) tellItem(post, userId, item, now)
    if (gathered.length > 0) tellDigest(post, userId, gathered, { now, away })
  }

  function tellItem(post: Post, userId: string, item: Item, now: number) {
    watch.at(item.kind, item.id)
    const zone = notifications.zoneOf(userId)
    const time = timeOf(item, now, zone)
    const about = item.about && item.about !== item.title ? `${item.about} · ` : ''
    post({
      userId,
      kind: item.is_step ? 'plan_step_due' : `${item.kind}_due`,
      key: keyOf(item),
      title: item.title,
      body: `${about}${isLate(item, now, zone) ? 'was due' : 'due'} ${time}`,
      record: recordOfItem(item),
      subject: { kind: item.kind, id: item.id },
    })
  }

  /** A reminder that comes up at the very instant says it already. */
  const isSaidByReminder = ({ kind, id, at }: Item): boolean =>
    kind !== 'reminder' &&
    database.get(
      `select 1 from reminder where ${kind}_id = ? and status in ('pending', 'snoozed')
         and deleted_at is null and coalesce(snoozed_until, remind_at) = ?`,
      id,
      at,
    ) !== undefined

  function tellDigest(
    post: Post,
    userId: string,
    gathered: Item[],
    { now, away }: { now: number; away: boolean },
  ) {
    const before = digests.ofPeople.get(userId)
    const digest: Digest = {
      count: (before?.count ?? 0) + gathered.length,
      onlySteps: (before?.onlySteps ?? true) && gathered.every((item) => item.is_step === 1),
    }
    digests.ofPeople.set(userId, digest)
    const key = `catch_up:${userId}:${digests.round}`
    const kind = digest.onlySteps ? 'plan_step_due' : 'catch_up'
    const title = titleOf(digest, away)
    const latest = gathered.toSorted((one, other) => other.at - one.at)
    if (before) {
      const known = database.get<{ items: string; gathered: string }>(
        'select items, gathered from notification where key = ?',
        key,
      )
      const added = latest.map(toDigestItem)
      const all = [...(JSON.parse(known?.items ?? '[]') as DigestItem[]), ...added]
      const records = [...(JSON.parse(known?.gathered ?? '[]') as string[]), ...gatheredOf(added)]
      database
        .prepare(
          'update notification set kind = ?, title = ?, items = ?, gathered = ?, updated_at = ? where key = ?',
        )
        .run(
          kind,
          title,
          JSON.stringify(all.slice(0, namedItems)),
          JSON.stringify(records),
          now,
          key,
        )
      return
    }
    post({
      userId,
      kind,
      key,
      title,
      body: latest
        .slice(0, 3)
        .map((item) => toDigestItem(item).title)
        .join('\n'),
      items: latest.map(toDigestItem),
    })
  }

  return { announce }
}

/**
 * A task or activity and its reminders that come up in one round are one thing: it itself is announced,
 * or the latest of its reminders.
 */
export function withoutRepeats(items: Item[]): Item[] {
  const placeOf = (item: Item) => `${item.record_kind}:${item.record_id}`
  const isOfItem = (item: Item) => item.record_kind === 'task' || item.record_kind === 'activity'
  const best = new Map<string, Item>()
  for (const item of items) {
    const known = best.get(placeOf(item))
    if (!known || (known.kind === 'reminder' && (item.kind !== 'reminder' || item.at > known.at)))
      best.set(placeOf(item), item)
  }
  return items.filter((item) => !isOfItem(item) || best.get(placeOf(item)) === item)
}

const isLate = (item: Item, now: number, zone: string) => overAt(item, zone) < now - lateAfter

function titleOf({ count, onlySteps }: Digest, away: boolean): string {
  const things = onlySteps ? 'cadence steps' : 'things'
  return away ? `${count} ${things} fell due while you were away` : `${count} ${things} are due`
}

/** One due instant of one thing. */
export const keyOf = ({ kind, id, at }: Pick<Item, 'kind' | 'id' | 'at'>): string =>
  `${kind}:${id}:${at}`
