/** The first run: a few questions and what to begin with. */
import { IconSparkles } from '@tabler/icons-react'
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { lazyPage } from '../../../app/parts'
import { rootRoute } from '../../../app/root'

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/welcome',
    component: lazyPage(() => import('./WelcomeScreen'), 'WelcomeScreen'),
  }),
] as const

export const area: Area = {
  actions: [
    {
      id: 'welcome',
      label: 'First steps',
      description: 'Name, currency, what to begin with',
      group: 'Go to',
      icon: IconSparkles,
      keywords: ['welcome', 'onboarding', 'start', 'sample data'],
      permission: 'configure',
      run: (app) => app.goTo('/welcome'),
    },
  ],
}
