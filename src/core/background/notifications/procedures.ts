/** Binds the contract of notifications. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Notifications } from './notifications'

export const notificationProcedures = (notifications: () => Notifications) => ({
  list: bind.notifications.list.handler(({ input, context }) =>
    notifications().list(context.actor, input),
  ),
  read: bind.notifications.read.handler(({ input, context }) =>
    notifications().read(context.actor, input.id),
  ),
  readAll: bind.notifications.readAll.handler(({ context }) =>
    notifications().readAll(context.actor),
  ),
  takeForBrowser: bind.notifications.takeForBrowser.handler(({ input, context }) =>
    notifications().takeForBrowser(context.actor, input.shown),
  ),
  settings: {
    get: bind.notifications.settings.get.handler(({ context }) =>
      notifications().settings.get(context.actor),
    ),
    update: bind.notifications.settings.update.handler(
      edits(
        {
          table: 'preference',
          now: (actor) => notifications().settings.get(actor),
          byKey: ['channels', 'quietHours'],
        },
        ({ input, context }) => notifications().settings.update(context.actor, input),
      ),
    ),
    test: bind.notifications.settings.test.handler(({ input, context }) =>
      notifications().settings.test(context.actor, input.channel),
    ),
  },
  deliveries: {
    list: bind.notifications.deliveries.list.handler(({ input, context }) =>
      notifications().deliveries.list(context.actor, input),
    ),
    retry: bind.notifications.deliveries.retry.handler(({ input, context }) =>
      notifications().deliveries.retry(context.actor, input.id),
    ),
    cancel: bind.notifications.deliveries.cancel.handler(({ input, context }) =>
      notifications().deliveries.cancel(context.actor, input.id),
    ),
  },
})
