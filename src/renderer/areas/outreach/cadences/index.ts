/** Cadences: what to do next for each lead, written once and worked off step by step. */
import { IconRoute } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/cadences',
    component: lazyPage(() => import('./CadencesPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/cadences/$id',
    component: lazyPage(() => import('./CadencePage')),
  }),
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
