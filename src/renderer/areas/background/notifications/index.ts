/** Notifications: the bell with its centre, what comes up on the screen, and who is notified of what. */
import { IconBell } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPart } from '../../../app/parts'

export const routes = [
  pageRoute(
    '/settings/notifications',
    () => import('./NotificationsSection'),
    'NotificationsSection',
  ),
] as const

export const area: Area = {
  actions: [
    {
      id: 'open-notifications',
      label: 'Notifications',
      description: 'What you were told of',
      group: 'Go to',
      icon: IconBell,
      keys: 'g b',
      keywords: ['bell', 'unread', 'alerts'],
      run: (app) => void app.press('openNotifications'),
    },
  ],
  indicator: lazyPart(() => import('./NotificationBell')),
}
