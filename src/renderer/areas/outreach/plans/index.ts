/** Plans: cadences at work on leads, and the queue in which their steps are done one after the other. */
import { IconPlayerTrackNext } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/queue',
    component: lazyPage(() => import('./QueuePage')),
  }),
] as const

export const area: Area = {
  formDialogs: { assign: lazyPart(() => import('./AssignFormDialog')) },
  navigation: [
    {
      label: 'Queue',
      icon: IconPlayerTrackNext,
      to: '/queue',
      order: 6,
      section: 'main',
    },
  ],
  actions: [
    {
      id: 'go-queue',
      label: 'Cadence queue',
      description: 'The steps that are due, one lead after the other',
      group: 'Go to',
      icon: IconPlayerTrackNext,
      keys: 'g n',
      keywords: ['next lead', 'cadence', 'steps', 'due', 'plan'],
      run: (app) => app.goTo('/queue'),
    },
  ],
}
