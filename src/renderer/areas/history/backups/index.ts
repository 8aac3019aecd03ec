/** The database as a file: backups within the settings, and the screen for a damaged one. */
import { IconDatabaseExport } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPart } from '../../../app/parts'

export const routes = [
  pageRoute('/settings/backups', () => import('./BackupsSection'), 'BackupsSection'),
  pageRoute('/settings/sending', () => import('./SendingSection'), 'SendingSection'),
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
