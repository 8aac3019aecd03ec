/** Customers: their list, their pages, and what the palette can do with them. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { kinds } from '../../../app/records'

const { icon } = kinds.customer

export const routes = recordRoutes('customer', '/customers', {
  list: lazyPage(() => import('./CustomersPage')),
  page: lazyPage(() => import('./CustomerPage')),
  record: (id) => readOf(api.customers.get.queryOptions({ input: { id } })),
})

export const area: Area = {
  navigation: [{ label: 'Customers', icon, to: '/customers', order: 50, section: 'main' }],
  actions: [goToList('customer', { keys: 'g u' }), createNew('customer', { keywords: ['add'] })],
  createDialogs: { customer: lazyPart(() => import('./CreateCustomer')) },
}
