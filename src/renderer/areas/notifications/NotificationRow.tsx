/** One notification: what it says, and what can be done about it without leaving. */
import { ActionIcon, Button, Collapse, Group, Text, UnstyledButton } from '@mantine/core'
import { IconCheck, IconClockPause, IconPoint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Notification } from '../../../contract/notifications'
import { api } from '../../api'
import { useApp } from '../../app/actions'
import { useMay } from '../../app/session'
import { DateText } from '../../ui/DateText'
import { SnoozeMenu } from '../../ui/SnoozeMenu'
import classes from './notifications.module.css'
import { kindTexts, placeOf } from './words'

export interface NotificationRowProps {
  notification: Notification
  /** Called when it leads elsewhere. */
  onLeave(): void
}

export function NotificationRow({ notification, onLeave }: NotificationRowProps) {
  const app = useApp()
  const mayWrite = useMay('write')
  const [opened, setOpened] = useState(false)
  const read = useMutation(api.notifications.read.mutationOptions())
  const act = useMutation(
    api.agenda.act.mutationOptions({ onSuccess: () => read.mutate({ id: notification.id }) }),
  )
  const { icon: Icon } = kindTexts[notification.kind]
  const { subject, items } = notification
  const open = (record: Notification['record']) => {
    if (notification.readAt === null) read.mutate({ id: notification.id })
    onLeave()
    app.goTo(placeOf(record))
  }
  const targets = subject ? [{ kind: subject.kind, id: subject.id }] : []
  return (
    <div className={classes.row} data-unread={notification.readAt === null || undefined}>
      <Icon size={18} stroke={1.6} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <UnstyledButton className={classes.open} onClick={() => open(notification.record)}>
          <Text size="sm" fw={notification.readAt === null ? 650 : 500}>
            {notification.title}
          </Text>
          {notification.body && (
            <Text size="sm" c="dimmed" lineClamp={3}>
              {notification.body}
            </Text>
          )}
        </UnstyledButton>
        <Group gap="xs" mt={4}>
          <Text size="xs" c="dimmed">
            <DateText value={notification.at} />
          </Text>
          {items.length > 0 && (
            <Button
              variant="subtle"
              size="compact-xs"
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              {opened ? 'Fold' : `Show ${items.length}`}
            </Button>
          )}
          {subject?.open && mayWrite && (
            <>
              <Button
                variant="light"
                size="compact-xs"
                leftSection={<IconCheck size={13} />}
                loading={act.isPending}
                onClick={() => act.mutate({ targets, action: { type: 'complete' } })}
              >
                Complete
              </Button>
              <SnoozeMenu
                onSnooze={(until) => act.mutate({ targets, action: { type: 'snooze', until } })}
              >
                <Button
                  variant="subtle"
                  size="compact-xs"
                  leftSection={<IconClockPause size={13} />}
                >
                  Snooze
                </Button>
              </SnoozeMenu>
            </>
          )}
        </Group>
        <Collapse expanded={opened}>
          <ul className={classes.items}>
            {items.map((item) => (
              <li key={`${item.at} ${item.title}`}>
                <UnstyledButton className={classes.open} onClick={() => open(item.record)}>
                  <Text size="sm">{item.title}</Text>
                  <Text size="xs" c="dimmed">
                    <DateText value={item.at} />
                  </Text>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </Collapse>
      </div>
      {notification.readAt === null && (
        <ActionIcon
          aria-label={`Mark “${notification.title}” as read`}
          onClick={() => read.mutate({ id: notification.id })}
        >
          <IconPoint size={18} className={classes.dot} />
        </ActionIcon>
      )}
    </div>
  )
}
