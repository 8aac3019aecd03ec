/** Contacts: their list, their pages, and what the palette can do with them. */
import { createRoute } from '@tanstack/react-router'
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { loadBulkActions, loadRecordPage } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { firstPageOf, readOf } from '../../../app/reads'
import { createNew, goToList } from '../../../app/recordArea'
import { recordPart } from '../../../app/recordParts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'
import { readListState } from '../../../ui/list/state'
import { contactsOf } from './contactQueries'

const { icon } = kinds.contact

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contacts',
    loader: (input) => {
      // Not waited for: the rows come while the page around them is drawn.
      void firstPageOf(contactsOf(readListState(input.location.search)))(input.context.cache)
      return loadBulkActions('contact')(input)
    },
    component: lazyPage(() => import('./ContactsPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/contacts/$id',
    loader: loadRecordPage('contact', (id) =>
      readOf(api.contacts.get.queryOptions({ input: { id } })),
    ),
    component: lazyPage(() => import('./ContactPage')),
  }),
] as const

export const area: Area = {
  recordParts: [
    recordPart({
      name: 'call',
      of: ['contact'],
      place: 'actions',
      order: 30,
      component: lazyPage(() => import('./CallButton'), 'CallButton'),
    }),
  ],
  navigation: [
    { label: 'Contacts', icon, to: '/contacts', order: 40, section: 'main', onPhone: true },
  ],
  actions: [goToList('contact', { keys: 'g o' }), createNew('contact', { keywords: ['add'] })],
  createDialogs: { contact: lazyPart(() => import('./CreateContact')) },
}
