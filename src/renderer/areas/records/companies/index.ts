/** Companies: their list, their pages, and what the palette can do with them. */
import { createRoute } from '@tanstack/react-router'
import type { Area } from '../../../app/area'
import { loadBulkActions, loadRecordParts } from '../../../app/contributions'
import { lazyPage, lazyPart } from '../../../app/parts'
import { kinds } from '../../../app/records'
import { rootRoute } from '../../../app/root'

const { icon } = kinds.company

export const routes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/companies',
    loader: loadBulkActions('company'),
    component: lazyPage(() => import('./CompaniesPage')),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/companies/$id',
    loader: loadRecordParts('company'),
    component: lazyPage(() => import('./CompanyPage')),
  }),
] as const

export const area: Area = {
  navigation: [{ label: 'Companies', icon, to: '/companies', order: 30, section: 'main' }],
  actions: [
    {
      id: 'go-companies',
      label: 'Companies',
      group: 'Go to',
      icon,
      keys: 'g c',
      run: (app) => app.goTo('/companies'),
    },
    {
      id: 'create-company',
      label: 'New company',
      group: 'Create',
      icon,
      keywords: ['add'],
      permission: 'write',
      run: (app) => app.create('company'),
    },
  ],
  createDialogs: { company: lazyPart(() => import('./CreateCompany')) },
}
