/**
 * The outbox: brings notifications out by popup, browser and e-mail, each once.
 *
 * A delivery is marked taken before it goes out and sent after. What a program that died had taken
 * is treated by what its way allows: a browser replaces a notice of the same tag, so it is handed
 * out again; whether a popup was seen or a mail server took a message nobody knows, so these become
 * `unknown`, are shown, and go out again only when somebody asks for it.
 */
import { createHash } from 'node:crypto'
import type { Notification } from '../../../contract/background/notifications'
import type { NotificationChannel } from '../../../contract/kernel/words'
import { toInstant } from '../../kernel/database/rows'
import type { Ground } from '../../kernel/ground'
import type { Host } from '../../kernel/host/host'
import type { Mailer } from '../../kernel/host/mailer'
import { composeMail } from './mail-text'
import type { createPosting } from './post'
import { earliest } from './quiet'
import { type NotificationRow, subjectColumns, toNotification } from './rows'
import type { SettingsOfPeople } from './settings'

export interface OutboxSurroundings {
  host: Host
  mailer: Mailer
  /** Names this running program among those that share the database. */
  holder: string
  /** Hears of faults that nobody waits for. */
  report(error: unknown): void
}

type OutboxRow = NotificationRow & {
  delivery_id: string
  channel: NotificationChannel
  attempts: number
}
/** What goes out as one popup or one message. */
interface Parcel {
  userId: string
  channel: NotificationChannel
  takenBy: string
  rows: OutboxRow[]
}
type Outcome =
  | { state: 'sent' }
  | { state: 'cancelled' | 'unknown'; error: string }
  | { state: 'failed'; retry: boolean; error: string }

const minute = 60_000
const hour = 60 * minute
/** More than these at once for one person by one way come as one. */
export const fewAtOnce = 3
/** A popup about something this old helps nobody: the centre has it. */
const popupLife = 12 * hour
/** A browser that has not confirmed within this time is handed the notice again. */
const confirmTime = minute
/** What another program took this long ago and has not finished is settled. */
const abandonedAfter = 2 * minute
const mostAttempts: Record<NotificationChannel, number> = {
  in_app: 1,
  native: 4,
  browser: 20,
  email: 10,
}

/** No attempt waits longer for the next one, milliseconds. */
const longestBackoff = 2 * hour

/** Milliseconds until the next attempt: doubling from half a minute to an hour, spread by a fifth. */
export function backoff(deliveryId: string, attempts: number): number {
  const spread = createHash('sha256').update(`${deliveryId}:${attempts}`).digest().readUInt16BE()
  const base = Math.min(hour, 30_000 * 2 ** (attempts - 1))
  return Math.round(base * (0.8 + (0.4 * spread) / 65_535))
}

export function createOutbox(
  ground: Ground,
  settings: SettingsOfPeople,
  { tell }: ReturnType<typeof createPosting>,
  { host, mailer, holder, report }: OutboxSurroundings,
) {
  const { database, clock } = ground
  const select = `select notification.*, ${subjectColumns}, delivery.id as delivery_id, delivery.channel,
      delivery.attempts
    from delivery join notification on notification.id = delivery.notification_id`

  // Taking --------------------------------------------------------------------------------------

  /** What may go out now, gathered into parcels and marked as taken; to be called in a transaction. */
  function take(rows: OutboxRow[], now: number): Parcel[] {
    const ready = rows.filter((row) => {
      const reason = whyNot(row, now)
      if (reason !== undefined) cancel(row.delivery_id, reason, now)
      else if (!postponed(row, now)) return true
      return false
    })
    const parcels = [...Map.groupBy(ready, (row) => `${row.channel} ${row.user_id}`).values()]
      .flatMap((group) => (isOneParcel(group) ? [group] : group.map((row) => [row])))
      .map((group) => parcelOf(group))
    for (const { takenBy, rows } of parcels)
      for (const row of rows)
        database
          .prepare(
            `update delivery set state = 'taken', taken_at = ?, taken_by = ?, attempts = attempts + 1,
               updated_at = ? where id = ? and state = 'waiting'`,
          )
          .run(now, takenBy, now, row.delivery_id)
    return parcels
  }

  function isOneParcel(group: OutboxRow[]): boolean {
    const [first] = group
    if (!first || group.length === 1) return false
    return (
      group.length > fewAtOnce ||
      (first.channel === 'email' && settings.of(first.user_id).emailAs !== 'single')
    )
  }

  const parcelOf = (rows: OutboxRow[]): Parcel => {
    const [{ user_id, channel, delivery_id }] = rows as [OutboxRow]
    return { userId: user_id, channel, takenBy: `${holder}/${delivery_id}`, rows }
  }

  /** Looked at again in the moment of sending: what has become needless since does not go out. */
  function whyNot(row: OutboxRow, now: number): string | undefined {
    if (row.subject_kind !== null) {
      if (row.subject_due === null) return 'Done before it went out.'
      if (!row.key.endsWith(`:${row.subject_due}`)) return 'Moved before it went out.'
    }
    if (row.read_at !== null) return 'Read in Rapport before.'
    if (isPopup(row.channel) && row.at < now - popupLife) return 'Too old for a popup.'
    if (isPerson(row.user_id)) return undefined
    return 'This user is not active any more.'
  }

  const isPerson = (userId: string) =>
    database.get('select 1 from user where id = ? and active = 1 and deleted_at is null', userId)

  /** Quiet hours may have been set since. */
  function postponed(row: OutboxRow, now: number): boolean {
    const own = settings.of(row.user_id)
    const quietEnd = earliest(
      now,
      row.channel,
      { ...own, emailAs: 'single' },
      settings.zoneOf(row.user_id),
    )
    if (quietEnd <= now) return false
    postpone(row.delivery_id, quietEnd, now)
    return true
  }

  const postpone = (id: string, until: number, now: number) =>
    database
      .prepare(`update delivery set next_attempt_at = ?, updated_at = ? where id = ?`)
      .run(until, now, id)

  const cancel = (id: string, reason: string, now: number) =>
    database
      .prepare(
        `update delivery set state = 'cancelled', error = ?, updated_at = ? where id = ? and state = 'waiting'`,
      )
      .run(reason, now, id)

  // Sending -------------------------------------------------------------------------------------

  /** What went out and could not be written down yet. */
  const unsettled = new Set<{ parcel: Parcel; outcome: Outcome }>()

  /**
   * Sends what may go out now.
   * @param mayWork asked within the transaction that takes it: whether this program is the one to do it
   */
  async function dispatch(channel: 'native' | 'email', mayWork: () => boolean): Promise<void> {
    settleAll()
    const ready = `delivery.state = 'waiting' and delivery.next_attempt_at <= ? and delivery.channel = ?`
    if (!database.get(`select 1 from delivery where ${ready} limit 1`, clock.now(), channel)) return
    const parcels = database.transaction(() => {
      if (!mayWork() || (channel === 'email' && ground.holds.isHeld())) return []
      const now = clock.now()
      const rows = database.all<OutboxRow>(
        `${select} where ${ready} order by delivery.next_attempt_at, delivery.seq limit 1000`,
        now,
        channel,
      )
      return take(rows, now)
    })
    if (channel === 'email' && parcels.length > 0) ground.holds.leaving()
    for (const parcel of parcels) await send(parcel)
  }

  async function send(parcel: Parcel): Promise<void> {
    let outcome: Outcome
    try {
      outcome = parcel.channel === 'email' ? await sendMail(parcel) : await showPopup(parcel)
    } catch (error) {
      report(error)
      outcome = {
        state: 'failed',
        retry: true,
        error: error instanceof Error ? error.message : String(error),
      }
    }
    // The program may have been closed in the meantime: the next one settles what it had taken.
    if (!database.connection.open) return
    unsettled.add({ parcel, outcome })
    settleAll()
  }

  /** On a full disk this waits until writing works; until then it counts as taken, and is never sent again. */
  function settleAll(): void {
    for (const one of unsettled) {
      try {
        settle(one.parcel, one.outcome)
      } catch (error) {
        report(error)
        if (ground.storage.isTrouble(error)) return
      }
      unsettled.delete(one)
    }
  }

  async function showPopup({ rows }: Parcel): Promise<Outcome> {
    const { title, body } = summaryOf(rows.map(toNotification))
    const [first] = rows as [OutboxRow]
    const shown = await host.notify({
      id: first.id,
      title,
      body,
      actions: rows.length === 1 && first.subject_kind ? ['complete', 'snooze'] : [],
    })
    return shown
      ? { state: 'sent' }
      : { state: 'cancelled', error: 'There are no popups of the system here.' }
  }

  async function sendMail({ userId, rows }: Parcel): Promise<Outcome> {
    const to = database.value<string | null>('select email from user where id = ?', userId)
    if (!to) return { state: 'failed', retry: false, error: 'You have no e-mail address.' }
    const [first] = rows as [OutboxRow]
    const answer = await mailer.send({
      to,
      messageId: `${first.delivery_id}@rapport.local`,
      ...composeMail(rows.map(toNotification), settings.zoneOf(userId)),
    })
    if (answer.outcome === 'sent') return { state: 'sent' }
    if (answer.outcome === 'unknown') return { state: 'unknown', error: answer.message }
    return { state: 'failed', retry: answer.retry, error: answer.message }
  }

  /** What became of a parcel. The truth comes late where another program has settled it before. */
  function settle({ takenBy, rows, userId }: Parcel, outcome: Outcome): void {
    tell((post) => {
      const now = clock.now()
      for (const row of rows) {
        const attempts = row.attempts + 1
        const again =
          outcome.state === 'failed' && outcome.retry && attempts < mostAttempts[row.channel]
        const state = again ? 'waiting' : outcome.state === 'failed' ? 'dead' : outcome.state
        const { changes } = database
          .prepare(
            `update delivery set state = ?, error = ?, sent_at = ?, next_attempt_at = ?, updated_at = ?
             where id = ? and taken_by = ? and state in ('taken', 'unknown')`,
          )
          .run(
            state,
            outcome.state === 'sent' ? null : outcome.error,
            state === 'sent' ? now : null,
            again ? now + backoff(row.delivery_id, attempts) : now,
            now,
            row.delivery_id,
            takenBy,
          )
        if (changes > 0 && row.channel === 'email' && (state === 'dead' || state === 'unknown'))
          post(failureNotice(row, userId, state, outcome.state === 'sent' ? '' : outcome.error))
      }
    })
    database.announce(userId, { delivery: rows.map((row) => row.delivery_id) })
  }

  const failureNotice = (
    row: { id: string; delivery_id: string; title: string },
    userId: string,
    state: 'dead' | 'unknown',
    error: string,
  ) => ({
    userId,
    kind: 'delivery_failed' as const,
    key: `delivery_failed:${row.delivery_id}`,
    title:
      state === 'dead'
        ? `An e-mail could not be sent: ${row.title}`
        : `It is not known whether an e-mail was sent: ${row.title}`,
    body: error,
    channels: [],
  })

  /**
   * What programs that are gone had taken and not finished.
   * @param alone whether no other program can be running on this database
   */
  function settleAbandoned(alone: boolean): void {
    const now = clock.now()
    const rows = database.all<{
      id: string
      delivery_id: string
      user_id: string
      title: string
      channel: NotificationChannel
    }>(
      `select notification.id, delivery.id as delivery_id, user_id, title, channel
       from delivery join notification on notification.id = delivery.notification_id
       where delivery.state = 'taken' and channel <> 'browser' and taken_by not like ? || '/%'
         and (? or taken_at < ? or taken_at > ?)`,
      holder,
      alone ? 1 : 0,
      now - abandonedAfter,
      now + abandonedAfter,
    )
    if (rows.length === 0) return
    const error = 'Rapport was stopped while this went out.'
    tell((post) => {
      for (const row of rows) {
        database
          .prepare(
            `update delivery set state = 'unknown', error = ?, updated_at = ? where id = ? and state = 'taken'`,
          )
          .run(error, now, row.delivery_id)
        if (row.channel === 'email') post(failureNotice(row, row.user_id, 'unknown', error))
      }
    })
  }

  /**
   * A clock that was set back: what waits is to wait for the right instant again.
   * @param isStart then what waits for its next attempt keeps its time, unless no attempt is so far away
   */
  function replan(isStart: boolean): void {
    if (ground.holds.isHeld('clock')) return
    const now = clock.now()
    const rows = database.all<{ id: string; user_id: string; channel: NotificationChannel }>(
      `select delivery.id, user_id, channel from delivery
       join notification on notification.id = delivery.notification_id
       where state = 'waiting' and next_attempt_at > ?`,
      isStart ? now + longestBackoff : now,
    )
    database.transaction(() => {
      for (const { id, user_id, channel } of rows)
        postpone(id, earliest(now, channel, settings.of(user_id), settings.zoneOf(user_id)), now)
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
    const now = clock.now()
    const parcels = database.transaction(() => {
      for (const id of shown) confirm(userId, id, now)
      const rows = database.all<OutboxRow>(
        `${select} where notification.user_id = ? and delivery.channel = 'browser'
           and delivery.next_attempt_at <= ?
           and (delivery.state = 'waiting'
             or delivery.state = 'taken' and (taken_at <= ? or taken_at > ?))
         order by delivery.seq limit 200`,
        userId,
        now,
        now - confirmTime,
        now,
      )
      for (const row of rows) {
        const tired = row.attempts >= mostAttempts.browser
        database
          .prepare(
            `update delivery set state = ?, error = ?, updated_at = ? where id = ? and state = 'taken'`,
          )
          .run(
            tired ? 'dead' : 'waiting',
            tired ? 'No page confirmed that it showed this.' : null,
            now,
            row.delivery_id,
          )
      }
      return take(
        rows.filter((row) => row.attempts < mostAttempts.browser),
        now,
      )
    })
    if (shown.length > 0 || parcels.length > 0) database.announce(userId, { delivery: null })
    return parcels.map(({ rows }) => {
      const notifications = rows.map(toNotification)
      const [first] = rows as [OutboxRow]
      return { deliveryId: first.delivery_id, notification: gathered(notifications) }
    })
  }

  /** One confirmation counts for all that was shown in one. */
  function confirm(userId: string, deliveryId: string, now: number): void {
    database
      .prepare(
        `update delivery set state = 'sent', sent_at = ?, error = null, updated_at = ?
         where state = 'taken' and channel = 'browser'
           and taken_by = (select taken_by from delivery where id = ?)
           and notification_id in (select id from notification where user_id = ?)`,
      )
      .run(now, now, deliveryId, userId)
  }

  return {
    dispatch,
    settleAbandoned,
    replan,
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
