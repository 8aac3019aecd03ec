/** The change log: every change of the workspace, and who made it. */
import { IconHistory } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/changes',
    component: lazyPage(() => import('./ChangesPage')),
  }),
] as const

export const area: Area = {
  navigation: [
    { label: 'Change log', icon: IconHistory, to: '/changes', order: 110, section: 'more' },
  ],
  actions: [
    {
      id: 'go-changes',
      label: 'Change log',
      group: 'Go to',
      icon: IconHistory,
      keywords: ['audit', 'history', 'who'],
      run: (app) => app.goTo('/changes'),
    },
  ],
}
