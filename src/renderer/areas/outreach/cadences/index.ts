/** Cadences: what to do next for each lead, written once and worked off step by step. */
import { IconRoute } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'

export const routes = [
  pageRoute('/cadences', () => import('./CadencesPage')),
  pageRoute('/cadences/$id', () => import('./CadencePage')),
] as const

export const area: Area = {
  navigation: [{ label: 'Cadences', icon: IconRoute, to: '/cadences', order: 76, section: 'main' }],
  actions: [
    {
      id: 'go-cadences',
      label: 'Cadences',
      group: 'Go to',
      icon: IconRoute,
      keywords: ['sequence', 'outreach', 'strategy', 'steps'],
      run: (app) => app.goTo('/cadences'),
    },
  ],
}
