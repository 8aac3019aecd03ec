/** The bell in the top bar: how much is unread, and the panel that shows it. */
import { ActionIcon, Drawer, Indicator, Tooltip } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api'
import { Panel } from './Panel'
import { useBrowserNotices } from './useBrowserNotices'

export default function Bell() {
  const [open, setOpen] = useState(false)
  const { data } = useQuery(api.notifications.list.queryOptions({ input: { limit: 1 } }))
  useBrowserNotices()
  const unread = data?.unread ?? 0
  const label = unread === 0 ? 'Notifications' : `Notifications: ${unread} unread`
  return (
    <>
      <Tooltip label={label}>
        <Indicator
          disabled={unread === 0}
          label={unread > 99 ? '99+' : unread}
          size={16}
          offset={6}
          color="red"
        >
          <ActionIcon size="lg" aria-label={label} onClick={() => setOpen(true)}>
            <IconBell size={20} stroke={1.6} />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="right"
        size={420}
        title="Notifications"
      >
        <Panel onLeave={() => setOpen(false)} />
      </Drawer>
    </>
  )
}
