/** What just came due, told at the edge of the screen while somebody looks at it. */
import { Button, Group, Text } from '@mantine/core'
import { notifications as toasts } from '@mantine/notifications'
import { IconCheck, IconClockPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Notification } from '../../../contract/notifications'
import { api, door } from '../../api'
import { useApp } from '../../app/actions'
import { isInFront } from './inFront'
import { dueKinds, kindTexts } from './kinds'
import { newlyDue } from './newlyDue'
import { pathOf } from './place'
import { type NotificationActions, useNotificationActions } from './useNotifications'

const shownFor = 20_000
const tenMinutesFrom = (now: Date) => new Date(now.getTime() + 600_000).toISOString()
const idOf = ({ id }: Notification) => `due ${id}`

/** @param news the newest unread ones; undefined while unknown */
export function useDueToasts(news: { items: Notification[] } | undefined): void {
  const { goTo } = useApp()
  const actions = useNotificationActions()
  const settings = useQuery(api.notifications.settings.get.queryOptions()).data
  const known = useRef<ReadonlySet<string> | null>(null)
  const latest = useRef({ goTo, actions })
  useEffect(() => {
    latest.current = { goTo, actions }
  })
  useEffect(() => {
    if (!news || !settings) return
    const fresh = newlyDue(news.items, known.current, Date.now())
    known.current = new Set([...(known.current ?? []), ...news.items.map(({ id }) => id)])
    if (!isInFront()) return
    for (const notification of fresh) {
      // The desktop program's popups of the system say it already.
      const popped = door === 'desktop' && settings.channels[notification.kind]?.native
      if (!popped && dueKinds.has(notification.kind)) show(notification, latest)
    }
  }, [news, settings])
}

interface Latest {
  current: { goTo(path: string): void; actions: NotificationActions }
}

function show(notification: Notification, latest: Latest): void {
  const { icon: Icon } = kindTexts[notification.kind]
  toasts.show({
    id: idOf(notification),
    withBorder: true,
    icon: <Icon size={18} stroke={1.7} />,
    title: notification.title,
    autoClose: shownFor,
    message: <DueToast notification={notification} latest={latest} />,
  })
}

function DueToast({ notification, latest }: { notification: Notification; latest: Latest }) {
  const path = pathOf(notification)
  const then = (action: (actions: NotificationActions) => void) => {
    toasts.hide(idOf(notification))
    action(latest.current.actions)
  }
  return (
    <>
      {notification.body && (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {notification.body}
        </Text>
      )}
      <Group gap={4} mt={6}>
        {notification.subject?.open && (
          <>
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconCheck size={14} />}
              onClick={() => then((actions) => actions.complete(notification))}
            >
              Done
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconClockPause size={14} />}
              onClick={() =>
                then((actions) => actions.snooze(notification, tenMinutesFrom(new Date())))
              }
            >
              10 minutes
            </Button>
          </>
        )}
        {path && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              then((actions) => actions.read(notification))
              latest.current.goTo(path)
            }}
          >
            Open
          </Button>
        )}
      </Group>
    </>
  )
}
