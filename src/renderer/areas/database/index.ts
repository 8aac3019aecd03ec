/** The database as a file: backups within the settings, and the screen for a damaged one. */
import { IconDatabaseExport } from '@tabler/icons-react'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { lazy } from 'react'
import type { Area } from '../../app/area'
import { rootRoute } from '../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/backups',
    component: lazyRouteComponent(() => import('./BackupsSection'), 'BackupsSection'),
  }),
] as const

export const area: Area = {
  actions: [
    {
      id: 'back-up',
      label: 'Back up or restore',
      group: 'Go to',
      icon: IconDatabaseExport,
      keywords: ['backup', 'restore', 'database'],
      run: (app) => app.goTo('/settings/backups'),
    },
  ],
  restoreScreen: lazy(() => import('./RestoreScreen')),
}
