/** Suggestions: what to do next for leads that wait for nothing. */
import { IconBulb } from '@tabler/icons-react'
import type { Area } from '../../../app/area'
import { pageRoute } from '../../../app/pageRoute'
import { lazyPage } from '../../../app/parts'
import { recordPart } from '../../../app/recordParts'

export const routes = [pageRoute('/suggestions', () => import('./SuggestionsPage'))] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'suggestions',
      of: ['lead'],
      place: 'next',
      order: 20,
      when: ({ row, readOnly }) => row.status === 'open' && !readOnly,
      component: lazyPage(() => import('./LeadSuggestions'), 'LeadSuggestions'),
    }),
  ],
  navigation: [
    { label: 'Suggestions', icon: IconBulb, to: '/suggestions', order: 7, section: 'main' },
  ],
  actions: [
    {
      id: 'go-suggestions',
      label: 'Suggestions',
      description: 'Leads that wait for nothing, and what to do next for each',
      group: 'Go to',
      icon: IconBulb,
      keywords: ['next', 'advice', 'forgotten', 'stale', 'follow up'],
      run: (app) => app.goTo('/suggestions'),
    },
  ],
}
