/** One notification of the centre: what it says, and what can be done about it on the spot. */
import { ActionIcon, Button, Collapse, Group, Text, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconArrowRight,
  IconCheck,
  IconChevronDown,
  IconCircleCheck,
  IconClockPause,
  IconMailOpened,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Notification } from '../../../../contract/background/notifications'
import { DateText } from '../../../ui/DateText'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { kindTexts } from './kinds'
import classes from './Notifications.module.css'
import { pathOf, placeOf } from './place'
import type { NotificationActions } from './useNotifications'

export interface NotificationItemProps {
  notification: Notification
  actions: NotificationActions
  mayWrite: boolean
  onOpen(path: string): void
}

export function NotificationItem({
  notification,
  actions,
  mayWrite,
  onOpen,
}: NotificationItemProps) {
  const { kind, title, body, at, readAt, subject } = notification
  const { icon: Icon, label } = kindTexts[kind]
  const path = pathOf(notification)
  const unread = readAt === null
  const open = () => {
    actions.read(notification)
    if (path) onOpen(path)
  }
  return (
    <article className={classes.item} data-unread={unread || undefined} aria-label={title}>
      <Tooltip label={label}>
        <span className={classes.icon} data-kind={kind}>
          <Icon size={16} stroke={1.7} role="img" aria-label={label} />
        </span>
      </Tooltip>
      <div className={classes.body}>
        <UnstyledButton className={classes.title} onClick={open}>
          {title}
          {unread && <span className={classes.dot} role="img" aria-label="Unread" />}
        </UnstyledButton>
        {body && (
          <Text size="xs" c="dimmed" className={classes.text} lineClamp={4}>
            {body}
          </Text>
        )}
        <Group gap={6} mt={2}>
          <Text size="xs" c="dimmed">
            <DateText value={at} />
          </Text>
          {subject && !subject.open && (
            <Group gap={3} c="dimmed" fz="xs">
              <IconCircleCheck size={13} aria-hidden /> Done
            </Group>
          )}
        </Group>
        <Digest notification={notification} onOpen={onOpen} />
        <Group gap={4} className={classes.actions}>
          {mayWrite && subject?.open && (
            <>
              <Button
                variant="light"
                size="compact-xs"
                leftSection={<IconCheck size={13} />}
                onClick={() => actions.complete(notification)}
              >
                Done
              </Button>
              <SnoozeMenu
                position="bottom-start"
                onSnooze={(until) => actions.snooze(notification, until)}
              >
                <Button
                  variant="default"
                  size="compact-xs"
                  leftSection={<IconClockPause size={13} />}
                >
                  Snooze
                </Button>
              </SnoozeMenu>
            </>
          )}
          {path && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              rightSection={<IconArrowRight size={13} />}
              onClick={open}
            >
              Open
            </Button>
          )}
        </Group>
      </div>
      {unread && (
        <Tooltip label="Mark as read">
          <ActionIcon
            size="sm"
            className={classes.read}
            aria-label={`Mark “${title}” as read`}
            onClick={() => actions.read(notification)}
          >
            <IconMailOpened size={15} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
    </article>
  )
}

/** What a digest gathers, folded until it is asked for. */
function Digest({ notification, onOpen }: Pick<NotificationItemProps, 'notification' | 'onOpen'>) {
  const { items } = notification
  const [opened, setOpened] = useState(false)
  if (items.length === 0) return null
  return (
    <>
      <UnstyledButton
        className={classes.unfold}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        <IconChevronDown size={13} aria-hidden />
        {opened ? 'Hide them' : `Show all ${items.length.toLocaleString()}`}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <ul className={classes.digest}>
          {items.map((item) => {
            const path = placeOf(item.record)
            return (
              <li key={`${item.record?.id} ${item.at} ${item.title}`}>
                {path ? (
                  <Link
                    to={path as string}
                    onClick={(event) => {
                      event.preventDefault()
                      onOpen(path)
                    }}
                  >
                    {item.title}
                  </Link>
                ) : (
                  <span>{item.title}</span>
                )}
                <Text size="xs" c="dimmed" span>
                  <DateText value={item.day ?? item.at} />
                </Text>
              </li>
            )
          })}
        </ul>
      </Collapse>
    </>
  )
}
