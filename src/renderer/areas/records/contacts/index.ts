/** Contacts: their list, their pages, and what the palette can do with them. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { recordPart } from '../../../app/recordParts'
import { kinds } from '../../../app/records'

const { icon } = kinds.contact

export const routes = recordRoutes('contact', '/contacts', {
  list: lazyPage(() => import('./ContactsPage')),
  page: lazyPage(() => import('./ContactPage')),
  record: (id) => readOf(api.contacts.get.queryOptions({ input: { id } })),
})

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
