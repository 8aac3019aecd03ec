/** Notifications: the in-app centre, the ways they go out by, and the outbox they go through. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import { ById, CalendarDate, Id, Instant, oneOrMany, pageOf, QueryBoolean } from '../kernel/shapes'
import { notificationChannels, notificationKinds } from './words'

const tags = ['Notifications']

export const Notification = z.object({
  id: Id,
  kind: z.enum(notificationKinds),
  title: z.string(),
  body: z.string(),
  at: Instant,
  readAt: Instant.nullable(),
  /** Where a click leads. */
  record: z.object({ kind: z.string(), id: Id }).nullable(),
  /** What complete and snooze act on; no longer open once it is done, null once it is gone. */
  subject: z
    .object({ kind: z.enum(['reminder', 'task', 'activity']), id: Id, open: z.boolean() })
    .nullable(),
  /** What a digest gathers. */
  items: z.array(
    z.object({
      title: z.string(),
      at: Instant,
      /** The day it takes whole, the same in every zone. */
      day: CalendarDate.nullable().default(null),
      record: z.object({ kind: z.string(), id: Id }).nullable(),
    }),
  ),
})
export type Notification = z.infer<typeof Notification>

/** On or off by kind and channel, and when to be quiet (local times of the user). */
export const NotificationSettings = z.object({
  channels: z.record(
    z.enum(notificationKinds),
    z.partialRecord(z.enum(notificationChannels), z.boolean()),
  ),
  quietHours: z.object({
    on: z.boolean(),
    from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 22:00'),
    to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 07:00'),
    /** ISO weekdays that are quiet all day: 6 is Saturday. */
    days: z.array(z.number().int().min(1).max(7)),
  }),
  /** E-mail: one message for each, or one digest an hour or a day. */
  emailAs: z.enum(['single', 'hourly', 'daily']),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>
/** Kinds and channels that are not named stay as they are. */
export const NotificationSettingsUpdate = NotificationSettings.extend({
  channels: z.partialRecord(
    z.enum(notificationKinds),
    z.partialRecord(z.enum(notificationChannels), z.boolean()),
  ),
}).partial()
export type NotificationSettingsUpdate = z.infer<typeof NotificationSettingsUpdate>

export const Delivery = z.object({
  id: Id,
  notification: z.object({ id: Id, title: z.string(), kind: z.enum(notificationKinds) }),
  channel: z.enum(notificationChannels),
  state: z.enum(['waiting', 'taken', 'sent', 'unknown', 'dead', 'cancelled']),
  attempts: z.number().int(),
  nextAttemptAt: Instant,
  sentAt: Instant.nullable(),
  error: z.string().nullable(),
  createdAt: Instant,
})
export type Delivery = z.infer<typeof Delivery>

const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
}

export const notifications = {
  list: may('read')
    .route({ method: 'GET', path: '/notifications', tags })
    .input(
      z.object({
        unread: QueryBoolean.default(false),
        kind: oneOrMany(z.enum(notificationKinds)),
        ...page,
      }),
    )
    .output(pageOf(Notification).extend({ unread: z.number().int() })),
  read: may('read')
    .route({ method: 'POST', path: '/notifications/{id}/read', tags })
    .input(ById)
    .output(ById),
  readAll: may('read')
    .route({ method: 'POST', path: '/notifications/read-all', tags })
    .input(z.object({}))
    .output(z.object({ read: z.number().int() })),
  /**
   * What a browser is to show now, handed out once among all its pages: the page shows each and
   * confirms it. Unconfirmed ones come again after a minute.
   */
  takeForBrowser: may('read')
    .route({ method: 'POST', path: '/notifications/browser', tags })
    .input(z.object({ shown: z.array(Id).max(100).default([]) }))
    .output(z.array(z.object({ deliveryId: Id, notification: Notification }))),
  settings: {
    get: may('read')
      .route({ method: 'GET', path: '/notifications/settings', tags })
      .output(NotificationSettings),
    update: may('read')
      .route({ method: 'PATCH', path: '/notifications/settings', tags })
      .input(editOf(NotificationSettingsUpdate))
      .output(NotificationSettings),
    /** Sends one through this channel, to see whether it arrives. */
    test: may('read')
      .route({ method: 'POST', path: '/notifications/settings/test', tags })
      .input(z.object({ channel: z.enum(notificationChannels) }))
      .output(z.object({ ok: z.boolean(), message: z.string() })),
  },
  deliveries: {
    list: may('read')
      .route({ method: 'GET', path: '/notifications/deliveries', tags })
      .input(
        z.object({
          state: oneOrMany(z.enum(['waiting', 'taken', 'sent', 'unknown', 'dead', 'cancelled'])),
          ...page,
        }),
      )
      .output(pageOf(Delivery)),
    retry: may('read')
      .route({ method: 'POST', path: '/notifications/deliveries/{id}/retry', tags })
      .input(ById)
      .output(Delivery),
    cancel: may('read')
      .route({ method: 'POST', path: '/notifications/deliveries/{id}/cancel', tags })
      .input(ById)
      .output(Delivery),
  },
}

/** What a native popup is asked to do, and what its buttons answer. */
export const noticeActions = ['open', 'complete', 'snooze'] as const
export type NoticeAction = (typeof noticeActions)[number]
export const NoticeAnswer = z.object({ notificationId: Id, action: z.enum(noticeActions) })
export type NoticeAnswer = z.infer<typeof NoticeAnswer>
/** Where an answered popup leads: to a record, else to the screen where all of it is. */
export interface NoticePlace {
  record: { kind: string; id: string } | null
  screen: 'today' | 'queue'
}
