/** What just came due, shown at the edge of the screen while somebody looks at it. */
import { Button, Group, Text } from '@mantine/core'
import { type NotificationData, notifications as toasts } from '@mantine/notifications'
import { IconCheck, IconClockPause, IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Notification } from '../../../../contract/background/notifications'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useDialogOpen } from '../../../app/dialogs'
import { door } from '../../../door'
import { isInFront } from './inFront'
import { kindTexts, toldKinds } from './kinds'
import { gatheredTitle, newlyDue } from './newlyDue'
import { pathOf } from './place'
import { type NotificationActions, useNotificationActions } from './useNotifications'

const shownFor = 20_000
/** More than these come as one. */
const fewAtOnce = 3
const gatheredId = 'due together'
const tenMinutesFrom = (now: Date) => new Date(now.getTime() + 600_000).toISOString()
const idOf = ({ id }: Notification) => `due ${id}`

/**
 * @param news the newest unread ones; undefined while unknown
 * @param isCentreOpen whether they are seen there already
 */
export function useDueToasts(
  news: { items: Notification[] } | undefined,
  isCentreOpen: boolean,
): void {
  const { goTo } = useApp()
  const actions = useNotificationActions()
  const settings = useQuery(api.notifications.settings.get.queryOptions()).data
  const isDialogOpen = useDialogOpen()
  const isHeldBack = isDialogOpen || isCentreOpen
  const known = useRef<ReadonlySet<string> | null>(null)
  const waiting = useRef<Notification[]>([])
  const shown = useRef<Shown>(new Map())
  useEffect(() => {
    if (!news || !settings) return
    const fresh = newlyDue(news.items, known.current, Date.now())
    known.current = new Set([...(known.current ?? []), ...news.items.map(({ id }) => id)])
    const unread = new Set(news.items.map(({ id }) => id))
    const isUnread = ({ id }: Notification) => unread.has(id)
    for (const [id, notices] of shown.current) if (!notices.some(isUnread)) toasts.hide(id)
    if (isInFront())
      waiting.current.push(
        ...fresh.filter(
          ({ kind }) =>
            toldKinds.has(kind) &&
            // The desktop program's popups of the system say it already.
            !(door === 'desktop' && settings.channels[kind]?.native),
        ),
      )
    if (isHeldBack) return
    tell(waiting.current.filter(isUnread), shown.current, { goTo, actions })
    waiting.current = []
  }, [news, settings, isHeldBack, goTo, actions])
}

/** What each toast on the screen tells of, by the toast's id. */
type Shown = Map<string, Notification[]>

/** What a toast can do. */
interface Doing {
  goTo(path: string): void
  actions: NotificationActions
}

/** Each by itself while they are few with those still on the screen, else all of them in one. */
function tell(fresh: Notification[], shown: Shown, doing: Doing): void {
  if (fresh.length === 0) return
  const all = [...shown.values()].flat().concat(fresh)
  if (all.length <= fewAtOnce) {
    for (const notification of fresh) {
      const { icon: Icon } = kindTexts[notification.kind]
      show(shown, [notification], {
        id: idOf(notification),
        icon: <Icon size={18} stroke={1.7} />,
        title: notification.title,
        message: <DueToast notification={notification} {...doing} />,
      })
    }
    return
  }
  for (const id of [...shown.keys()]) toasts.hide(id)
  show(shown, all, {
    id: gatheredId,
    icon: <IconInbox size={18} stroke={1.7} />,
    title: gatheredTitle(all),
    message: (
      <Button
        size="compact-xs"
        variant="light"
        mt={2}
        onClick={() => {
          toasts.hide(gatheredId)
          // The others are read once they are done.
          for (const digest of all.filter(({ subject }) => subject === null))
            doing.actions.read(digest)
          doing.goTo('/today')
        }}
      >
        Open Today
      </Button>
    ),
  })
}

function show(
  shown: Shown,
  notices: Notification[],
  toast: NotificationData & { id: string },
): void {
  shown.set(toast.id, notices)
  toasts.show({
    withBorder: true,
    autoClose: shownFor,
    ...toast,
    onClose: () => void shown.delete(toast.id),
  })
}

function DueToast({ notification, goTo, actions }: Doing & { notification: Notification }) {
  const path = pathOf(notification)
  const then = (action: () => void) => {
    toasts.hide(idOf(notification))
    action()
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
              onClick={() => then(() => actions.complete(notification))}
            >
              Done
            </Button>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconClockPause size={14} />}
              onClick={() => then(() => actions.snooze(notification, tenMinutesFrom(new Date())))}
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
              then(() => actions.read(notification))
              goTo(path)
            }}
          >
            Open
          </Button>
        )}
      </Group>
    </>
  )
}
