/** Quotes: their list, their pages, and what the palette can do with them. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { kinds } from '../../../app/records'

const { icon } = kinds.quote

export const routes = recordRoutes('quote', '/quotes', {
  list: lazyPage(() => import('./QuotesPage')),
  page: lazyPage(() => import('./QuotePage')),
  record: (id) => readOf(api.quotes.get.queryOptions({ input: { id } })),
})

export const area: Area = {
  navigation: [{ label: 'Quotes', icon, to: '/quotes', order: 60, section: 'main' }],
  actions: [goToList('quote', { keys: 'g q' }), createNew('quote', { keywords: ['add'] })],
  createDialogs: { quote: lazyPart(() => import('./CreateQuote')) },
}
