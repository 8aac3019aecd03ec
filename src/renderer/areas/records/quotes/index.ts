/** Quotes: their list, their pages, and what the palette can do with them. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'

const { icon } = kinds.quote

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/quotes',
    component: lazyPage(() => import('./QuotesPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/quotes/$id',
    loader: loadRecordParts('quote'),
    component: lazyPage(() => import('./QuotePage')),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Quotes', icon, to: '/quotes', order: 60, section: 'main' }],
  actions: [
    {
      id: 'go-quotes',
      label: 'Quotes',
      group: 'Go to',
      icon,
      keys: 'g q',
      run: (app) => app.goTo('/quotes'),
    },
    {
      id: 'create-quote',
      label: 'New quote',
      group: 'Create',
      icon,
      keywords: ['add'],
      permission: 'write',
      run: (app) => app.create('quote'),
    },
  ],
  createDialogs: { quote: lazyPart(() => import('./CreateQuote')) },
}
