/** Customers: their list, their pages, and what the palette can do with them. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadBulkActions, loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'

const { icon } = kinds.customer

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/customers',
    loader: loadBulkActions('customer'),
    component: lazyPage(() => import('./CustomersPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/customers/$id',
    loader: loadRecordParts('customer'),
    component: lazyPage(() => import('./CustomerPage')),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Customers', icon, to: '/customers', order: 50, section: 'main' }],
  actions: [
    {
      id: 'go-customers',
      label: 'Customers',
      group: 'Go to',
      icon,
      keys: 'g u',
      run: (app) => app.goTo('/customers'),
    },
    {
      id: 'create-customer',
      label: 'New customer',
      group: 'Create',
      icon,
      keywords: ['add'],
      permission: 'write',
      run: (app) => app.create('customer'),
    },
  ],
  createDialogs: { customer: lazyPart(() => import('./CreateCustomer')) },
}
