/**
 * Brings notifications out by popup, browser and e-mail, each once: a durable queue of deliveries.
 * A browser replaces a notice of the same tag, so one that no page confirmed is handed out again; whether
 * a popup was seen or a mail server took a message nobody knows, so these become unknown.
 */
import type { Notification } from '../../../contract/background/notifications'
import type { NotificationChannel } from '../../../contract/background/words'
import type { Host } from '../../kernel/host/host'
import type { Mailer } from '../../kernel/host/mailer'
import type { Kernel } from '../../kernel/kernel'
import { durableQueue, type Lane, type Settled } from '../../kernel/queue/queue'
import { type Answer, createAttempts } from './attempts'
import { createPermission } from './permission'
import type { Post, Posting } from './post'
import { earliest } from './quiet'
import { createNoticeRows, type StoredDelivery } from './rows'
import type { SettingsOfPeople } from './settings'
import { gathered } from './summary'
import { delivery } from './table'

export interface OutboxNeeds {
  host: Host
  mailer: Mailer
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

const minute = 60_000
const hour = 60 * minute
/** More than these at once for one person by one way come as one. */
export const fewAtOnce = 3
/** So many come as one at most. */
const mostAtOnce = 1000
/** A browser that has not confirmed within this time is handed the notice again. */
const confirmTime = minute
const mostAttempts: Record<NotificationChannel, number> = {
  in_app: 1,
  native: 4,
  browser: 20,
  email: 10,
}

/** Channels by which notifications are sent; pages come for theirs. */
const sentBy = ['native', 'email'] as const
type SentBy = (typeof sentBy)[number]

const backoff = { from: minute / 2, to: hour, jitter: 0.2 }

export type Outbox = ReturnType<typeof createOutbox>

export function createOutbox(
  kernel: Kernel,
  settings: SettingsOfPeople,
  { tell }: Posting,
  { host, mailer, report }: OutboxNeeds,
) {
  const { database, clock } = kernel
  const notices = createNoticeRows(database)
  const { showPopup, sendMail } = createAttempts(database, {
    settings,
    notices,
    host,
    mailer,
    report,
  })

  const queue = durableQueue<StoredDelivery, Answer, Post>(kernel, {
    name: 'notifications',
    table: delivery,
    states: { done: 'sent', failed: 'dead' },
    lanes: () => sentBy.map(laneOf),
    lease: 2 * minute,
    leaseOf: ({ channel }) => (channel === 'browser' ? confirmTime : 2 * minute),
    backoff,
    mostAttempts: ({ channel }) => mostAttempts[channel],
    transaction(step, work) {
      const result = tell(work)
      if (step.kind === 'settle') database.announce(notices.personOf(step.row), { delivery: null })
      return result
    },
    mayGo: createPermission(kernel, { settings, notices }),
    together,
    leaves: ({ channel }) => channel === 'email',
    isRepeatable: ({ channel }) => channel === 'browser',
    attempt: (row, others) =>
      row.channel === 'email' ? sendMail([row, ...others]) : showPopup([row, ...others]),
    judge(answer) {
      if ('shown' in answer)
        return answer.shown
          ? { became: 'done' }
          : { became: 'cancelled', error: 'There are no popups of the system here.' }
      if (answer.outcome === 'sent') return { became: 'done' }
      if (answer.outcome === 'unknown') return { became: 'unknown', error: answer.message }
      return { became: 'failed', retry: answer.retry, error: answer.message }
    },
    lostError: ({ channel }) =>
      channel === 'browser'
        ? 'No page confirmed that it showed this.'
        : 'Rapport was stopped while this went out.',
    settle(settled, post, write) {
      write(settled.outcome.became === 'done' ? { sent_at: clock.now() } : {})
      reportUndelivered(settled, post)
    },
    earliest: (row, now) => {
      const userId = notices.personOf(row)
      return earliest(now, row.channel, settings.of(userId), settings.zoneOf(userId))
    },
    report,
  })

  const laneOf = (channel: SentBy): Lane => ({
    key: channel,
    where: 'channel = ?',
    parameters: [channel],
  })

  /** Many for one person by one way come as one, and mail does where that is wanted. */
  function together(
    first: StoredDelivery,
    may: (row: StoredDelivery) => boolean,
  ): StoredDelivery[] {
    const userId = notices.personOf(first)
    const others = database
      .all<StoredDelivery>(
        `select delivery.* from delivery join notification on notification.id = delivery.notification_id
         where delivery.state = 'waiting' and delivery.next_attempt_at <= ? and delivery.channel = ?
           and notification.user_id = ? and delivery.id <> ?
         order by delivery.next_attempt_at, delivery.seq limit ?`,
        clock.now(),
        first.channel,
        userId,
        first.id,
        mostAtOnce - 1,
      )
      .filter(may)
    const isDigest = first.channel === 'email' && settings.of(userId).emailAs !== 'single'
    return isDigest || others.length >= fewAtOnce ? others : []
  }

  /** Of an e-mail that did not arrive, or may not have, its reader hears in the centre. */
  function reportUndelivered({ row, outcome, isFinal }: Settled<StoredDelivery>, post: Post): void {
    if (row.channel !== 'email' || !isFinal) return
    if (outcome.became !== 'failed' && outcome.became !== 'unknown') return
    const { user_id, title } = notices.of(row)
    post({
      userId: user_id,
      kind: 'delivery_failed',
      key: `delivery_failed:${row.id}`,
      title:
        outcome.became === 'failed'
          ? `An e-mail could not be sent: ${title}`
          : `It is not known whether an e-mail was sent: ${title}`,
      body: outcome.error,
      channels: [],
    })
  }

  /**
   * What the pages of one person are to show now; each is handed to one of them.
   * @param shown deliveries that a page confirms to have shown
   */
  function takeForBrowser(
    userId: string,
    shown: readonly string[],
  ): { deliveryId: string; notification: Notification }[] {
    for (const id of shown) queue.settle(shownWith(userId, id), { became: 'done' })
    const handed = queue.handOut({
      key: `browser ${userId}`,
      where: `channel = 'browser' and notification_id in (select id from notification where user_id = ?)`,
      parameters: [userId],
    })
    if (handed.length > 0) database.announce(userId, { delivery: null })
    return handed.map((rows) => ({
      deliveryId: (rows[0] as StoredDelivery).id,
      notification: gathered(notices.shown(rows)),
    }))
  }

  /** One confirmation counts for all that was shown in one. */
  const shownWith = (userId: string, deliveryId: string) =>
    database.all<StoredDelivery>(
      `select * from delivery
       where state = 'taken' and channel = 'browser'
         and taken_by = (select taken_by from delivery where id = ?)
         and notification_id in (select id from notification where user_id = ?)`,
      deliveryId,
      userId,
    )

  return {
    holder: queue.holder,
    enqueue: queue.enqueue,
    retry: queue.retry,
    cancel: queue.cancel,
    takeOver: queue.takeOver,
    close: queue.close,
    /** Sends what may go out now. @param mayWork whether this program is the one to do it */
    work: (mayWork: () => boolean, channels: readonly SentBy[] = sentBy) =>
      queue.work({ lanes: channels.map(laneOf), mayWork }),
    takeForBrowser,
    /** Whether a popup showed several notifications as one. */
    showedSeveral: (notificationId: string) =>
      Number(
        database.value(
          `select count(*) from delivery where taken_by =
             (select taken_by from delivery where notification_id = ? and channel = 'native')`,
          notificationId,
        ),
      ) > 1,
  }
}
