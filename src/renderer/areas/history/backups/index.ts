/** The database as a file: backups within the settings, and the screen for a damaged one. */
import { IconDatabaseExport } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/backups',
    component: lazyPage(() => import('./BackupsSection'), 'BackupsSection'),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/settings/sending',
    component: lazyPage(() => import('./SendingSection'), 'SendingSection'),
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
  banner: lazyPart(() => import('./HoldBanner')),
  restoreScreen: lazyPart(() => import('./RestoreScreen')),
}
