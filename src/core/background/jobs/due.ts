/** Announces what is due: marked and announced in one transaction, so exactly once for each due instant. */
import type { Kernel } from '../../kernel/kernel'
import { gather, type InPortions } from '../../kernel/portions/portions'
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
  type UnnotifiedItem,
} from './items'

const minute = 60_000
/** What is announced this much after it was due was missed. */
const lateAfter = 10 * minute
/** More than these in one round come as one. */
const fewAtOnce = 3
/** At most so many items of a kind are read before they are announced; an import may bring very many. */
const lookedAtOnce = 1000
/** As many of one person are announced in one transaction, however long it takes. */
const neverTornApart = 10

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

/** What is due for one person, and how it is said. */
interface Turn {
  /** Null where it concerns nobody who is active. */
  userId: string | null
  own: Item[]
  /** What is said at all: an item and its reminders are one thing. */
  news: ReadonlySet<Item>
  /** What of it one digest says; anything else is announced by itself. */
  gathered: ReadonlySet<Item>
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

  /**
   * Announces all that is due, in portions. Answers how many things that were.
   * @throws what ends the portions; what was announced until then is, and is not announced again
   */
  async function announce(inPortions: InPortions, options: DueOptions): Promise<number> {
    if (digests.round !== options.round) digests = { round: options.round, ofPeople: new Map() }
    let total = 0
    while (items.hasUnnotified(options.now)) {
      const found = await gather(inPortions, items.unnotified(options.now, lookedAtOnce))
      const skipped = new Set(itemKinds.flatMap((kind) => watch.skippedIds(kind)))
      const due = found.filter(({ id }) => !skipped.has(id))
      const announcedNow = await announceFound(inPortions, due, options)
      total += announcedNow
      const isAll = itemKinds.every(
        (kind) => found.filter((item) => item.kind === kind).length < lookedAtOnce,
      )
      if (isAll || announcedNow === 0) break
    }
    return total
  }

  /** Each person's turn, one after the other; that of somebody with much takes several portions. */
  async function announceFound(inPortions: InPortions, due: UnnotifiedItem[], options: DueOptions) {
    const people = [...Map.groupBy(due, (item) => item.user_id)]
    let announcedNow = 0
    let turn: Turn | undefined
    let place = 0
    await inPortions((portion) => {
      const grown = new Set<string>()
      const more = notifications.tell((post) => {
        if (!options.mayWork()) return false
        for (;;) {
          if (!turn) {
            const next = people.shift()
            if (!next) return false
            turn = turnOf(next[0], next[1], options)
            place = 0
          }
          const { userId, own } = turn
          const taken: Item[] = []
          while (place < own.length && (own.length <= neverTornApart || !portion.isOver())) {
            const item = own[place++] as Item
            if (mark(item, options.now)) taken.push(item)
          }
          announcedNow += taken.length
          if (userId !== null && watch.at('user', userId)) {
            if (digests.ofPeople.has(userId)) grown.add(userId)
            tellPerson(post, turn, taken, options)
          }
          if (place < own.length) return true
          turn = undefined
          if (portion.isOver()) return people.length > 0
        }
      })
      for (const userId of grown) database.announce(userId, { notification: null })
      return more
    })
    return announcedNow
  }

  /** Answers whether it is still due. */
  const mark = ({ kind, id, at }: Item, now: number): boolean =>
    (kind === 'reminder'
      ? database
          .prepare(
            'update reminder set notified_for = ?, notification_sent_at = ? where id = ? and notify_at = +?',
          )
          .run(at, now, id, at)
      : database
          .prepare(`update ${kind} set notified_for = ? where id = ? and notify_at = +?`)
          .run(at, id, at)
    ).changes > 0

  function turnOf(userId: string | null, own: UnnotifiedItem[], { now, away }: DueOptions): Turn {
    if (userId === null) return { userId, own, news: new Set(), gathered: new Set() }
    const news = withoutRepeats(own.filter(({ is_said }) => !is_said))
    const isMuch = digests.ofPeople.has(userId) || news.length > fewAtOnce
    const zone = notifications.zoneOf(userId)
    const missed = away && !isMuch ? news.filter((item) => isLate(item, now, zone)) : []
    // One that was missed alone is announced by itself, so that it keeps its buttons.
    const gathered = isMuch ? news : missed.length > 1 ? missed : []
    return { userId, own, news: new Set(news), gathered: new Set(gathered) }
  }

  function tellPerson(
    post: Post,
    { userId, news, gathered }: Turn,
    taken: Item[],
    options: DueOptions,
  ) {
    if (userId === null) return
    const { now, away } = options
    const zone = notifications.zoneOf(userId)
    // A missed item is announced as missed, not a second time as still open.
    for (const item of taken)
      if ((away && gathered.has(item)) || isLate(item, now, zone))
        announced.add(`overdue:${keyOf(item)}`)
    for (const item of taken)
      if (news.has(item) && !gathered.has(item)) tellItem(post, userId, item, now)
    const some = taken.filter((item) => gathered.has(item))
    if (some.length > 0) tellDigest(post, userId, some, options)
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
      const known = database.value<string>('select items from notification where key = +?', key)
      const added = latest.map(toDigestItem)
      const all = [...(JSON.parse(known ?? '[]') as DigestItem[]), ...added]
      database
        .prepare(
          `update notification set kind = ?, title = ?, items = ?, updated_at = ?,
             gathered = iif(gathered = '[]', ?, substr(gathered, 1, length(gathered) - 1) || ',' || substr(?, 2))
           where key = +?`,
        )
        .run(
          kind,
          title,
          JSON.stringify(all.slice(0, namedItems)),
          now,
          ...Array(2).fill(JSON.stringify(gatheredOf(added))),
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
