/** Companies: their list, their pages, and what the palette can do with them. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { kinds } from '../../../app/records'

const { icon } = kinds.company

export const routes = recordRoutes('company', '/companies', {
  list: lazyPage(() => import('./CompaniesPage')),
  page: lazyPage(() => import('./CompanyPage')),
  record: (id) => readOf(api.companies.get.queryOptions({ input: { id } })),
})

export const area: Area = {
  navigation: [{ label: 'Companies', icon, to: '/companies', order: 30, section: 'main' }],
  actions: [goToList('company', { keys: 'g c' }), createNew('company', { keywords: ['add'] })],
  createDialogs: { company: lazyPart(() => import('./CreateCompany')) },
}
