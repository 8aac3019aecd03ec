/** A user's notifications, newest first, and what can be done with them. */
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type { Notification } from '../../../../contract/background/notifications'
import type { NotificationKind } from '../../../../contract/background/words'
import { api, type client } from '../../../api'
import { paging } from '../../../ui/list/definition'

export interface NotificationFilter {
  unread: boolean
  kinds: readonly NotificationKind[]
}

const pageSize = 30

export const useNotificationList = ({ unread, kinds }: NotificationFilter) =>
  useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        unread,
        ...(kinds.length > 0 ? { kind: [...kinds] } : {}),
        limit: pageSize,
        cursor,
      }),
      ...paging,
    }),
  )

/** How many are unread, and the newest of them. */
export const useUnread = () =>
  useQuery(api.notifications.list.queryOptions({ input: { unread: true, limit: 20 } })).data

export interface NotificationActions {
  complete(notification: Notification): void
  /** @param until ISO instant */
  snooze(notification: Notification, until: string): void
  read(notification: Notification): void
  readAll(): void
}

export function useNotificationActions(): NotificationActions {
  const { mutate: act } = useMutation(api.agenda.act.mutationOptions())
  const { mutate: readOne } = useMutation(api.notifications.read.mutationOptions())
  const { mutate: readAll } = useMutation(api.notifications.readAll.mutationOptions())
  const read = (notification: Notification) => {
    if (notification.readAt === null) readOne({ id: notification.id })
  }
  const actOn = (
    notification: Notification,
    action: Parameters<typeof client.agenda.act>[0]['action'],
  ) => {
    const { subject } = notification
    if (!subject) return
    const targets = [{ kind: subject.kind, id: subject.id }]
    act({ targets, action }, { onSuccess: () => read(notification) })
  }
  return {
    complete: (notification) => actOn(notification, { type: 'complete' }),
    snooze: (notification, until) => actOn(notification, { type: 'snooze', until }),
    read,
    readAll: () => readAll({}),
  }
}
