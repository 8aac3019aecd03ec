/** Notifications: posted once, shown in the centre, and brought to people by the outbox. */
import type { Actor } from '../../kernel/actor'
import type { Host } from '../../kernel/host/host'
import type { Mailer } from '../../kernel/host/mailer'
import type { Kernel } from '../../kernel/kernel'
import { createNotificationCarryOver } from './carry-over'
import { type CentreNeeds, createCentre } from './centre'
import { createChannelTest } from './channel-test'
import { createDeliveries } from './deliveries'
import { createNews } from './news'
import { createOutbox, type Outbox } from './outbox'
import { createPosting, type Popups } from './post'
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

export interface NotificationNeeds extends CentreNeeds {
  host: Host
  mailer: Mailer
  popups: Popups
  report(error: unknown): void
}

export function createNotifications(
  kernel: Kernel,
  { host, mailer, popups, act, report }: NotificationNeeds,
) {
  const settings = createNotificationSettings(kernel)
  const posting = createPosting(kernel, settings, popups, (row) => outbox.enqueue(row))
  const outbox: Outbox = createOutbox(kernel, settings, posting, { host, mailer, report })
  return {
    ...createCentre(kernel, { act, outbox }),
    deliveries: createDeliveries(kernel, outbox),
    settings: {
      get: (actor: Actor) => settings.of(actor.userId),
      update: settings.update,
      test: createChannelTest(kernel.database, { host, mailer, posting }),
    },
    zoneOf: settings.zoneOf,
    tell: posting.tell,
    tellInPortions: posting.tellInPortions,
    news: createNews(kernel, posting),
    withdraw: createWithdrawal(kernel),
    carryOver: createNotificationCarryOver(kernel),
    outbox,
    holder: outbox.holder,
    takeForBrowser: (actor: Actor, shown: readonly string[]) =>
      outbox.takeForBrowser(actor.userId, shown),
  }
}
