/** The notification centre: by day, each done or put off on the spot. */
import {
  ActionIcon,
  Button,
  Group,
  Loader,
  Menu,
  SegmentedControl,
  Skeleton,
  Stack,
  Title,
  Tooltip,
} from '@mantine/core'
import {
  IconBellOff,
  IconChecks,
  IconCloudOff,
  IconFilter,
  IconMoodSmile,
  IconSettings,
  IconX,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { NotificationKind } from '../../../../contract/background/words'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { byDay } from '../../timeline/activities/days'
import { kindGroups, kindTexts } from './kinds'
import { NotificationItem } from './NotificationItem'
import classes from './Notifications.module.css'
import { useNotificationActions, useNotificationList } from './useNotifications'

export function NotificationPanel({ onClose }: { onClose(): void }) {
  const app = useApp()
  const mayWrite = useMay('write')
  const [unread, setUnread] = useState(false)
  const [kinds, setKinds] = useState<readonly NotificationKind[]>([])
  const list = useNotificationList({ unread, kinds })
  const actions = useNotificationActions()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const unreadCount = list.data?.pages[0]?.unread ?? 0
  const goTo = (path: string) => {
    onClose()
    app.goTo(path)
  }
  return (
    <section className={classes.panel} aria-label="Notifications">
      <header className={classes.head}>
        <Title order={2} className={classes.heading}>
          Notifications
        </Title>
        <Tooltip label="Mark all as read">
          <ActionIcon
            aria-label="Mark all as read"
            disabled={unreadCount === 0}
            onClick={actions.readAll}
          >
            <IconChecks size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="What you are told of">
          <ActionIcon
            aria-label="Settings of notifications"
            onClick={() => goTo('/settings/notifications')}
          >
            <IconSettings size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={18} stroke={1.6} />
        </ActionIcon>
      </header>
      <Group px="md" pb={10} gap={8} justify="space-between" wrap="nowrap">
        <SegmentedControl
          aria-label="Which"
          value={unread ? 'unread' : 'all'}
          onChange={(value) => setUnread(value === 'unread')}
          data={[
            { value: 'all', label: 'All' },
            {
              value: 'unread',
              label: unreadCount > 0 ? `Unread (${unreadCount.toLocaleString()})` : 'Unread',
            },
          ]}
        />
        <KindFilter kinds={kinds} onChange={setKinds} />
      </Group>
      <div className={classes.list} role="feed" aria-busy={list.isFetching}>
        {list.isPending && (
          <Stack gap={10} p="md" aria-label="Loading">
            <Skeleton height={58} radius="md" />
            <Skeleton height={58} radius="md" />
            <Skeleton height={58} radius="md" />
          </Stack>
        )}
        {list.isError && !list.data && (
          <EmptyState
            size="sm"
            icon={IconCloudOff}
            title="The notifications could not be loaded"
            text={messageOf(list.error)}
          >
            <Button variant="default" onClick={() => void list.refetch()}>
              Try again
            </Button>
          </EmptyState>
        )}
        {list.data && items.length === 0 && (
          <EmptyState
            size="sm"
            icon={unread ? IconMoodSmile : IconBellOff}
            title={unread ? 'All read' : 'Nothing here'}
            text={
              kinds.length > 0
                ? 'Nothing of these kinds. Show all kinds to see the rest.'
                : unread
                  ? 'Nothing is waiting for you.'
                  : 'What is due, assigned to you or went wrong appears here.'
            }
          />
        )}
        {byDay(items, new Date()).map(({ date, heading, items: ofDay }) => (
          <section key={date} aria-label={heading}>
            <h3 className={classes.day}>{heading}</h3>
            {ofDay.map((notification) => (
              <NotificationItem
                key={notification.id}
                notification={notification}
                actions={actions}
                mayWrite={mayWrite}
                onOpen={goTo}
              />
            ))}
          </section>
        ))}
        {list.hasNextPage && (
          <Group justify="center" p="sm">
            <Button
              variant="default"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {list.isFetchingNextPage ? <Loader size="xs" type="dots" /> : 'Show more'}
            </Button>
          </Group>
        )}
      </div>
    </section>
  )
}

interface KindFilterProps {
  kinds: readonly NotificationKind[]
  onChange(kinds: readonly NotificationKind[]): void
}

/** Which groups of kinds are shown; all while none is chosen. */
function KindFilter({ kinds, onChange }: KindFilterProps) {
  const chosen = kindGroups.find(({ kinds: members }) =>
    members.every((kind) => kinds.includes(kind)),
  )
  const single = kinds.length === 1 && kinds[0] ? kindTexts[kinds[0]].label : undefined
  return (
    <Menu width={280} closeOnItemClick>
      <Menu.Target>
        <Button
          {...(kinds.length > 0 ? { variant: 'light' } : { variant: 'subtle', color: 'gray' })}
          leftSection={<IconFilter size={15} stroke={1.6} />}
          className={classes.filter}
        >
          {single ?? chosen?.label ?? 'All kinds'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} className={classes.kinds}>
        <Menu.Item onClick={() => onChange([])}>All kinds</Menu.Item>
        {kindGroups.map((group) => (
          <div key={group.label}>
            <Menu.Divider />
            <Menu.Item fw={600} onClick={() => onChange(group.kinds)}>
              {group.label}
            </Menu.Item>
            {group.kinds.map((kind) => {
              const { label, icon: Icon } = kindTexts[kind]
              return (
                <Menu.Item
                  key={kind}
                  leftSection={<Icon size={15} stroke={1.6} />}
                  onClick={() => onChange([kind])}
                >
                  {label}
                </Menu.Item>
              )
            })}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
