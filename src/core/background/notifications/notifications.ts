/** Notifications: what people are told, the centre that shows it, and the outbox that brings it to them. */
import { randomUUID } from 'node:crypto'
import type { contract } from '../../../contract'
import type {
  Delivery,
  NoticeAnswer,
  NoticePlace,
} from '../../../contract/background/notifications'
import type { InputOf } from '../../../contract/kernel/base'
import type { NotificationChannel } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { SqlValue } from '../../kernel/database/database'
import { toInstant } from '../../kernel/database/rows'
import { conflict, invalid, notFound } from '../../kernel/errors'
import type { Host } from '../../kernel/host/host'
import type { Mailer } from '../../kernel/host/mailer'
import type { Kernel } from '../../kernel/kernel'
import { createNotificationCarryOver } from './carry-over'
import { createNews } from './news'
import { createOutbox, type Outbox } from './outbox'
import { createPosting, type Popups, type SubjectKind } from './post'
import {
  type DeliveryRow,
  type NotificationRow,
  recordOf,
  subjectColumns,
  toDelivery,
  toNotification,
} from './rows'
import { createNotificationSettings } from './settings'
import { createWithdrawal } from './withdraw'

export {
  type DigestItem,
  gatheredOf,
  namedItems,
  type Post,
  type RecordPlace,
  type SubjectKind,
} from './post'
export { dailyHour } from './quiet'

export type Notifications = ReturnType<typeof createNotifications>
type ListInput = InputOf<(typeof contract)['notifications']['list']>
type DeliveryListInput = InputOf<(typeof contract)['notifications']['deliveries']['list']>

export interface NotificationNeeds {
  host: Host
  mailer: Mailer
  popups: Popups
  /** What the buttons of a notification do; nothing to what is done or gone. */
  act(
    actor: Actor,
    target: { kind: SubjectKind; id: string },
    action: { type: 'complete' } | { type: 'snooze'; until: string },
  ): void
  report(error: unknown): void
}

/** How long the snooze button of a popup puts something off, in milliseconds. */
export const popupSnooze = 10 * 60_000

export function createNotifications(
  kernel: Kernel,
  { host, mailer, popups, act, report }: NotificationNeeds,
) {
  const { database, clock } = kernel
  const settings = createNotificationSettings(kernel)
  const posting = createPosting(kernel, settings, popups, (row) => outbox.enqueue(row))
  const outbox: Outbox = createOutbox(kernel, settings, posting, { host, mailer, report })

  // The centre ----------------------------------------------------------------------------------

  const select = `select notification.*, ${subjectColumns} from notification`

  function list(actor: Actor, input: ListInput) {
    const clauses = ['user_id = ?']
    const parameters: SqlValue[] = [actor.userId]
    if (input.unread) clauses.push('read_at is null')
    if (input.kind) {
      clauses.push(`kind in (${input.kind.map(() => '?').join(', ')})`)
      parameters.push(...input.kind)
    }
    const where = clauses.join(' and ')
    const before = input.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(input.cursor)
    if (!Number.isSafeInteger(before))
      throw invalid('cursor', 'must be the nextCursor of a page before')
    const rows = database.all<NotificationRow>(
      `${select} where ${where} and seq < ? order by seq desc limit ?`,
      ...parameters,
      before,
      input.limit + 1,
    )
    const page = rows.slice(0, input.limit)
    return {
      items: page.map(toNotification),
      nextCursor: rows.length > page.length ? String(page.at(-1)?.seq) : null,
      total: Number(
        database.value(`select count(*) from notification where ${where}`, ...parameters),
      ),
      unread: unread(actor.userId),
    }
  }

  const unread = (userId: string): number =>
    Number(
      database.value(
        'select count(*) from notification where user_id = ? and read_at is null',
        userId,
      ),
    )

  function requireOwn(actor: Actor, id: string): NotificationRow {
    const row = database.get<NotificationRow>(
      `${select} where id = ? and user_id = ?`,
      id,
      actor.userId,
    )
    if (!row) throw notFound('notification')
    return row
  }

  function read(actor: Actor, id: string) {
    requireOwn(actor, id)
    const { changes } = database
      .prepare(
        'update notification set read_at = ?, updated_at = ? where id = ? and read_at is null',
      )
      .run(clock.now(), clock.now(), id)
    if (changes > 0) database.announce(actor.userId, { notification: [id] })
    return { id }
  }

  function readAll(actor: Actor) {
    const { changes } = database
      .prepare(
        'update notification set read_at = ?, updated_at = ? where user_id = ? and read_at is null',
      )
      .run(clock.now(), clock.now(), actor.userId)
    if (changes > 0) database.announce(actor.userId, { notification: null })
    return { read: changes }
  }

  /**
   * What somebody did with a popup. The same answer may come twice: what is done stays done, and
   * what was put off is not put off further.
   */
  function answer(actor: Actor, { notificationId, action }: NoticeAnswer): NoticePlace {
    const row = requireOwn(actor, notificationId)
    const isCurrent = row.subject_due !== null && row.key.endsWith(`:${row.subject_due}`)
    if (row.subject_kind && row.subject_id) {
      const target = { kind: row.subject_kind, id: row.subject_id }
      if (action === 'complete' && row.subject_due !== null)
        act(actor, target, { type: 'complete' })
      if (action === 'snooze' && isCurrent)
        act(actor, target, { type: 'snooze', until: toInstant(clock.now() + popupSnooze) })
    }
    const several = outbox.stoodForSeveral(notificationId)
    if (!several) read(actor, notificationId)
    return {
      record: several ? null : recordOf(row),
      screen: row.kind === 'plan_step_due' && !several ? 'queue' : 'today',
    }
  }

  // Deliveries ----------------------------------------------------------------------------------

  const deliverySelect = `select delivery.*, notification.user_id, notification.title, notification.kind
    from delivery join notification on notification.id = delivery.notification_id`
  const seesAllDeliveries = (actor: Actor) => actor.role === 'admin'

  function deliveries(actor: Actor, input: DeliveryListInput) {
    const clauses = ['true']
    const parameters: SqlValue[] = []
    if (!seesAllDeliveries(actor)) {
      clauses.push('notification.user_id = ?')
      parameters.push(actor.userId)
    }
    if (input.state) {
      clauses.push(`delivery.state in (${input.state.map(() => '?').join(', ')})`)
      parameters.push(...input.state)
    }
    const where = clauses.join(' and ')
    const before = input.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(input.cursor)
    if (!Number.isSafeInteger(before))
      throw invalid('cursor', 'must be the nextCursor of a page before')
    const rows = database.all<DeliveryRow>(
      `${deliverySelect} where ${where} and delivery.seq < ? order by delivery.seq desc limit ?`,
      ...parameters,
      before,
      input.limit + 1,
    )
    const page = rows.slice(0, input.limit)
    return {
      items: page.map(toDelivery),
      nextCursor: rows.length > page.length ? String(page.at(-1)?.seq) : null,
      total: Number(
        database.value(
          `select count(*) from delivery join notification on notification.id = delivery.notification_id
           where ${where}`,
          ...parameters,
        ),
      ),
    }
  }

  function changeDelivery(
    actor: Actor,
    id: string,
    from: Delivery['state'][],
    change: (id: string) => void,
    refusal: (state: Delivery['state']) => string,
  ): Delivery {
    const find = () => database.get<DeliveryRow>(`${deliverySelect} where delivery.id = ?`, id)
    database.transaction(() => {
      const row = find()
      if (!row || (row.user_id !== actor.userId && !seesAllDeliveries(actor)))
        throw notFound('delivery')
      if (!from.includes(row.state)) throw conflict(refusal(row.state))
      change(id)
    })
    const row = find() as DeliveryRow
    database.announce(row.user_id, { delivery: [id] })
    return toDelivery(row)
  }

  // Settings ------------------------------------------------------------------------------------

  /** Sends one through this channel, to see whether it arrives. */
  async function test(
    actor: Actor,
    channel: NotificationChannel,
  ): Promise<{ ok: boolean; message: string }> {
    const title = 'This is a test'
    const body = 'You will be told like this what is due.'
    if (channel === 'native') {
      if (!posting.isOwner(actor.userId))
        return no('Popups of the system come up on the machine that Rapport runs on only.')
      const shown = await host.notify({ id: randomUUID(), title, body, actions: [] })
      return shown ? yes('A popup was shown.') : no('There are no popups of the system here.')
    }
    if (channel === 'email') {
      const to = database.value<string | null>('select email from user where id = ?', actor.userId)
      if (!to) return no('You have no e-mail address. Give yourself one under Settings, Users.')
      const sent = await mailer.send({
        to,
        subject: title,
        text: body,
        html: `<p>${body}</p>`,
        messageId: `${randomUUID()}@rapport.local`,
      })
      return sent.outcome === 'sent' ? yes(`A message was sent to ${to}.`) : no(sent.message)
    }
    posting.tell((post) =>
      post({
        userId: actor.userId,
        kind: 'catch_up',
        key: `test:${randomUUID()}`,
        title,
        body,
        channels: channel === 'browser' ? ['browser'] : [],
      }),
    )
    return yes(
      channel === 'browser'
        ? 'An open page of Rapport shows it in a moment.'
        : 'It is in the notification centre.',
    )
  }

  return {
    holder: outbox.holder,
    carryOver: createNotificationCarryOver(kernel),
    list,
    unread,
    read,
    readAll,
    answer,
    tell: posting.tell,
    withdraw: createWithdrawal(kernel),
    zoneOf: settings.zoneOf,
    outbox,
    news: createNews(kernel, posting),
    takeForBrowser: (actor: Actor, shown: readonly string[]) =>
      outbox.takeForBrowser(actor.userId, shown),
    settings: {
      get: (actor: Actor) => settings.of(actor.userId),
      update: settings.update,
      test,
    },
    deliveries: {
      list: deliveries,
      /** Tries again what did not go out. @throws conflict */
      retry: (actor: Actor, id: string) =>
        changeDelivery(
          actor,
          id,
          ['dead', 'unknown', 'cancelled', 'waiting'],
          outbox.retry,
          (state) =>
            state === 'sent' ? 'This was sent already.' : 'This is being sent at this moment.',
        ),
      /** It will not go out, or needs no more attention. @throws conflict */
      cancel: (actor: Actor, id: string) =>
        changeDelivery(
          actor,
          id,
          ['waiting', 'dead', 'unknown', 'cancelled'],
          (delivery) => outbox.cancel(delivery, 'Cancelled by hand.'),
          (state) =>
            state === 'sent' ? 'This was sent already.' : 'This is being sent at this moment.',
        ),
    },
  }
}

const yes = (message: string) => ({ ok: true, message })
const no = (message: string) => ({ ok: false, message })
