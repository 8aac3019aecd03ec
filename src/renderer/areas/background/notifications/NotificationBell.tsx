/** The bell in the top bar: how many are unread, and the way into the centre. */
import { ActionIcon, Drawer, Indicator, Popover, Tooltip } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useState } from 'react'
import { useShortcuts } from '../../../app/keyboard'
import { isMenuOpen } from '../../../ui/menus'
import { useNarrow } from '../../../ui/useNarrow'
import { useBrowserPopups } from './browserPopups'
import { useDueToasts } from './dueToasts'
import { NotificationPanel } from './NotificationPanel'
import classes from './Notifications.module.css'
import { useUnread } from './useNotifications'

export default function NotificationBell() {
  const narrow = useNarrow()
  const [opened, setOpened] = useState(false)
  const news = useUnread()
  const unread = news?.unread ?? 0
  useShortcuts({ openNotifications: () => setOpened(true) })
  useDueToasts(news, opened)
  useBrowserPopups(news)
  const close = () => setOpened(false)
  const label = unread > 0 ? `Notifications, ${unread.toLocaleString()} unread` : 'Notifications'
  const bell = (
    <Tooltip label="Notifications" disabled={opened}>
      <Indicator
        disabled={unread === 0}
        label={unread > 99 ? '99+' : unread}
        color="red"
        size={16}
        offset={7}
        className={classes.badge}
      >
        <ActionIcon
          size="lg"
          aria-label={label}
          aria-expanded={opened}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
        >
          <IconBell size={18} stroke={1.6} />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  )
  if (narrow) {
    return (
      <>
        {bell}
        <Drawer.Root opened={opened} onClose={close} position="right" size="100%" padding={0}>
          <Drawer.Content aria-label="Notifications">
            <Drawer.Body>
              <NotificationPanel onClose={close} />
            </Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      </>
    )
  }
  return (
    <Popover
      opened={opened}
      onChange={(next) => (next || !isMenuOpen()) && setOpened(next)}
      position="bottom-end"
      width={420}
      shadow="lg"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>{bell}</Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label="Notifications">
        <NotificationPanel onClose={close} />
      </Popover.Dropdown>
    </Popover>
  )
}
