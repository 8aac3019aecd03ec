/** Leads: their list, their pages, and what the palette can do with them. */
import { api } from '../../../api'
import type { Area } from '../../../app/area'
import { lazyPage, lazyPart } from '../../../app/parts'
import { readOf } from '../../../app/reads'
import { createNew, goToList, recordRoutes } from '../../../app/recordArea'
import { kinds } from '../../../app/records'

const { icon } = kinds.lead

export const routes = recordRoutes('lead', '/leads', {
  list: lazyPage(() => import('./LeadsPage')),
  page: lazyPage(() => import('./LeadPage')),
  record: (id) => readOf(api.leads.get.queryOptions({ input: { id } })),
})

export const area: Area = {
  navigation: [{ label: 'Leads', icon, to: '/leads', order: 20, section: 'main', onPhone: true }],
  actions: [
    goToList('lead', { keys: 'g l' }),
    createNew('lead', { keys: 'n', keywords: ['deal', 'opportunity', 'add'] }),
  ],
  createDialogs: { lead: lazyPart(() => import('./CreateLead')) },
}
