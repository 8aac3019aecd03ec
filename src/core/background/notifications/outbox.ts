/**
 * Brings notifications out by popup, browser and e-mail, each once: a durable queue of deliveries.
 * A browser replaces a notice of the same tag, so one that no page confirmed is handed out again; whether
 * a popup was seen or a mail server took a message nobody knows, so these become unknown.
 */
import type { Notification } from '../../../contract/background/notifications'
import type { NotificationChannel } from '../../../contract/kernel/words'
import { type RowOf, toInstant } from '../../kernel/database/rows'
import type { Host } from '../../kernel/host/host'
import type { Mailer, MailOutcome } from '../../kernel/host/mailer'
import type { Kernel } from '../../kernel/kernel'
import { durableQueue, type Lane, type Permission, type Settled } from '../../kernel/queue/queue'
import { composeMail } from './mail-text'
import type { createPosting, Post } from './post'
import { earliest } from './quiet'
import { type NotificationRow, subjectColumns, toNotification } from './rows'
import type { SettingsOfPeople } from './settings'
import { delivery } from './table'

export interface OutboxNeeds {
  host: Host
  mailer: Mailer
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

type DeliveryRow = RowOf<typeof delivery>

const minute = 60_000
const hour = 60 * minute
/** More than these at once for one person by one way come as one. */
export const fewAtOnce = 3
/** So many come as one at most. */
const mostAtOnce = 1000
/** A popup about something this old helps nobody: the centre has it. */
const popupLife = 12 * hour
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

type Answer = { shown: boolean } | MailOutcome

export type Outbox = ReturnType<typeof createOutbox>

export function createOutbox(
  kernel: Kernel,
  settings: SettingsOfPeople,
  { tell }: ReturnType<typeof createPosting>,
  { host, mailer, report }: OutboxNeeds,
) {
  const { database, clock } = kernel

  const noticeOf = (row: DeliveryRow) =>
    database.get<NotificationRow>(
      `select notification.*, ${subjectColumns} from notification where id = ?`,
      row.notification_id,
    ) as NotificationRow
  const noticesOf = (rows: readonly DeliveryRow[]) => rows.map(noticeOf).map(toNotification)
  const personOf = (row: DeliveryRow) =>
    database.value<string>(
      'select user_id from notification where id = ?',
      row.notification_id,
    ) as string

  const queue = durableQueue<DeliveryRow, Answer, Post>(kernel, {
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
      if (step.kind === 'settle') database.announce(personOf(step.row), { delivery: null })
      return result
    },
    mayGo,
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
      const userId = personOf(row)
      return earliest(now, row.channel, settings.of(userId), settings.zoneOf(userId))
    },
    report,
  })

  const laneOf = (channel: SentBy): Lane => ({
    key: channel,
    where: 'channel = ?',
    parameters: [channel],
  })

  // Whether one may go --------------------------------------------------------------------------

  function mayGo(row: DeliveryRow): Permission {
    const now = clock.now()
    const notice = noticeOf(row)
    const needless = whyNeedless(row, notice, now)
    if (needless !== undefined) return { may: 'never', error: needless }
    // Quiet hours may have been set since.
    const quietEnd = earliest(
      now,
      row.channel,
      { ...settings.of(notice.user_id), emailAs: 'single' },
      settings.zoneOf(notice.user_id),
    )
    return quietEnd > now ? { may: 'wait', until: quietEnd } : { may: 'go' }
  }

  function whyNeedless(
    { channel }: DeliveryRow,
    notice: NotificationRow,
    now: number,
  ): string | undefined {
    if (notice.subject_kind !== null) {
      if (notice.subject_due === null) return 'Done before it went out.'
      if (!notice.key.endsWith(`:${notice.subject_due}`)) return 'Moved before it went out.'
    }
    if (notice.read_at !== null) return 'Read in Rapport before.'
    if (isPopup(channel) && notice.at < now - popupLife) return 'Too old for a popup.'
    const isPerson = database.get(
      'select 1 from user where id = ? and active = 1 and deleted_at is null',
      notice.user_id,
    )
    return isPerson ? undefined : 'This user is not active any more.'
  }

  /** Many for one person by one way come as one, and mail does where that is wanted. */
  function together(first: DeliveryRow, may: (row: DeliveryRow) => boolean): DeliveryRow[] {
    const userId = personOf(first)
    const others = database
      .all<DeliveryRow>(
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

  // Attempts ------------------------------------------------------------------------------------

  async function showPopup(rows: DeliveryRow[]): Promise<Answer> {
    const notices = rows.map(noticeOf)
    const [first] = notices as [NotificationRow]
    const { title, body } = summaryOf(notices.map(toNotification))
    try {
      const shown = await host.notify({
        id: first.id,
        title,
        body,
        actions: rows.length === 1 && first.subject_kind ? ['complete', 'snooze'] : [],
      })
      return { shown }
    } catch (error) {
      report(error)
      const message = error instanceof Error ? error.message : String(error)
      return { outcome: 'failed', retry: true, failure: 'refused', message }
    }
  }

  async function sendMail(rows: DeliveryRow[]): Promise<Answer> {
    const [first] = rows as [DeliveryRow]
    const userId = personOf(first)
    const to = database.value<string | null>('select email from user where id = ?', userId)
    if (!to)
      return {
        outcome: 'failed',
        retry: false,
        failure: 'address',
        message: 'You have no e-mail address.',
      }
    return await mailer.send({
      to,
      messageId: `${first.id}@rapport.local`,
      ...composeMail(noticesOf(rows), settings.zoneOf(userId)),
    })
  }

  /** Of an e-mail that did not arrive, or may not have, its reader hears in the centre. */
  function reportUndelivered({ row, outcome, isFinal }: Settled<DeliveryRow>, post: Post): void {
    if (row.channel !== 'email' || !isFinal) return
    if (outcome.became !== 'failed' && outcome.became !== 'unknown') return
    const { user_id, title } = noticeOf(row)
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

  // Browsers ------------------------------------------------------------------------------------

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
      deliveryId: (rows[0] as DeliveryRow).id,
      notification: gathered(noticesOf(rows)),
    }))
  }

  /** One confirmation counts for all that was shown in one. */
  const shownWith = (userId: string, deliveryId: string) =>
    database.all<DeliveryRow>(
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
    /** Whether a popup stood for several notifications. */
    stoodForSeveral: (notificationId: string) =>
      Number(
        database.value(
          `select count(*) from delivery where taken_by =
             (select taken_by from delivery where notification_id = ? and channel = 'native')`,
          notificationId,
        ),
      ) > 1,
  }
}

const isPopup = (channel: NotificationChannel) => channel === 'native' || channel === 'browser'

/** Several notifications as one: how many, and the first of them. */
function summaryOf(notifications: Notification[]): { title: string; body: string } {
  const [first] = notifications as [Notification]
  if (notifications.length === 1) return first
  const named = notifications.slice(0, 4).map(({ title }) => title)
  const rest = notifications.length - named.length
  return {
    title: `${notifications.length} notifications`,
    body: [...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'),
  }
}

function gathered(notifications: Notification[]): Notification {
  const [first] = notifications as [Notification]
  if (notifications.length === 1) return first
  return {
    ...first,
    ...summaryOf(notifications),
    kind: 'catch_up',
    record: null,
    subject: null,
    items: notifications.map(({ title, at, record }) => ({
      title,
      at: toInstant(Date.parse(at)),
      day: null,
      record,
    })),
  }
}
