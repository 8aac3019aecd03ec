/** The first run: a few questions and what to begin with. */
import { IconSparkles } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'

export const routes = [
  pageRoute('/welcome', () => import('./WelcomeScreen'), 'WelcomeScreen'),
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
