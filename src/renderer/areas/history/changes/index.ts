/** The change log: every change of the workspace, and who made it. */
import { IconHistory } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'
import { kinds, type PageKind } from '../../../app/records'

export const routes = [pageRoute('/changes', () => import('./ChangesPage'))] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'history',
      label: 'History',
      of: Object.keys(kinds) as PageKind[],
      place: 'tab',
      order: 90,
      component: lazyPage(() => import('./History'), 'History'),
    }),
  ],
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
